//! What a run stores of Compago's list, which payments do not fit, and what was found about them.

use std::collections::BTreeSet;

use compago::edge::order::OrderStatus;
use compago::edge::reconciliation::Class;
use compago::flow::reconciliation::{LocalOrder, RemotePayment};
use compago::json;
use compago::value::{PaymentId, Reference, UnixMillis};
use serde::{Deserialize, Serialize};

use super::store;
use crate::http::error::InternalError;
use crate::objects::database::{Database, Result};
use crate::objects::stored::read;

/// A payment that does not fit at first sight.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Compago's id of it.
    pub(super) payment: PaymentId,
    /// The order that it may belong to.
    pub(super) reference: Option<Reference>,
    /// Nothing but its external id says that it belongs to that order.
    pub(super) by_name: bool,
    /// The index lists the payment as the order's own.
    pub(super) is_indexed: bool,
    /// What the list shows of it, if it does.
    pub(super) there: Option<RemotePayment>,
    /// Its external id, if it is known.
    pub(super) external_id: Option<String>,
}

/// What was found about a candidate.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) class: Class,
    /// The order as it was found.
    pub(super) here: Option<LocalOrder>,
    /// What the order came to.
    pub(super) settled: Option<OrderStatus>,
    pub(super) needs_person: bool,
}

/// What there is of a finding to show.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    class: Class,
    payment_id: PaymentId,
    external_id: Option<&'a str>,
    reference: Option<String>,
    here: Option<&'a LocalOrder>,
    there: Option<&'a RemotePayment>,
    settled: Option<OrderStatus>,
    needs_person: bool,
}

impl<'a> Shown<'a> {
    fn new(candidate: &'a Candidate, finding: &'a Finding) -> Self {
        Self {
            class: finding.class,
            payment_id: candidate.payment,
            external_id: candidate.external_id.as_deref(),
            reference: candidate.reference.map(|reference| reference.to_string()),
            here: finding.here.as_ref(),
            there: candidate.there.as_ref(),
            settled: finding.settled,
            needs_person: finding.needs_person,
        }
    }
}

/// Makes room for a run.
pub(super) fn clear(database: &Database) -> Result<()> {
    database.run("DELETE FROM listed", vec![])?;
    database.run("DELETE FROM suspect", vec![])
}

/// Returns which of these payments, an array as JSON, are not stored yet.
pub(super) fn unseen(database: &Database, ids: &str) -> Result<BTreeSet<PaymentId>> {
    const UNSEEN: &str =
        "SELECT json_group_array(value) AS value FROM json_each(?) WHERE value NOT IN (SELECT id FROM listed)";
    Ok(database.json(UNSEEN, vec![ids.into()])?.unwrap_or_default())
}

/// Stores payments of the list; one that was seen before may have changed since.
pub(super) fn store_page(database: &Database, lines: &str) -> Result<()> {
    const PUT: &str = "INSERT INTO listed SELECT value ->> '$.id', value ->> '$.status', value ->> '$.amount', \
         value ->> '$.currency', value ->> '$.externalId', value ->> '$.reference' FROM json_each(?) WHERE true \
         ON CONFLICT (id) DO UPDATE SET status = excluded.status, amount = excluded.amount, \
         currency = excluded.currency, external_id = excluded.external_id, reference = excluded.reference";
    database.run(PUT, vec![lines.into()])
}

