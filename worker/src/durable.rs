//! What the Durable Objects that follow payments have in common: a database with an outbox, an alarm that is set with
//! each change, work in the background, and requests that wait for a change.

use std::cell::Cell;
use std::pin::Pin;
use std::time::Duration;

use compago::flow::listing::RETRY;
use compago::flow::outbox::{Delivery, DeliveryState, Told};
use compago::json::{self, FromJson};
use compago::value::UnixMillis;
use futures_util::future::join;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;
use worker::Env;

use crate::clock::{from_javascript, in_javascript, jitter, now};
use crate::env::{Config, Webhook};
use crate::fault::Fault;
use crate::log::{self, Level};
use crate::respond::{code, empty_answer, json_answer};
use crate::runtime::{ObjectState, promise};

pub(crate) mod database;
mod deliver;
pub(crate) mod listing;
pub(crate) mod outbox;
pub(crate) mod question;
pub(crate) mod waiting;

use database::Database;
use deliver::deliver;
use question::Upkeep;
use waiting::Waiting;

/// After a failure of ours in an alarm, when to try again: the runtime would drop an alarm that throws.
const RECOVER: Duration = Duration::from_secs(30);

/// How often webhooks are looked at while there is no endpoint to send them to.
const UNCONFIGURED: Duration = Duration::from_secs(10 * 60);

/// How seldom in the end: so late, at most, does the merchant hear once the endpoint is configured.
const LONG_UNCONFIGURED: Duration = Duration::from_secs(60 * 60);

/// When to look at webhooks again that are being delivered: should that end without a word, as in a crash.
const DELIVERING: Duration = Duration::from_secs(30);

/// The soonest that an alarm is set to.
const SOON: Duration = Duration::from_millis(10);

/// What goes on in the background.
pub(crate) type Work = Pin<Box<dyn Future<Output = Result<(), Fault>>>>;

/// What sets one class of objects apart.
pub(crate) struct Class {
    /// Its name in logs.
    pub(crate) name: &'static str,
    /// The binding of its objects.
    pub(crate) binding: &'static str,
    /// Its own tables.
    pub(crate) schema: &'static str,
    /// When its machines must be woken.
    pub(crate) wake_at: fn(&Database) -> Result<Option<UnixMillis>, JsValue>,
    /// Owes the desk a listing of each of its machines, see [`listing::put`].
    pub(crate) list: fn(&Database) -> Result<(), JsValue>,
}

/// The ground that one such object stands on.
pub(crate) struct Durable {
    state: ObjectState,
    /// The bindings.
    pub(crate) env: Env,
    /// Requests that wait for the object to change.
    pub(crate) waiting: Waiting,
    class: &'static Class,
    /// Since it was started, the object has made sure of its tables.
    tabled: Cell<bool>,
    /// Since it was started, the object has made sure that its alarm is set.
    armed: Cell<bool>,
    delivering: Cell<bool>,
    telling: Cell<bool>,
}

impl Durable {
    /// An object of the class wakes up.
    pub(crate) fn new(class: &'static Class, state: ObjectState, env: Env) -> Self {
        let (tabled, armed, delivering, telling) = Default::default();
        Self { state, env, waiting: Waiting::default(), class, tabled, armed, delivering, telling }
    }

