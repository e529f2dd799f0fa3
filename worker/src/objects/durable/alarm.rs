//! The one alarm of an object: set with each change to the time at which it must wake up, and only if that is another time.

use std::time::Duration;

use compago::flow::alarm::Alarm;
use compago::flow::outbox::MAX_WAIT;
use compago::flow::projection::RETRY;
use compago::value::UnixMillis;
use serde_json::json;

use super::{Durable, outbox, projection, relist};
use crate::config::Config;
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result as Stored};
use crate::runtime;
use crate::runtime::clock::{in_javascript, now};
use crate::runtime::log::{self, Level};

/// After a failure of ours in an alarm, when to try again: the runtime would drop an alarm that throws.
const RECOVER: Duration = Duration::from_secs(30);

/// How long after the start of a delivery the object wakes again, in case the delivery ended without a result, as after a crash.
const DELIVERING: Duration = Duration::from_secs(30);

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
        let Some(database) = self.existing()? else { return Ok(()) };
        let set = self.state.storage().get_alarm().await?.map(UnixMillis);
        if self.alarm.get() == Alarm::Unknown {
            self.alarm.set(set.into());
        }
        if projection::is_empty(&database)? {
            // The object is older than the index.
            self.relist("")?;
        }
        runtime::transaction_sync(&self.state.storage(), || {
            (self.class.correct_times)(&database)?;
            outbox::correct_times(&database)?;
            projection::correct_times(&database, now())
        })?;
        self.seen.set(now());
        self.set_alarm()?;
        self.alarm_ready.set(true);
        Ok(())
    }

    /// Records that the alarm has fired.
    pub(crate) fn start_alarm(&self) {
        self.alarm.set(Alarm::Off);
    }

    /// Ends an alarm handler, which never throws: after an error it sets the alarm again.
    pub(crate) fn finish_alarm(&self, outcome: Result<(), ApiError>) {
        if let Err(error) = outcome {
            log::write(
                Level::Error,
                "alarm-failed",
                json!({ "object": self.class.name, "code": error.code(), "error": error.internal() }),
            );
            // Should this fail as well, the next request finds what is due and sets the alarm anew.
            let at = now().plus(RECOVER);
            let _ = runtime::set_alarm(&self.state.storage(), in_javascript(at));
            self.alarm.set(Alarm::At(at));
        }
    }

    /// Sets the alarm by what is stored.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn set_alarm(&self) -> Stored<()> {
        let wanted = self.wake_at(&self.database()?)?;
        self.seen.set(self.seen.get().max(now()));
        if self.alarm.get().suits(wanted, now()) {
            return Ok(());
        }
        let storage = self.state.storage();
        match wanted {
            Some(at) => runtime::set_alarm(&storage, in_javascript(at))?,
            None => runtime::delete_alarm(&storage)?,
        }
        self.alarm.set(wanted.into());
        Ok(())
    }

    /// When the object must wake up.
    fn wake_at(&self, database: &Database) -> Stored<Option<UnixMillis>> {
        let wait = if self.publishing.get() { RETRY } else { Duration::ZERO };
        let projection = projection::next_at(database)?.map(|at| at.max(now().plus(wait)));
        // The next batch is written once the index has taken what is pending.
        let projection = match projection {
            None if relist::is_under_way(database)? => Some(now()),
            projection => projection,
        };
        let webhook = self.webhook_at(database)?;
        let at = (self.class.wake_at)(database)?.into_iter().chain(webhook).chain(projection).min();
        // The runtime drops an alarm that is set, while one runs, to the very time of that one.
        Ok(at.map(|at| at.max(now().plus(SOON))))
    }

    /// Returns when the next webhook is to be sent. Without an endpoint no webhook needs an alarm, except one that is to be
    /// dead-lettered.
    fn webhook_at(&self, database: &Database) -> Stored<Option<UnixMillis>> {
        let Ok(config) = Config::read(&self.env) else { return Ok(None) };
        let Some(at) = outbox::next_at(database)? else { return Ok(None) };
        Ok(match config.webhook {
            Some(_) => Some(at.max(now().plus(if self.delivering.get() { DELIVERING } else { Duration::ZERO }))),
            None => Some(at.plus(MAX_WAIT)).filter(|at| *at <= now()),
        })
    }
}
