//! What is reported about the delivery of an order: once to the merchant, however it is reported.

use compago::edge::Role;
use compago::edge::fulfilment::{FulfilmentRequest, FulfilmentState};
use compago::flow::order::{Event, FulfilmentRefusal, Order};
use compago::json;
use compago::webhook::EventKind;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, full_terms, seconds, terms};
use crate::wire::{to_value, tree};

pub(crate) fn report(body: &Value) -> Event {
    Event::Fulfilled { request: FulfilmentRequest::from_json(&tree(body)).unwrap(), by: Role::Operator }
}

/// Two carriers, and each other status.
fn reports() -> [Value; 4] {
    [
        json!({ "status": "prepared", "note": "Caja 2" }),
        json!({ "status": "handed-over", "carrier": "Estafeta", "trackingNumber": "805 12-7" }),
        json!({ "status": "handed-over", "carrier": "DHL" }),
        json!({ "status": "undone" }),
    ]
}

fn told(bench: &Bench) -> usize {
    bench.notices.iter().filter(|notice| notice.event.kind == EventKind::OrderFulfilled).count()
}

/// What should be seen after these reports.
fn expected(reports: &[&Value]) -> Option<(FulfilmentState, Value)> {
    let last = reports.last().filter(|report| report["status"] != "undone")?;
    let state = if last["status"] == "prepared" { FulfilmentState::Prepared } else { FulfilmentState::HandedOver };
    Some((state, last["carrier"].clone()))
}

#[test]
fn no_sequence_of_reports_tells_twice_or_shows_another_status_than_the_last() {
    let reports = reports();
    let mut seen = 0;
    for length in 0..=4_u32 {
        for sequence in 0..4_usize.pow(length) {
            let moves: Vec<&Value> = (0..length).map(|at| &reports[sequence / 4_usize.pow(at) % 4]).collect();
            let mut paid = Bench::paid_with(full_terms());
            let mut unpaid = Bench::opened();
            let untouched = unpaid.order.clone();
            for (at, body) in moves.iter().enumerate() {
                paid.wait(seconds(60));
                let version = paid.order.view(paid.now).version;
                paid.feed(report(body));
                let state = expected(&moves[..=at]);
                let view = to_value(&paid.order.view(paid.now));
                assert_eq!(
                    paid.order.fulfilment_state(),
                    state.as_ref().map_or(Some(FulfilmentState::Pending), |s| Some(s.0))
                );
                match &state {
                    Some((status, carrier)) => {
                        assert_eq!(view["fulfilment"]["status"], status.as_str(), "{moves:?}");
                        assert_eq!(view["fulfilment"]["carrier"], *carrier, "{moves:?}");
                    }
                    None => assert_eq!(view["fulfilment"], Value::Null, "{moves:?}"),
                }
                let before = expected(&moves[..at]);
                assert_eq!(version != paid.order.view(paid.now).version, before != state, "{moves:?}");
                // Said again, it changes nothing.
                let once = json::to_string(&paid.order);
                paid.wait(seconds(60));
                paid.feed(report(body));
                assert_eq!(json::to_string(&paid.order), once, "{moves:?}");
                unpaid.feed(report(body));
            }
            let handed_over = moves.iter().any(|body| body["status"] == "handed-over");
            assert_eq!(told(&paid), usize::from(handed_over), "{moves:?}");
            assert_eq!(unpaid.order, untouched);
            assert_eq!(unpaid.order.fulfilment_allowed(), Err(FulfilmentRefusal::NotPaid));
            seen += 1;
        }
    }
    assert_eq!(seen, 1 + 4 + 16 + 64 + 256);
}

