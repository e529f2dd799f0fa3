//! What an object that holds one machine has not published as it is, in memory.
//!
//! Nothing is written until the index has taken it, or could not: whether something is published follows from what is stored. An
//! object that is started anew compares what it holds with what was published.

use std::cell::RefCell;
use std::collections::BTreeMap;

use compago::flow::projection::Projection;
use compago::json;
use compago::value::UnixMillis;
use serde::Deserialize;

use super::projection::GATHER;
use crate::objects::database::{Database, Result};

/// Projections by their ids.
#[derive(Default)]
pub(super) struct Unpublished(RefCell<BTreeMap<String, Waiting>>);

/// A projection that waits to be published.
struct Waiting {
    json: String,
    due: UnixMillis,
}

impl Unpublished {
    /// Takes in a projection that may have changed.
    ///
    /// # Errors
    /// Those of the storage.
    pub(super) fn note(&self, database: &Database, projection: Projection, now: UnixMillis) -> Result<()> {
        #[derive(Deserialize)]
        struct Published {
            same: i32,
            next_at: Option<String>,
        }
        const PUBLISHED: &str = "SELECT json = ? AS same, next_at FROM listing WHERE id = ?";
        let Projection { id, json } = projection;
        let mut waiting = self.0.borrow_mut();
        if waiting.get(&id).is_some_and(|known| known.json == json) {
            return Ok(());
        }
        let published: Option<Published> = database.row(PUBLISHED, vec![json.as_str().into(), id.as_str().into()])?;
        if published.as_ref().is_some_and(|published| published.same == 1) {
            waiting.remove(&id);
            return Ok(());
        }
        // While publishing fails, what has changed waits for the next try.
        let retry_at = published.and_then(|published| published.next_at?.parse().ok());
        let soon = now.plus(GATHER);
        let due =
            waiting.get(&id).map_or_else(|| retry_at.map_or(soon, |at: UnixMillis| at.max(soon)), |known| known.due);
        waiting.insert(id, Waiting { json, due });
        Ok(())
    }

    /// Takes in what was not published when the object was last in memory: it is due now.
    ///
    /// # Errors
    /// Those of the storage.
    pub(super) fn find(&self, database: &Database, projections: Vec<Projection>, now: UnixMillis) -> Result<()> {
        // What is written down as pending is published from there.
        const PENDING: &str = "SELECT id AS value FROM listing WHERE next_at IS NOT NULL";
        let pending: Vec<String> = database.values(PENDING, vec![])?;
        for projection in projections {
            if !pending.contains(&projection.id) {
                self.note(database, projection, now.minus(GATHER))?;
            }
        }
        Ok(())
    }

    /// Returns when the next one is due.
    pub(super) fn next_at(&self) -> Option<UnixMillis> {
        self.0.borrow().values().map(|waiting| waiting.due).min()
    }

    /// Returns those that are due until then, as JSON: an array of ids, each with its projection as text.
    pub(super) fn due(&self, until: UnixMillis) -> Batch {
        let waiting = self.0.borrow();
        let due = waiting.iter().filter(|(_, waiting)| waiting.due <= until);
        Batch(due.map(|(id, waiting)| [id.clone(), waiting.json.clone()]).collect())
    }

    /// Removes those that were published, or written down as pending; what has changed meanwhile stays.
    pub(super) fn remove(&self, batch: &Batch) {
        let mut waiting = self.0.borrow_mut();
        for [id, json] in &batch.0 {
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

/// Projections that are being published: ids, each with its projection as text.
pub(super) struct Batch(Vec<[String; 2]>);

impl Batch {
    /// Returns the ids, each with its projection as text.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[String; 2]> {
        self.0.iter()
    }

    /// Returns it as JSON.
    pub(super) fn json(&self) -> String {
        json::to_string(&self.0)
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
