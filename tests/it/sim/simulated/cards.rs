//! Saved cards, their charges and refunds, and what can be answered to each of their calls.

use std::time::Duration;

use compago::edge::saved_card::{ChargeStatus, RefundStatus, SavedCardStatus};
use compago::endpoint::{CallError, Reply, Undelivered};
use compago::flow::charge::search::{Attribution, Others};
use compago::flow::charge::{self, Charge};
use compago::flow::machine::{Input, Machine as _, Step};
use compago::flow::refund::{self, Refund};
use compago::flow::saved_card::{self, SavedCard};
use compago::value::UnixMillis;
use serde_json::{Value, json};

use super::Simulated;
use super::payments::{HOUR, MINUTE, pick, ways};
use crate::order::bench::START;
use crate::order::bodies::{With, ok, refused};
use crate::recording::answer;
use crate::saved_card::{METHOD, answer_of};

impl Simulated for Charge {
    const ALARMS: u32 = 900;

    fn begin() -> Step<Self> {
        Charge::place(charge_terms(), START)
    }

    fn is_closed(&self) -> bool {
        !matches!(self.status(), ChargeStatus::Pending | ChargeStatus::Unknown)
    }

    fn longest_wait(&self) -> Duration {
        if self.is_closed() { HOUR * 24 } else { MINUTE * 15 }
    }

    fn act(_drawn: u64) -> Input<Self> {
        Input::Event(charge::Event::ResumeAsked)
    }

    fn kind(call: &Self::Call) -> (&'static str, u64) {
        let name = match call {
            charge::Call::List(_) => "list",
            charge::Call::Charge(_) => "charge",
            charge::Call::Read(_) => "read",
        };
        (name, ways(&replies_to_charge(call)))
    }

    fn answer(call: &Self::Call, which: u64) -> Self::Answer {
        answer_of(call, pick(&replies_to_charge(call), which), Others::default(), Attribution::SoleCharger)
    }

    fn notice_id(notice: &Self::Notice) -> String {
        notice.id.as_str().to_owned()
    }

    fn keep(&self, now: UnixMillis) {
        crate::stored::keep_charge(self, now);
    }
}

fn charge_terms() -> charge::terms::ChargeTerms {
    charge::terms::ChargeTerms {
        key: "K7Q2M9XD3FHT".parse().unwrap(),
        method: METHOD.parse().unwrap(),
        amount: "120".parse().unwrap(),
        currency: "MXN".parse().unwrap(),
        description: None,
        placed_at: START,
        metadata: compago::value::Metadata::default(),
    }
}

const CARD_PAYMENT: &str = "eeee0000-1111-4222-8333-444455556666";

fn card_payment(status: &str) -> Value {
    json!({ "id": CARD_PAYMENT, "status": status, "amount": 120, "currency": "MXN" })
}

fn replies_to_charge(call: &charge::Call) -> Vec<Reply> {
    let payments = || ["PENDING", "CONFIRMED", "CANCELLED", "ODD"].map(|status| ok(card_payment(status)));
    let list = |items: Value| {
        ok(json!({ "count": items.as_array().unwrap().len(), "page": 1, "pageSize": 500, "items": items }))
    };
    match call {
        charge::Call::List(_) => vec![
            list(json!([])),
            list(json!([card_payment("PENDING").with("createdAt", "2026-03-01T18:00:05Z")])),
            list(json!([card_payment("PENDING")])),
        ],
        charge::Call::Charge(_) | charge::Call::Read(_) => payments().into_iter().chain([refused(404, "no")]).collect(),
    }
}

impl Simulated for Refund {
    const ALARMS: u32 = 700;

    fn begin() -> Step<Self> {
        Refund::place(
            refund::terms::RefundTerms {
                key: "K7Q2M9XD3FHT".parse().unwrap(),
                method: METHOD.parse().unwrap(),
                payment: CARD_PAYMENT.parse().unwrap(),
                reason: None,
                placed_at: START,
                metadata: compago::value::Metadata::default(),
            },
            START,
        )
    }