#[test]
fn the_merchant_is_told_how_it_was_handed_over_and_nothing_about_people() {
    let mut bench = Bench::paid_with(full_terms());
    bench.wait(seconds(60));
    let body = json!({ "status": "handed-over", "carrier": "Estafeta", "trackingNumber": "805", "note": "Para Luz" });
    bench.feed(report(&body));
    let notice = bench.notices.last().unwrap();
    assert_eq!(notice.id.as_str(), "evt_k7q2m9xd3fht_order-fulfilled_1");
    let event = to_value(&notice.event);
    assert_eq!(event["type"], "order.fulfilled");
    let data = &event["data"];
    let item = |sku: Value, quantity: u32, price: &str, amount: &str| {
        let mut item =
            json!({ "name": "Café de los Altos", "quantity": quantity, "unitAmount": price, "amount": amount });
        if !sku.is_null() {
            item["sku"] = sku;
        }
        item
    };
    assert_eq!(
        data["items"],
        json!([item(json!("Cafe-340"), 2, "100.00", "200.00"), item(Value::Null, 1, "51.50", "51.50")])
    );
    assert_eq!(data["shipping"], json!({ "method": "standard", "amount": "99.00" }));
    assert_eq!(data["metadata"], json!({ "table": "4", "Waiter": "Beto" }));
    assert_eq!(data["metadataSource"], "backend");
    let handed_over = json!({
        "status": "handed-over", "carrier": "Estafeta", "trackingNumber": "805", "at": bench.now.to_string()
    });
    assert_eq!(data["fulfilment"], handed_over);
    let view = to_value(&bench.order.view(bench.now));
    assert_eq!(view["fulfilment"], handed_over);
    assert_eq!(bench.detail()["fulfilment"]["note"], "Para Luz");
    for text in [event.to_string(), view.to_string(), format!("{:?}", bench.order), bench.order.projection().json] {
        for secret in ["ana@", "Ruiz", "Luz", "timbre", "5512340000", "Calle"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    assert!(!view.to_string().contains("Beto"), "metadata is not the payer's");
    assert!(!format!("{:?}", bench.order).contains("Beto"));
}

#[test]
fn a_corrected_carrier_keeps_the_time_and_is_not_told() {
    let mut bench = Bench::paid_with(full_terms());
    bench.feed(report(&json!({ "status": "handed-over", "carrier": "DHL" })));
    let at = bench.now;
    bench.wait(seconds(3600));
    bench.feed(report(&json!({ "status": "handed-over", "carrier": "Estafeta", "note": "x" })));
    let detail = bench.detail();
    assert_eq!(
        detail["fulfilment"],
        json!({ "status": "handed-over", "carrier": "Estafeta", "at": at.to_string(), "note": "x" })
    );
    assert_eq!(told(&bench), 1);
    let history: Vec<(&str, &str)> = detail["history"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| Some((entry["what"].as_str().unwrap(), entry["role"].as_str()?)))
        .collect();
    assert_eq!(history, [("begun", "operator"), ("handed-over", "operator")]);
}

#[test]
fn an_order_without_items_has_no_delivery_until_somebody_reports_one() {
    let mut bench = Bench::paid_with(terms());
    assert_eq!(bench.order.fulfilment_state(), None);
    assert_eq!(row(&bench.order)["fulfilment"], Value::Null);
    bench.feed(report(&json!({ "status": "handed-over" })));
    assert_eq!(bench.order.fulfilment_state(), Some(FulfilmentState::HandedOver));
    assert_eq!(row(&bench.order)["fulfilmentAt"], bench.now.to_string());
}

#[test]
fn a_list_shows_what_is_to_be_packed() {
    let bench = Bench::paid_with(full_terms());
    let row = row(&bench.order);
    assert_eq!(
        (&row["fulfilment"], &row["pieces"], &row["shipping"]),
        (&json!("pending"), &json!(3), &json!("Envío a domicilio"))
    );
    assert_eq!(row["fulfilmentAt"], Value::Null);
    let listing: Value = serde_json::from_str(&bench.order.projection().json).unwrap();
    assert_eq!(listing["terms"], json!([["sku", "cafe-340"], ["metadata.Waiter", "beto"], ["metadata.table", "4"]]));
}

fn row(order: &Order) -> Value {
    let listing: Value = serde_json::from_str(&order.projection().json).unwrap();
    listing["row"].clone()
}
