//! Payments as a table for spreadsheets and for other programs: CSV as in RFC 4180.
//!
//! A spreadsheet evaluates text that begins with `=`, `+`, `-` or `@` as a formula. Descriptions and names were typed
//! by strangers. So every cell that begins with such a character, with white space that a spreadsheet skips before one,
//! or with an apostrophe, has one apostrophe in front of it. To restore the text, remove one apostrophe from each cell
//! that begins with one. Invisible and bidirectional characters are removed (see [`shown`](super::shown_text::shown)).
//!
//! It also changes text that looks like a number or a date: `00123` becomes 123, `3-4` a day in April. In the format for
//! spreadsheets such a text has the apostrophe as well, so that it stays text; programs get it as it is. Amounts and times are
//! values and never have one.
//!
//! A table is written while the payments are read, and a connection that breaks off may look to its client like one that ends:
//! so the line break behind the last row is written only when the table is whole.

use super::one_time_payment::{PaymentStatus, PaymentView};
use crate::value::{TimeZone, UnixMillis};
use cells::LINE_BREAK;

pub(super) mod cells;
mod lookalike;

pub use super::csv_format::CsvFormat;

/// How many cells a row has.
const COLUMNS: usize = 12;

const PLAIN: [&str; COLUMNS] = [
    "createdAt",
    "updatedAt",
    "id",
    "externalId",
    "reference",
    "status",
    "amount",
    "currency",
    "description",
    "payerName",
    "payerEmail",
    "expiresAt",
];

const ES_MX: [&str; COLUMNS] = [
    "Creado",
    "Actualizado",
    "ID de Compago",
    "Folio",
    "Referencia",
    "Estado",
    "Importe",
    "Moneda",
    "Concepto",
    "Nombre de quien paga",
    "Correo de quien paga",
    "Vence",
];

/// The column of the status.
const STATUS: usize = 5;

/// The columns of times and the amount, which a spreadsheet is to read as values.
const VALUES: [usize; 4] = [0, 1, 6, 11];

impl CsvFormat {
    /// The first row. Each of the others begins with the line break that ends the one before.
    pub fn header(self) -> String {
        match self {
            Self::Plain => self.cells("", &PLAIN, &VALUES),
            Self::EsMx => self.cells("\u{FEFF}", &ES_MX, &VALUES),
        }
    }

    /// A payment's row, in the shop's time zone. What is not known of it is an empty cell.
    pub fn row(self, payment: &PaymentView, zone: &TimeZone) -> String {
        let PaymentView { description, external_id, currency, payer, .. } = payment;
        let time = |at: Option<UnixMillis>| at.map(|at| self.time(at, zone)).unwrap_or_default();
        let amount = payment.amount.map(|amount| amount.to_string()).unwrap_or_default();
        let reference = payment.reference.map(|reference| reference.to_string()).unwrap_or_default();
        let mut name = String::new();
        let mut email = "";
        if let Some(payer) = payer {
            name.push_str(text(&payer.first_name));
            name.push(' ');
            name.push_str(text(&payer.last_name));
            email = text(&payer.email);
        }
        let row = [
            &time(payment.created_at),
            &time(payment.updated_at),
            &payment.id.to_string(),
            text(external_id),
            &reference,
            self.status(payment.status),
            &amount,
            text(currency),
            text(description),
            name.trim(),
            email,
            &time(payment.expires_at),
        ];
        self.cells(LINE_BREAK, &row, &VALUES)
    }

    /// The row of a payment of which nothing could be read: the table says that there is one.
    pub fn unreadable(self) -> String {
        self.remark(match self {
            Self::Plain => "unreadable",
            Self::EsMx => "ilegible",
        })
    }

    /// The last row of a table that is not whole, for people who open it all the same.
    pub fn incomplete(self) -> String {
        self.remark(match self {
            Self::Plain => "incomplete",
            Self::EsMx => "incompleto",
        })
    }

    /// What the file is called that is written `now`: `pagos-2026-11-21.csv`, the day as its rows count days.
    pub fn file_name(self, now: UnixMillis, zone: &TimeZone) -> String {
        let (name, day) = match self {
            Self::Plain => ("one-time-payments-", now.to_string()),
            Self::EsMx => ("pagos-", zone.local(now).to_string()),
        };
        [name, day.get(..10).unwrap_or_default(), ".csv"].concat()
    }

    /// What follows the last row of a complete table.
    pub const END: &str = LINE_BREAK;

    fn status(self, status: PaymentStatus) -> &'static str {
        match (self, status) {
            (Self::Plain, _) => status.as_str(),
            (Self::EsMx, PaymentStatus::Pending) => "pendiente",
            (Self::EsMx, PaymentStatus::Confirmed) => "confirmado",
            (Self::EsMx, PaymentStatus::Cancelled) => "cancelado",
            (Self::EsMx, PaymentStatus::Unknown) => "desconocido",
        }
    }

    /// A row that has a word in place of the state, and nothing else.
    fn remark(self, word: &str) -> String {
        let mut row = [""; COLUMNS];
        if let Some(cell) = row.get_mut(STATUS) {
            *cell = word;
        }
        self.cells(LINE_BREAK, &row, &VALUES)
    }
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or_default()
}
