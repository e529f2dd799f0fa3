//! The pairs about saved cards.

use compago::api::list::{Page, PageSize};
use compago::api::payment_method::charge::ChargePaymentMethod;
use compago::api::payment_method::create::{CreatePaymentMethod, Display};
use compago::api::payment_method::get::{GetPaymentMethod, MethodReading};
use compago::api::payment_method::list::ListPaymentMethods;
use compago::api::payment_method::payment::{CardPayment, GetCardPayment};
use compago::api::payment_method::payments::ListCardPayments;
use compago::api::payment_method::refund::RefundCardPayment;
use compago::api::payment_method::revoke::RevokePaymentMethod;
use compago::value::amount::Pesos;
use compago::value::{CardPaymentId, ChargeAmount, PaymentMethodId};
use serde_json::{Value, json};

use super::{id_in, parsed, play, text_of};
use crate::wire::{from_value, to_value};

pub(super) fn play_one(name: &str, vector: &Value) {
    let request = &vector["request"];
    let body = &request["body"];
    match text_of(&vector["endpoint"]) {
        "payment-method.create" => play(
            name,
            vector,
            &create(body),
            |made| json!({ "id": to_value(&made.id), "checkoutUrl": made.checkout_url }),
        ),
        "payment-method.get" => play(name, vector, &GetPaymentMethod { id: id_in(request) }, method),
        "payment-method.list" => {
            let (status, page, page_size) = (from_value(&json!("ACTIVE")).ok(), 1, PageSize::new(2).unwrap());
            play(name, vector, &ListPaymentMethods { status, page, page_size }, |page| listed(page, method));
        }
        "payment-method.revoke" => {
            play(
                name,
                vector,
                &RevokePaymentMethod { id: id_in(request) },
                |revoked| json!({ "success": revoked.success }),
            );
        }
        "payment-method.charge" => {
            let charge = ChargePaymentMethod {
                method: id_in(request),
                amount: amount(&body["amount"]),
                currency: parsed(&body["currency"]),
                description: Some(parsed(&body["description"])),
            };
            play(name, vector, &charge, payment);
        }
        "payment-method.payments" => {
            let (method, status) = (id_in(request), from_value(&json!("CONFIRMED")).ok());
            let list = ListCardPayments { method, status, page: 1, page_size: PageSize::MAX };
            play(name, vector, &list, |page| listed(page, payment));
        }
        "payment-method.payment" => {
            let (method, id) = ids_in(request);
            play(name, vector, &GetCardPayment { method, id }, payment);
        }
        "payment-method.refund" => {
            let (method, id) = ids_in(request);
            let reason = body.get("reason").map(parsed);
            play(name, vector, &RefundCardPayment { method, id, reason }, payment);
        }
        _ => panic!("{name}: no such endpoint"),
    }
}

fn create(body: &Value) -> CreatePaymentMethod {
    let display = match text_of(&body["displayMode"]) {
        "LINK" => Display::Link,
        _ => Display::Embedded {
            button_text: body.get("buttonText").map(parsed),
            button_color: body.get("buttonColor").map(parsed),
        },
    };
    CreatePaymentMethod {
        payer: from_value(&body["billingInformation"]).unwrap(),
        external_id: body.get("externalId").map(parsed),
        verification_amount: body.get("verificationAmount").map(amount),
        display,
        redirect_url: body.get("redirectUrl").map(parsed),
        ttl: body.get("ttlMinutes").map(|minutes| from_value(minutes).unwrap()),
    }
}

fn amount(value: &Value) -> ChargeAmount {
    from_value::<Pesos>(value).unwrap().0.try_into().unwrap()
}

fn ids_in(request: &Value) -> (PaymentMethodId, CardPaymentId) {
    (id_in(request), text_of(&request["path"]).split('/').nth(4).unwrap().parse().unwrap())
}

fn method(reading: MethodReading) -> Value {
    let MethodReading { id, status, external_id, card, created_at, .. } = reading;
    json!({
        "id": to_value(&id), "status": to_value(&status), "externalId": external_id, "card": to_value(&card),
        "createdAt": to_value(&created_at),
    })
}

fn payment(payment: CardPayment) -> Value {
    let CardPayment { id, status, amount, currency, created_at, .. } = payment;
    json!({
        "id": to_value(&id), "status": to_value(&status), "amount": to_value(&amount), "currency": currency,
        "createdAt": to_value(&created_at),
    })
}

fn listed<T>(page: Page<T>, item: impl Fn(T) -> Value) -> Value {
    let items: Vec<Value> = page.readable.into_iter().map(item).collect();
    json!({ "count": page.count, "unreadable": page.unreadable, "items": items })
}
