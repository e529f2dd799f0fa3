//! The outbox of an object: its pending and delivered webhooks, in a table of the same database as the machines.

use compago::flow::outbox::Delivery;
use compago::flow::projection::Projection;
use compago::flow::record;
use compago::json;
use compago::value::{Environment, UnixMillis};
use compago::webhook::{Event, EventId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::projection::{PORTION, list_rows};
use super::{Durable, projection};
use crate::config::{Config, environment};
use crate::objects::database::{Database, Result};
use crate::objects::stored::read_record;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// The table.
pub(crate) const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, body TEXT NOT NULL, delivery TEXT NOT NULL) WITHOUT ROWID;";

/// The index over what is to be sent: an object of many machines may have delivered thousands.
pub(super) const INDEX: &str = "CREATE INDEX IF NOT EXISTS outbox_next ON outbox (delivery ->> '$.state.pending.nextAt') \
     WHERE delivery ->> '$.state.pending.nextAt' IS NOT NULL;";

/// A webhook with the state of its delivery.
#[derive(Clone)]
pub(crate) struct PendingDelivery {
    /// The state of the delivery.
    pub(crate) delivery: Delivery,
    /// The body; without the environment until it is in the outbox.
    pub(crate) body: String,
}

impl PendingDelivery {
    /// Returns the delivery of an event, to be enqueued.
    pub(crate) fn new<Data: Serialize>(id: EventId, event: &Event<Data>) -> Self {
        Self { delivery: Delivery::new(id, event.kind, event.timestamp), body: json::to_string(event) }
    }
}

/// A webhook as its row has it.
#[derive(Deserialize)]
struct DeliveryRow {
    body: String,
    delivery: String,
}

impl DeliveryRow {
    fn read(self) -> Result<PendingDelivery> {
        Ok(PendingDelivery { delivery: read_record(&self.delivery)?, body: self.body })
    }

    /// Reads it. One that cannot be read does not stop the others.
    fn readable(self) -> Option<PendingDelivery> {
        readable(&self.delivery).map(|delivery| PendingDelivery { delivery, body: self.body })
    }
}

/// Returns how many of the two tables exist that every object has, this one and that of the projections.
///
/// # Errors
/// Those of the storage.
pub(super) fn tables(database: &Database) -> Result<i32> {
    const TABLES: &str = "SELECT count(*) AS value FROM sqlite_master WHERE name IN ('outbox', 'listing')";
    Ok(database.value(TABLES, vec![])?.unwrap_or_default())
}

/// All webhooks of the object that can be read, oldest first.
///
/// # Errors
/// Those of the storage.
pub(crate) fn all(database: &Database) -> Result<Vec<PendingDelivery>> {
    let rows = database.rows("SELECT body, delivery FROM outbox ORDER BY delivery ->> 'createdAt'", vec![])?;
    Ok(rows.into_iter().filter_map(DeliveryRow::readable).collect())
}

/// The webhook that has been due for longest and can be read.
///
/// # Errors
/// Those of the storage, and a record that cannot be read if nothing else is due.
pub(crate) fn first_due(database: &Database, now: UnixMillis) -> Result<Option<PendingDelivery>> {
    const DUE: &str = "SELECT body, delivery FROM outbox WHERE delivery ->> '$.state.pending.nextAt' <= ? \
         ORDER BY delivery ->> '$.state.pending.nextAt' LIMIT ?";
    const MOST_UNREADABLE: i32 = 100;
    let due = |count: i32| database.rows::<DeliveryRow>(DUE, vec![now.to_string().into(), count.into()]);
    let Some(first) = due(1)?.pop() else { return Ok(None) };
    match first.read() {
        Ok(first) => Ok(Some(first)),
        Err(error) => match due(MOST_UNREADABLE)?.into_iter().find_map(DeliveryRow::readable) {
            Some(other) => Ok(Some(other)),
            None => Err(error),
        },
    }
}

/// When the next webhook is due.
///
/// # Errors
/// Those of the storage.
pub(crate) fn next_at(database: &Database) -> Result<Option<UnixMillis>> {
    const NEXT: &str = "SELECT min(delivery ->> '$.state.pending.nextAt') AS value FROM outbox \
         WHERE delivery ->> '$.state.pending.nextAt' IS NOT NULL";
    database.moment(NEXT)
}

impl Durable {
    /// Enqueues webhooks, with the environment that is configured. The id is derived from the event, so enqueuing one twice leaves the
    /// first row. A webhook is published with the result of its first try; while there is no endpoint, at once.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn enqueue(&self, database: &Database, deliveries: &[PendingDelivery]) -> Result<()> {
        // In a merge patch, null is nothing to add.
        const ENQUEUE: &str = "INSERT INTO outbox VALUES (?, json_patch(?, json_object('environment', ?)), ?) \
             ON CONFLICT (id) DO NOTHING";
        if deliveries.is_empty() {
            return Ok(());
        }
        let environment = environment(&self.env).map(Environment::as_str);
        let waits = !Config::read(&self.env).is_ok_and(|config| config.webhook_url.is_some());
        for PendingDelivery { delivery, body } in deliveries {
            let (id, delivery_json) = (delivery.id().to_string(), record::to_string(delivery));
            database.run(ENQUEUE, vec![id.into(), body.as_str().into(), environment.into(), delivery_json.into()])?;
            if waits {
                projection::put(database, delivery.projection(), now())?;
            }
        }
        Ok(())
    }
}

