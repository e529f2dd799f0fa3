//! Ten thousand charges with an answer lost, a crash or a restart at every possible point, against a model of Compago that
//! counts what each card was charged. All of it follows from one seed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use compago::edge::saved_card::ChargeStatus;
use compago::endpoint::{Reply, Undelivered};
use compago::flow::charge::search::{Attribution, Others};
use compago::flow::charge::terms::ChargeTerms;
use compago::flow::charge::{Call, Charge, Event};
use compago::flow::machine::{CallNumber, Input, Machine as _, PendingCall, Step};
use compago::value::{Reference, UnixMillis};
use compago::webhook::EventKind;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod oracle;
mod truth;

use super::{METHOD, START, answer_of};
use crate::recording::reply;
use crate::sim::rng::Rng;
use truth::Truth;

const CHARGES: usize = if cfg!(target_family = "wasm") { 400 } else { 10_000 };
const PER_CARD: u64 = 5;

#[test]
fn ten_thousand_charges_are_each_made_once() {
    let (mut seen, mut charges, mut seed) = (BTreeMap::<&str, usize>::new(), 0, 0);
    while charges < CHARGES {
        let mut card = Card::new(seed);
        card.live();
        charges += card.rows.len();
        card.check(&mut seen);
        seed += 1;
    }
    let found = |kind: &str| seen.get(kind).copied().unwrap_or_default();
    for kind in ["confirmed", "declined", "held though charged", "held and not charged", "found in the list", "crash"] {
        assert!(found(kind) > CHARGES / 500, "{kind}: {} of {seen:?}", found(kind));
    }
    assert!(found("contradicted") > CHARGES / 1_000, "{seen:?}");
    // What can be known is known: holding is for what no list showed in time, or what looks like another that is held.
    assert!(found("held though charged") < CHARGES / 25, "{seen:?}");
}

enum What {
    Arrive { life: u32, key: Reference, number: CallNumber, call: Call },
    Answer { life: u32, key: Reference, number: CallNumber, reply: Result<Reply, Undelivered>, call: Call },
    Wish { key: Reference, amount: &'static str },
    Crash,
}

struct Card {
    seed: u64,
    rng: Rng,
    now: UnixMillis,
    queue: BTreeMap<(UnixMillis, u64), What>,
    queued: u64,
    record: Vec<Truth>,
    rows: BTreeMap<Reference, Charge>,
    told: BTreeMap<Reference, Vec<EventKind>>,
    sent: BTreeMap<Reference, u32>,
    life: u32,
    trouble: u64,
    calm_from: UnixMillis,
    crashes: usize,
    found: BTreeSet<Reference>,
    /// Charges of which an answer has named another amount or currency than was charged.
    contradicted: BTreeSet<Reference>,
}

impl Card {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let trouble = rng.below(40);
        let calm_from = START.plus(rng.between(Duration::ZERO, Duration::from_secs(3_600)));
        let mut card = Self {
            seed,
            now: START,
            queue: BTreeMap::new(),
            queued: 0,
            record: Vec::new(),
            rows: BTreeMap::new(),
            told: BTreeMap::new(),
            sent: BTreeMap::new(),
            life: 0,
            trouble,
            calm_from,
            crashes: 0,
            found: BTreeSet::new(),
            contradicted: BTreeSet::new(),
            rng: rng.clone(),
        };
        for number in 1..=PER_CARD {
            let at = START.plus(rng.between(Duration::ZERO, Duration::from_secs(1_800)));
            let key = Reference::from_bytes(&(number << 4).to_be_bytes());
            card.at(at, What::Wish { key, amount: rng.one_of(&["120.00", "120.00", "80.00"]) });
        }
        for _ in 0..rng.below(4) {
            let at = START.plus(rng.between(Duration::ZERO, Duration::from_secs(2_000)));
            card.at(at, What::Crash);
        }
        card
    }

    fn at(&mut self, at: UnixMillis, what: What) {
        self.queued += 1;
        self.queue.insert((at, self.queued), what);
    }

    fn live(&mut self) {
        for _ in 0..20_000 {
            let alarm = self.rows.iter().filter_map(|(key, row)| Some((row.next_wake()?, *key))).min();
            let next = self.queue.keys().next().copied();
            match (alarm, next) {
                (None, None) => return,
                (Some((at, key)), next) if next.is_none_or(|(first, _)| at < first) => {
                    self.now = at.max(self.now);
                    self.step(key, Input::AlarmFired);
                }
                (_, Some(first)) => {
                    self.now = first.0.max(self.now);
                    if let Some(what) = self.queue.remove(&first) {
                        self.happen(what);
                    }
                }
                (Some(_), None) => panic!("the alarm comes first"),
            }
        }
        panic!("card {} never rests", self.seed);
    }

