//! What Compago's documentation does not specify or describes in two ways (read November 2026), one test each. Every
//! possible behaviour is either read or refused as unreadable without harm, and none makes anything paid.

use compago::api::list::PageSize;
use compago::api::one_time_payment::cancel::CancelOneTimePayment;
use compago::api::one_time_payment::create::CreateOneTimePayment;
use compago::api::one_time_payment::get::{GetOneTimePayment, Reading};
use compago::api::one_time_payment::list::{ListOneTimePayments, Page};
use compago::endpoint::{CallError, DecodeError};
use compago::error::Refusal;
use compago::value::{Currency, Ttl};
use serde_json::{Value, json};

use crate::recording::{answer, reply};

mod acts;
mod amounts;
mod answers;
mod intents;
mod lists;
mod reads;

const ID: &str = "7c9e2b64-3f0a-4d15-9a4e-5b8d1c60f2a7";

pub(crate) fn item() -> Value {
    json!({
        "id": ID, "status": "PENDING", "description": "Café", "amount": 418.75, "currency": "MXN",
        "externalId": "K7Q2M9XD3FHT-1", "expiresAt": "2026-11-05T18:45:00Z",
        "redirectUrl": "https://tienda.example/api/shop/return?order=k7q2", "homepageUrl": "https://tienda.example/?order=K7Q2",
        "createdAt": "2026-11-05T18:00:00Z", "updatedAt": "2026-11-05T18:00:00Z",
        "billingInformation": {
            "email": "lucia@example.com", "firstName": "Lucía", "lastName": "Ortega", "phoneNumber": "+525587650000",
            "address": { "addressLine": "Avenida Juárez 120", "city": "Oaxaca", "state": "OAX", "zip": "06800" },
        },
    })
}

fn page(items: &[Value]) -> Value {
    json!({ "count": items.len(), "page": 1, "pageSize": 500, "items": items })
}

fn full() -> Value {
    json!({
        "id": ID, "status": "PENDING", "amount": 418.75, "currency": "MXN", "description": "Café",
        "externalId": "K7Q2M9XD3FHT-1", "expiresAt": "2026-11-05T18:45:00Z", "expired": false,
        "homepageUrl": "https://tienda.example/?order=K7Q2", "redirectUrl": "https://tienda.example/api/shop/return",
        "organization": { "name": "Tienda", "business": { "websiteURL": "https://tienda.example" } },
        "billingInformation": { "phoneNumber": "+525587650000" },
    })
}

fn limited(status: &str, expired: bool) -> Value {
    json!({
        "status": status, "homepageUrl": "https://tienda.example/?order=K7Q2", "expired": expired,
        "organization": { "name": "Tienda", "business": { "websiteURL": "https://tienda.example" } },
        "billingInformation": { "phoneNumber": "+525587650000" },
    })
}

fn created() -> Value {
    json!({ "redirectUrl": format!("https://app.compago.com/checkout/otp/{ID}") })
}

fn cancelled() -> Value {
    json!({ "id": ID, "status": "CANCELLED" })
}

fn create() -> CreateOneTimePayment {
    CreateOneTimePayment {
        amount: "418.75".parse().unwrap(),
        currency: Currency::Mxn,
        description: "Café".parse().unwrap(),
        external_id: "K7Q2M9XD3FHT-1".parse().unwrap(),
        redirect_url: "https://tienda.example/api/shop/return".parse().unwrap(),
        homepage_url: "https://tienda.example/?order=K7Q2".parse().unwrap(),
        ttl: Ttl::MIN,
        billing_information: crate::wire::from_value(&item()["billingInformation"]).unwrap(),
    }
}

fn get() -> GetOneTimePayment {
    GetOneTimePayment { id: ID.parse().unwrap() }
}

fn list() -> ListOneTimePayments {
    ListOneTimePayments { status: None, currency: None, page: 1, page_size: PageSize::MAX }
}

fn cancel() -> CancelOneTimePayment {
    CancelOneTimePayment { id: ID.parse().unwrap() }
}

fn refusal(status: u16, body: impl AsRef<[u8]>) -> Refusal {
    match answer(&create(), reply(status, body)) {
        Err(CallError::Refused(refusal)) => *refusal,
        other => panic!("{other:?}"),
    }
}

fn read_ok(body: &Value) -> Reading {
    answer(&get(), reply(200, body.to_string())).unwrap()
}

fn page_ok(body: &Value) -> Page {
    answer(&list(), reply(200, body.to_string())).unwrap()
}

fn assert_unreadable_read(body: &Value) {
    assert_eq!(answer(&get(), reply(200, body.to_string())), Err(CallError::Decode(DecodeError::Shape)), "{body}");
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

fn without(mut body: Value, field: &str) -> Value {
    body.as_object_mut().unwrap().remove(field);
    body
}
