//! The pairs about charges at terminals.

use compago::api::payment_intent::cancel::{Acknowledged, CancelPaymentIntent};
use compago::api::payment_intent::create::{CreatePaymentIntent, CreatedIntent};
use compago::api::payment_intent::get::{Charge, GetPaymentIntent, IntentReading};
use compago::value::amount::Pesos;
use serde_json::{Value, json};

use super::{id_in, parsed, play, text_of};
use crate::wire::{from_value, to_value};

pub(super) fn play_one(name: &str, vector: &Value) {
    let request = &vector["request"];
    match text_of(&vector["endpoint"]) {
        "payment-intent.create" => {
            let create = create_intent(request);
            play(name, vector, &create, |answer| made(&create, &answer));
        }
        "payment-intent.get" => play(name, vector, &GetPaymentIntent { id: id_in(request) }, read_intent),
        "payment-intent.cancel" => {
            play(
                name,
                vector,
                &CancelPaymentIntent { id: id_in(request) },
                |Acknowledged {}| json!({ "cancelled": true }),
            );
        }
        _ => panic!("{name}: no such endpoint"),
    }
}

fn create_intent(request: &Value) -> CreatePaymentIntent {
    let body = &request["body"];
    CreatePaymentIntent {
        amount: from_value::<Pesos>(&body["amount"]).unwrap().0,
        currency: parsed(&body["currency"]),
        external_id: parsed(&body["externalId"]),
        terminal_code: body.get("terminalCode").map(parsed),
    }
}

fn made(create: &CreatePaymentIntent, created: &CreatedIntent) -> Value {
    let CreatedIntent { id, status, amount, currency, external_id, .. } = created;
    json!({
        "id": to_value(id), "status": to_value(status), "amount": to_value(amount), "currency": currency,
        "externalId": external_id, "answers": created.answers(create),
    })
}

fn read_intent(reading: IntentReading) -> Value {
    let IntentReading { id, status, expired, charge, card, amount, currency, external_id, .. } = reading;
    assert_eq!((amount, currency, external_id), (None, None, None), "no documented answer names them");
    let charge = charge.map(|charge| match charge {
        Charge::Succeeded => "success",
        Charge::Other => "other",
    });
    json!({
        "id": to_value(&id), "status": to_value(&status), "expired": expired, "charge": charge, "card": to_value(&card),
    })
}