    fn happen(&mut self, what: What) {
        match what {
            What::Wish { key, amount } => self.wish(key, amount),
            What::Arrive { life, key, number, call } => {
                let reply = self.arrive(key, &call);
                let back = self.rng.between(Duration::ZERO, Duration::from_secs(1));
                self.at(self.now.plus(back), What::Answer { life, key, number, reply, call });
            }
            What::Answer { life, key, number, reply, call } if life == self.life => {
                let searching = self.rows[&key].status() == ChargeStatus::Unknown;
                let others = Others::to(&self.rows[&key], self.rows.values());
                let answer = answer_of(&call, reply, others, Attribution::SoleCharger);
                self.hear(key, number, &answer);
                self.step(key, Input::Completed { call: number, answer });
                if searching && self.rows[&key].payment_id().is_some() {
                    self.found.insert(key);
                }
            }
            What::Answer { .. } => {}
            What::Crash => {
                self.life += 1;
                self.crashes += 1;
            }
        }
    }

    /// The backend asks for a charge, again and again until the card is free and its survey did not stall.
    fn wish(&mut self, key: Reference, amount: &'static str) {
        let again = self.now.plus(Duration::from_secs(20));
        let busy = self.rows.values().any(Charge::is_under_way);
        if let Some(row) = self.rows.get(&key) {
            if row.is_stalled() && !busy {
                self.step(key, Input::Event(Event::ResumeAsked));
            }
            if row_waits(&self.rows[&key]) {
                self.at(again, What::Wish { key, amount });
            }
            return;
        }
        if busy {
            self.at(again, What::Wish { key, amount });
            return;
        }
        let terms = ChargeTerms {
            key,
            method: METHOD.parse().unwrap(),
            amount: amount.parse().unwrap(),
            currency: "MXN".parse().unwrap(),
            description: None,
            placed_at: self.now,
        };
        let step = Charge::place(terms, self.now);
        self.save(key, step);
        self.at(again, What::Wish { key, amount });
    }

    fn step(&mut self, key: Reference, input: Input<Charge>) {
        let step = self.rows[&key].clone().step(input, self.now);
        self.save(key, step);
    }

    fn save(&mut self, key: Reference, Step { machine, notices, call }: Step<Charge>) {
        crate::stored::keep_charge(&machine, self.now);
        self.rows.insert(key, machine);
        for notice in notices {
            let confirmed = notice.event.kind == EventKind::PaymentConfirmed;
            assert!(
                !confirmed || !self.contradicted.contains(&key),
                "card {}: confirmed, though contradicted",
                self.seed
            );
            self.told.entry(key).or_default().push(notice.event.kind);
        }
        if let Some(PendingCall { number, call }) = call {
            self.send(key, number, call);
        }
    }

    fn strikes(&mut self) -> bool {
        self.now < self.calm_from && self.rng.percent(self.trouble)
    }

    fn send(&mut self, key: Reference, number: CallNumber, call: Call) {
        let life = self.life;
        if matches!(call, Call::Charge(_)) {
            let sent = self.sent.entry(key).or_default();
            *sent += 1;
            assert_eq!(*sent, 1, "card {}: a second call for {key}", self.seed);
        }
        if self.strikes() {
            let reply = Err(Undelivered::Network);
            self.at(self.now.plus(Duration::from_secs(10)), What::Answer { life, key, number, reply, call });
            return;
        }
        let slow = if self.strikes() { 40 } else { 2 };
        let there = self.rng.between(Duration::ZERO, Duration::from_secs(slow));
        self.at(self.now.plus(there), What::Arrive { life, key, number, call });
    }

    /// The call arrives: it is carried out, or not, and what comes of it may be lost.
    fn arrive(&mut self, key: Reference, call: &Call) -> Result<Reply, Undelivered> {
        if self.strikes() {
            return Ok(reply(503, ""));
        }
        let reply = self.carry_out(key, call);
        match self.rng.below(4) {
            _ if !self.strikes() => Ok(reply),
            0 => Ok(crate::recording::reply(500, "")),
            1 => Ok(crate::recording::reply(200, "{")),
            _ => Err(Undelivered::Timeout),
        }
    }
}

/// Whether its card was not charged yet, and its backend asks again.
fn row_waits(charge: &Charge) -> bool {
    charge.status() == ChargeStatus::Pending && (charge.is_stalled() || charge.is_under_way())
}