/// Writes a delivery that went on.
///
/// # Errors
/// Those of the storage.
pub(super) fn update(database: &Database, delivery: &Delivery) -> Result<()> {
    let row = vec![record::to_string(delivery).into(), delivery.id().to_string().into()];
    database.run("UPDATE outbox SET delivery = ? WHERE id = ?", row)
}

/// Has the webhooks published that wait for an endpoint and are not in the index: there was one when they were enqueued.
///
/// # Errors
/// Those of the storage.
pub(super) fn publish_waiting(database: &Database) -> Result<()> {
    const WAITING: &str = "SELECT delivery AS value FROM outbox WHERE delivery ->> '$.state.pending.nextAt' IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM listing WHERE listing.id = 'webhook/' || outbox.id) LIMIT 1000";
    for delivery in database.values::<String>(WAITING, vec![])?.iter().filter_map(|json| readable(json)) {
        projection::put(database, delivery.projection(), now())?;
    }
    Ok(())
}

/// Returns the webhooks of a machine, by its projection, that are not published although they were tried. One that was delivered
/// before the machine was last published was published with it, see [`projection`].
///
/// # Errors
/// Those of the storage.
pub(super) fn unpublished(database: &Database, of: &Projection) -> Result<Vec<Delivery>> {
    const OF_MACHINE: &str = "SELECT delivery AS value FROM outbox WHERE id > 'evt_' || ?1 || '_' AND id < 'evt_' || ?1 || '`' \
         AND delivery ->> '$.lastTry' IS NOT NULL AND NOT (delivery ->> '$.state.delivered.at' IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM listing WHERE listing.id = 'webhook/' || outbox.id) \
         AND EXISTS (SELECT 1 FROM listing WHERE listing.id = ?2 \
         AND listing.version >= 1000 * unixepoch(delivery ->> '$.state.delivered.at', 'subsec')))";
    let Some((_, name)) = of.id.split_once('/') else { return Ok(Vec::new()) };
    let values = vec![name.to_ascii_lowercase().into(), of.id.as_str().into()];
    Ok(database.values::<String>(OF_MACHINE, values)?.iter().filter_map(|json| readable(json)).collect())
}

/// Reads a delivery. One that cannot be read does not stop the others.
fn readable(json: &str) -> Option<Delivery> {
    match read_record(json) {
        Ok(delivery) => Some(delivery),
        Err(error) => {
            log::write(Level::Error, "webhook-unreadable", json!({ "error": error.chain() }));
            None
        }
    }
}

/// Returns the delivery of the webhook with this id.
///
/// # Errors
/// Those of the storage.
pub(crate) fn delivery(database: &Database, id: &EventId) -> Result<Option<Delivery>> {
    database.record("SELECT delivery AS value FROM outbox WHERE id = ?", vec![id.to_string().into()])
}

/// Writes projections of the webhooks behind the cursor `after`, at most a batch. Returns the next cursor; `None` behind the last.
///
/// # Errors
/// Those of the storage.
pub(super) fn list(database: &Database, after: &str) -> Result<Option<String>> {
    const SOME: &str = "SELECT id AS cursor, delivery FROM outbox WHERE id > ? ORDER BY id LIMIT ?";
    #[derive(Deserialize)]
    struct Row {
        cursor: String,
        delivery: String,
    }
    let rows: Vec<Row> = database.rows(SOME, vec![after.into(), PORTION.into()])?;
    let list = |row: &Row| projection::put_again(database, read_record::<Delivery>(&row.delivery)?.projection(), now());
    Ok(list_rows(&rows, |row| row.cursor.clone(), list))
}

/// After the clock was set back: moves a next try that is further away than it can have been set.
///
/// # Errors
/// Those of the storage.
pub(super) fn correct_times(database: &Database) -> Result<()> {
    const AHEAD: &str = "SELECT delivery AS value FROM outbox WHERE delivery ->> '$.state.pending.nextAt' > ?1 \
         AND coalesce(delivery ->> '$.lastTry.at', delivery ->> '$.createdAt') > ?1 LIMIT 1000";
    for json in database.values::<String>(AHEAD, vec![now().to_string().into()])? {
        let Ok(delivery) = read_record::<Delivery>(&json) else { continue };
        let delivery = delivery.correct_times(now());
        update(database, &delivery)?;
        projection::put(database, delivery.projection(), now())?;
    }
    Ok(())
}
