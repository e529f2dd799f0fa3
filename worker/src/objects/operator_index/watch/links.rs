//! The open links in the database of the operator's index.
//!
//! A link is entered by the same request that publishes its order's projection, and goes when the order publishes that it is closed.
//! That of a paid order stays until the list has shown its payment, since the list grows by that as well; if no other link is open, it
//! goes at once.

use core::time::Duration;

use compago::flow::clock;
use compago::flow::order::SETTLE_MARGIN;
use compago::flow::watch::{LATE, Links};
use compago::json;
use compago::value::{PaymentId, Reference, UnixMillis};
use serde::Deserialize;

use super::super::store;
use crate::objects::database::{Database, Result};

/// When a link was last registered late, rounded up: links that were registered until then count as well.
const LATE_RECORD: &str = "watch-late";

/// To how much that is rounded up, so that not every one of many late links writes it.
const LATE_WRITTEN: Duration = Duration::from_secs(60);

/// How long after its end a link is forgotten whose order does not close: by then a person was asked to look at it.
const FORGOTTEN: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// An open link.
#[derive(Debug, Deserialize)]
pub(super) struct Link {
    /// Compago's payment.
    pub(super) payment_id: PaymentId,
    /// The id of its order in the index.
    pub(super) id: String,
    /// What the list has shown of it, as JSON.
    pub(super) hit: Option<String>,
}

impl Link {
    /// Returns the order's reference.
    pub(super) fn reference(&self) -> Option<Reference> {
        self.id.strip_prefix("order/")?.parse().ok()
    }
}

/// Takes what an order has published of its links, after the index has taken the projection itself.
pub(super) fn take(database: &Database, listings: &str, now: UnixMillis) -> Result<()> {
    const LATE_LINK: &str = "SELECT value ->> '$.id' AS value FROM json_each(?1) \
         WHERE value ->> '$.listing.watch.startedAt' < ?2 \
         AND NOT EXISTS (SELECT 1 FROM watch WHERE payment_id = value ->> '$.listing.watch.paymentId') LIMIT 1";
    const ADD: &str = "INSERT INTO watch SELECT link ->> '$.paymentId', id, link ->> '$.startedAt', link ->> '$.expiresAt', NULL \
         FROM (SELECT entry.id AS id, published.value -> '$.listing.watch' AS link FROM json_each(?1) AS published \
         JOIN entry ON entry.id = published.value ->> '$.id' AND entry.version = published.value ->> '$.version') \
         WHERE link ->> '$.paymentId' || (link ->> '$.startedAt') || (link ->> '$.expiresAt') IS NOT NULL \
         ON CONFLICT (payment_id) DO UPDATE SET ends_at = excluded.ends_at WHERE ends_at != excluded.ends_at";
    const END: &str = "DELETE FROM watch WHERE payment_id IN (SELECT line.value ->> '$.paymentId' FROM json_each(?1) AS published \
         JOIN entry ON entry.id = published.value ->> '$.id' AND entry.version = published.value ->> '$.version', \
         json_each(published.value, '$.listing.attempts') AS line \
         WHERE line.value ->> '$.paymentId' IS NOT published.value ->> '$.listing.watch.paymentId') \
         AND (hit IS NOT NULL OR (SELECT end FROM attempt WHERE attempt.payment_id = watch.payment_id) \
         NOT IN ('paid', 'paid-again'))";
    let started_before = now.minus(LATE).to_string();
    if database.value::<String>(LATE_LINK, vec![listings.into(), started_before.into()])?.is_some() {
        put_late(database, now)?;
    }
    database.run(ADD, vec![listings.into()])?;
    database.run(END, vec![listings.into()])
}

/// Returns whether a link is open. With a hundred registered it is assumed: those of paid orders are not distinguished then.
pub(super) fn is_any_open(database: &Database) -> Result<bool> {
    const ANY: &str = "SELECT 1 AS value FROM (SELECT payment_id FROM watch LIMIT 100) AS some \
         CROSS JOIN attempt ON attempt.payment_id = some.payment_id WHERE attempt.end = 'open' \
         UNION ALL SELECT 1 FROM (SELECT payment_id FROM watch LIMIT 1 OFFSET 99) LIMIT 1";
    Ok(database.value::<u32>(ANY, vec![])?.is_some())
}

/// Returns when the first of the open links was begun; `None` with a hundred registered, since any of them may be the first.
pub(super) fn opened_at(database: &Database) -> Result<Option<UnixMillis>> {
    database.moment(
        "SELECT min(started_at) AS value FROM watch CROSS JOIN attempt ON attempt.payment_id = watch.payment_id \
         WHERE attempt.end = 'open' AND NOT EXISTS (SELECT 1 FROM watch LIMIT 1 OFFSET 99)",
    )
}

