//! Whole days at one terminal: two tills that cancel, repeat and take over, a network that loses, a shell that crashes, and a
//! model of Compago that knows the truth. All of it follows from one seed; afterwards the merchant's ledger is held against
//! the model.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::time::Duration;

use compago::endpoint::Undelivered;
use compago::flow::intent::terms::{IntentTerms, external_id};
use compago::flow::intent::{Answer, Call, Event, Intent};
use compago::flow::machine::{CallNumber, Input, PendingCall};
use compago::flow::terminal::{Claim, Decision, decide};
use compago::value::{Reference, UnixMillis};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod oracle;
mod truth;

use super::bench::{START, answer_of, refused, seconds, terms};
use crate::sim::network::Weather;
use crate::sim::rng::Rng;
use crate::sim::shell::{Crash, Shell};
use oracle::IntentSteps;
use truth::Truth;

/// The days; on WebAssembly, which is slower, a part of them in which all kinds of events are seen.
const DAYS: Range<u64> = if cfg!(target_family = "wasm") { 200..350 } else { 0..800 };
/// After which nothing goes wrong any more and no till asks for anything.
const CALM: Duration = Duration::from_secs(40 * 60);

#[test]
fn every_day_at_a_terminal_ends_with_a_true_ledger() {
    let mut seen = BTreeSet::new();
    for seed in DAYS {
        let mut day = Day::new(seed);
        day.live();
        day.check();
        seen.extend(day.kinds());
    }
    for kind in [
        "paid",
        "late",
        "closed",
        "on-hold",
        "displaced",
        "displaced-paid",
        "busy",
        "crash",
        "lost-but-charged",
        "contradicted",
        "contradicted-and-charged",
    ] {
        assert!(seen.contains(kind), "no day has seen: {kind}");
    }
}

/// A request of a till, repeated with the same key until it is answered.
#[derive(Clone, Copy)]
struct Wish {
    key: Reference,
    take_over: bool,
}

enum What {
    Arrive { incarnation: u32, key: Reference, number: CallNumber, call: Call },
    Answer { incarnation: u32, key: Reference, number: CallNumber, answer: Answer },
    Wish(Wish),
    Cancel,
    Tap,
    Amend,
    Crash,
}

struct Day {
    seed: u64,
    rng: Rng,
    now: UnixMillis,
    queue: BTreeMap<(UnixMillis, u64), What>,
    queued: u64,
    compago: Vec<Truth>,
    rows: BTreeMap<Reference, Shell<Intent, IntentSteps>>,
    placed: Vec<Reference>,
    claims: BTreeMap<Reference, Reference>,
    refused_as_paid: BTreeSet<Reference>,
    weather: Weather,
    /// Whether Compago's answers are behind what happened.
    lags: bool,
    /// Whether Compago's reads name amount, currency and external id, which is not documented.
    names_facts: bool,
    kinds: BTreeSet<&'static str>,
}

