//! Every machine comes to rest, whatever Compago answers and however long: an object that has nothing to do keeps no alarm,
//! and one that has something to do is woken although the clock was set back.
//!
//! A machine is lived through to its end against an upstream that always answers a kind of call alike, or at random, or never.

use std::collections::BTreeMap;
use std::time::Duration;

use compago::flow::charge::Charge;
use compago::flow::intent::Intent;
use compago::flow::machine::{Input, PendingCall, Step};
use compago::flow::order::Order;
use compago::flow::refund::Refund;
use compago::flow::saved_card::SavedCard;
use compago::value::UnixMillis;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod webhooks;

use crate::order::bench::START;
use crate::sim::rng::Rng;
use crate::sim::simulated::Simulated;

const LIVES: u64 = if cfg!(target_family = "wasm") { 10 } else { 120 };
const HOUR: Duration = Duration::from_secs(60 * 60);

struct Life<M: Simulated> {
    seed: u64,
    rng: Rng,
    now: UnixMillis,
    machine: M,
    pending: Option<PendingCall<M>>,
    /// By which each kind of call is always answered; none if it is drawn each time.
    stubborn: Option<BTreeMap<&'static str, u64>>,
    alarms: u32,
    /// Alarms since it was closed for the last time.
    after_close: u32,
}

impl<M: Simulated> Life<M> {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let stubborn = rng.percent(70).then(BTreeMap::new);
        let Step { machine, call: pending, .. } = M::begin();
        Self { seed, rng, now: START, machine, pending, stubborn, alarms: 0, after_close: 0 }
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
            if let Some(PendingCall { number, call }) = self.pending.take() {
                let (kind, ways) = M::kind(&call);
                // The last way is that no answer ever comes.
                let which = match &mut self.stubborn {
                    Some(known) => *known.entry(kind).or_insert_with(|| self.rng.below(ways + 1)),
                    None => self.rng.below(ways + 1),
                };
                if which < ways {
                    self.now = self.now.plus(Duration::from_millis(300));
                    let answer = M::answer(&call, which);
                    self.went_on(self.machine.clone().step(Input::Completed { call: number, answer }, self.now));
                    continue;
                }
            }
            if self.now < acts_until && self.rng.percent(30) {
                self.now = self.now.plus(self.rng.between(Duration::ZERO, Duration::from_secs(60)));
                let step = self.machine.clone().step(M::act(self.rng.next()), self.now);
                self.pending = step.call.or(self.pending.take());
                self.machine = step.machine;
                continue;
            }
            let Some(at) = self.machine.next_wake() else { return };
            self.now = self.now.max(at);
            let before = self.machine.clone();
            let step = before.clone().step(Input::AlarmFired, self.now);
            assert!(step.machine != before, "seed {}: an alarm that is due changes nothing: {before:?}", self.seed);
            self.alarms += 1;
            assert!(self.alarms <= M::ALARMS, "seed {}: never rests: {before:?}", self.seed);
            self.after_close = if before.is_closed() { self.after_close + 1 } else { 0 };
            self.went_on(step);
        }
    }

    fn went_on(&mut self, step: Step<M>) {
        self.machine = step.machine;
        self.pending = step.call;
        self.check_clock();
    }

    /// However far the clock is set back now, the machine is woken within its longest wait, and then something happens.
    fn check_clock(&mut self) {
        let most = Duration::from_secs(1 << self.rng.below(26));
        let by = self.rng.between(Duration::ZERO, most);
        let now = self.now.minus(by);
        let mut corrected = self.machine.clone();
        corrected.correct_times(now);
        let (was, is) = (self.machine.next_wake(), corrected.next_wake());
        assert!(was.is_none() || is.is_some(), "seed {}: it sleeps for ever", self.seed);
        let Some(at) = is else { return };
        let longest = self.machine.longest_wait();
        assert!(at <= now.plus(longest), "seed {}: set back by {by:?}, {:?} at {now}", self.seed, self.machine);
        // A step alone corrects as well, such as that of somebody who watches.
        let stepped = self.machine.clone().step(Input::AlarmFired, now).machine;
        let wait = stepped.next_wake().map_or(Duration::ZERO, |at| at.since(now));
        assert!(wait <= stepped.longest_wait(), "seed {}: set back by {by:?}, {stepped:?} at {now}", self.seed);
        let fired = corrected.clone().step(Input::AlarmFired, at.max(now)).machine;
        assert!(fired != corrected, "seed {}: nothing happens: {corrected:?}", self.seed);
        // Where the clock goes on as it did, nothing is corrected.
        let mut untouched = self.machine.clone();
        untouched.correct_times(self.now);
        assert!(untouched == self.machine, "seed {}: {:?} at {}", self.seed, self.machine, self.now);
    }
}

/// Returns the most alarms of a life, and the most after its end.
fn live_all<M: Simulated>() -> (u32, u32) {
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
    let (_, after) = live_all::<Order>();
    assert!(after <= 460, "{after} alarms after an end");
}

#[test]
fn a_charge_at_a_terminal_comes_to_rest() {
    let (_, after) = live_all::<Intent>();
    assert!(after <= 320, "{after} alarms after an end");
}

#[test]
fn a_charge_of_a_saved_card_comes_to_rest() {
    let (_, after) = live_all::<Charge>();
    assert!(after <= 12, "{after} alarms after an end");
}

#[test]
fn a_refund_comes_to_rest() {
    assert_eq!(live_all::<Refund>().1, 0);
}

#[test]
fn a_saved_card_comes_to_rest() {
    live_all::<SavedCard>();
}
