//! Any machine under the same faults: a network that loses and delays, a shell that crashes, alarms that are early, late or
//! doubled, and a clock that is set back. What Compago answers is drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use compago::flow::charge::Charge;
use compago::flow::intent::Intent;
use compago::flow::machine::{CallNumber, Input, PendingCall, Step};
use compago::flow::order::Order;
use compago::flow::refund::Refund;
use compago::flow::saved_card::SavedCard;
use compago::value::UnixMillis;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::network::{TIMEOUT, Weather};
use super::rng::Rng;
use super::shell::{Crash, Oracle, Shell};
use super::simulated::Simulated;
use super::simulated::voucher::Voucher;
use crate::order::bench::START;

const LIVES: u64 = if cfg!(target_family = "wasm") { 5 } else { 40 };
const HOUR: Duration = Duration::from_secs(60 * 60);
/// So much earlier than it was set, at most, an alarm may fire.
const EARLY: Duration = Duration::from_secs(2);

enum What<M: Simulated> {
    Alarm { armed: UnixMillis },
    Answer { call: CallNumber, answer: M::Answer, heard_by: HeardBy },
    Act,
    SetBack(Duration),
}

/// Who hears an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HeardBy {
    /// The shell that made the call, unless it has crashed.
    Caller { incarnation: u32 },
    /// Whichever shell runs then: the answer comes after the call was given up.
    Anybody,
}

struct Life<M: Simulated> {
    seed: u64,
    rng: Rng,
    now: UnixMillis,
    queue: BTreeMap<(UnixMillis, u64), What<M>>,
    queued: u64,
    weather: Weather,
    shell: Shell<M, Contract>,
    armed: Option<UnixMillis>,
    /// By which each kind of call is always answered; none if it is drawn each time.
    stubborn: Option<BTreeMap<&'static str, u64>>,
    faults: BTreeSet<&'static str>,
}

/// What the driver promises of every machine.
#[derive(Debug, Default)]
struct Contract {
    notices: BTreeSet<String>,
}

impl<M: Simulated> Oracle<M> for Contract {
    fn check(&mut self, before: &M, step: &Step<M>) {
        let (mut before, mut after) = (before.clone(), step.machine.clone());
        let (last, number) = (*before.in_flight_mut().1, *after.in_flight_mut().1);
        match &step.call {
            Some(call) => {
                assert_eq!((call.number, number), (CallNumber(last.0.wrapping_add(1)), call.number), "{before:?}");
                assert!(after.in_flight().is_some(), "a call that was not written down: {after:?}");
            }
            None => {
                assert_eq!(number, last, "{before:?}");
                assert!(before.in_flight().is_some() || after.in_flight().is_none(), "{before:?} became {after:?}");
            }
        }
        let changed = before.visible_state() != after.visible_state();
        let versions = (before.version_mut().copied(), after.version_mut().copied());
        assert!(versions.0.is_none() || changed == (versions.0 != versions.1), "{before:?} became {after:?}");
    }

    fn saved(&mut self, _before: Option<(&M, &Input<M>)>, step: &Step<M>, _now: UnixMillis) {
        for notice in &step.notices {
            assert!(self.notices.insert(M::notice_id(notice)), "a second notice with the id of {notice:?}");
        }
    }
}

