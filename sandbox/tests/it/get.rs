//! `GET /one-time-payment/{id}`: two shapes.

use serde_json::{Value, json};

use crate::harness::{Running, names, payment, payment_with};

const LIMITED: [&str; 5] = ["billingInformation", "expired", "homepageUrl", "organization", "status"];

#[test]
fn shows_all_while_payable() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    let answer = sandbox.get(&id);
    assert_eq!(answer.status, 200);
    let mut body = answer.json();
    let expires_at = body.as_object_mut().unwrap().remove("expiresAt").unwrap();
    assert!(whole_seconds(&expires_at), "{expires_at}");
    assert_eq!(
        body,
        json!({
            "id": id, "status": "PENDING", "amount": 350.5, "currency": "MXN", "description": "Pedido 881",
            "externalId": "ord-1", "expired": false, "homepageUrl": "https://shop.example",
            "redirectUrl": "https://shop.example/vuelta?ref=881",
            "organization": { "name": "Tienda Demo", "business": { "websiteURL": "https://tienda-demo.example" } },
            "billingInformation": { "phoneNumber": "+525512340000" }
        })
    );
}

#[test]
fn shows_little_once_closed() {
    let sandbox = Running::start();
    let (paid, cancelled, expired) = (sandbox.created("a"), sandbox.created("b"), sandbox.created("c"));
    assert_eq!(sandbox.control("POST", &format!("/one-time-payments/{paid}/pay"), Value::Null).status, 200);
    assert_eq!(sandbox.cancel(&cancelled).status, 200);
    for (id, status) in [(&paid, "CONFIRMED"), (&cancelled, "CANCELLED")] {
        let body = sandbox.get(id).json();
        assert_eq!(names(&body), LIMITED);
        assert_eq!((&body["status"], &body["expired"]), (&json!(status), &json!(false)));
        assert_eq!(body["homepageUrl"], "https://shop.example");
    }
    sandbox.advance_minutes(60);
    for (id, status) in [(&paid, "CONFIRMED"), (&cancelled, "CANCELLED"), (&expired, "PENDING")] {
        let body = sandbox.get(id).json();
        assert_eq!(names(&body), LIMITED);
        assert_eq!((&body["status"], &body["expired"]), (&json!(status), &json!(true)), "{status}");
    }
}

#[test]
fn expires_at_the_answered_time() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    sandbox.advance_minutes(59);
    assert_eq!(sandbox.get(&id).json()["expired"], false);
    sandbox.advance_minutes(1);
    assert_eq!(sandbox.get(&id).json()["expired"], true);
    sandbox.advance_minutes(-2);
    assert_eq!(sandbox.get(&id).json()["id"], id, "the clock can be turned back");
}

#[test]
fn does_not_know_other_ids() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    for other in ["aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "x", &id.to_uppercase(), &id.replace('-', "")] {
        let answer = sandbox.get(other);
        assert_eq!((answer.status, answer.message().as_str()), (404, "One time payment not found"), "{other}");
    }
}

#[test]
fn settings_vary_what_is_not_documented() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    sandbox.set(json!({ "nullOrganization": true, "homepageNormalised": true, "fractionalSeconds": true }));
    let body = sandbox.get(&id).json();
    assert_eq!(body["organization"], json!({ "name": "Tienda Demo", "business": null }));
    assert_eq!(body["billingInformation"], json!({ "phoneNumber": null }));
    assert_eq!(body["homepageUrl"], "https://shop.example/");
    assert!(body["expiresAt"].as_str().unwrap().ends_with(".000Z"), "{body}");

    sandbox.set(json!({ "expiredStatus": "CANCELLED" }));
    assert_eq!(sandbox.get(&id).json()["status"], "PENDING");
    sandbox.advance_minutes(60);
    assert_eq!(sandbox.get(&id).json()["status"], "CANCELLED");
    assert_eq!(sandbox.list("?status=CANCELLED").json()["count"], 1);
    assert_eq!(sandbox.list("?status=PENDING").json()["count"], 0);
}

#[test]
fn amounts_keep_their_centavos() {
    let sandbox = Running::start();
    for (external_id, amount) in [("a", json!(10)), ("b", json!(10.1)), ("c", json!(1234567.89)), ("d", json!(19.99))] {
        assert_eq!(sandbox.create(&payment_with(external_id, "/amount", amount.clone())).status, 201);
        let id = sandbox.stored().pop().unwrap()["id"].as_str().unwrap().to_owned();
        assert_eq!(sandbox.get(&id).json()["amount"], amount);
    }
    assert_eq!(payment("x")["amount"], 350.5);
}

fn whole_seconds(at: &Value) -> bool {
    let at = at.as_str().unwrap();
    at.len() == "2026-03-01T18:00:00Z".len() && at.ends_with('Z')
}