/// Finds the candidates. Confirmed payments without a reference or an external id of ours belong to another program,
/// and are reported at once.
pub(super) fn find_candidates(database: &Database, run: &str) -> Result<()> {
    const OF_THE_LIST: &str = "INSERT OR IGNORE INTO suspect SELECT listed.id, coalesce(attempt.id, \
         'order/' || listed.reference, (SELECT id FROM name \
         WHERE name = lower(listed.external_id) AND id >= 'order/' AND id < 'order0' LIMIT 1), \
         (SELECT id FROM entry WHERE id = 'order/' || upper(substr(listed.external_id, 1, instr(listed.external_id, '-') - 1)) \
         AND substr(listed.external_id, instr(listed.external_id, '-') + 1) GLOB '[1-9]*' \
         AND substr(listed.external_id, instr(listed.external_id, '-') + 1) NOT GLOB '*[^0-9]*')) \
         FROM listed \
         LEFT JOIN attempt ON attempt.payment_id = listed.id LEFT JOIN entry ON entry.id = attempt.id \
         WHERE CASE WHEN attempt.id IS NULL \
         THEN listed.status = 'CONFIRMED' OR listed.reference IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM entry WHERE id = 'order/' || listed.reference) \
         ELSE (listed.status = 'CONFIRMED') != (attempt.end = 'paid') OR attempt.end = 'paid-again' \
         OR entry.row ->> '$.amount' != listed.amount OR entry.row ->> '$.currency' != listed.currency END";
    const OF_OURS: &str = "INSERT OR IGNORE INTO suspect SELECT payment_id, id FROM attempt \
         WHERE end IN ('paid', 'paid-again') AND payment_id NOT IN (SELECT id FROM listed)";
    const FOREIGN: &str = "INSERT OR REPLACE INTO finding SELECT ?, payment_id, 'confirmed-unknown', 0, \
         json_object('class', 'confirmed-unknown', 'paymentId', payment_id, 'externalId', external_id, 'reference', NULL, \
         'here', NULL, 'there', json_object('status', lower(status), 'amount', amount, 'currency', currency), \
         'settled', NULL, 'needsPerson', json('false')) \
         FROM suspect JOIN listed ON listed.id = payment_id WHERE order_id IS NULL";
    database.run(OF_THE_LIST, vec![])?;
    database.run(OF_OURS, vec![])?;
    database.run(FOREIGN, vec![run.into()])?;
    database.run("DELETE FROM suspect WHERE order_id IS NULL", vec![])?;
    sample_paid_orders(database)
}

/// Adds some of the paid orders that agree with the list according to the index, to detect orders that have lost their storage:
/// those that were paid last, and all others in rotation.
fn sample_paid_orders(database: &Database) -> Result<()> {
    const LATEST: &str = "INSERT OR IGNORE INTO suspect SELECT payment_id, attempt.id FROM attempt \
         JOIN entry ON entry.id = attempt.id WHERE end IN ('paid', 'paid-again') \
         ORDER BY needs IS 'storage-lost' DESC, settled_at DESC LIMIT 200";
    const IN_TURN: &str = "INSERT OR IGNORE INTO suspect SELECT payment_id, id FROM attempt \
         WHERE end IN ('paid', 'paid-again') AND payment_id > ? ORDER BY payment_id LIMIT 200";
    const LAST: &str = "SELECT max(payment_id) AS value FROM (SELECT payment_id FROM attempt \
         WHERE end IN ('paid', 'paid-again') AND payment_id > ? ORDER BY payment_id LIMIT 200)";
    const ROLL: &str = "roll-call";
    database.run(LATEST, vec![])?;
    let after: String = store::text(database, ROLL)?.map(|id| read(&id)).transpose()?.unwrap_or_default();
    database.run(IN_TURN, vec![after.as_str().into()])?;
    // Behind the last one it begins again.
    let last: String = database.value(LAST, vec![after.into()])?.unwrap_or_default();
    store::put_text(database, ROLL, json::to_string(&last))
}

/// Detects payments of a foreign account, that is of another environment or organisation: they are missing from a complete list,
/// and were paid before the run began and before the earliest of our payments in the list. Keeps the latest of them as the
/// candidate that represents all, and returns its id. Fewer than three are examined one by one.
pub(super) fn foreign_account(database: &Database, run: &str) -> Result<Option<PaymentId>> {
    macro_rules! absent {
        () => {
            "FROM attempt JOIN entry ON entry.id = attempt.id WHERE end IN ('paid', 'paid-again') \
             AND payment_id NOT IN (SELECT id FROM listed) AND settled_at < min(?1, coalesce((SELECT min(settled_at) \
             FROM attempt JOIN entry ON entry.id = attempt.id JOIN listed ON listed.id = payment_id WHERE end = 'paid'), ?1))"
        };
    }
    const LAST: &str = concat!("SELECT payment_id AS value, max(settled_at) ", absent!(), " HAVING count(*) >= 3");
    const FORGET: &str =
        concat!("DELETE FROM suspect WHERE payment_id != ?2 AND payment_id IN (SELECT payment_id ", absent!(), ")");
    let Some(last) = database.value::<String>(LAST, vec![run.into()])? else { return Ok(None) };
    database.run(FORGET, vec![run.into(), last.as_str().into()])?;
    Ok(last.parse().ok())
}

