//! Each call reads every answer that the document allows, and loses nothing of it.

use compago::edge::Edge;
use compago::edge::calls::operator::attention::ListAttention;
use compago::edge::calls::operator::orders::ExportOrders;
use compago::edge::calls::operator::reports::ReadPaymentTable;
use compago::edge::calls::operator::webhooks::ListWebhooks;
use compago::edge::index_answers::AttentionKind;
use compago::endpoint::{CallError, DecodeError, Endpoint, Request};
use compago::value::Extensible;
use serde::Serialize;
use serde_json::{Map, Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::documented::operation_of;
use super::every::{REFERENCE, UUID, Visitor, visit_all};
use crate::openapi::document;
use crate::recording::{answer, reply};
use crate::wire::to_value;

/// More than any enumeration of the document has words.
const WORDS: usize = 33;

struct Answers {
    document: Value,
    read: usize,
}

impl Visitor for Answers {
    fn visit<E: Endpoint<Host = Edge, Answer: Serialize>>(&mut self, call: &E) {
        let (method, path) = operation_of(&self.document, &Request::of(call));
        let responses = self.document["paths"][&path][&method]["responses"].as_object().unwrap();
        for (status, response) in responses.iter().filter(|(status, _)| status.starts_with('2')) {
            let schema = &response["content"]["application/json"]["schema"];
            if schema.is_null() {
                continue;
            }
            for nth in 0..WORDS {
                for fields in [Fields::All, Fields::Required] {
                    let sent = Sample { document: &self.document, nth, fields }.of(schema).unwrap();
                    let read = answer(call, reply(status.parse().unwrap(), sent.to_string()));
                    let Ok(read) = read else { panic!("{method} {path} does not read {sent}") };
                    assert_eq!(without_null(to_value(&read)), without_null(sent), "{method} {path}");
                }
            }
            self.read += 1;
        }
    }
}

#[test]
fn every_documented_answer_is_read_and_kept() {
    let mut answers = Answers { document: document(), read: 0 };
    visit_all(&mut answers);
    assert!(answers.read >= 38, "{}", answers.read);
}

#[test]
fn a_kind_of_a_later_version_leaves_the_list_readable() {
    let item = json!({ "kind": "payout", "key": "7", "reason": "late", "since": "2026-03-01T18:00:00.000Z" });
    let page = json!({ "count": 1, "page": 1, "pageSize": 100, "items": [item] });
    let page = answer(&ListAttention::default(), reply(200, page.to_string())).unwrap();
    assert_eq!(page.items[0].kind, AttentionKind::Other("payout".to_owned()));
    assert_eq!(page.items[0].kind.to_string(), "payout");
}

#[test]
fn an_event_of_a_later_version_leaves_the_list_readable() {
    let [id, at] = ["evt_k7q2m9xd3fht_order-split_1", "2026-03-01T18:00:00.000Z"];
    let item = json!({ "kind": "webhook", "key": id, "reason": "gone", "since": at, "type": "order.split" });
    let page = json!({ "count": 1, "page": 1, "pageSize": 100, "items": [item] });
    let page = answer(&ListAttention::default(), reply(200, page.to_string())).unwrap();
    assert_eq!(page.items[0].event, Some(Extensible::Other("order.split".to_owned())));

    let delivery = json!({
        "id": id, "type": "order.split", "state": "pending", "tries": 0, "nextAt": at, "tryingSince": null, "at": null,
        "reason": null, "lastFailure": null, "createdAt": at, "reference": null,
    });
    let page = json!({ "count": 1, "page": 1, "pageSize": 100, "items": [delivery.clone()] });
    let page = answer(&ListWebhooks::default(), reply(200, page.to_string())).unwrap();
    assert_eq!(page.items[0].kind.known(), None);
    assert_eq!(to_value(&page.items[0]), delivery);
}

#[test]
fn a_table_without_its_end_is_refused() {
    let read = |table: &[u8]| answer(&ReadPaymentTable::default(), reply(200, table));
    assert_eq!(read(b"id,status\r\n1,confirmed\r\n").unwrap(), "id,status\r\n1,confirmed\r\n");
    for broken in [&b"id,status\r\n1,confirmed"[..], b"", b"\xff\r\n"] {
        assert_eq!(read(broken), Err(CallError::Decode(DecodeError::Shape)));
    }
}

#[test]
fn a_page_of_orders_without_its_end_is_refused() {
    let read = |table: &[u8]| answer(&ExportOrders::default(), reply(200, table));
    assert_eq!(read(b"\"K7Q2\"\r\n").unwrap(), "\"K7Q2\"\r\n");
    assert_eq!(read(b"").unwrap(), "", "a page behind the last order");
    for broken in [&b"\"K7Q2\""[..], b"\xff\r\n"] {
        assert_eq!(read(broken), Err(CallError::Decode(DecodeError::Shape)));
    }
}

#[derive(Clone, Copy)]
enum Fields {
    /// Each with a value.
    All,
    /// Those that must be there, null where that is allowed.
    Required,
}

/// Makes a value of a schema.
struct Sample<'a> {
    document: &'a Value,
    /// Which word of enumerations.
    nth: usize,
    fields: Fields,
}

