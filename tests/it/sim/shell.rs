//! A shell as the Worker is one, for any machine: it reads the state, steps, saves state and notices together, then makes the
//! call. It may crash between any two of these. What need not be saved before the call it keeps in memory, where a crash loses it.

use std::time::Duration;

use compago::flow::machine::{Input, PendingCall, Step, Storing};
use compago::flow::record;
use compago::value::UnixMillis;

use super::rng::Rng;
use super::simulated::Simulated;

/// What must hold of each step, kept beside a shell.
pub(crate) trait Oracle<M: Simulated> {
    /// A step is taken, whether or not it will be saved.
    fn check(&mut self, before: &M, step: &Step<M>);

    /// A step is saved or kept, and its call is about to be made. The first step has nothing before it.
    fn saved(&mut self, before: Option<(&M, &Input<M>)>, step: &Step<M>, now: UnixMillis);

    /// A crash loses the last step, which was only kept.
    fn lost(&mut self) {}
}

#[derive(Debug)]
pub(crate) struct Shell<M: Simulated, O> {
    /// All that survives a crash.
    saved: M,
    /// The machine after a step that is to be saved with the answer to its call.
    kept: Option<M>,
    pub(crate) outbox: Vec<(UnixMillis, M::Notice)>,
    pub(crate) alarm: Option<UnixMillis>,
    /// Grows with every crash; what was awaited before is not heard any more.
    pub(crate) incarnation: u32,
    pub(crate) alarms: usize,
    pub(crate) oracle: O,
    /// How its clock differs from Compago's.
    skew_ms: i64,
}

/// Where the shell crashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Crash {
    Never,
    BeforeSaving,
    BeforeCalling,
    BeforeHearing,
}

impl Crash {
    pub(crate) fn drawn(rng: &mut Rng) -> Self {
        rng.one_of(&[Self::BeforeSaving, Self::BeforeCalling, Self::BeforeHearing])
    }
}

impl<M: Simulated, O: Oracle<M>> Shell<M, O> {
    pub(crate) fn start(step: Step<M>, oracle: O, skew_ms: i64, now: UnixMillis) -> (Self, Option<PendingCall<M>>) {
        let saved = step.machine.clone();
        let (outbox, alarm) = (Vec::new(), None);
        let mut shell = Self { saved, kept: None, outbox, alarm, incarnation: 0, alarms: 0, oracle, skew_ms };
        let call = shell.commit(None, step, now);
        (shell, call)
    }

    pub(crate) fn machine(&self) -> &M {
        self.kept.as_ref().unwrap_or(&self.saved)
    }

    /// As it would be after a crash.
    pub(crate) const fn saved(&self) -> &M {
        &self.saved
    }

    /// Whether a crash loses the call in flight.
    pub(crate) const fn forgets_call(&self) -> bool {
        self.kept.is_some()
    }

    /// The time on its clock.
    pub(crate) const fn clock(&self, now: UnixMillis) -> UnixMillis {
        UnixMillis(now.0 + self.skew_ms)
    }

    /// One input, from reading the state to the call that is to be made.
    pub(crate) fn take(&mut self, input: Input<M>, crash: Crash, now: UnixMillis) -> Option<PendingCall<M>> {
        if matches!(input, Input::AlarmFired) {
            // Between the alarms of an object it is put away.
            self.read_back();
        }
        let before = self.machine();
        let step = before.clone().step(input.clone(), self.clock(now));
        let changes_nothing = step.machine == *before && step.notices.is_empty() && step.call.is_none();
        let before = before.clone();
        self.oracle.check(&before, &step);
        if changes_nothing {
            return None;
        }
        if crash == Crash::BeforeSaving {
            self.restart(now);
            return None;
        }
        let call = self.commit(Some(&input), step, now);
        match crash {
            Crash::BeforeCalling => {
                self.restart(now);
                None
            }
            Crash::BeforeHearing => {
                self.restart(now);
                call
            }
            Crash::Never | Crash::BeforeSaving => call,
        }
    }

    /// Its clock is set back. The shell notices, corrects the times of what it has saved, and sets its alarm anew.
    pub(crate) fn set_back(&mut self, by: Duration, now: UnixMillis) {
        self.skew_ms -= i64::try_from(by.as_millis()).unwrap();
        let clock = self.clock(now);
        self.saved.correct_times(clock);
        self.kept.iter_mut().for_each(|machine| machine.correct_times(clock));
        self.set_alarm(now);
    }

    fn commit(&mut self, input: Option<&Input<M>>, step: Step<M>, now: UnixMillis) -> Option<PendingCall<M>> {
        step.machine.keep(self.clock(now));
        let before = self.kept.take();
        let before = before.as_ref().unwrap_or(&self.saved);
        self.oracle.saved(input.map(|input| (before, input)), &step, now);
        match step.storing {
            Storing::BeforeCall => self.saved = step.machine,
            Storing::WithAnswer => {
                assert!(step.call.is_some() && step.notices.is_empty(), "this must be saved");
                self.kept = Some(step.machine);
            }
        }
        self.outbox.extend(step.notices.into_iter().map(|notice| (now, notice)));
        self.set_alarm(now);
        step.call
    }

    fn set_alarm(&mut self, now: UnixMillis) {
        self.alarm = self.machine().next_wake().map(|at| UnixMillis(at.0 - self.skew_ms).max(now));
    }

    fn read_back(&mut self) {
        let read = record::from_str(&record::to_string(&self.saved)).unwrap();
        assert_eq!(self.saved, read, "what is saved can be read back");
        self.saved = read;
    }

    /// A crash: what is in memory is lost, and with it whoever waits for the answer of a call.
    pub(crate) fn restart(&mut self, now: UnixMillis) {
        self.read_back();
        if self.kept.take().is_some() {
            self.oracle.lost();
            self.set_alarm(now);
        }
        self.incarnation += 1;
        self.alarm = self.alarm.map(|at| at.max(now.plus(Duration::from_secs(1))));
    }
}