/// Returns how many orders there are, and how many candidates.
pub(super) fn counts(database: &Database) -> Result<(u64, u64)> {
    let orders = database.value("SELECT count(*) AS value FROM entry WHERE kind = 'order'", vec![])?;
    let candidates = database.value("SELECT count(*) AS value FROM suspect", vec![])?;
    Ok((orders.unwrap_or_default(), candidates.unwrap_or_default()))
}

/// Returns the next candidate. After each try that failed it is another one, so that none holds up the rest.
pub(super) fn next(database: &Database, tries: u8) -> Result<Option<Candidate>> {
    const NEXT: &str = "SELECT suspect.payment_id, substr(order_id, 7) AS reference, \
         coalesce(listed.external_id, attempt.external_id) AS external_id, \
         coalesce(attempt.id, listed.reference) IS NULL AS by_name, \
         attempt.id IS NOT NULL AS is_indexed, \
         CASE WHEN listed.id IS NOT NULL \
         THEN json_object('status', status, 'amount', amount, 'currency', currency) END AS there \
         FROM suspect LEFT JOIN listed ON listed.id = suspect.payment_id \
         LEFT JOIN attempt ON attempt.payment_id = suspect.payment_id \
         ORDER BY suspect.payment_id LIMIT 1 OFFSET ? % max(1, (SELECT count(*) FROM suspect))";
    let row: Option<CandidateRow> = database.row(NEXT, vec![i32::from(tries).into()])?;
    row.map(CandidateRow::read).transpose()
}

/// A candidate with what is known of it, as a row has it.
#[derive(Deserialize)]
struct CandidateRow {
    payment_id: String,
    reference: Option<String>,
    external_id: Option<String>,
    /// 0 or 1, as the next one.
    by_name: u8,
    is_indexed: u8,
    there: Option<String>,
}

impl CandidateRow {
    fn read(self) -> Result<Candidate> {
        Ok(Candidate {
            payment: self.payment_id.parse().map_err(InternalError::malformed("a payment's id"))?,
            reference: self.reference.and_then(|reference| reference.parse().ok()),
            by_name: self.by_name != 0,
            is_indexed: self.is_indexed != 0,
            there: self.there.map(|there| read(&there)).transpose()?,
            external_id: self.external_id,
        })
    }
}

/// Records that a candidate was checked.
pub(super) fn settle(database: &Database, run: &str, candidate: &Candidate, found: Option<&Finding>) -> Result<()> {
    const PUT: &str = "INSERT OR REPLACE INTO finding \
         SELECT ?1, ?2, value ->> '$.class', value ->> '$.needsPerson', value FROM json_each(json_array(json(?3)))";
    let payment = candidate.payment.to_string();
    if let Some(finding) = found {
        let shown = json::to_string(&Shown::new(candidate, finding));
        database.run(PUT, vec![run.into(), payment.as_str().into(), shown.into()])?;
    }
    database.run("DELETE FROM suspect WHERE payment_id = ?", vec![payment.into()])
}

/// Whether a person has marked a finding as done that is of the same class still.
macro_rules! done {
    () => {
        "EXISTS (SELECT 1 FROM entry WHERE entry.id = 'finding/' || payment_id AND entry.needs = class \
         AND entry.done_at IS NOT NULL)"
    };
}

macro_rules! shown {
    () => {
        concat!("json_set(json, '$.done', json(CASE WHEN ", done!(), " THEN 'true' ELSE 'false' END))")
    };
}

/// What lists show of a finding.
pub(super) const SHOWN: &str = shown!();

