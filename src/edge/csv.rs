//! Payments as a table for spreadsheets and for other programs: CSV as in RFC 4180.
//!
//! A spreadsheet evaluates text that begins with `=`, `+`, `-` or `@` as a formula. Descriptions and names were typed
//! by strangers. So every cell that begins with such a character, with white space that a spreadsheet skips before one,
//! or with an apostrophe, has one apostrophe in front of it. To restore the text, remove one apostrophe from each cell
//! that begins with one. Invisible and bidirectional characters are removed (see [`shown`]).
//!
//! It also changes text that looks like a number or a date: `00123` becomes 123, `3-4` a day in April. In the format for
//! spreadsheets such a text has the apostrophe as well, so that it stays text; programs get it as it is. Amounts and times are
//! values and never have one.
//!
//! A table is written while the payments are read, and a connection that breaks off may look to its client like one that ends:
//! so the line break behind the last row is written only when the table is whole.

use lookalike::is_taken_for_a_value;

use super::one_time_payment::{PaymentStatus, PaymentView};
use super::shown_text::shown;
use crate::value::{LocalTime, TimeZone, UnixMillis};

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
    "ID",
    "ID externo",
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

const LINE_BREAK: &str = "\r\n";

impl CsvFormat {
    /// The first row. Each of the others begins with the line break that ends the one before.
    pub fn header(self) -> String {
        match self {
            Self::Plain => self.cells("", &PLAIN),
            Self::EsMx => self.cells("\u{FEFF}", &ES_MX),
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
        self.cells(LINE_BREAK, &row)
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

    fn time(self, at: UnixMillis, zone: &TimeZone) -> String {
        match self {
            Self::Plain => at.to_string(),
            Self::EsMx => {
                let LocalTime { year, month, day, hour, minute, second } = zone.local(at);
                format!("{day:02}/{month:02}/{year:04} {hour:02}:{minute:02}:{second:02}")
            }
        }
    }

    /// A row that has a word in place of the state, and nothing else.
    fn remark(self, word: &str) -> String {
        let mut row = [""; COLUMNS];
        if let Some(cell) = row.get_mut(STATUS) {
            *cell = word;
        }
        self.cells(LINE_BREAK, &row)
    }

    fn cells(self, before: &str, cells: &[&str; COLUMNS]) -> String {
        let mut out = String::from(before);
        let mut joint = "\"";
        for (column, cell) in cells.iter().enumerate() {
            out.push_str(joint);
            joint = "\",\"";
            let cell = shown(cell);
            let changed = self == Self::EsMx && !VALUES.contains(&column) && is_taken_for_a_value(&cell);
            if changed || cell.trim_start().starts_with(is_guarded) {
                out.push('\'');
            }
            for character in cell.chars() {
                if character == '"' {
                    out.push('"');
                }
                out.push(character);
            }
        }
        out.push('"');
        out
    }
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or_default()
}

/// What a spreadsheet may take for the beginning of a formula, and what marks that there was one.
fn is_guarded(first: char) -> bool {
    matches!(first, '=' | '+' | '-' | '@' | '\'' | '＝' | '＋' | '－' | '＠')
}
