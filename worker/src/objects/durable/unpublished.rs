//! What an object has not published as it is, in memory.
//!
//! Nothing is written until the index has taken it, or could not: whether something is published follows from what is stored. An
//! object that is started anew compares what it holds with what was published: the one machine and its webhooks, or, where there
//! are many, those that are to be woken. One that is over is to be woken until it is published.

use std::cell::RefCell;
use std::collections::BTreeMap;

use compago::flow::projection::Projection;
use compago::value::{Reference, UnixMillis};
use serde::Deserialize;

use super::batch::Batch;
use super::projection::GATHER;
use super::{Durable, Size, outbox, projection};
use crate::objects::database::{Database, Result};
use crate::runtime::clock::now;

/// Projections by their ids.
#[derive(Default)]
pub(super) struct Unpublished(RefCell<BTreeMap<String, Waiting>>);

/// A projection that waits to be published.
struct Waiting {
    json: String,
    due: UnixMillis,
    over: Option<String>,
    /// Whether it needs no alarm: it was published before.
    again: bool,
}

/// A projection that may have changed.
pub(crate) struct Change {
    /// The projection.
    pub(crate) projection: Projection,
    /// The name of its machine, if that is over: it is to be woken for being published alone.
    pub(crate) over: Option<String>,
}

impl From<Projection> for Change {
    fn from(projection: Projection) -> Self {
        Self { projection, over: None }
    }
}

impl Unpublished {
    /// Takes in a projection that may have changed. `publishing` says whether another one of the same id may be on its way to the index.
    ///
    /// # Errors
    /// Those of the storage.
    pub(super) fn note(&self, database: &Database, change: Change, publishing: bool, now: UnixMillis) -> Result<()> {
        #[derive(Deserialize)]
        struct Published {
            same: i32,
            next_at: Option<String>,
        }
        const PUBLISHED: &str = "SELECT json = ? AS same, next_at FROM listing WHERE id = ?";
        let Change { projection: Projection { id, json }, over } = change;
        let mut waiting = self.0.borrow_mut();
        if let Some(known) = waiting.get_mut(&id).filter(|known| known.json == json) {
            known.over = over;
            return Ok(());
        }
        let published: Option<Published> = database.row(PUBLISHED, vec![json.as_str().into(), id.as_str().into()])?;
        // What is on its way to the index takes the place of what was published.
        let is_replaced = publishing && waiting.contains_key(&id);
        if !is_replaced && published.as_ref().is_some_and(|published| published.same == 1) {
            waiting.remove(&id);
            return Ok(());
        }
        // While publishing fails, what has changed waits for the next try.
        let retry_at = published.and_then(|published| published.next_at?.parse().ok());
        let soon = now.plus(GATHER);
        let due =
            waiting.get(&id).map_or_else(|| retry_at.map_or(soon, |at: UnixMillis| at.max(soon)), |known| known.due);
        waiting.insert(id, Waiting { json, due, over, again: false });
        Ok(())
    }

    /// Takes in a projection that is to be published again although it has not changed, with the next ones.
    fn repeat(&self, projection: Projection, now: UnixMillis) {
        let Projection { id, json } = projection;
        self.0.borrow_mut().entry(id).or_insert(Waiting { json, due: now, over: None, again: true });
    }

    /// Takes in what was not published when the object was last in memory: it is due now. What is written down as pending is
    /// published from there.
    ///
    /// # Errors
    /// Those of the storage.
    fn find(&self, database: &Database, projection: Projection, now: UnixMillis) -> Result<()> {
        const PENDING: &str = "SELECT id AS value FROM listing WHERE id = ? AND next_at IS NOT NULL";
        match database.value::<String>(PENDING, vec![projection.id.as_str().into()])? {
            Some(_) => Ok(()),
            None => self.note(database, projection.into(), false, now.minus(GATHER)),
        }
    }

    /// Whether the machine with this reference waits.
    pub(super) fn holds(&self, reference: &Reference) -> bool {
        let name = reference.compact();
        self.0.borrow().keys().any(|id| id.split_once('/').is_some_and(|(_, of)| of == name))
    }