impl Day {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let trouble = rng.below(30);
        let mut day = Self {
            seed,
            now: START,
            queue: BTreeMap::new(),
            queued: 0,
            compago: Vec::new(),
            rows: BTreeMap::new(),
            placed: Vec::new(),
            claims: BTreeMap::new(),
            refused_as_paid: BTreeSet::new(),
            weather: Weather { trouble, down_until: START, calm_from: START.plus(CALM) },
            lags: seed.is_multiple_of(5),
            names_facts: seed.is_multiple_of(2),
            kinds: BTreeSet::new(),
            rng: rng.clone(),
        };
        let acts = 2 + rng.below(5);
        for act in 0..acts {
            let at = START.plus(rng.between(Duration::ZERO, CALM / 2));
            let key = Reference::from_bytes(&((act + 1) << 4).to_be_bytes());
            let wish = Wish { key, take_over: rng.percent(60) };
            for _ in 0..=rng.below(2) {
                let again = rng.between(Duration::ZERO, seconds(30));
                day.at(at.plus(again), What::Wish(wish));
            }
        }
        for _ in 0..rng.below(4) {
            let at = START.plus(rng.between(Duration::ZERO, CALM));
            day.at(at, if rng.percent(60) { What::Cancel } else { What::Crash });
        }
        for _ in 0..rng.below(3) {
            let at = START.plus(rng.between(Duration::ZERO, CALM));
            day.at(at, What::Amend);
        }
        for _ in 0..2 + rng.below(6) {
            let at = START.plus(rng.between(Duration::ZERO, CALM));
            day.at(at, What::Tap);
            // In the last seconds of a charge.
            if day.lags {
                day.at(at.plus(seconds(540)), What::Tap);
            }
        }
        day
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
        panic!("day {} never ends", self.seed);
    }

    fn happen(&mut self, what: What) {
        match what {
            What::Wish(wish) => self.wish(wish),
            What::Arrive { incarnation, key, number, call } => {
                let answer = self.arrive(&call);
                let back = self.rng.between(Duration::ZERO, seconds(1));
                self.at(self.now.plus(back), What::Answer { incarnation, key, number, answer });
            }
            What::Answer { incarnation, key, number, answer } if incarnation == self.rows[&key].incarnation => {
                self.step(key, Input::Completed { call: number, answer });
            }
            What::Answer { .. } => {}
            What::Cancel => {
                if let Some(key) = self.placed.last().copied() {
                    self.step(key, Input::Event(Event::CancelAsked));
                }
            }
            What::Tap => self.tap(),
            What::Amend => self.amend(),
            What::Crash => {
                let now = self.now;
                self.rows.values_mut().for_each(|row| row.restart(now));
                self.kinds.insert("crash");
            }
        }
    }

    fn strikes(&mut self) -> bool {
        self.weather.strikes(&mut self.rng, self.now)
    }

    /// A till's request, as the Worker takes it.
    fn wish(&mut self, wish: Wish) {
        if self.rows.contains_key(&wish.key) {
            return;
        }
        let displacing = self.claims.get(&wish.key).copied();
        let claim = if wish.take_over { Claim::TakeOver { displacing } } else { Claim::IfFree };
        let latest = self.placed.last().map(|key| self.rows[key].machine());
        let displaced = displacing.map(|key| self.rows[&key].machine());
        match decide(claim, latest, displaced, self.now) {
            Decision::Place => self.place(wish.key, displacing),
            Decision::Busy => {
                self.kinds.insert("busy");
            }
            Decision::DisplacedPaid => {
                self.kinds.insert("displaced-paid");
                self.refused_as_paid.insert(wish.key);
            }
            Decision::Cancel(key) => {
                self.claims.insert(wish.key, key);
                self.step(key, Input::Event(Event::CancelAsked));
                self.at(self.now.plus(seconds(2)), What::Wish(wish));
            }
            Decision::Wait(key) => {
                self.claims.insert(wish.key, key);
                self.at(self.now.plus(seconds(2)), What::Wish(wish));
            }
        }
    }

    fn place(&mut self, key: Reference, displacing: Option<Reference>) {
        assert!(!self.refused_as_paid.contains(&key), "day {}: charged after it was refused", self.seed);
        if let Some(displaced) = displacing {
            self.kinds.insert("displaced");
            let known = self.rows[&displaced].machine().is_made();
            let charged = self.truth_of(displaced).is_some_and(|truth| truth.charged);
            // One whose answers contradict each other is for a person, who was told.
            let held = self.rows[&displaced].oracle.is_contradicted;
            let excused = !known || self.lags || held;
            assert!(!charged || excused, "day {}: it displaced a charge that was paid", self.seed);
        }
        let external_id = external_id(None, &key, self.now).unwrap();
        let terms = IntentTerms { key, external_id, placed_at: self.now, ..terms() };
        let (row, call) = Shell::start(Intent::place(terms, self.now), IntentSteps::new(self.seed, key), 0, self.now);
        self.placed.push(key);
        self.rows.insert(key, row);
        self.send(key, call);
    }

    fn step(&mut self, key: Reference, input: Input<Intent>) {
        let crash = if self.rng.percent(10) && self.strikes() { Crash::drawn(&mut self.rng) } else { Crash::Never };
        let call = self.rows.get_mut(&key).and_then(|row| row.take(input, crash, self.now));
        self.send(key, call);
    }

    fn send(&mut self, key: Reference, call: Option<PendingCall<Intent>>) {
        let Some(PendingCall { number, call }) = call else { return };
        let incarnation = self.rows[&key].incarnation;
        if self.strikes() {
            let answer = answer_of(&call, Err(Undelivered::Network));
            self.at(self.now.plus(seconds(10)), What::Answer { incarnation, key, number, answer });
            return;
        }
        let there = self.rng.between(Duration::ZERO, seconds(2));
        self.at(self.now.plus(there), What::Arrive { incarnation, key, number, call });
    }

    /// The call arrives: it is carried out, or not, and what comes of it may be lost.
    fn arrive(&mut self, call: &Call) -> Answer {
        if self.strikes() {
            return answer_of(call, Ok(refused(503, "")));
        }
        let reply = self.carry_out(call);
        if self.strikes() { answer_of(call, Err(Undelivered::Timeout)) } else { answer_of(call, Ok(reply)) }
    }
}
