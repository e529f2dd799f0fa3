//! Every machine comes to rest, whatever Compago answers and however long: an object that has nothing to do keeps no alarm,
//! and one that has something to do is woken although the clock was set back.
//!
//! A machine is lived through to its end against an upstream that always answers a kind of call alike, or at random, or never.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::time::Duration;

use compago::value::UnixMillis;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

pub(crate) mod cards;
pub(crate) mod machines;
mod webhooks;

use crate::order::bench::START;
use crate::sim::rng::Rng;
use cards::{Card, CardCharge, CardRefund};
use machines::{Purchase, Terminal};

const LIVES: u64 = if cfg!(target_family = "wasm") { 10 } else { 120 };
const HOUR: Duration = Duration::from_secs(60 * 60);

/// What is asked of a machine here, whichever it is.
pub(crate) trait Machine: Clone + PartialEq + Debug {
    type Call: Clone;
    type Answer;

    /// The most alarms from its beginning to its rest.
    const ALARMS: u32;

    fn begin() -> (Self, Option<(u32, Self::Call)>);
    fn wake_at(&self) -> Option<UnixMillis>;
    fn correct_times(&mut self, now: UnixMillis);
    fn is_closed(&self) -> bool;
    /// The longest that it waits for its next alarm.
    fn longest_wait(&self) -> Duration;
    fn ring(self, now: UnixMillis) -> (Self, Option<(u32, Self::Call)>);
    /// What people do to it, of several things the one that is drawn.
    fn act(self, drawn: u64, now: UnixMillis) -> (Self, Option<(u32, Self::Call)>);
    /// The kind of a call, and in how many ways it is answered.
    fn kind(call: &Self::Call) -> (&'static str, u64);
    fn answer(call: &Self::Call, which: u64) -> Self::Answer;
    fn take(self, flight: u32, answer: Self::Answer, now: UnixMillis) -> (Self, Option<(u32, Self::Call)>);
}

struct Life<M: Machine> {
    seed: u64,
    rng: Rng,
    now: UnixMillis,
    machine: M,
    flight: Option<(u32, M::Call)>,
    /// By which each kind of call is always answered; none if it is drawn each time.
    stubborn: Option<BTreeMap<&'static str, u64>>,
    alarms: u32,
    /// Alarms since it was closed for the last time.
    after_close: u32,
}

impl<M: Machine> Life<M> {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let stubborn = rng.percent(70).then(BTreeMap::new);
        let (machine, flight) = M::begin();
        Self { seed, rng, now: START, machine, flight, stubborn, alarms: 0, after_close: 0 }
    }

    /// Lives until it rests. While people act, the clock may be set back.
    fn live(&mut self, set_back: Option<Duration>) {
        let acts_until = START.plus(self.rng.between(Duration::ZERO, HOUR));
        let set_back_after = self.rng.below(20);
        loop {
            if let Some(by) = set_back.filter(|_| self.alarms == u32::try_from(set_back_after).unwrap()) {
                self.now = self.now.minus(by);
                self.machine.correct_times(self.now);
            }
            if let Some((flight, call)) = self.flight.take() {
                let (kind, ways) = M::kind(&call);
                // The last way is that no answer ever comes.
                let which = match &mut self.stubborn {
                    Some(known) => *known.entry(kind).or_insert_with(|| self.rng.below(ways + 1)),
                    None => self.rng.below(ways + 1),
                };
                if which < ways {
                    self.now = self.now.plus(Duration::from_millis(300));
                    let answer = M::answer(&call, which);
                    let (machine, flight) = self.machine.clone().take(flight, answer, self.now);
                    self.went_on(machine, flight);
                    continue;
                }
            }
            if self.now < acts_until && self.rng.percent(30) {
                self.now = self.now.plus(self.rng.between(Duration::ZERO, Duration::from_secs(60)));
                let (machine, flight) = self.machine.clone().act(self.rng.next(), self.now);
                if flight.is_some() {
                    self.flight = flight;
                }
                self.machine = machine;
                continue;
            }
            let Some(at) = self.machine.wake_at() else { return };
            self.now = self.now.max(at);
            let before = self.machine.clone();
            let (machine, flight) = before.clone().ring(self.now);
            assert!(machine != before, "seed {}: an alarm that is due changes nothing: {before:?}", self.seed);
            self.alarms += 1;
            assert!(self.alarms <= M::ALARMS, "seed {}: never rests: {before:?}", self.seed);
            self.after_close = if before.is_closed() { self.after_close + 1 } else { 0 };
            self.went_on(machine, flight);
        }
    }

    fn went_on(&mut self, machine: M, flight: Option<(u32, M::Call)>) {
        self.machine = machine;
        self.flight = flight;
        self.check_clock();
    }

    /// However far the clock is set back now, the machine is woken within its longest wait, and then something happens.
    fn check_clock(&mut self) {
        let most = Duration::from_secs(1 << self.rng.below(26));
        let by = self.rng.between(Duration::ZERO, most);
        let now = self.now.minus(by);
        let mut corrected = self.machine.clone();
        corrected.correct_times(now);
        let (was, is) = (self.machine.wake_at(), corrected.wake_at());
        assert!(was.is_none() || is.is_some(), "seed {}: it sleeps for ever", self.seed);
        let Some(at) = is else { return };
        let longest = self.machine.longest_wait();
        assert!(at <= now.plus(longest), "seed {}: set back by {by:?}, {:?} at {now}", self.seed, self.machine);
        // A step alone corrects as well, such as that of somebody who watches.
        let stepped = self.machine.clone().ring(now).0;
        let wait = stepped.wake_at().map_or(Duration::ZERO, |at| at.since(now));
        assert!(wait <= stepped.longest_wait(), "seed {}: set back by {by:?}, {stepped:?} at {now}", self.seed);
        let rung = corrected.clone().ring(at.max(now)).0;
        assert!(rung != corrected, "seed {}: nothing happens: {corrected:?}", self.seed);
        // Where the clock goes on as it did, nothing is corrected.
        let mut untouched = self.machine.clone();
        untouched.correct_times(self.now);
        assert!(untouched == self.machine, "seed {}: {:?} at {}", self.seed, self.machine, self.now);
    }
}

/// Returns the most alarms of a life, and the most after its end.
fn live_all<M: Machine>() -> (u32, u32) {
    let mut most = (0, 0);
    for seed in 0..LIVES {
        let mut life = Life::<M>::new(seed);
        life.live(None);
        most = (most.0.max(life.alarms), most.1.max(life.after_close));
        let mut life = Life::<M>::new(seed);
        let by = life.rng.between(Duration::ZERO, HOUR * 24);
        life.live(Some(by));
    }
    most
}

#[test]
fn an_order_comes_to_rest() {
    let (_, after) = live_all::<Purchase>();
    assert!(after <= 460, "{after} alarms after an end");
}

#[test]
fn a_charge_at_a_terminal_comes_to_rest() {
    let (_, after) = live_all::<Terminal>();
    assert!(after <= 320, "{after} alarms after an end");
}

#[test]
fn a_charge_of_a_saved_card_comes_to_rest() {
    let (_, after) = live_all::<CardCharge>();
    assert!(after <= 12, "{after} alarms after an end");
}

#[test]
fn a_refund_comes_to_rest() {
    assert_eq!(live_all::<CardRefund>().1, 0);
}

#[test]
fn a_saved_card_comes_to_rest() {
    live_all::<Card>();
}