impl Sample<'_> {
    /// Returns the value; `None` for null.
    fn of(&self, schema: &Value) -> Option<Value> {
        if let Some(target) = schema["$ref"].as_str() {
            let name = target.rsplit('/').next().unwrap();
            return named(name).or_else(|| self.of(document_part(self.document, target)));
        }
        if let Some(words) = schema["enum"].as_array() {
            return Some(words[self.nth % words.len()].clone());
        }
        if let Some(constant) = schema.get("const") {
            return Some(constant.clone());
        }
        if let Some(choices) = schema["oneOf"].as_array() {
            let mut choices = choices.iter().filter(|choice| choice["type"] != "null");
            return match self.fields {
                Fields::Required => None,
                Fields::All => self.of(choices.next().unwrap()),
            };
        }
        match &schema["type"] {
            Value::Array(types) => match self.fields {
                Fields::Required => None,
                Fields::All => {
                    let mut one = schema.clone();
                    one["type"] = types.iter().find(|name| **name != "null").unwrap().clone();
                    self.of(&one)
                }
            },
            Value::String(name) => Some(self.of_type(name, schema)),
            other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) => {
                panic!("{other} in {schema}")
            }
        }
    }

    fn of_type(&self, name: &str, schema: &Value) -> Value {
        match name {
            "object" => {
                let required = schema["required"].as_array().cloned().unwrap_or_default();
                let mut object = Map::new();
                for (name, property) in schema["properties"].as_object().unwrap() {
                    if matches!(self.fields, Fields::All) || required.contains(&json!(name)) {
                        let value = self.of(property).map(|value| known(name).map_or(value, Value::from));
                        object.insert(name.clone(), value.unwrap_or(Value::Null));
                    }
                }
                Value::Object(object)
            }
            "array" => json!([self.of(&schema["items"]).unwrap()]),
            "integer" => schema["minimum"].as_u64().map_or(json!(1), |least| json!(least.max(1))),
            "boolean" => json!(self.nth.is_multiple_of(2)),
            "string" => text(schema),
            other => panic!("{other} in {schema}"),
        }
    }
}

fn document_part<'a>(document: &'a Value, target: &str) -> &'a Value {
    document.pointer(target.strip_prefix('#').unwrap()).unwrap()
}

/// Returns a value of a schema that has a pattern.
fn named(name: &str) -> Option<Value> {
    Some(match name {
        "Amount" => json!("350.50"),
        "Sum" => json!("0.00"),
        "Time" => json!("2026-03-01T18:00:00.000Z"),
        "Capability" | "SavedCardCapability" => json!(super::ORDER),
        "Reference" => json!(REFERENCE),
        "PaymentId" | "PaymentIntentId" | "PaymentMethodId" | "CardPaymentId" => json!(UUID),
        "EventId" => json!("evt_k7q2m9xd3fht_order-paid_1"),
        "ShippingAmount" => json!("0.00"),
        "ShippingMethodCode" => json!("home-delivery"),
        "Rfc" => json!("TNU190312AB1"),
        "Metadata" => json!({ "table": "4" }),
        "ExternalId" | "Sku" | "TerminalCode" | "SaleReference" => json!("a-7"),
        _ => return None,
    })
}

/// Returns a text for a field that takes not any text, and whose schema does not say which.
fn known(field: &str) -> Option<&'static str> {
    match field {
        "email" => Some("ana@example.com"),
        "phoneNumber" => Some("+525512340000"),
        "zip" => Some("72000"),
        "trackingNumber" => Some("805 12-7"),
        _ => None,
    }
}

fn text(schema: &Value) -> Value {
    if schema["format"] == "uri" {
        return json!("https://shop.example/pago");
    }
    let start = schema["pattern"].as_str().and_then(|pattern| pattern.strip_prefix('^')).unwrap_or_default();
    json!(format!("{}texto", start.replace('\\', "")))
}

/// A field that is null says what a missing one says. Rows of before orders had items lack how many pieces there are: none.
fn without_null(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let says_nothing = |name: &str, value: &Value| value.is_null() || (name == "pieces" && *value == 0);
            let fields = fields.into_iter().filter(|(name, value)| !says_nothing(name, value));
            Value::Object(fields.map(|(name, value)| (name, without_null(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_null).collect()),
        value @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => value,
    }
}
