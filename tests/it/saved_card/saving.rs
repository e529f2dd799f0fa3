//! A card from its form to its taking back: all of it is read, nothing believed.

use compago::api::payment_method::get::MethodReading;
use compago::edge::saved_card::SavedCardStatus;
use compago::endpoint::{CallError, Reply, Undelivered};
use compago::flow::machine::{CallNumber, Input, Machine as _, PendingCall, Step};
use compago::flow::saved_card::notice::Notice;
use compago::flow::saved_card::terms::CardTerms;
use compago::flow::saved_card::{Answer, Call, Event, SavedCard};
use compago::value::UnixMillis;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{METHOD, START};
use crate::recording::{answer, reply};

const HOUR: std::time::Duration = std::time::Duration::from_secs(3_600);

struct Bench {
    card: SavedCard,
    now: UnixMillis,
    pending: Option<(CallNumber, Call)>,
    calls: Vec<(&'static str, UnixMillis)>,
    notices: Vec<Notice>,
}

fn told(status: &str) -> Value {
    json!({ "id": METHOD, "status": status, "card": { "lastFourDigits": "0005", "networkType": "AMEX" } })
}

impl Bench {
    fn begun() -> Self {
        let terms = CardTerms {
            key: "K7Q2M9XD3FHT".parse().unwrap(),
            id: METHOD.parse().unwrap(),
            external_id: Some("cli-7".parse().unwrap()),
            expires_at: START.plus(HOUR),
        };
        let card = SavedCard::begin(terms, START);
        Self { card, now: START, pending: None, calls: Vec::new(), notices: Vec::new() }
    }

    fn active() -> Self {
        let mut bench = Self::begun();
        bench.say(told("ACTIVE"));
        assert_eq!(bench.card.status(), SavedCardStatus::Active);
        bench
    }

    fn feed(&mut self, event: Event) {
        self.take(Input::Event(event));
    }

    fn take(&mut self, input: Input<SavedCard>) {
        let Step { machine: card, notices, call, storing: _ } = self.card.clone().step(input, self.now);
        let stored = compago::json::from_str(&compago::json::to_string(&card)).unwrap();
        assert_eq!(card, stored, "what is stored is what goes on");
        crate::stored::keep_card(&card, self.now);
        self.card = stored;
        for notice in notices {
            crate::stored::keep_webhook(&notice.event, self.now);
            self.notices.push(notice);
        }
        if let Some(PendingCall { number, call }) = call {
            let name = match &call {
                Call::Read(_) => "read",
                Call::Revoke(_) => "revoke",
            };
            self.calls.push((name, self.now));
            self.pending = Some((number, call));
        }
    }

    fn reply(&mut self, result: Result<Reply, Undelivered>) {
        if self.pending.is_none() {
            self.wake();
        }
        let (number, call) = self.pending.take().expect("a call is in flight");
        let lost = CallError::Undelivered(Undelivered::Timeout);
        let answer = match (&call, result) {
            (Call::Read(_), Err(_)) => Answer::Read(Err(lost)),
            (Call::Read(read), Ok(reply)) => Answer::Read(answer(read, reply)),
            (Call::Revoke(_), Err(_)) => Answer::Revoked(Err(lost)),
            (Call::Revoke(revoke), Ok(reply)) => Answer::Revoked(answer(revoke, reply)),
        };
        self.take(Input::Completed { call: number, answer });
    }

    fn say(&mut self, body: Value) {
        self.reply(Ok(reply(200, body.to_string())));
    }