impl<M: Simulated> Life<M> {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let calm_from = START.plus(rng.between(Duration::ZERO, HOUR * 40));
        let weather = Weather { trouble: 2 + rng.below(25), down_until: START, calm_from };
        let stubborn = rng.percent(50).then(BTreeMap::new);
        let (shell, call) = Shell::start(M::begin(), Contract::default(), 0, START);
        let mut life = Self {
            seed,
            rng,
            now: START,
            queue: BTreeMap::new(),
            queued: 0,
            weather,
            shell,
            armed: None,
            stubborn,
            faults: BTreeSet::new(),
        };
        life.send(call);
        life.arm();
        for _ in 0..life.rng.below(20) {
            let at = START.plus(life.rng.between(Duration::ZERO, HOUR));
            life.queue(at, What::Act);
        }
        for _ in 0..life.rng.below(3) {
            let at = START.plus(life.rng.between(Duration::ZERO, HOUR * 2));
            let by = life.rng.between(Duration::ZERO, HOUR * 24);
            life.queue(at, What::SetBack(by));
        }
        life
    }

    /// Lives until nothing is left to happen.
    fn live(&mut self) {
        while let Some(((at, _), what)) = self.queue.pop_first() {
            self.now = at;
            match what {
                What::Alarm { armed } => self.fire(armed),
                What::Answer { call, answer, heard_by } => {
                    let incarnation = self.shell.incarnation;
                    if matches!(heard_by, HeardBy::Anybody) || heard_by == (HeardBy::Caller { incarnation }) {
                        self.take(Input::Completed { call, answer });
                    }
                }
                What::Act => {
                    let drawn = self.rng.next();
                    self.take(M::act(drawn));
                }
                What::SetBack(by) => {
                    self.faults.insert("clock set back");
                    self.shell.set_back(by, self.now);
                    self.check_wait();
                    self.arm();
                }
            }
        }
        assert_eq!(self.shell.machine().next_wake(), None, "seed {}: an alarm that never comes", self.seed);
    }

    fn fire(&mut self, armed: UnixMillis) {
        // An alarm that was set anew since does not fire at the old time.
        if self.shell.alarm != Some(armed) {
            return;
        }
        self.armed = None;
        self.shell.alarms += 1;
        let most = 3 * usize::try_from(M::ALARMS).unwrap();
        assert!(self.shell.alarms <= most, "seed {}: never rests: {:?}", self.seed, self.shell.machine());
        self.take(Input::AlarmFired);
        if self.strikes("alarm twice") {
            self.take(Input::AlarmFired);
        }
    }

    fn take(&mut self, input: Input<M>) {
        let crashes = [
            (Crash::BeforeSaving, "crash before saving"),
            (Crash::BeforeCalling, "crash before the call"),
            (Crash::BeforeHearing, "crash before the answer"),
        ];
        let (crash, name) = self.rng.one_of(&crashes);
        let crash = if self.rng.percent(30) && self.strikes(name) { crash } else { Crash::Never };
        let call = self.shell.take(input, crash, self.now);
        self.check_wait();
        self.send(call);
        self.arm();
    }

    /// However the clock was set, the machine is woken within its longest wait.
    fn check_wait(&self) {
        let (machine, clock) = (self.shell.machine(), self.shell.clock(self.now));
        let in_time = machine.next_wake().is_none_or(|at| at <= clock.plus(machine.longest_wait()));
        assert!(in_time, "seed {}: at {clock}, {machine:?}", self.seed);
    }

    fn send(&mut self, call: Option<PendingCall<M>>) {
        let Some(PendingCall { number, call }) = call else { return };
        let lost = self.shell.machine().in_flight().map(M::lost);
        let (kind, ways) = M::kind(&call);
        let drawn = self.rng.below(ways);
        let which = self.stubborn.as_mut().map_or(drawn, |known| *known.entry(kind).or_insert(drawn));
        let answer = M::answer(&call, which);
        let caller = HeardBy::Caller { incarnation: self.shell.incarnation };
        let (after, answer, heard_by) = if self.strikes("call lost") {
            (TIMEOUT, lost.unwrap_or(answer), caller)
        } else if !self.shell.forgets_call() && self.strikes("answer after the call was given up") {
            (self.rng.between(Duration::from_secs(26), Duration::from_secs(400)), answer, HeardBy::Anybody)
        } else {
            (self.rng.between(Duration::from_millis(30), Duration::from_secs(2)), answer, caller)
        };
        self.queue(self.now.plus(after), What::Answer { call: number, answer, heard_by });
    }

    fn arm(&mut self) {
        let Some(armed) = self.shell.alarm.filter(|at| self.armed != Some(*at)) else { return };
        self.armed = Some(armed);
        let at = if self.strikes("alarm early") {
            armed.minus(self.rng.between(Duration::ZERO, EARLY))
        } else if self.strikes("alarm late") {
            armed.plus(self.rng.between(Duration::ZERO, Duration::from_secs(600)))
        } else {
            armed
        };
        self.queue(at.max(self.now), What::Alarm { armed });
    }

    fn strikes(&mut self, fault: &'static str) -> bool {
        let strikes = self.weather.strikes(&mut self.rng, self.now);
        if strikes {
            self.faults.insert(fault);
        }
        strikes
    }

    fn queue(&mut self, at: UnixMillis, what: What<M>) {
        self.queued += 1;
        self.queue.insert((at, self.queued), what);
    }
}

fn live_all<M: Simulated>() {
    let mut faults = BTreeSet::new();
    for seed in 0..LIVES {
        let mut life = Life::<M>::new(seed);
        life.live();
        faults.append(&mut life.faults);
    }
    assert!(faults.len() == 9 || LIVES < 40, "only {faults:?}");
}

#[test]
fn an_order_survives_all_faults() {
    live_all::<Order>();
}

#[test]
fn a_charge_at_a_terminal_survives_all_faults() {
    live_all::<Intent>();
}

#[test]
fn a_charge_of_a_saved_card_survives_all_faults() {
    live_all::<Charge>();
}

#[test]
fn a_refund_survives_all_faults() {
    live_all::<Refund>();
}

#[test]
fn a_saved_card_survives_all_faults() {
    live_all::<SavedCard>();
}

/// A machine that consists of rules alone is driven like the others.
#[test]
fn a_machine_of_rules_alone_survives_all_faults() {
    live_all::<Voucher>();
}
