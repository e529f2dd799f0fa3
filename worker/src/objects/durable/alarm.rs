//! The one alarm of an object: set with each change to the time at which it must wake up, and only if that is another time.

use std::time::Duration;

use compago::flow::alarm::{Alarm, UNDER_WAY, Wake, fallback_of_call};
use compago::flow::outbox::MAX_WAIT;
use compago::value::UnixMillis;
use serde_json::json;

use super::{Durable, Size, outbox, projection, relist};
use crate::config::Config;
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result as Stored};
use crate::objects::secrets;
use crate::runtime;
use crate::runtime::clock::{in_javascript, now};
use crate::runtime::log::{self, Level};

/// After a failure of ours in an alarm, when to try again: the runtime would drop an alarm that throws.
const RECOVER: Duration = Duration::from_secs(30);

/// How long after a call of an order counts as lost the object wakes again: when the first poll is due of one that got its link by the
/// call, so that the alarm stays.
const AFTER_CALL: Duration = Duration::from_secs(37);

/// The soonest that an alarm is set to.
const SOON: Duration = Duration::from_millis(10);

/// By how much clocks of two machines may differ on which an object runs one after the other.
const SKEW: Duration = Duration::from_secs(1);

impl Durable {
    /// Makes sure that the object goes on by itself: sets the alarm again if it was lost, and corrects what waits for a time that
    /// comes late because the clock was set back.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) async fn ensure_alarm(&self) -> Stored<()> {
        if self.alarm_ready.get() && now().plus(SKEW) >= self.seen.get() {
            return Ok(());
        }
        let Some(database) = self.existing()? else {
            // What is written from now on sets it.
            self.alarm_ready.set(true);
            return Ok(());
        };
        let set = self.state.storage().get_alarm().await?.map(UnixMillis);
        if self.alarm.get() == Alarm::Unknown {
            self.alarm.set(set.into());
        }
        runtime::transaction_sync(&self.state.storage(), || {
            (self.class.correct_times)(&database)?;
            outbox::correct_times(&database)?;
            projection::correct_times(&database, now())
        })?;
        self.next_wake.set(None);
        self.unpublished.correct_times(now());
        self.find_unpublished(&database)?;
        self.seen.set(now());
        self.set_alarm()?;
        self.alarm_ready.set(true);
        Ok(())
    }

    /// Records that the alarm has fired. Returns the number of its handler.
    pub(crate) fn start_alarm(&self) -> u32 {
        self.alarm.set(Alarm::Off);
        self.handling.set(self.handling.get().begin(now()));
        self.handling.get().number()
    }

    /// Whether an alarm is being handled: the handler sets the next one when it ends, and the runtime repeats it after a crash.
    pub(crate) fn is_in_alarm(&self) -> bool {
        self.handling.get().is_under_way(now())
    }

    /// Leaves an alarm that fires while another one is handled to that one, and to a later one should that come to nothing.
    pub(crate) fn put_alarm_off(&self) -> Stored<()> {
        let at = now().plus(RECOVER);
        runtime::set_alarm(&self.state.storage(), in_javascript(at))?;
        self.alarm.set(Alarm::At(at));
        Ok(())
    }

    /// Ends an alarm handler, which never throws: sets the next alarm, after an error in any case.
    pub(crate) fn finish_alarm(&self, handler: u32, outcome: Result<(), ApiError>) {
        self.handling.set(self.handling.get().end(handler));
        if let Err(error) = outcome.and_then(|()| Ok(self.set_alarm()?)) {
            self.recover(&error);
        }
    }

    /// After a failure, sets an alarm in any case, and has the next request or alarm find what is due and what is to be published.
    pub(super) fn recover(&self, error: &ApiError) {
        log::write(
            Level::Error,
            "alarm-failed",
            json!({ "object": self.class.name, "code": error.code(), "error": error.internal() }),
        );
        self.alarm_ready.set(false);
        // Should this fail as well, the next request sets the alarm anew.
        let at = now().plus(RECOVER);
        let _ = runtime::set_alarm(&self.state.storage(), in_javascript(at));
        self.alarm.set(Alarm::At(at));
    }

    /// Sets the alarm by what is stored and what is under way. While an alarm is handled, the next one is set at its end.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn set_alarm(&self) -> Stored<()> {
        self.seen.set(self.seen.get().max(now()));
        if self.is_in_alarm() {
            return Ok(());
        }
        let Some(database) = self.existing()? else { return Ok(()) };
        let wanted = self.wake(&database)?;
        if self.alarm.get().suits(wanted, now()) {
            return Ok(());
        }
        let storage = self.state.storage();
        match wanted.at() {
            Some(at) => runtime::set_alarm(&storage, in_javascript(at))?,
            None => runtime::delete_alarm(&storage)?,
        }
        self.alarm.set(wanted.at().into());
        Ok(())
    }

    /// Records that a machine's call is being made, until the time at which it counts as lost, or that none is.
    pub(crate) fn set_calling(&self, machine: &str, lost_at: Option<UnixMillis>) {
        let after = match self.class.size {
            Size::One => AFTER_CALL,
            Size::Many => Duration::ZERO,
        };
        let mut calling = self.calling.borrow_mut();
        match lost_at {
            Some(at) => calling.insert(machine.to_owned(), at.plus(after)),
            None => calling.remove(machine),
        };
    }

    /// Whether a machine's call is being made.
    pub(crate) fn is_calling(&self, machine: &str) -> bool {
        self.calling.borrow().contains_key(machine)
    }

    /// When the object must wake up.
    fn wake(&self, database: &Database) -> Stored<Wake> {
        let follows = self.following.get() > 0;
        let projection = projection::next_at(database)?.into_iter().chain(self.unpublished.next_at()).min();
        // The next batch is written once the index has taken what is pending.
        let projection = match projection {
            None if relist::is_under_way(database)? => Some(now()),
            projection => projection,
        };
        let (calling, lost_at) = {
            let calling = self.calling.borrow();
            let lost_at = calling.values().map(|at| fallback_of_call(*at, now())).min();
            (calling.keys().cloned().collect::<Vec<_>>(), lost_at)
        };
        let but = [calling, self.unpublished.over()].concat();
        let (mut due, mut fallback) = (self.machines_wake_at(database, &but)?, lost_at);
        let webhook = self.webhook_at(database)?;
        if follows || self.delivering.get() {
            fallback = fallback.into_iter().chain(webhook.map(|at| at.max(now().plus(UNDER_WAY)))).min();
        } else {
            due = due.into_iter().chain(webhook).min();
        }
        if follows || self.publishing.get() {
            // Publishing follows the calls, and is no more urgent.
            fallback = fallback.or(projection.map(|at| at.max(now().plus(UNDER_WAY))));
        } else {
            due = due.into_iter().chain(projection).min();
        }
        // The runtime drops an alarm that is set, while one runs, to the very time of that one.
        let not_before = now().plus(SOON);
        Ok(Wake { due: due.map(|at| at.max(not_before)), fallback: fallback.map(|at| at.max(not_before)) })
    }

    /// Records when the one machine must be woken.
    pub(crate) fn set_next_wake(&self, at: Option<UnixMillis>) {
        self.next_wake.set(Some(at));
    }

    /// Has the next alarm find out when the one machine must be woken.
    pub(crate) fn forget_next_wake(&self) {
        self.next_wake.set(None);
    }

    /// Returns when the machines must be woken, but for those under these names.
    fn machines_wake_at(&self, database: &Database, but: &[String]) -> Stored<Option<UnixMillis>> {
        match (self.class.size, self.next_wake.get()) {
            (Size::One, Some(_)) if !but.is_empty() => Ok(None),
            (Size::One, Some(known)) => Ok(known),
            (Size::One, None) | (Size::Many, _) => (self.class.wake_at)(database, but),
        }
    }

    /// Returns when the next webhook is to be sent. Without an endpoint, or a secret, no webhook needs an alarm, except one that is to
    /// be dead-lettered.
    fn webhook_at(&self, database: &Database) -> Stored<Option<UnixMillis>> {
        let Ok(config) = Config::read(&self.env) else { return Ok(None) };
        let Some(at) = outbox::next_at(database)? else { return Ok(None) };
        Ok(match config.webhook_url {
            Some(_) if !secrets::is_known_not_to_sign(&config) => Some(at),
            Some(_) | None => Some(at.plus(MAX_WAIT)).filter(|at| *at <= now()),
        })
    }
}
