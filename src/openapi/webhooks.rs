//! The schemas of webhooks: one for each type of event.

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::webhook::{CardPaymentData, Event, EventKind, OrderData, PaymentIntentData, PaymentMethodData};

/// What an event says beside what every event about the same thing says.
enum Data {
    Order,
    /// With a reason to look at the order.
    OrderOnHold,
    /// With how it was handed over.
    OrderFulfilled,
    Intent(&'static [&'static str]),
    CardPayment,
    /// With a reason to look at the charge or the refund.
    CardPaymentOnHold,
    Card,
    /// Nothing.
    Test,
}

/// Returns the name of an event's schema, what its data is and what it reports.
fn described(kind: EventKind) -> (&'static str, Data, &'static str) {
    match kind {
        EventKind::OrderPaid => (
            "OrderPaid",
            Data::Order,
            "Compago confirmed the payment that is bound to the order. An order has at most one such event.",
        ),
        EventKind::OrderExpired => ("OrderExpired", Data::Order, "The link expired unpaid."),
        EventKind::OrderCancelled => {
            ("OrderCancelled", Data::Order, "The order was cancelled before anything was paid.")
        }
        EventKind::OrderOnHold => (
            "OrderOnHold",
            Data::OrderOnHold,
            "A person has to look at the order, for instance because of a second payment.",
        ),
        EventKind::OrderFulfilled => (
            "OrderFulfilled",
            Data::OrderFulfilled,
            "A paid order was handed over to the payer or to a carrier. An order has at most one such event.",
        ),
        EventKind::PaymentIntentPaid => (
            "PaymentIntentPaid",
            Data::Intent(&["card", "late"]),
            "A terminal charged the card. An intent has at most one such event.",
        ),
        EventKind::PaymentIntentClosed => {
            ("PaymentIntentClosed", Data::Intent(&["outcome"]), "It expired or was cancelled, and was not paid.")
        }
        EventKind::PaymentIntentOnHold => (
            "PaymentIntentOnHold",
            Data::Intent(&["reason"]),
            "Whether it was paid is not known: a person has to look at the terminal.",
        ),
        EventKind::PaymentConfirmed => (
            "CardPaymentConfirmed",
            Data::CardPayment,
            "A saved card was charged. A charge has at most one such event.",
        ),
        EventKind::PaymentRefunded => {
            ("CardPaymentRefunded", Data::CardPayment, "A charge of a saved card was refunded.")
        }
        EventKind::PaymentOnHold => (
            "CardPaymentOnHold",
            Data::CardPaymentOnHold,
            "Whether a saved card was charged, or a charge refunded, is not known: a person has to look.",
        ),
        EventKind::PaymentMethodActive => ("SavedCardActive", Data::Card, "A card was saved and can be charged."),
        EventKind::WebhookTest => (
            "WebhookTest",
            Data::Test,
            "The operator checks whether webhooks arrive. Nothing happened: accept it and do nothing.",
        ),
    }
}

/// Returns the schema of each event by its name, and of the data of each kind of thing.
pub(super) fn generate(generator: &mut SchemaGenerator) -> Map<String, Value> {
    EventKind::ALL.iter().map(|kind| event(*kind, generator)).collect()
}

fn event(kind: EventKind, generator: &mut SchemaGenerator) -> (String, Value) {
    let (name, data, description) = described(kind);
    let required = |data: Value, fields: &[&str]| json!({ "allOf": [data, { "required": fields }] });
    let data = match data {
        Data::Order => of::<OrderData>(generator),
        Data::OrderOnHold => required(of::<OrderData>(generator), &["reason"]),
        Data::OrderFulfilled => required(of::<OrderData>(generator), &["fulfilment"]),
        Data::Intent(fields) => required(of::<PaymentIntentData>(generator), fields),
        Data::CardPayment => {
            json!({ "allOf": [of::<CardPaymentData>(generator), { "properties": { "reason": false } }] })
        }
        Data::CardPaymentOnHold => required(of::<CardPaymentData>(generator), &["reason"]),
        Data::Card => of::<PaymentMethodData>(generator),
        Data::Test => json!({ "type": "object", "additionalProperties": false }),
    };
    let mut schema = Event::<()>::json_schema(generator);
    schema.insert("description".to_owned(), json!(description));
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut).unwrap();
    properties.insert("type".to_owned(), json!({ "const": kind.as_str() }));
    properties.insert("data".to_owned(), data);
    (name.to_owned(), schema.to_value())
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}
