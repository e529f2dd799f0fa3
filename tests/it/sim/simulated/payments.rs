//! Orders and charges at terminals, and what can be answered to each of their calls.

use std::time::Duration;

use compago::edge::order::OrderStatus;
use compago::endpoint::{Reply, Undelivered};
use compago::flow::intent::{self, Intent};
use compago::flow::machine::{Input, Step};
use compago::flow::order::{self, Order};
use compago::value::{RetainDays, UnixMillis};
use serde_json::{Value, json};

use super::Simulated;
use crate::intent::bench as at_terminal;
use crate::order::bench::{self as ordering, START};
use crate::order::bodies::{
    EXTERNAL_ID, OTHER_PAYMENT, PAYMENT, With, cancelled, created, duplicate, listed, ok, over, pending, refused,
};
use crate::recording::reply;

pub(super) const MINUTE: Duration = Duration::from_secs(60);
pub(super) const HOUR: Duration = Duration::from_secs(60 * 60);

/// The reply to a call: one of these, or that the connection breaks.
pub(super) fn pick(replies: &[Reply], which: u64) -> Result<Reply, Undelivered> {
    replies.get(usize::try_from(which).unwrap()).cloned().ok_or(Undelivered::Network)
}

pub(super) fn ways(replies: &[Reply]) -> u64 {
    u64::try_from(replies.len()).unwrap() + 1
}

impl Simulated for Order {
    const ALARMS: u32 = 1_600;

    fn begin() -> Step<Self> {
        Order::place(ordering::terms(), START).unwrap()
    }

    fn is_closed(&self) -> bool {
        !self.status().is_pending()
    }

    fn longest_wait(&self) -> Duration {
        // While its link lasts, one that was closed early is looked at again at its end; the payer's data is kept for longer.
        match self.status() {
            OrderStatus::Paid | OrderStatus::OnHold => RetainDays::DEFAULT.duration(),
            OrderStatus::Expired | OrderStatus::Cancelled | OrderStatus::Failed => order::RETENTION,
            OrderStatus::AwaitingPayment | OrderStatus::Verifying if self.current().registered_at.is_some() => {
                HOUR * 24
            }
            OrderStatus::AwaitingPayment | OrderStatus::Verifying => MINUTE * 10,
        }
    }

    fn act(drawn: u64) -> Input<Self> {
        let event = match drawn % 8 {
            0 | 1 => order::Event::RetryAsked,
            2 => order::Event::CancelAsked,
            3 => order::Event::Watched,
            4 => order::Event::ListWatched,
            5 => order::Event::Wake,
            6 => order::Event::Absent { payment_id: PAYMENT.parse().unwrap(), read_at: START.plus(HOUR * 49) },
            _ => order::Event::PayerReturned {
                payment_id: PAYMENT.parse().unwrap(),
                external_id: EXTERNAL_ID.parse().unwrap(),
            },
        };
        Input::Event(event)
    }

    fn kind(call: &Self::Call) -> (&'static str, u64) {
        (ordering::name(call), ways(&replies_to_order(call)))
    }

    fn answer(call: &Self::Call, which: u64) -> Self::Answer {
        ordering::answer_of(call, pick(&replies_to_order(call), which))
    }

    fn notice_id(notice: &Self::Notice) -> String {
        notice.id.as_str().to_owned()
    }

    fn keep(&self, now: UnixMillis) {
        crate::stored::keep_order(self, now);
    }
}

fn replies_to_order(call: &order::Call) -> Vec<Reply> {
    let number = |id: &str| if id == PAYMENT { 1 } else { 2 };
    let told = |id: &str, body: Value| body.with("id", id).with("externalId", format!("K7Q2M9XD3FHT-{}", number(id)));
    let of_name = |name: &str| if name == EXTERNAL_ID { PAYMENT } else { OTHER_PAYMENT };
    // Far away for ever.
    let later = "2099-01-01T00:00:00Z";
    match call {
        order::Call::Create(create) => vec![
            ok(created(of_name(create.external_id.as_str()))),
            duplicate(),
            refused(401, "no"),
            ok(json!({ "redirectUrl": "https://elsewhere.example/" })),
        ],
        order::Call::Read(read) => vec![
            ok(told(&read.id.to_string(), pending())),
            ok(told(&read.id.to_string(), pending().with("expiresAt", later))),
            ok(over("PENDING", true)),
            ok(over("CONFIRMED", false)),
            ok(over("CONFIRMED", false).with("amount", 1)),
            ok(over("CANCELLED", false)),
            ok(over("ODD", false)),
        ],
        order::Call::Search(name) => {
            let item = |status: &str| told(of_name(name.as_str()), listed(status));
            let list = |items: Value| ok(json!({ "count": 1, "items": items }));
            vec![
                list(json!([])),
                list(json!([item("PENDING")])),
                list(json!([item("PENDING").with("expiresAt", later)])),
                list(json!([item("PENDING").with("expiresAt", "2026-03-01T17:00:00Z")])),
                list(json!([item("CONFIRMED").with("amount", 1)])),
                list(json!([item("CANCELLED")])),
            ]
        }
        order::Call::Cancel(cancel) => vec![ok(cancelled(&cancel.id.to_string())), refused(400, "no"), reply(500, "")],
    }
}

impl Simulated for Intent {
    const ALARMS: u32 = 1_600;

    fn begin() -> Step<Self> {
        Intent::place(at_terminal::terms(), START)
    }

    fn is_closed(&self) -> bool {
        self.is_closed()
    }

    fn longest_wait(&self) -> Duration {
        if self.is_closed() || !self.is_announced() { HOUR } else { MINUTE * 2 }
    }

    fn act(drawn: u64) -> Input<Self> {
        let event = if drawn.is_multiple_of(4) { intent::Event::CancelAsked } else { intent::Event::Watched };
        Input::Event(event)
    }

    fn kind(call: &Self::Call) -> (&'static str, u64) {
        (at_terminal::name(call), ways(&replies_to_intent(call)))
    }

    fn answer(call: &Self::Call, which: u64) -> Self::Answer {
        at_terminal::answer_of(call, pick(&replies_to_intent(call), which))
    }

    fn notice_id(notice: &Self::Notice) -> String {
        notice.id.as_str().to_owned()
    }

    fn keep(&self, now: UnixMillis) {
        crate::stored::keep_intent(self, now);
    }
}

fn replies_to_intent(call: &intent::Call) -> Vec<Reply> {
    let told = |status: &str, expired| reply(200, at_terminal::told(status, expired).to_string());
    let busy = Reply { status: 429, retry_after: Some(86_400), body: b"{}".to_vec() };
    match call {
        intent::Call::Create(_) => vec![
            reply(200, at_terminal::made().to_string()),
            reply(200, at_terminal::made().with("amount", 1).to_string()),
            refused(404, "Terminal not found"),
            refused(400, "taken"),
            busy,
        ],
        intent::Call::Register(_) => vec![reply(200, "")],
        intent::Call::Read(_) => vec![
            told("PENDING", false),
            told("PENDING", true),
            told("CONFIRMED", false),
            told("CANCELLED", false),
            reply(200, at_terminal::success("CONFIRMED", false).to_string()),
            busy,
        ],
        intent::Call::Cancel(_) => vec![reply(200, "{}"), refused(400, "no")],
    }
}
