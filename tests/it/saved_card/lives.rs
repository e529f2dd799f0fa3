//! Ten thousand charges with an answer lost, a crash or a restart at every possible point, against a model of Compago that
//! counts what each card was charged. All of it follows from one seed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use compago::edge::saved_card::ChargeStatus;
use compago::endpoint::{Reply, Undelivered};
use compago::flow::charge::search::{Attribution, Others};
use compago::flow::charge::terms::ChargeTerms;
use compago::flow::charge::{Call, Charge, Event};
use compago::flow::machine::{CallNumber, Input, PendingCall};
use compago::value::{Reference, UnixMillis};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod oracle;
mod truth;

use super::{METHOD, START, answer_of};
use crate::recording::reply;
use crate::sim::network::Weather;
use crate::sim::rng::Rng;
use crate::sim::shell::{Crash, Shell};
use oracle::ChargeSteps;
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
    Arrive { incarnation: u32, key: Reference, number: CallNumber, call: Call },
    Answer { incarnation: u32, key: Reference, number: CallNumber, reply: Result<Reply, Undelivered>, call: Call },
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
    rows: BTreeMap<Reference, Shell<Charge, ChargeSteps>>,
    weather: Weather,
    crashes: usize,
    found: BTreeSet<Reference>,
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
            weather: Weather { trouble, down_until: START, calm_from },
            crashes: 0,
            found: BTreeSet::new(),
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
            let alarm = self.rows.iter().filter_map(|(key, row)| Some((row.alarm?, *key))).min();
            let next = self.queue.keys().next().copied();
            match (alarm, next) {
                (None, None) => return,
                (Some((at, key)), next) if next.is_none_or(|(first, _)| at < first) => {
                    self.now = at.max(self.now);
                    self.step(key, Input::AlarmFired);
                    if self.strikes() {
                        self.step(key, Input::AlarmFired);
                    }
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
            What::Arrive { incarnation, key, number, call } => {
                let reply = self.arrive(key, &call);
                let back = self.rng.between(Duration::ZERO, Duration::from_secs(1));
                self.at(self.now.plus(back), What::Answer { incarnation, key, number, reply, call });
            }
            What::Answer { incarnation, key, number, reply, call } if incarnation == self.rows[&key].incarnation => {
                let searching = self.rows[&key].machine().status() == ChargeStatus::Unknown;
                let others = Others::to(self.rows[&key].machine(), self.rows.values().map(Shell::machine));
                let answer = answer_of(&call, reply, others, Attribution::SoleCharger);
                self.step(key, Input::Completed { call: number, answer });
                if searching && self.rows[&key].machine().payment_id().is_some() {
                    self.found.insert(key);
                }
            }
            What::Answer { .. } => {}
            What::Crash => {
                let now = self.now;
                self.rows.values_mut().for_each(|row| row.restart(now));
                self.crashes += 1;
            }
        }
    }

    /// The backend asks for a charge, again and again until the card is free and its survey did not stall.
    fn wish(&mut self, key: Reference, amount: &'static str) {
        let again = self.now.plus(Duration::from_secs(20));
        let busy = self.rows.values().any(|row| row.machine().is_under_way());
        if let Some(row) = self.rows.get(&key) {
            if row.machine().is_stalled() && !busy {
                self.step(key, Input::Event(Event::ResumeAsked));
            }
            if row_waits(self.rows[&key].machine()) {
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
            metadata: compago::value::Metadata::default(),
        };
        let (row, call) = Shell::start(Charge::place(terms, self.now), ChargeSteps::new(self.seed, key), 0, self.now);
        self.rows.insert(key, row);
        self.send(key, call);
        self.at(again, What::Wish { key, amount });
    }

    fn step(&mut self, key: Reference, input: Input<Charge>) {
        let crash = if self.rng.percent(10) && self.strikes() { Crash::drawn(&mut self.rng) } else { Crash::Never };
        let call = self.rows.get_mut(&key).and_then(|row| row.take(input, crash, self.now));
        self.send(key, call);
    }

    fn strikes(&mut self) -> bool {
        self.weather.strikes(&mut self.rng, self.now)
    }

    fn send(&mut self, key: Reference, call: Option<PendingCall<Charge>>) {
        let Some(PendingCall { number, call }) = call else { return };
        let incarnation = self.rows[&key].incarnation;
        if self.strikes() {
            let reply = Err(Undelivered::Network);
            self.at(self.now.plus(Duration::from_secs(10)), What::Answer { incarnation, key, number, reply, call });
            return;
        }
        let slow = if self.strikes() { 40 } else { 2 };
        let there = self.rng.between(Duration::ZERO, Duration::from_secs(slow));
        self.at(self.now.plus(there), What::Arrive { incarnation, key, number, call });
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
