//! What the Durable Objects that follow payments have in common: a database with an outbox, an alarm that is set with
//! each change, work in the background, and requests that wait for a change.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::pin::pin;
use std::rc::Rc;

use compago::edge::delivery::DeliveryView;
use compago::flow::alarm::Alarm;
use compago::flow::alarm::handling::Handling;
use compago::flow::projection::Projection;
use compago::value::UnixMillis;
use futures_util::future::{Either, select};
use serde_json::json;
use worker::{Delay, Env, Response, State};

use crate::http::error::ApiError;
use crate::http::respond::{empty_answer, json_answer};
use crate::runtime;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

mod alarm;
mod batch;
pub(crate) mod changes;
pub(crate) mod deliver;
pub(crate) mod outbox;
pub(crate) mod projection;
pub(crate) mod relist;
mod send;
mod unpublished;

use crate::objects::database::{Database, Result as Stored};
use crate::objects::envelope::Maintenance;
use changes::ChangeNotifier;
use projection::GATHER;
pub(crate) use unpublished::Change;
use unpublished::Unpublished;

/// The properties of one class of objects.
pub(crate) struct ObjectClass {
    /// Its name in logs.
    pub(crate) name: &'static str,
    /// The binding of its objects.
    pub(crate) binding: &'static str,
    /// Its own tables.
    pub(crate) schema: &'static str,
    /// How much an object holds.
    pub(crate) size: Size,
    /// When its machines must be woken, but for those under these names.
    pub(crate) wake_at: fn(&Database, but: &[String]) -> Stored<Option<UnixMillis>>,
    /// Returns the projections of the machines that may not be published as they are: of the one, or of those that are to be woken.
    pub(crate) projections: fn(&Database) -> Stored<Vec<Projection>>,
    /// Is called in the transaction that records that these machines are published with their webhooks, each the id of its
    /// projection without the kind: one that was to be woken for that alone need not be woken any more.
    pub(crate) on_published: fn(&Database, machines: &[String]) -> Stored<()>,
    /// Writes projections of the machines behind the cursor `after`, at most a [`PORTION`](projection::PORTION), by
    /// [`projection::put_again`]. Returns the next cursor; `None` behind the last.
    pub(crate) list: fn(&Database, after: &str) -> Stored<Option<String>>,
    /// Corrects the times of its machines if the clock was set back.
    pub(crate) correct_times: fn(&Database) -> Stored<()>,
}

/// How much an object of a class holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// One machine and its few webhooks: they need no index.
    One,
    /// Any number of machines and webhooks.
    Many,
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
    /// The handlers of its alarm.
    handling: Cell<Handling>,
    /// The machines whose call is being made, each with the time at which the call counts as lost.
    calling: RefCell<BTreeMap<String, UnixMillis>>,
    /// How many tasks will publish and deliver when their calls have ended.
    following: Rc<Cell<u32>>,
    /// When the one machine must be woken, once that is known; of an object that holds one.
    next_wake: Cell<Option<Option<UnixMillis>>>,
    /// What is not published as it is.
    unpublished: Unpublished,
    /// When the object was started.
    started_at: UnixMillis,
    /// The latest time that the object has seen.
    seen: Cell<UnixMillis>,
    delivering: Cell<bool>,
    publishing: Cell<bool>,
}

impl Durable {
    /// Returns the state of an object that was just started.
    pub(crate) fn new(class: &'static ObjectClass, state: State, env: Env) -> Self {
        let (schema_ready, alarm_ready, alarm, handling, delivering, publishing) = Default::default();
        let (calling, following, next_wake, unpublished) = Default::default();
        let (started_at, seen) = (now(), Cell::new(now()));
        Self {
            state,
            env,
            changes: ChangeNotifier::default(),
            class,
            schema_ready,
            alarm_ready,
            alarm,
            handling,
            calling,
            following,
            next_wake,
            unpublished,
            started_at,
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
            if self.class.size == Size::Many {
                database.run(outbox::INDEX, vec![])?;
                database.run(projection::INDEX, vec![])?;
            }
            self.schema_ready.set(true);
        }
        Ok(database)
    }

