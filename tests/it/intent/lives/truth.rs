//! The model of Compago at one terminal: what truly became of each intent, and what it tells of that.

use std::time::Duration;

use compago::api::payment_intent::create::CreatePaymentIntent;
use compago::endpoint::Reply;
use compago::flow::intent::Call;
use compago::value::{PaymentIntentId, Reference, UnixMillis};
use serde_json::json;

use super::Day;
use crate::intent::bench::{LIFETIME, refused, seconds};
use crate::recording::reply;

/// What Compago knows of an intent.
pub(super) struct Truth {
    id: PaymentIntentId,
    external_id: String,
    /// As Compago has them now.
    amount: f64,
    currency: &'static str,
    shown_external_id: String,
    made_at: UnixMillis,
    cancelled: bool,
    pub(super) charged: bool,
    /// When reads begin to tell that it was charged.
    shown_at: UnixMillis,
}

impl Day {
    pub(super) fn carry_out(&mut self, call: &Call) -> Reply {
        match call {
            Call::Create(create) => self.create(create),
            Call::Register(_) => reply(200, ""),
            Call::Read(read) => {
                let (now, before) = (self.now, self.seed.is_multiple_of(3));
                let truth = self.compago.iter().find(|truth| truth.id == read.id).expect("an intent of ours");
                let expired = now >= truth.made_at.plus(LIFETIME);
                let charged = truth.charged && now >= truth.shown_at;
                let status = match (charged, truth.cancelled) {
                    (true, _) if !before => "CONFIRMED",
                    (_, true) => "CANCELLED",
                    (_, false) => "PENDING",
                };
                let mut body = json!({ "id": read.id.to_string(), "status": status, "expired": expired });
                if self.names_facts {
                    body["amount"] = json!(truth.amount);
                    body["currency"] = json!(truth.currency);
                    body["externalId"] = json!(truth.shown_external_id);
                }
                if charged {
                    body["paymentSummary"] = json!({ "status": "SUCCESS" });
                }
                reply(200, body.to_string())
            }
            Call::Cancel(cancel) => {
                let truth = self.compago.iter_mut().find(|truth| truth.id == cancel.id).expect("an intent of ours");
                if truth.charged || truth.cancelled {
                    return refused(400, "Payment intent already confirmed");
                }
                truth.cancelled = true;
                reply(200, "{}")
            }
        }
    }

    fn create(&mut self, create: &CreatePaymentIntent) -> Reply {
        let external_id = create.external_id.to_string();
        if self.compago.iter().any(|truth| truth.external_id == external_id) {
            return refused(400, "Payment intent with externalId already exists.");
        }
        for truth in self.compago.iter_mut().filter(|truth| !truth.charged) {
            truth.cancelled = true;
        }
        let number = u8::try_from(self.compago.len()).unwrap();
        let id = PaymentIntentId::from_bytes([number; 16]);
        let body = json!({
            "id": id.to_string(), "status": "PENDING", "amount": 350.5, "currency": "MXN", "externalId": external_id,
        });
        self.compago.push(Truth {
            id,
            shown_external_id: external_id.clone(),
            external_id,
            amount: 350.5,
            currency: "MXN",
            made_at: self.now,
            cancelled: false,
            charged: false,
            shown_at: self.now,
        });
        reply(200, body.to_string())
    }

    /// Someone amends the latest intent in Compago's books, whatever its state, or amends it back.
    pub(super) fn amend(&mut self) {
        let which = self.rng.below(4);
        let Some(truth) = self.compago.last_mut() else { return };
        match which {
            0 => truth.amount = 1.0,
            1 => truth.currency = "USD",
            2 => truth.shown_external_id = "somebodys".to_owned(),
            _ => {
                (truth.amount, truth.currency) = (350.5, "MXN");
                truth.shown_external_id.clone_from(&truth.external_id);
            }
        }
    }

    /// A customer taps a card on what the terminal shows.
    pub(super) fn tap(&mut self) {
        let now = self.now;
        let shown = self
            .compago
            .iter_mut()
            .rev()
            .find(|truth| !truth.cancelled && !truth.charged && now < truth.made_at.plus(LIFETIME));
        if let Some(truth) = shown {
            truth.charged = true;
            truth.shown_at = now.plus(if self.lags { seconds(90) } else { Duration::ZERO });
        }
    }

    pub(super) fn truth_of(&self, key: Reference) -> Option<&Truth> {
        let external_id = self.rows[&key].machine().terms().external_id.to_string();
        self.compago.iter().find(|truth| truth.external_id == external_id)
    }
}