/// Returns what the list watcher has to know of all links. Those of paid orders are none of them.
pub(super) fn summary(database: &Database, now: UnixMillis) -> Result<Links> {
    #[derive(Deserialize)]
    struct Summary {
        open: u64,
        settling: u64,
        ends_at: Option<UnixMillis>,
    }
    const SUMMARY: &str = "SELECT count(*) AS open, count(*) FILTER (WHERE ends_at <= ?1) AS settling, \
         min(ends_at) FILTER (WHERE ends_at > ?1) AS ends_at FROM watch \
         CROSS JOIN attempt ON attempt.payment_id = watch.payment_id WHERE attempt.end = 'open'";
    let summary: Option<Summary> = database.row(SUMMARY, vec![now.minus(SETTLE_MARGIN).to_string().into()])?;
    let Summary { open, settling, ends_at } = summary.unwrap_or(Summary { open: 0, settling: 0, ends_at: None });
    Ok(Links { open, settling: settling > 0, ends_at, late_at: late_at(database, now)? })
}

/// Forgets all links: none is open.
pub(super) fn clear(database: &Database) -> Result<()> {
    database.run("DELETE FROM watch", vec![])
}

/// Returns the links behind `after` that have a hit, at most so many.
pub(super) fn with_hit(database: &Database, after: Option<PaymentId>, count: usize) -> Result<Vec<Link>> {
    portion(database, "hit IS NOT NULL AND ?2 = ''", "", after, count)
}

/// Returns the links behind `after` that have run out by this time, and have no hit, at most so many.
pub(super) fn ended(
    database: &Database,
    after: Option<PaymentId>,
    ended_by: UnixMillis,
    count: usize,
) -> Result<Vec<Link>> {
    portion(database, "hit IS NULL AND ends_at <= ?2", &ended_by.to_string(), after, count)
}

/// Returns the links behind `after`, at most so many.
pub(super) fn open(database: &Database, after: Option<PaymentId>, count: usize) -> Result<Vec<Link>> {
    portion(database, "?2 = ''", "", after, count)
}

fn portion(
    database: &Database,
    condition: &str,
    value: &str,
    after: Option<PaymentId>,
    count: usize,
) -> Result<Vec<Link>> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let sql = format!(
        "SELECT watch.payment_id, watch.id, hit FROM watch CROSS JOIN attempt ON attempt.payment_id = watch.payment_id \
         WHERE watch.payment_id > ?1 AND attempt.end = 'open' AND {condition} ORDER BY watch.payment_id LIMIT ?3"
    );
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    database.rows(&sql, vec![after.into(), value.into(), count.into()])
}

/// Returns which of these payments are those of links that have no hit yet.
pub(super) fn without_hit(database: &Database, ids: &[PaymentId]) -> Result<Vec<PaymentId>> {
    const KNOWN: &str = "SELECT payment_id AS value FROM json_each(?) AS shown \
         CROSS JOIN watch ON watch.payment_id = shown.value WHERE hit IS NULL";
    database.values(KNOWN, vec![json::to_string(&ids).into()])
}

/// Records what the list shows of links, an array of payments each with that as JSON. Those of paid orders are of no more use.
pub(super) fn put_hits(database: &Database, found: &str) -> Result<()> {
    const PAID: &str = "DELETE FROM watch WHERE payment_id IN (SELECT value ->> 0 FROM json_each(?)) \
         AND EXISTS (SELECT 1 FROM attempt WHERE attempt.payment_id = watch.payment_id AND end != 'open')";
    const HIT: &str = "UPDATE watch SET hit = found.value ->> 1 FROM json_each(?) AS found \
         WHERE watch.payment_id = found.value ->> 0";
    database.run(PAID, vec![found.into()])?;
    database.run(HIT, vec![found.into()])
}

/// Deletes the links of orders that were paid before the list was read from this time on, and those that were over long ago.
pub(super) fn drop_old(database: &Database, walked_at: UnixMillis, now: UnixMillis) -> Result<()> {
    const OLD: &str = "DELETE FROM watch WHERE ends_at < ?2 OR EXISTS (SELECT 1 FROM attempt JOIN entry ON entry.id = attempt.id \
         WHERE attempt.payment_id = watch.payment_id AND attempt.end != 'open' AND coalesce(entry.settled_at, '') <= ?1)";
    database.run(OLD, vec![walked_at.to_string().into(), now.minus(FORGOTTEN).to_string().into()])
}

/// Deletes a link.
pub(super) fn remove(database: &Database, id: PaymentId) -> Result<()> {
    database.run("DELETE FROM watch WHERE payment_id = ?", vec![id.to_string().into()])
}

/// Returns until when links were registered late, if any were.
pub(super) fn late_at(database: &Database, now: UnixMillis) -> Result<Option<UnixMillis>> {
    let late_at = store::text(database, LATE_RECORD)?.and_then(|text| text.parse().ok());
    Ok(late_at.map(|late_at| clock::at_most(late_at, LATE_WRITTEN, now)))
}

fn put_late(database: &Database, now: UnixMillis) -> Result<()> {
    match late_at(database, now)? {
        Some(late_at) if late_at >= now => Ok(()),
        Some(_) | None => store::put_text(database, LATE_RECORD, now.plus(LATE_WRITTEN).to_string()),
    }
}