    /// Returns the database if it has tables: a read leaves no trace in an object that holds nothing.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn existing(&self) -> Stored<Option<Database>> {
        if !self.schema_ready.get() {
            match outbox::tables(&Database::of(&self.state.storage()))? {
                0 => return Ok(None),
                // The tables of an object with one machine have never changed.
                2 if self.class.size == Size::One => self.schema_ready.set(true),
                _ => {}
            }
        }
        self.database().map(Some)
    }

    /// Writes in one transaction, sets the alarm by what is then stored, and wakes the requests that wait.
    ///
    /// There is nothing to wait for: the runtime holds back every call and answer of the object until all of it is on disk,
    /// and starts the object anew if that fails.
    ///
    /// # Errors
    /// Those of the storage; then nothing was written.
    pub(crate) fn commit(&self, write: impl FnOnce(&Database) -> Stored<()>) -> Stored<()> {
        self.commit_change(None, write)
    }

    /// Like [`commit`](Self::commit), and has what is written published, if its projection has changed.
    ///
    /// # Errors
    /// Those of the storage; then nothing was written.
    pub(crate) fn commit_change(
        &self,
        change: Option<Change>,
        write: impl FnOnce(&Database) -> Stored<()>,
    ) -> Stored<()> {
        let publishing = self.publishing.get();
        self.commit_then(write, |database| {
            change.map_or(Ok(()), |change| self.unpublished.note(database, change, publishing, now()))
        })
    }

    /// Like [`commit`](Self::commit), and then keeps in memory what follows from it, if it was written.
    ///
    /// # Errors
    /// Those of the storage; then nothing was written. An error behind that is none: what is in memory must be as new as what is
    /// stored.
    fn commit_then(
        &self,
        write: impl FnOnce(&Database) -> Stored<()>,
        then: impl FnOnce(&Database) -> Stored<()>,
    ) -> Stored<()> {
        let database = self.database()?;
        runtime::transaction_sync(&self.state.storage(), || write(&database))?;
        let followed = then(&database).and_then(|()| {
            // What follows sets it at its end.
            if self.class.size == Size::One && self.following.get() > 0 && self.alarm.get().recovers(now()) {
                return Ok(());
            }
            self.set_alarm()
        });
        if let Err(error) = followed {
            self.recover(&error.into());
        }
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

    /// Begins work at whose end the object publishes and delivers, so that no alarm is needed for it unless the work comes to nothing.
    pub(crate) fn follow(&self) -> Following {
        self.following.set(self.following.get() + 1);
        Following(Rc::clone(&self.following))
    }

    /// Does the work, and then delivers the webhooks and publishes the projections that are due. What work that takes long has
    /// changed is published meanwhile: the index may be slow, and so may Compago and the merchant's endpoint. The alarm is set at the end.
    ///
    /// # Errors
    /// Those of the work, and of the storage.
    pub(crate) async fn finish(
        &self,
        following: Following,
        work: impl Future<Output = Result<(), ApiError>>,
    ) -> Result<(), ApiError> {
        let relisted = self.relist_more();
        let work = pin!(async {
            let worked = work.await;
            worked.and(self.deliver_due().await)
        });
        let worked = self.publish_meanwhile(work).await;
        let published = self.publish_due().await;
        drop(following);
        self.set_alarm()?;
        relisted?;
        worked.and(published)
    }

    async fn publish_meanwhile<T>(&self, mut work: impl Future<Output = T> + Unpin) -> T {
        loop {
            work = match select(work, Delay::from(GATHER)).await {
                Either::Left((done, _)) => return done,
                Either::Right(((), work)) => match select(work, pin!(self.publish_due())).await {
                    Either::Left((done, publishing)) => {
                        // What fails here is tried again.
                        let _ = publishing.await;
                        return done;
                    }
                    Either::Right((_, work)) => work,
                },
            };
        }
    }
}

/// Work at whose end the object publishes and delivers, until it is dropped.
pub(crate) struct Following(Rc<Cell<u32>>);

impl Drop for Following {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}