    /// The database, which is made on first use.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn database(&self) -> Result<Database, JsValue> {
        let database = Database::of(&self.state.storage());
        if !self.tabled.get() {
            database.rows(self.class.schema, Vec::new())?;
            database.rows(outbox::SCHEMA, Vec::new())?;
            database.rows(listing::SCHEMA, Vec::new())?;
            self.tabled.set(true);
        }
        Ok(database)
    }

    /// The database if there is one: a question leaves no trace in an object that holds nothing.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn existing(&self) -> Result<Option<Database>, JsValue> {
        let exists = self.tabled.get() || outbox::exists(&Database::of(&self.state.storage()))?;
        if exists { self.database().map(Some) } else { Ok(None) }
    }

    /// Writes, sets the alarm by what is then stored, and wakes those who wait.
    ///
    /// There is nothing to wait for: the runtime holds back every call and answer of the object until all of it is on disk,
    /// and starts the object anew if that fails.
    ///
    /// # Errors
    /// Those of the storage; then nothing was written.
    pub(crate) fn commit(&self, write: &mut dyn FnMut(&Database) -> Result<(), JsValue>) -> Result<(), JsValue> {
        let database = self.database()?;
        self.state.storage().transaction_sync(&mut || write(&database))?;
        self.set_alarm()?;
        self.waiting.wake();
        Ok(())
    }

    /// Sets the alarm again if it was lost: it is the one thing that makes payments go on by themselves.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) async fn arm(&self) -> Result<(), JsValue> {
        if self.armed.get() {
            return Ok(());
        }
        let Some(database) = self.existing()? else { return Ok(()) };
        if listing::is_empty(&database)? {
            // The object is older than the desk.
            self.list()?;
        }
        if let Some(at) = self.wake_at(&database)? {
            let set = JsFuture::from(self.state.storage().get_alarm()?).await?.as_f64().map(from_javascript);
            if set.is_none_or(|set| set < now() || set > at) {
                self.set_alarm()?;
            }
        }
        self.armed.set(true);
        Ok(())
    }

    /// Ends an alarm, which never throws.
    pub(crate) fn rang(&self, outcome: Result<(), Fault>) {
        if let Err(fault) = outcome {
            log::write(Level::Error, "alarm-failed", &[("object", &self.class.name), ("code", &code(&fault))]);
            // Should this fail as well, the next request finds what is due and sets the alarm anew.
            let _ = self.state.storage().set_alarm(in_javascript(now().plus(RECOVER)));
        }
    }

    /// Goes on in the background: a client that leaves takes none of it away.
    pub(crate) fn in_background(&self, work: Work) {
        let name = self.class.name;
        self.state.wait_until(&promise(async move {
            if let Err(fault) = work.await {
                // What is to be done is on disk and the alarm is set: it goes on from there.
                log::write(Level::Error, "background-failed", &[("object", &name), ("code", &code(&fault))]);
            }
            Ok(JsValue::UNDEFINED)
        }));
    }

    /// Answers what every class of object is asked alike.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for what the object does not hold.
    pub(crate) fn keep_up(&self, upkeep: &Upkeep) -> Result<Response, Fault> {
        let database = self.existing()?.ok_or(Fault::NotFound)?;
        match upkeep {
            Upkeep::Redeliver { id } => {
                let delivery = outbox::delivery(&database, id)?.ok_or(Fault::NotFound)?.redeliver(now());
                self.save_delivery(&delivery)?;
                Ok(json_answer(202, &Told(&delivery))?)
            }
            Upkeep::List => {
                self.list()?;
                self.commit(&mut |database| listing::owe_all(database, now()))?;
                Ok(empty_answer(204)?)
            }
        }
    }

    /// Owes the desk a listing of all that the object holds, where it has changed, or was never told: an object may be older
    /// than the desk.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn list(&self) -> Result<(), JsValue> {
        self.commit(&mut |database| {
            (self.class.list)(database)?;
            outbox::list(database)
        })
    }

    /// Tells the desk what it is owed, and sends the webhooks that are due.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) async fn tell_and_deliver(&self) -> Result<(), Fault> {
        // Neither waits for the other: the desk may be slow, and so may the merchant.
        let (told, delivered) = join(self.tell_due(), self.deliver_due()).await;
        told.and(delivered)
    }

    async fn tell_due(&self) -> Result<(), Fault> {
        if self.telling.replace(true) {
            return Ok(());
        }
        let told = self.tell_desk().await;
        self.telling.set(false);
        self.set_alarm()?;
        told
    }

    /// Sends the webhooks that are due, one after the other.
    async fn deliver_due(&self) -> Result<(), Fault> {
        let Ok(config) = Config::read(&self.env) else { return Ok(()) };
        let Some(webhook) = config.webhook.as_ref().filter(|_| !self.delivering.get()) else { return Ok(()) };
        self.delivering.set(true);
        let delivered = self.deliver_all(webhook).await;
        self.delivering.set(false);
        delivered?;
        Ok(self.set_alarm()?)
    }

    async fn deliver_all(&self, webhook: &Webhook) -> Result<(), Fault> {
        while let Some(owed) = outbox::first_due(&self.database()?, now())? {
            let (delivery, begun) = owed.delivery.begin(now());
            self.save_delivery(&delivery)?;
            let Some(begun) = begun else { continue };
            let answer = deliver(delivery.id(), &owed.body, webhook).await;
            self.save_delivery(&delivery.answered(begun, answer, now(), jitter()))?;
        }
        Ok(())
    }

    fn save_delivery(&self, delivery: &Delivery) -> Result<(), JsValue> {
        if let DeliveryState::Parked { reason, .. } = delivery.state() {
            log::write(Level::Error, "webhook-parked", &[("id", delivery.id()), ("reason", &reason)]);
        }
        self.commit(&mut |database| outbox::update(database, delivery))
    }

    /// Sets the alarm by what is stored.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn set_alarm(&self) -> Result<(), JsValue> {
        let storage = self.state.storage();
        // See `commit`: nothing waits for it.
        let _ = match self.wake_at(&self.database()?)? {
            Some(at) => storage.set_alarm(in_javascript(at))?,
            None => storage.delete_alarm()?,
        };
        Ok(())
    }

    /// When the object must wake up. Webhooks that nobody can send now, because the endpoint is not configured, wait for
    /// it: they are looked at from time to time.
    fn wake_at(&self, database: &Database) -> Result<Option<UnixMillis>, JsValue> {
        let configured = Config::read(&self.env).is_ok_and(|config| config.webhook.is_some());
        let patience = |at: UnixMillis| match (configured, self.delivering.get()) {
            // A shop may never have an endpoint: what has waited long is looked at seldom.
            (false, _) => now().since(at).clamp(UNCONFIGURED, LONG_UNCONFIGURED),
            (true, true) => DELIVERING,
            (true, false) => Duration::ZERO,
        };
        let webhook = outbox::next_at(database)?.map(|at| at.max(now().plus(patience(at))));
        let patience = if self.telling.get() { RETRY } else { Duration::ZERO };
        let listing = listing::next_at(database)?.map(|at| at.max(now().plus(patience)));
        let at = (self.class.wake_at)(database)?.into_iter().chain(webhook).chain(listing).min();
        // The runtime drops an alarm that is set, while one runs, to the very time of that one.
        Ok(at.map(|at| at.max(now().plus(SOON))))
    }
}

/// Reads what was stored or sent by ourselves.
pub(crate) fn read<T: FromJson>(json: &str) -> Result<T, JsValue> {
    json::from_str(json).map_err(|error| error.to_string().into())
}