    /// Returns the name under which the machine with this reference is over, if it waits and is.
    pub(super) fn over_of(&self, reference: &Reference) -> Option<String> {
        let name = reference.compact();
        let waiting = self.0.borrow();
        waiting.iter().filter(|(id, _)| machine_of(id).as_ref() == Some(&name)).find_map(|(_, of)| of.over.clone())
    }

    /// Returns the machines that are published with a batch, and with them their webhooks: those of which nothing else waits.
    pub(super) fn machines_in(&self, batch: &Batch) -> Vec<String> {
        let waiting = self.0.borrow();
        let is_new =
            |(id, of): &(&String, &Waiting)| !batch.iter().any(|[known, json]| known == *id && *json == of.json);
        let unpublished: Vec<String> = waiting.iter().filter(is_new).filter_map(|(id, _)| machine_of(id)).collect();
        let machines = batch.iter().filter_map(|[id, _]| machine_of(id));
        machines.filter(|machine| !unpublished.contains(machine)).collect()
    }

    /// Returns the names of the machines that are over.
    pub(super) fn over(&self) -> Vec<String> {
        self.0.borrow().values().filter_map(|waiting| waiting.over.clone()).collect()
    }

    /// Returns when the next one is due.
    pub(super) fn next_at(&self) -> Option<UnixMillis> {
        self.0.borrow().values().filter(|waiting| !waiting.again).map(|waiting| waiting.due).min()
    }

    /// Returns those that are due until then, as JSON: an array of ids, each with its projection as text.
    pub(super) fn due(&self, until: UnixMillis) -> Batch {
        let waiting = self.0.borrow();
        let due = waiting.iter().filter(|(_, waiting)| waiting.due <= until);
        Batch::new(due.map(|(id, waiting)| [id.clone(), waiting.json.clone()]).collect())
    }

    /// Removes those that were published, or written down as pending; what has changed meanwhile stays.
    pub(super) fn remove(&self, batch: &Batch) {
        let mut waiting = self.0.borrow_mut();
        for [id, json] in batch.iter() {
            if waiting.get(id).is_some_and(|known| known.json == *json) {
                waiting.remove(id);
            }
        }
    }

    /// The clock was set back: everything is due.
    pub(super) fn correct_times(&self, now: UnixMillis) {
        for waiting in self.0.borrow_mut().values_mut() {
            waiting.due = waiting.due.min(now);
        }
    }
}

impl Durable {
    /// Takes in what was not published when the object was last in memory.
    ///
    /// # Errors
    /// Those of the storage.
    pub(super) fn find_unpublished(&self, database: &Database) -> Result<()> {
        if self.class.size == Size::Many && projection::is_empty(database)? {
            // The object is older than the index.
            self.relist("")?;
        }
        for projection in (self.class.projections)(database)? {
            for delivery in outbox::unpublished(database, &projection)? {
                self.unpublished.find(database, delivery.projection(), now())?;
            }
            self.unpublished.find(database, projection, now())?;
        }
        Ok(())
    }

    /// Has a projection published again with the next ones, although it has not changed. A crash forgets it.
    pub(crate) fn publish_again(&self, projection: Projection) {
        self.unpublished.repeat(projection, now());
    }

    /// Whether the projection with this id of a machine waits to be published, or one of the machine's webhooks.
    pub(crate) fn is_unpublished(&self, id: &str) -> bool {
        let machine = machine_of(id);
        self.unpublished.0.borrow().keys().any(|id| machine_of(id) == machine)
    }
}

/// Returns the machine that a projection is of, or whose webhook it is of: the projection's id without its kind.
fn machine_of(id: &str) -> Option<String> {
    match id.split_once('/')? {
        ("webhook", event) => Some(event.strip_prefix("evt_")?.split('_').next()?.to_ascii_uppercase()),
        (_, machine) => Some(machine.to_owned()),
    }
}
