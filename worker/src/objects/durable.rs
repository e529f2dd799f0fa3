//! What the Durable Objects that follow payments have in common: a database with an outbox, an alarm that is set with
//! each change, work in the background, and requests that wait for a change.

use std::cell::Cell;

use compago::edge::delivery::DeliveryView;
use compago::flow::alarm::Alarm;
use compago::value::UnixMillis;
use futures_util::future::join;
use serde_json::json;
use worker::{Env, Response, State};

use crate::http::error::ApiError;
use crate::http::respond::{empty_answer, json_answer};
use crate::runtime;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

mod alarm;
pub(crate) mod changes;
mod deliver;
pub(crate) mod outbox;
pub(crate) mod projection;
pub(crate) mod relist;
mod send;

use crate::objects::database::{Database, Result as Stored};
use crate::objects::envelope::Maintenance;
use changes::ChangeNotifier;

/// The properties of one class of objects.
pub(crate) struct ObjectClass {
    /// Its name in logs.
    pub(crate) name: &'static str,
    /// The binding of its objects.
    pub(crate) binding: &'static str,
    /// Its own tables.
    pub(crate) schema: &'static str,
    /// When its machines must be woken.
    pub(crate) wake_at: fn(&Database) -> Stored<Option<UnixMillis>>,
    /// Writes projections of the machines behind the cursor `after`, at most a [`PORTION`](projection::PORTION), by
    /// [`projection::put_again`]. Returns the next cursor; `None` behind the last.
    pub(crate) list: fn(&Database, after: &str) -> Stored<Option<String>>,
    /// Corrects the times of its machines if the clock was set back.
    pub(crate) correct_times: fn(&Database) -> Stored<()>,
}

/// The state that every object with machines has.
pub(crate) struct Durable {
    state: State,
    /// The bindings.
    pub(crate) env: Env,
    /// Requests that wait for the object to change.
    pub(crate) changes: ChangeNotifier,
    class: &'static ObjectClass,
    /// Whether the tables exist for certain, since the object was started.
    schema_ready: Cell<bool>,
    /// Whether the alarm is set for certain, since the object was started.
    alarm_ready: Cell<bool>,
    /// The alarm as it was last set or read.
    alarm: Cell<Alarm>,
    /// The latest time that the object has seen.
    seen: Cell<UnixMillis>,
    delivering: Cell<bool>,
    publishing: Cell<bool>,
}

impl Durable {
    /// Returns the state of an object that was just started.
    pub(crate) fn new(class: &'static ObjectClass, state: State, env: Env) -> Self {
        let (schema_ready, alarm_ready, alarm, delivering, publishing) = Default::default();
        let seen = Cell::new(now());
        Self {
            state,
            env,
            changes: ChangeNotifier::default(),
            class,
            schema_ready,
            alarm_ready,
            alarm,
            seen,
            delivering,
            publishing,
        }
    }

    /// Returns the database, whose tables are created on first use.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn database(&self) -> Stored<Database> {
        let database = Database::of(&self.state.storage());
        if !self.schema_ready.get() {
            database.run(self.class.schema, vec![])?;
            database.run(outbox::SCHEMA, vec![])?;
            database.run(projection::SCHEMA, vec![])?;
            self.schema_ready.set(true);
        }
        Ok(database)
    }

    /// Returns the database if it has tables: a read leaves no trace in an object that holds nothing.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn existing(&self) -> Stored<Option<Database>> {
        let exists = self.schema_ready.get() || outbox::exists(&Database::of(&self.state.storage()))?;
        if exists { self.database().map(Some) } else { Ok(None) }
    }

    /// Writes in one transaction, sets the alarm by what is then stored, and wakes the requests that wait.
    ///
    /// There is nothing to wait for: the runtime holds back every call and answer of the object until all of it is on disk,
    /// and starts the object anew if that fails.
    ///
    /// # Errors
    /// Those of the storage; then nothing was written.
    pub(crate) fn commit(&self, write: impl FnOnce(&Database) -> Stored<()>) -> Stored<()> {
        let database = self.database()?;
        runtime::transaction_sync(&self.state.storage(), || write(&database))?;
        self.set_alarm()?;
        self.changes.notify_all();
        Ok(())
    }

    /// Runs work in the background, also after the client has left.
    pub(crate) fn in_background(&self, work: impl Future<Output = Result<(), ApiError>> + 'static) {
        let name = self.class.name;
        self.state.wait_until(async move {
            if let Err(error) = work.await {
                // What is to be done is on disk and the alarm is set: it goes on from there.
                log::write(
                    Level::Error,
                    "background-failed",
                    json!({ "object": name, "code": error.code(), "error": error.internal() }),
                );
            }
        });
    }

    /// Does maintenance work, which is the same in every class.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] for what the object does not hold.
    pub(crate) async fn handle_maintenance(&self, maintenance: &Maintenance) -> Result<Response, ApiError> {
        let database = self.existing()?.ok_or(ApiError::NotFound)?;
        self.ensure_alarm().await?;
        match maintenance {
            Maintenance::Redeliver { id } => {
                let delivery = outbox::delivery(&database, id)?.ok_or(ApiError::NotFound)?.redeliver(now());
                self.save_delivery(&delivery)?;
                Ok(json_answer(202, &DeliveryView::from(&delivery))?)
            }
            Maintenance::PublishAll => {
                self.relist("")?;
                Ok(empty_answer(204)?)
            }
            Maintenance::Deliver => {
                // An endpoint may have been configured since the alarm was last set.
                self.set_alarm()?;
                Ok(empty_answer(204)?)
            }
        }
    }

    /// Publishes the projections and delivers the webhooks that are due. Sets the alarm before and after, so that it goes on after a
    /// crash.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) async fn publish_and_deliver(&self) -> Result<(), ApiError> {
        self.relist_more()?;
        let (publishes, delivers) = (!self.publishing.replace(true), !self.delivering.replace(true));
        let set = self.set_alarm();
        // Neither waits for the other: the index may be slow, and so may the merchant's endpoint.
        let (published, delivered) = join(self.publish_due(publishes), self.deliver_due(delivers)).await;
        set?;
        published.and(delivered)
    }

    async fn publish_due(&self, publishes: bool) -> Result<(), ApiError> {
        if !publishes {
            return Ok(());
        }
        let published = self.publish_projection().await;
        self.publishing.set(false);
        self.set_alarm()?;
        published
    }
}