    fn wake(&mut self) {
        self.now = self.card.next_wake().expect("there is something to wait for").max(self.now);
        self.take(Input::AlarmFired);
    }
}

#[test]
fn a_saved_card_is_told_once() {
    let mut bench = Bench::begun();
    bench.say(json!({ "id": METHOD, "status": "PENDING", "card": null }));
    bench.say(told("ACTIVE"));
    assert_eq!(bench.notices.len(), 1);
    assert_eq!(bench.notices[0].id.as_str(), "evt_k7q2m9xd3fht_payment-method-active_1");
    let data: Value = serde_json::from_str(&compago::json::to_string(&bench.notices[0].event.data)).unwrap();
    let card = json!({ "network": "AMEX", "lastFourDigits": "0005" });
    assert_eq!(data, json!({ "paymentMethod": METHOD, "externalId": "cli-7", "card": card }));
    assert_eq!(bench.card.next_wake(), None);
    bench.now = bench.now.plus(HOUR);
    bench.feed(Event::Watched);
    bench.say(told("ACTIVE"));
    assert_eq!(bench.notices.len(), 1);
}

#[test]
fn watchers_cost_one_read_in_three_seconds() {
    let mut bench = Bench::begun();
    while bench.now < START.plus(HOUR / 12) {
        bench.feed(Event::Watched);
        if bench.card.next_wake().is_some_and(|at| at <= bench.now) {
            bench.take(Input::AlarmFired);
        }
        if bench.pending.is_some() {
            bench.say(json!({ "id": METHOD, "status": "PENDING" }));
        }
        bench.now = bench.now.plus(std::time::Duration::from_millis(500));
    }
    assert!(bench.calls.windows(2).all(|pair| pair[1].1.since(pair[0].1) >= std::time::Duration::from_secs(3)));
    assert!((90..=101).contains(&bench.calls.len()), "{}", bench.calls.len());
}

#[test]
fn a_form_that_runs_out_is_noticed() {
    let mut bench = Bench::begun();
    while bench.card.status() == SavedCardStatus::Pending {
        bench.wake();
        let status = if bench.now < START.plus(HOUR) { "PENDING" } else { "EXPIRED" };
        bench.say(json!({ "id": METHOD, "status": status }));
    }
    assert!(bench.now < START.plus(HOUR + HOUR / 30));
    assert_eq!(bench.card.next_wake(), None);
    assert!(bench.calls.len() < 40);
}

#[test]
fn one_that_never_answers_is_let_go() {
    let mut bench = Bench::begun();
    while bench.card.next_wake().is_some() {
        bench.wake();
        bench.reply(Err(Undelivered::Network));
    }
    assert_eq!(bench.card.status(), SavedCardStatus::Pending);
    assert!(bench.now < START.plus(HOUR * 26) && bench.calls.len() < 250);
}

#[test]
fn taking_back_is_settled_by_reading() {
    for answer in [Some(json!({ "success": true })), Some(json!({ "success": false })), None] {
        for (status, expected) in [("REVOKED", SavedCardStatus::Revoked), ("ACTIVE", SavedCardStatus::Active)] {
            let mut bench = Bench::active();
            bench.feed(Event::RevokeAsked);
            assert_eq!(bench.calls.last().unwrap().0, "revoke");
            assert!(bench.card.is_being_revoked());
            match answer.clone() {
                Some(body) => bench.say(body),
                None => bench.reply(Err(Undelivered::Timeout)),
            }
            bench.reply(Err(Undelivered::Timeout));
            bench.say(told(status));
            assert_eq!(bench.card.status(), expected);
            assert!(!bench.card.is_being_revoked(), "whoever asked is told what came of it");
            assert_eq!(bench.calls.iter().filter(|(name, _)| *name == "revoke").count(), 1);
        }
    }
}

#[test]
fn only_an_active_card_is_taken_back() {
    let mut bench = Bench::begun();
    bench.feed(Event::RevokeAsked);
    assert!(bench.calls.is_empty());
}

fn adopted(status: &str) -> Bench {
    let mut told = told(status);
    told["createdAt"] = json!(START.to_string());
    told["externalId"] = json!("otro sistema/1");
    let reading: MethodReading = compago::json::from_str(&told.to_string()).unwrap();
    let card = SavedCard::adopt(reading, START.plus(HOUR));
    Bench { card, now: START.plus(HOUR), pending: None, calls: Vec::new(), notices: Vec::new() }
}

#[test]
fn a_card_saved_by_other_means_is_no_news_but_its_saving_is() {
    let mut saved = adopted("ACTIVE");
    assert_eq!(saved.card.status(), SavedCardStatus::Active);
    assert_eq!(saved.card.terms().external_id, None, "of a form that is not ours");
    assert_eq!(saved.card.terms().expires_at, START.plus(48 * HOUR));
    assert_eq!(saved.card.next_wake(), None);
    saved.now = saved.now.plus(HOUR);
    saved.feed(Event::Watched);
    saved.say(told("ACTIVE"));
    assert!(saved.notices.is_empty());

    let mut begun = adopted("PENDING");
    begun.say(told("ACTIVE"));
    assert_eq!(begun.notices.len(), 1);
}

#[test]
fn what_is_decided_by_a_state_needs_a_state_that_is_known() {
    let mut bench = Bench::begun();
    let asked_at = bench.now.plus(std::time::Duration::from_secs(1));
    assert!(!bench.card.is_known(asked_at), "it was never read");
    bench.say(told("PENDING"));
    assert!(bench.card.is_known(asked_at));
    assert!(!bench.card.is_known(bench.now.plus(std::time::Duration::from_secs(1))), "it may be saved by now");
    bench.reply(Err(Undelivered::Timeout));
    assert!(!bench.card.is_known(asked_at), "the last answer was lost");
    bench.say(told("ACTIVE"));
    assert!(bench.card.is_known(bench.now.plus(std::time::Duration::from_secs(59))));
    assert!(!bench.card.is_known(bench.now.plus(std::time::Duration::from_secs(60))));
    bench.now = bench.now.plus(HOUR);
    bench.feed(Event::Watched);
    assert!(bench.card.is_being_asked());
    assert!(!bench.card.is_known(bench.now), "it is being read");
    bench.say(told("REVOKED"));
    assert!(bench.card.is_known(bench.now.plus(HOUR)), "it stays so");
}
