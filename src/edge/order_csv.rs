//! Orders as a table for spreadsheets and for other programs, with what is needed to deliver them. The cells are guarded as those of the
//! table of [payments](super::csv).
//!
//! Each row ends with a line break, and the header is on the first page only, so the pages of a list one after the other are one table.

use serde::{Deserialize, Serialize};

use super::csv::CsvFormat;
use super::csv::cells::LINE_BREAK;
use super::fulfilment::{FulfilmentState, FulfilmentView};
use super::items::OrderItem;
use super::order::OrderStatus;
use super::order_detail::OrderRow;
use super::shipping::{Customer, DeliveryDetails, ShippingView};
use crate::json;
use crate::value::redacted::debug_only;
use crate::value::{Metadata, TimeZone, UnixMillis};

/// How many cells a row has.
const COLUMNS: usize = 26;

const PLAIN: [&str; COLUMNS] = [
    "reference",
    "status",
    "createdAt",
    "paidAt",
    "amount",
    "currency",
    "items",
    "shippingMethod",
    "shippingAmount",
    "fulfilment",
    "fulfilledAt",
    "carrier",
    "trackingNumber",
    "customerName",
    "customerEmail",
    "customerPhone",
    "recipient",
    "recipientPhone",
    "addressLine",
    "city",
    "state",
    "zip",
    "instructions",
    "description",
    "metadata",
    "externalId",
];

const ES_MX: [&str; COLUMNS] = [
    "Referencia",
    "Estado",
    "Creado",
    "Pagado",
    "Importe",
    "Moneda",
    "Productos",
    "Forma de entrega",
    "Costo de envío",
    "Entrega",
    "Fecha de envío o entrega",
    "Paquetería",
    "Número de guía",
    "Cliente",
    "Correo del cliente",
    "Teléfono del cliente",
    "Recibe",
    "Teléfono de quien recibe",
    "Calle y número",
    "Ciudad",
    "Estado de la República",
    "Código postal",
    "Instrucciones",
    "Concepto",
    "Metadatos",
    "Folio",
];

/// The columns of times and amounts, which a spreadsheet is to read as values.
const VALUES: [usize; 5] = [2, 3, 4, 8, 10];

/// An order for the table. Personal data: `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderExport {
    /// The order as it is in the list.
    pub row: OrderRow,
    /// What was ordered.
    pub items: Vec<OrderItem>,
    /// How it is delivered.
    pub shipping: Option<ShippingView>,
    /// How far its delivery has come, once somebody said so.
    pub fulfilment: Option<FulfilmentView>,
    /// Who bought, as long as that is stored.
    pub customer: Option<Customer>,
    /// To whom and where it goes, as long as that is stored.
    pub delivery: Option<DeliveryDetails>,
    /// The merchant's own data.
    pub metadata: Metadata,
}

debug_only!(OrderExport { row });

impl OrderExport {
    /// Returns an order of which the list alone is known: its other cells are empty.
    pub fn of_row(row: OrderRow) -> Self {
        Self {
            row,
            items: Vec::new(),
            shipping: None,
            fulfilment: None,
            customer: None,
            delivery: None,
            metadata: Metadata::default(),
        }
    }

    /// Returns the items in one cell, such as `2 × Café de los Altos (cafe-altos-340); 1 × Taza (taza)`.
    fn items(&self) -> String {
        let named = self.items.iter().map(|item| {
            let sku = item.sku.as_ref().map(|sku| format!(" ({sku})")).unwrap_or_default();
            format!("{} × {}{sku}", item.quantity.get(), item.name)
        });
        named.collect::<Vec<_>>().join("; ")
    }
}

impl CsvFormat {
    /// Returns the first row of the table of orders.
    pub fn order_header(self) -> String {
        let header = match self {
            Self::Plain => self.cells("", &PLAIN, &VALUES),
            Self::EsMx => self.cells("\u{FEFF}", &ES_MX, &VALUES),
        };
        header + LINE_BREAK
    }

    /// Returns the row of an order, with times in the shop's time zone. What is not known of it is an empty cell.
    pub fn order_row(self, order: &OrderExport, zone: &TimeZone) -> String {
        let OrderExport { row, shipping, fulfilment, customer, delivery, metadata, .. } = order;
        let time = |at: Option<UnixMillis>| at.map(|at| self.time(at, zone)).unwrap_or_default();
        let address = delivery.as_ref().and_then(|delivery| delivery.address.as_ref());
        let method = match shipping {
            Some(shipping) => Some(&shipping.name),
            None => row.shipping.as_ref(),
        };
        let (carrier, tracking) = match fulfilment {
            Some(fulfilment) => (text(fulfilment.carrier.as_ref()), text(fulfilment.tracking_number.as_ref())),
            None => (String::new(), String::new()),
        };
        let cells = [
            row.reference.to_string(),
            self.order_status(row.status).to_owned(),
            time(Some(row.created_at)),
            time(row.paid_at),
            row.amount.to_string(),
            row.currency.to_string(),
            order.items(),
            text(method),
            text(shipping.as_ref().map(|shipping| shipping.amount)),
            row.fulfilment.map(|state| self.fulfilment(state).to_owned()).unwrap_or_default(),
            time(row.fulfilment_at),
            carrier,
            tracking,
            text(customer.as_ref().map(|customer| &customer.name)),
            text(customer.as_ref().map(|customer| &customer.email)),
            text(customer.as_ref().map(|customer| &customer.phone_number)),
            text(delivery.as_ref().map(|delivery| &delivery.recipient)),
            text(delivery.as_ref().map(|delivery| &delivery.phone_number)),
            text(address.map(|address| &address.address_line)),
            text(address.map(|address| &address.city)),
            text(address.map(|address| address.state)),
            text(address.map(|address| &address.zip)),
            text(delivery.as_ref().and_then(|delivery| delivery.instructions.as_ref())),
            row.description.to_string(),
            if metadata.is_empty() { String::new() } else { json::to_string(metadata) },
            row.external_id.to_string(),
        ];
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        self.cells("", &cells, &VALUES) + LINE_BREAK
    }

    /// Returns what the file of orders is called that is written `now`: `pedidos-2026-11-21.csv`, the day as its rows count days.
    pub fn order_file_name(self, now: UnixMillis, zone: &TimeZone) -> String {
        let (name, day) = match self {
            Self::Plain => ("orders-", now.to_string()),
            Self::EsMx => ("pedidos-", zone.local(now).to_string()),
        };
        [name, day.get(..10).unwrap_or_default(), ".csv"].concat()
    }

    fn order_status(self, status: OrderStatus) -> &'static str {
        match (self, status) {
            (Self::Plain, _) => status.as_str(),
            (Self::EsMx, OrderStatus::AwaitingPayment) => "por pagar",
            (Self::EsMx, OrderStatus::Verifying) => "en verificación",
            (Self::EsMx, OrderStatus::Paid) => "pagado",
            (Self::EsMx, OrderStatus::Expired) => "vencido",
            (Self::EsMx, OrderStatus::Cancelled) => "cancelado",
            (Self::EsMx, OrderStatus::OnHold) => "en revisión",
            (Self::EsMx, OrderStatus::Failed) => "fallido",
        }
    }

    fn fulfilment(self, state: FulfilmentState) -> &'static str {
        match (self, state) {
            (Self::Plain, _) => state.as_str(),
            (Self::EsMx, FulfilmentState::Pending) => "por surtir",
            (Self::EsMx, FulfilmentState::Prepared) => "preparado",
            (Self::EsMx, FulfilmentState::HandedOver) => "enviado o entregado",
        }
    }
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
