//! The pairs about one-time payments.

use compago::api::list::PageSize;
use compago::api::one_time_payment::cancel::CancelOneTimePayment;
use compago::api::one_time_payment::create::{CheckoutUrl, CreateOneTimePayment};
use compago::api::one_time_payment::get::{GetOneTimePayment, Reading};
use compago::api::one_time_payment::link::CheckoutLink;
use compago::api::one_time_payment::list::{ListOneTimePayments, ListedPayer, ListedPayment, Page};
use compago::value::amount::Pesos;
use serde_json::{Value, json};

use super::{id_in, parsed, play, text_of};
use crate::wire::{from_value, to_value};

pub(super) fn play_one(name: &str, vector: &Value) {
    let request = &vector["request"];
    match text_of(&vector["endpoint"]) {
        "one-time-payment.create" => play(name, vector, &create(request), created),
        "one-time-payment.get" => play(name, vector, &GetOneTimePayment { id: id_in(request) }, read),
        "one-time-payment.list" => play(name, vector, &list(request), listed),
        "one-time-payment.cancel" => play(
            name,
            vector,
            &CancelOneTimePayment { id: id_in(request) },
            |answer| json!({ "id": to_value(&answer.id), "status": to_value(&answer.status) }),
        ),
        _ => panic!("{name}: no such endpoint"),
    }
}

fn create(request: &Value) -> CreateOneTimePayment {
    let body = &request["body"];
    CreateOneTimePayment {
        amount: from_value::<Pesos>(&body["amount"]).unwrap().0,
        currency: parsed(&body["currency"]),
        description: parsed(&body["description"]),
        external_id: parsed(&body["externalId"]),
        redirect_url: parsed(&body["redirectUrl"]),
        homepage_url: parsed(&body["homepageUrl"]),
        ttl: from_value(&body["ttlMinutes"]).unwrap(),
        billing_information: from_value(&body["billingInformation"]).unwrap(),
    }
}

fn list(request: &Value) -> ListOneTimePayments {
    let query = text_of(&request["query"]);
    let of = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    ListOneTimePayments {
        status: of("status").map(|status| from_value(&json!(status)).unwrap()),
        currency: of("currency").map(|currency| currency.parse().unwrap()),
        page: of("page").unwrap().parse().unwrap(),
        page_size: PageSize::new(of("pageSize").unwrap().parse().unwrap()).unwrap(),
    }
}

fn created(CheckoutUrl(url): CheckoutUrl) -> Value {
    let allowed = ["https://app.compago.com".parse().unwrap()];
    let candidate = CheckoutLink::parse(&url, &allowed).unwrap().candidate();
    json!({ "checkoutUrl": url, "candidate": to_value(&candidate) })
}

fn read(reading: Reading) -> Value {
    let Reading { status, expired, homepage_url, id, external_id, amount, currency, expires_at, .. } = reading;
    let Reading { description, redirect_url, .. } = reading;
    json!({
        "status": to_value(&status), "expired": expired, "homepageUrl": homepage_url, "id": to_value(&id), "externalId": external_id,
        "amount": to_value(&amount), "currency": currency, "expiresAt": to_value(&expires_at), "description": description,
        "redirectUrl": redirect_url,
    })
}

fn listed(page: Page) -> Value {
    let payments: Vec<Value> = page.readable.into_iter().map(payment).collect();
    json!({ "count": page.count, "unreadable": page.unreadable, "payments": payments })
}

fn payment(payment: ListedPayment) -> Value {
    let ListedPayment { id, status, amount, currency, external_id, expires_at, redirect_url, homepage_url, .. } =
        payment;
    let ListedPayment { description, created_at, updated_at, payer, .. } = payment;
    let payer = payer.map(|ListedPayer { first_name, last_name, email, phone_number, .. }| {
        json!({ "firstName": first_name, "lastName": last_name, "email": email, "phoneNumber": phone_number })
    });
    json!({
        "id": to_value(&id), "status": to_value(&status), "amount": to_value(&amount), "currency": currency, "externalId": external_id,
        "expiresAt": to_value(&expires_at), "redirectUrl": redirect_url, "homepageUrl": homepage_url, "description": description,
        "createdAt": to_value(&created_at), "updatedAt": to_value(&updated_at), "payer": payer,
    })
}
