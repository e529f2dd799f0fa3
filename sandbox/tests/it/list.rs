//! `GET /one-time-payment`.

use serde_json::{Value, json};

use crate::harness::{Running, names};

fn external_ids(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["externalId"].as_str().unwrap()).collect()
}

#[test]
fn items_have_all_fields_whatever_their_status() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    sandbox.control("POST", &format!("/one-time-payments/{id}/pay"), Value::Null);
    let page = sandbox.list("").json();
    assert_eq!(names(&page), ["count", "items", "page", "pageSize"]);
    assert_eq!((&page["count"], &page["page"], &page["pageSize"]), (&json!(1), &json!(1), &json!(100)));
    let item = &page["items"][0];
    assert_eq!(
        names(item),
        [
            "amount",
            "billingInformation",
            "createdAt",
            "currency",
            "description",
            "expiresAt",
            "externalId",
            "homepageUrl",
            "id",
            "redirectUrl",
            "status",
            "updatedAt"
        ]
    );
    assert_eq!(item["status"], "CONFIRMED");
    assert_eq!(
        item["billingInformation"],
        json!({
            "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "+525512340000",
            "address": { "addressLine": "Calle 5 10", "city": "Puebla", "state": "PUE", "zip": "03100" }
        })
    );
}

#[test]
fn pages_and_orders() {
    let sandbox = Running::start();
    for external_id in ["a", "b", "c", "d", "e"] {
        sandbox.created(external_id);
    }
    assert_eq!(external_ids(&sandbox.list("").json()), ["e", "d", "c", "b", "a"]);
    let second = sandbox.list("?page=2&pageSize=2").json();
    assert_eq!(external_ids(&second), ["c", "b"]);
    assert_eq!((&second["count"], &second["page"], &second["pageSize"]), (&json!(5), &json!(2), &json!(2)));
    assert_eq!(external_ids(&sandbox.list("?page=3&pageSize=2").json()), ["a"]);
    let beyond = sandbox.list("?page=9&pageSize=2").json();
    assert_eq!((&beyond["count"], &beyond["items"]), (&json!(5), &json!([])));
    sandbox.set(json!({ "listOrder": "oldest" }));
    assert_eq!(external_ids(&sandbox.list("?pageSize=2").json()), ["a", "b"]);
}

#[test]
fn orders_by_the_last_update() {
    let sandbox = Running::start();
    let ids: Vec<String> = ["a", "b", "c", "d"].iter().map(|external_id| sandbox.created(external_id)).collect();
    sandbox.control("POST", &format!("/one-time-payments/{}/pay", ids[1]), Value::Null);
    sandbox.cancel(&ids[0]);
    sandbox.set(json!({ "listOrder": "updated" }));
    assert_eq!(external_ids(&sandbox.list("").json()), ["a", "b", "d", "c"]);
    assert_eq!(external_ids(&sandbox.list("?pageSize=3&page=2").json()), ["c"]);
    assert_eq!(external_ids(&sandbox.list("?status=PENDING").json()), ["d", "c"]);
    sandbox.set(json!({ "listOrder": "updated-oldest" }));
    assert_eq!(external_ids(&sandbox.list("").json()), ["c", "d", "b", "a"]);
    assert_eq!(external_ids(&sandbox.list("?pageSize=3&page=2").json()), ["a"]);
    sandbox.fault("one-time-payment.list", json!({ "kind": "drift", "how": "reverse" }));
    assert_eq!(external_ids(&sandbox.list("").json()), ["a", "b", "d", "c"]);
}

#[test]
fn filters_by_status() {
    let sandbox = Running::start();
    let (paid, cancelled) = (sandbox.created("paid"), sandbox.created("cancelled"));
    sandbox.created("pending");
    sandbox.control("POST", &format!("/one-time-payments/{paid}/pay"), Value::Null);
    sandbox.cancel(&cancelled);
    for (status, external_id) in [("PENDING", "pending"), ("CONFIRMED", "paid"), ("CANCELLED", "cancelled")] {
        let page = sandbox.list(&format!("?status={status}&currency=MXN")).json();
        assert_eq!(external_ids(&page), [external_id]);
        assert_eq!(page["count"], 1);
    }
}

