//! Answers of Compago's about the payment of [`super::bench::terms`], in the shapes of its pages.

use compago::endpoint::Reply;
use serde_json::{Value, json};

use crate::recording::reply;

pub(crate) const PAYMENT: &str = "0f0e0d0c-1111-4222-8333-444455556666";
pub(crate) const OTHER_PAYMENT: &str = "99999999-1111-4222-8333-444455556666";
pub(crate) const EXTERNAL_ID: &str = "K7Q2M9XD3FHT-1";
pub(crate) const HOMEPAGE: &str = "https://shop.example/?o=K7Q2M9XD3FHT";
pub(crate) const RETURN_URL: &str = "https://shop.example/api/shop/return?order=k7q2m9xd3fht";

/// An answer with these fields set to other values.
pub(crate) trait With {
    fn with(self, field: &str, value: impl Into<Value>) -> Self;
    fn without(self, field: &str) -> Self;
}

impl With for Value {
    fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self[field] = value.into();
        self
    }

    fn without(mut self, field: &str) -> Self {
        self.as_object_mut().unwrap().remove(field);
        self
    }
}

pub(crate) fn ok(body: impl Into<Value>) -> Reply {
    reply(200, body.into().to_string())
}

pub(crate) fn refused(status: u16, message: &str) -> Reply {
    reply(status, json!({ "message": message }).to_string())
}

pub(crate) fn duplicate() -> Reply {
    refused(400, &format!("One time payment with externalId {EXTERNAL_ID} already exists."))
}

/// What creating answers: the link to the payment with this id.
pub(crate) fn created(id: &str) -> Value {
    json!({ "redirectUrl": format!("https://app.compago.com/checkout/otp/{id}") })
}

/// A payment that waits to be paid.
pub(crate) fn pending() -> Value {
    json!({
        "id": PAYMENT, "status": "PENDING", "amount": 350.5, "currency": "MXN", "description": "Pedido 881",
        "externalId": EXTERNAL_ID, "expiresAt": "2026-03-03T18:00:00Z", "expired": false,
        "homepageUrl": HOMEPAGE, "redirectUrl": RETURN_URL,
        "organization": { "name": "Tienda Ana", "business": { "websiteURL": "https://shop.example" } },
        "billingInformation": { "phoneNumber": "+525512340000" }
    })
}

/// A payment that is over: the limited shape.
pub(crate) fn over(status: &str, expired: bool) -> Value {
    json!({
        "status": status, "expired": expired, "homepageUrl": HOMEPAGE,
        "organization": { "name": "Tienda Ana", "business": null },
        "billingInformation": { "phoneNumber": "+525512340000" }
    })
}

/// The payment as the list tells it.
pub(crate) fn listed(status: &str) -> Value {
    json!({
        "id": PAYMENT, "status": status, "description": "Pedido 881", "amount": 350.5, "currency": "MXN",
        "externalId": EXTERNAL_ID, "expiresAt": "2026-03-03T18:00:00Z", "redirectUrl": RETURN_URL,
        "homepageUrl": HOMEPAGE, "createdAt": "2026-03-01T18:00:00Z", "updatedAt": "2026-03-01T18:00:00Z",
        "billingInformation": { "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz",
            "phoneNumber": "+525512340000",
            "address": { "addressLine": "Calle 5 10", "city": "Puebla", "state": "PUE", "zip": "72000" } }
    })
}

/// What cancelling answers.
pub(crate) fn cancelled(id: &str) -> Value {
    json!({ "id": id, "status": "CANCELLED", "externalId": EXTERNAL_ID, "amount": 350.5, "currency": "MXN" })
}
