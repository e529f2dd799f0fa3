//! What an order's Durable Object keeps in its database. Every table and key is described in `STORAGE.md`.

use compago::edge::Fingerprint;
use compago::flow::machine::Machine as _;
use compago::flow::order::Order;
use compago::flow::projection::Projection;
use compago::flow::record::{self, Record};
use compago::value::{HttpsUrl, PaymentId, UnixMillis};
use serde::{Deserialize, Serialize};
use worker::SqlStorageValue;

use crate::config::ORDERS;
use crate::objects::database::{Database, Result};
use crate::objects::durable::{ObjectClass, Size, projection};
use crate::objects::machine_object::with_corrected_times;
use crate::runtime::clock::now;

/// The objects of orders.
pub(super) const CLASS: ObjectClass = ObjectClass {
    name: "order",
    binding: ORDERS,
    schema: "CREATE TABLE IF NOT EXISTS record (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;",
    size: Size::One,
    projections,
    on_published: |_, _| Ok(()),
    wake_at,
    list,
    correct_times,
};

/// A record by its name.
const RECORD: &str = "SELECT json AS value FROM record WHERE name = ?";

const ORDER: &str = "order";
const PLACED: &str = "placed";
const CREATED: &str = "created";

/// What is stored of an order beside its machine: how it was placed.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OrderMeta {
    /// The fingerprint of the body, to distinguish a repeated request from another one.
    pub(crate) fingerprint: Fingerprint,
    /// A page of the merchant's to which the payer returns instead of ours.
    pub(crate) return_page: Option<HttpsUrl>,
    /// The order's capability.
    pub(crate) capability: String,
}

impl Record for OrderMeta {
    const VERSION: u32 = 1;
}

/// The order, if it was placed.
pub(super) fn order(database: &Database) -> Result<Option<Order>> {
    database.record(RECORD, name(ORDER))
}

/// Returns how the order was placed.
pub(super) fn meta(database: &Database) -> Result<Option<OrderMeta>> {
    database.record(RECORD, name(PLACED))
}

/// The first answer with a link, as JSON.
pub(super) fn created(database: &Database) -> Result<Option<String>> {
    database.value(RECORD, name(CREATED))
}

/// Writes the order after a step.
pub(super) fn put_order(database: &Database, order: &Order) -> Result<()> {
    put(database, ORDER, record::to_string(order))
}

/// Writes how it was placed.
pub(super) fn put_meta(database: &Database, meta: &OrderMeta) -> Result<()> {
    put(database, PLACED, record::to_string(meta))
}

/// Writes the first answer with a link.
pub(super) fn put_created(database: &Database, created: String) -> Result<()> {
    put(database, CREATED, created)
}

fn put(database: &Database, key: &str, json: String) -> Result<()> {
    database.run("INSERT OR REPLACE INTO record VALUES (?, ?)", vec![key.into(), json.into()])
}

fn wake_at(database: &Database, but: &[String]) -> Result<Option<UnixMillis>> {
    if !but.is_empty() {
        return Ok(None);
    }
    let order = order(database)?;
    Ok(order.and_then(|order| order.next_wake()))
}

fn list(database: &Database, _after: &str) -> Result<Option<String>> {
    let order = order(database)?;
    order.iter().try_for_each(|order| projection::put_again(database, order.projection(), now()))?;
    Ok(None)
}

/// Whether the index has taken the order's projection, and not since this time.
pub(super) fn is_published_before(database: &Database, order: &Order, time: UnixMillis) -> Result<bool> {
    const PUBLISHED: &str = "SELECT id AS value FROM listing WHERE id = ? AND next_at IS NULL AND version < ?";
    Ok(database.value::<String>(PUBLISHED, vec![listing_of(order).into(), time.millis().into()])?.is_some())
}

/// Whether the index has taken the order's projection with the link of this payment.
pub(super) fn is_link_published(database: &Database, order: &Order, payment_id: PaymentId) -> Result<bool> {
    const PUBLISHED: &str = "SELECT id AS value FROM listing \
         WHERE id = ? AND next_at IS NULL AND json_valid(json) AND json ->> '$.watch.paymentId' = ?";
    let values = vec![listing_of(order).into(), payment_id.to_string().into()];
    Ok(database.value::<String>(PUBLISHED, values)?.is_some())
}

/// The id of the order's projection.
fn listing_of(order: &Order) -> String {
    format!("order/{}", order.terms().reference.compact())
}

fn correct_times(database: &Database) -> Result<()> {
    let corrected = order(database)?.and_then(|order| with_corrected_times(&order));
    corrected.map_or(Ok(()), |order| put_order(database, &order))
}

fn projections(database: &Database) -> Result<Vec<Projection>> {
    Ok(order(database)?.iter().map(Order::projection).collect())
}

fn name(key: &str) -> Vec<SqlStorageValue> {
    vec![key.into()]
}