#[test]
fn refuses_bad_parameters() {
    let sandbox = Running::start();
    assert_eq!(sandbox.list("?pageSize=500").status, 200);
    assert_eq!(sandbox.list("?pageSize=1&page=1&unknown=x").status, 200);
    for (query, message) in [
        ("?pageSize=501", "pageSize must be between 1 and 500"),
        ("?pageSize=0", "pageSize must be between 1 and 500"),
        ("?pageSize=", "pageSize must be between 1 and 500"),
        ("?pageSize=%2B5", "pageSize must be between 1 and 500"),
        ("?page=0", "page must be a positive integer"),
        ("?page=-1", "page must be a positive integer"),
        ("?page=1.5", "page must be a positive integer"),
        ("?page=99999999999999999999999", "page must be a positive integer"),
        ("?status=PAID", "status must be one of PENDING, CONFIRMED, CANCELLED"),
        ("?status=", "status must be one of PENDING, CONFIRMED, CANCELLED"),
        ("?currency=USD", "currency must be MXN"),
        ("?page=1&page=2", "page must be given once"),
    ] {
        let answer = sandbox.list(query);
        assert_eq!((answer.status, answer.message().as_str()), (400, message), "{query}");
    }
}

#[test]
fn new_payments_may_arrive_late() {
    let sandbox = Running::start();
    sandbox.set(json!({ "listDelayMs": 30_000 }));
    sandbox.created("ord-1");
    assert_eq!(sandbox.list("").json()["count"], 0);
    sandbox.control("POST", "/clock", json!({ "advanceMs": 30_000 }));
    assert_eq!(sandbox.list("").json()["count"], 1);
}

#[test]
fn drift_repeats_an_item_on_the_next_page() {
    let sandbox = Running::start();
    for external_id in ["a", "b", "c", "d"] {
        sandbox.created(external_id);
    }
    assert_eq!(external_ids(&sandbox.list("?pageSize=2").json()), ["d", "c"]);
    sandbox.fault("one-time-payment.list", json!({ "kind": "drift" }));
    let second = sandbox.list("?pageSize=2&page=2").json();
    assert_eq!(external_ids(&second), ["c", "b"], "c again, because a new payment came in");
    assert_eq!(second["count"], 5);
    assert_eq!(sandbox.list("").json()["count"], 5, "one fault, one newcomer");
}

#[test]
fn drift_in_reverse_hides_items() {
    let sandbox = Running::start();
    for external_id in ["a", "b", "c", "d"] {
        sandbox.created(external_id);
    }
    sandbox.fault("one-time-payment.list", json!({ "kind": "drift", "how": "reverse" }));
    assert_eq!(external_ids(&sandbox.list("?pageSize=2").json()), ["a", "b"]);
    assert_eq!(external_ids(&sandbox.list("?pageSize=2&page=2").json()), ["b", "a"], "c and d were never shown");
}

#[test]
fn drift_by_touching_moves_items_out_of_the_pages_to_come() {
    let sandbox = Running::start();
    for external_id in ["a", "b", "c", "d"] {
        sandbox.created(external_id);
    }
    sandbox.set(json!({ "listOrder": "updated" }));
    assert_eq!(external_ids(&sandbox.list("?pageSize=2").json()), ["d", "c"]);
    sandbox.fault("one-time-payment.list", json!({ "kind": "drift", "how": "touch" }));
    let second = sandbox.list("?pageSize=2&page=2").json();
    assert_eq!(external_ids(&second), ["c", "b"], "a has gone to the front and was never shown");
    assert_eq!(second["count"], 4);
    sandbox.set(json!({ "listOrder": "updated-oldest" }));
    assert_eq!(external_ids(&sandbox.list("?pageSize=2").json()), ["b", "c"]);
    sandbox.fault("one-time-payment.list", json!({ "kind": "drift", "how": "touch", "by": 2 }));
    assert_eq!(external_ids(&sandbox.list("?pageSize=2&page=2").json()), ["b", "c"], "d and a were never shown");
}