/// A run with what it has found: how many of each class, how many need a person, and the first 200, those that need a person before others.
pub(super) fn with_findings(database: &Database, run: &str, name: &str) -> Result<String> {
    const WITH: &str = concat!(
        "SELECT json_set(?1, '$.counts', json((SELECT json_group_object(class, n) \
         FROM (SELECT class, count(*) AS n FROM finding WHERE run = ?2 GROUP BY class))), \
         '$.outcome', (SELECT json_object('needsPerson', count(*) FILTER (WHERE needs AND NOT done), \
         'done', count(*) FILTER (WHERE needs AND done), \
         'otherSystems', count(*) FILTER (WHERE class = 'confirmed-unknown' AND NOT needs), \
         'settled', count(*) FILTER (WHERE class != 'confirmed-unknown' AND NOT needs)) \
         FROM (SELECT class, needs, ",
        done!(),
        " AS done FROM finding WHERE run = ?2)), \
         '$.findings', json((SELECT json_group_array(json(shown)) FROM (SELECT ",
        shown!(),
        " AS shown FROM finding WHERE run = ?2 \
         ORDER BY needs DESC, class = 'confirmed-unknown', class, payment_id LIMIT 200)))) AS value"
    );
    Ok(database.value(WITH, vec![run.into(), name.into()])?.unwrap_or_default())
}

/// What the list showed of a payment when it was last read, and the order whose return URL it bears, as JSON:
/// `{ reference, listed }`; null for what is not known.
pub(super) fn listed(database: &Database, payment: PaymentId) -> Result<String> {
    // While a run reads the list anew, what the one before has found is there still.
    const LISTED: &str = "WITH found AS (SELECT * FROM finding \
         WHERE run IN (SELECT json ->> '$.startedAt' FROM record WHERE name IN ('run', 'last')) AND payment_id = ?1), \
         known AS (SELECT json ->> '$.startedAt' AS at, lower(status) AS status, amount, currency, external_id, reference \
         FROM listed JOIN record ON name = 'run' WHERE id = ?1 \
         UNION ALL SELECT run, json ->> '$.there.status', json ->> '$.there.amount', json ->> '$.there.currency', \
         json ->> '$.externalId', json ->> '$.reference' FROM found WHERE json ->> '$.there.amount' IS NOT NULL \
         ORDER BY at DESC LIMIT 1) \
         SELECT json_object('reference', (SELECT reference FROM known), 'listed', json((SELECT json_object('at', at, \
         'status', status, 'amount', amount, 'currency', currency, 'externalId', external_id, 'otherSystem', \
         json(CASE WHEN EXISTS (SELECT 1 FROM found WHERE class = 'confirmed-unknown' AND NOT needs) \
         THEN 'true' ELSE 'false' END)) FROM known))) AS value";
    Ok(database.value(LISTED, vec![payment.to_string().into()])?.unwrap_or_default())
}

/// A run is over: what it found takes the place of what was found before, on the list of what needs a person as well. What a
/// person has seen to stays so. A run that needs a person itself has not seen all: what it did not find is not gone.
pub(super) fn publish_findings(
    database: &Database,
    run: &str,
    needs: Option<&str>,
    view: &str,
    now: UnixMillis,
) -> Result<()> {
    const PUBLISH: &str = "INSERT INTO entry SELECT 'finding/' || payment_id, 'finding', '', 1, ?2, NULL, class, ?2, NULL, json \
         FROM finding WHERE run = ?1 AND needs ON CONFLICT (id) DO UPDATE SET row = excluded.row, needs = excluded.needs, \
         since = CASE WHEN entry.needs IS excluded.needs THEN entry.since ELSE excluded.since END, \
         done_at = CASE WHEN entry.needs IS excluded.needs THEN entry.done_at END";
    const FORGET: &str = "DELETE FROM entry WHERE kind = 'finding' \
         AND substr(id, 9) NOT IN (SELECT payment_id FROM finding WHERE run = ? AND needs)";
    const RUN: &str = "INSERT OR REPLACE INTO entry VALUES \
         ('reconciliation/run', 'reconciliation', '', 1, ?1, NULL, ?2, ?1, NULL, ?3)";
    database.run("DELETE FROM finding WHERE run != ?", vec![run.into()])?;
    if needs.is_none() {
        database.run(FORGET, vec![run.into()])?;
    }
    database.run(PUBLISH, vec![run.into(), now.to_string().into()])?;
    database.run(RUN, vec![now.to_string().into(), needs.into(), view.into()])
}