    fn is_closed(&self) -> bool {
        self.status() != RefundStatus::Pending
    }

    fn longest_wait(&self) -> Duration {
        MINUTE * 10
    }

    fn act(_drawn: u64) -> Input<Self> {
        Input::AlarmFired
    }

    fn kind(call: &Self::Call) -> (&'static str, u64) {
        let name = match call {
            refund::Call::Read(_) => "read",
            refund::Call::Refund(_) => "refund",
        };
        (name, ways(&replies_to_refund()))
    }

    fn answer(call: &Self::Call, which: u64) -> Self::Answer {
        match (call, pick(&replies_to_refund(), which)) {
            (_, Err(error)) => Err(CallError::Undelivered(error)),
            (refund::Call::Read(read), Ok(reply)) => answer(read, reply),
            (refund::Call::Refund(refund), Ok(reply)) => answer(refund, reply),
        }
    }

    fn notice_id(notice: &Self::Notice) -> String {
        notice.id.as_str().to_owned()
    }

    fn keep(&self, now: UnixMillis) {
        crate::stored::keep_refund(self, now);
    }
}

fn replies_to_refund() -> Vec<Reply> {
    let told = ["PENDING", "CONFIRMED", "REFUNDED", "CANCELLED", "ODD"].map(|status| ok(card_payment(status)));
    told.into_iter().chain([refused(404, "no"), refused(400, "no")]).collect()
}

impl Simulated for SavedCard {
    const ALARMS: u32 = 900;

    fn begin() -> Step<Self> {
        let terms = saved_card::terms::CardTerms {
            key: "K7Q2M9XD3FHT".parse().unwrap(),
            id: METHOD.parse().unwrap(),
            external_id: None,
            expires_at: START.plus(HOUR),
        };
        SavedCard::begin(terms, START).start(START)
    }

    fn is_closed(&self) -> bool {
        matches!(self.status(), SavedCardStatus::Expired | SavedCardStatus::Revoked)
    }

    fn longest_wait(&self) -> Duration {
        MINUTE * 30
    }

    fn act(drawn: u64) -> Input<Self> {
        let event = if drawn.is_multiple_of(4) { saved_card::Event::RevokeAsked } else { saved_card::Event::Watched };
        Input::Event(event)
    }

    fn kind(call: &Self::Call) -> (&'static str, u64) {
        match call {
            saved_card::Call::Read(_) => ("read", ways(&replies_to_card(call))),
            saved_card::Call::Revoke(_) => ("revoke", ways(&replies_to_card(call))),
        }
    }

    fn answer(call: &Self::Call, which: u64) -> Self::Answer {
        let lost = CallError::Undelivered(Undelivered::Network);
        match (call, pick(&replies_to_card(call), which)) {
            (saved_card::Call::Read(_), Err(_)) => saved_card::Answer::Read(Err(lost)),
            (saved_card::Call::Read(read), Ok(reply)) => saved_card::Answer::Read(answer(read, reply)),
            (saved_card::Call::Revoke(_), Err(_)) => saved_card::Answer::Revoked(Err(lost)),
            (saved_card::Call::Revoke(revoke), Ok(reply)) => saved_card::Answer::Revoked(answer(revoke, reply)),
        }
    }

    fn notice_id(notice: &Self::Notice) -> String {
        // Answers that are drawn make a card active more than once, which is one event for its receiver.
        format!("{} {}", notice.id.as_str(), notice.event.timestamp)
    }

    fn keep(&self, now: UnixMillis) {
        crate::stored::keep_card(self, now);
    }
}

fn replies_to_card(call: &saved_card::Call) -> Vec<Reply> {
    let told = |status: &str| ok(json!({ "id": METHOD, "status": status, "card": null }));
    match call {
        saved_card::Call::Read(_) => ["PENDING", "ACTIVE", "EXPIRED", "REVOKED", "ODD"].map(told).to_vec(),
        saved_card::Call::Revoke(_) => vec![told("REVOKED"), refused(400, "no")],
    }
}
