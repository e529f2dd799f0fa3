//! An earlier attempt that was paid with other facts than were bound: the order is on hold, and no other attempt is to be paid.

use compago::edge::order::OrderStatus;
use compago::flow::machine::Machine as _;
use compago::flow::order::{Order, RetryRefusal};
use compago::flow::record;
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::amending::{amendments, held, returns, searching};
use super::bench::{Bench, seconds};
use super::bodies::{EXTERNAL_ID, OTHER_PAYMENT, PAYMENT, With, ok, over, refused};
use super::returning::retried;

/// I5: while the first attempt may have been paid, no second one is to be.
#[test]
fn a_second_attempt_is_cancelled_when_the_first_was_paid_with_other_facts() {
    for (field, value) in amendments() {
        let mut bench = retried();
        bench.wait(seconds(5));
        bench.returned(PAYMENT, EXTERNAL_ID);
        bench.reply(ok(over("CONFIRMED", true).with(field, value)));
        assert_eq!(bench.status(), OrderStatus::OnHold, "{field}");
        assert!(!bench.shows_link(), "{field}");
        assert_eq!(bench.call(), Some("cancel"), "{field}");
        assert_eq!(bench.detail()["attempts"][0]["onHold"], "mismatch", "{field}");
        bench.reply(ok(json!({ "id": OTHER_PAYMENT, "status": "CANCELLED" })));
        assert_eq!(bench.told(), ["order.expired", "order.on-hold mismatch"], "{field}: it is not over");
        assert_eq!(bench.status(), OrderStatus::OnHold, "{field}");
        assert_eq!(bench.order.retry_allowed(), Err(RetryRefusal::OnHold), "{field}");
        assert_eq!(bench.order.next_wake().map(|_| ()), Some(()), "{field}: who pays is forgotten in time");
    }
}

#[test]
fn one_that_is_paid_all_the_same_pays_the_order() {
    let mut bench = retried();
    bench.wait(seconds(5));
    bench.returned(PAYMENT, EXTERNAL_ID);
    bench.reply(ok(over("CONFIRMED", true).with("amount", 1)));
    bench.reply(refused(400, "only PENDING"));
    while bench.call() != Some("read") {
        bench.ring();
    }
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.status(), OrderStatus::Paid);
    assert_eq!(bench.told(), ["order.expired", "order.on-hold mismatch", "order.paid"]);
    assert_eq!(bench.notices[2].event.data.payment_id.unwrap().to_string(), OTHER_PAYMENT);
    assert_eq!(
        bench.order.projection().json.matches("mismatch").count(),
        2,
        "and a person still has to look at the first"
    );
}

/// Before agreement was recorded, an attempt on hold for a mismatch was stored without it.
#[test]
fn a_hold_that_an_older_version_stored_is_not_lifted_either() {
    for (mut bench, name) in
        [(held("amount", &json!(1)), "held"), (searching("amount", &json!(1)), "searching"), (Bench::opened(), "open")]
    {
        let stored = record::to_string(&bench.order).replace(r#""schemaVersion":3,"#, "");
        let at = stored.find(r#""agreement":"#).unwrap();
        let end = at + stored[at..].find(r#""recheckAt""#).unwrap();
        let older: Order = record::from_str(&format!("{}{}", &stored[..at], &stored[end..])).unwrap();
        assert_eq!(older.current().is_contradicted(), name != "open", "{name}");
        bench.order = older;
        if name == "searching" {
            for _ in 0..2 {
                bench.list([]);
                bench.ring();
            }
            bench.list([]);
        }
        returns(&mut bench);
        assert_eq!(bench.status() == OrderStatus::Paid, name == "open", "{name}: {:?}", bench.told());
    }
}
