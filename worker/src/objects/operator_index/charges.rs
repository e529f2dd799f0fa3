//! Charges at terminals and of saved cards, and refunds, as the index knows them: a list that is read portion by portion, and
//! one of them with its refund and its webhooks.

use compago::edge::charge_answers::{Channel, ChargeType};
use compago::edge::operator_query::{ChargePeriod, ChargeQuery};
use compago::value::{Reference, UnixMillis};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use worker::SqlStorageValue;

use super::list::{CENTAVOS, SUM, search};
use crate::http::error::InternalError;
use crate::objects::database::{Database, Result};
use crate::objects::index_client::Command;
use crate::objects::stored::raw;

/// How many are listed unless it is said.
const LIMIT: u32 = 50;
/// The longest time over which those are listed that were settled, since all that was settled in it is read and summed.
const MAX_DAYS: u64 = 366;
/// Sorts after every timestamp and id.
const END: &str = "~";
const KINDS: [&str; 3] = ["payment-intent", "card-payment", "refund"];

/// What is shown of one, an entry under the name `one`. A refunded charge of a card has that status itself.
macro_rules! item {
    () => {
        "json_object('type', CASE one.kind WHEN 'refund' THEN 'refund' ELSE 'charge' END, \
         'channel', CASE one.kind WHEN 'payment-intent' THEN 'terminal' ELSE 'card' END, \
         'reference', one.row ->> '$.reference', 'status', CASE WHEN EXISTS (SELECT 1 FROM entry AS refund \
         WHERE refund.id = 'refund/' || (one.row ->> '$.paymentId') AND refund.settled_at IS NOT NULL) \
         THEN 'refunded' ELSE one.row ->> '$.status' END, 'amount', one.row ->> '$.amount', \
         'currency', one.row ->> '$.currency', 'description', one.row ->> '$.description', \
         'externalId', one.row ->> '$.externalId', 'terminalCode', one.row ->> '$.terminalCode', \
         'paymentMethod', one.row ->> '$.paymentMethod', 'paymentId', one.row ->> '$.paymentId', \
         'createdAt', one.created_at, 'settledAt', one.settled_at, 'onHold', one.needs, 'doneAt', one.done_at)"
    };
}

/// The list of charges and refunds; `None` for a query that cannot be read, or that asks for too long a time.
pub(crate) fn list(query: &str) -> Option<Command> {
    let asked = ChargeQuery::parse(query)?;
    let kinds = match (asked.kind, asked.channel) {
        (ChargeType::Charge, None) => "payment-intent,card-payment",
        (ChargeType::Charge, Some(Channel::Terminal)) => "payment-intent",
        (ChargeType::Charge, Some(Channel::Card)) => "card-payment",
        (ChargeType::Refund, _) => "refund",
    };
    let (by, from, to) = match asked.period {
        ChargePeriod::Created { from, to } => ("created_at", from, to),
        ChargePeriod::Settled { from, to } => ("settled_at", Some(from), Some(to)),
    };
    if by == "settled_at" && to.zip(from).is_some_and(|(to, from)| to.since(from).as_secs() > MAX_DAYS * 24 * 60 * 60) {
        return None;
    }
    let (at, id) = match asked.cursor {
        Some(cursor) => cursor
            .split_once('~')
            .filter(|(at, _)| at.parse::<UnixMillis>().is_ok())
            .map(|(at, id)| (at.to_owned(), id.to_owned()))?,
        None => (END.to_owned(), END.to_owned()),
    };
    let [search, compact] = search(asked.search);
    let values = Vec::from([
        kinds.to_owned(),
        by.to_owned(),
        from.map(|from| from.to_string()).unwrap_or_default(),
        to.map_or_else(|| END.to_owned(), |to| to.to_string()),
        at,
        id,
        search,
        compact,
    ]);
    Some(Command::Charges { values, limit: asked.limit.map_or(LIMIT, u32::from) })
}

/// A portion of the list, newest first.
#[derive(Serialize)]
pub(super) struct Portion {
    items: Vec<Box<RawValue>>,
    /// The cursor of the next portion; null behind the last.
    next: Option<String>,
    /// How many were settled in the time that is asked for, and what they come to.
    sum: Option<Box<RawValue>>,
}

/// Reads a portion.
///
/// # Errors
/// Those of the storage, or a command that [`list`] did not return.
pub(super) fn read(database: &Database, values: Vec<String>, limit: u32) -> Result<Portion> {
    #[derive(Deserialize)]
    struct Row {
        at: String,
        id: String,
        item: String,
    }
    let [kinds, by, from, to, at, id, search, compact] = <[String; 8]>::try_from(values)
        .map_err(|_| InternalError::Impossible("a question about charges without its eight values"))?;
    let is_settled = by == "settled_at";
    let by = if is_settled { "settled_at" } else { "created_at" };
    let kinds = KINDS.into_iter().filter(|kind| kinds.split(',').any(|wanted| wanted == *kind));
    let kinds: Vec<String> = if is_settled || !search.is_empty() {
        // The plus keeps SQLite from `entry_created`, in which it would read a kind's whole history.
        Vec::from([format!("+kind IN ('{}')", kinds.collect::<Vec<_>>().join("', '"))])
    } else {
        // Each kind has its part of `entry_created` in the order of the list; none is read further than the portion.
        kinds.map(|kind| format!("kind = '{kind}'")).collect()
    };
    let mut wanted = format!("row != '{{}}' AND {by} IS NOT NULL AND {by} >= ?1 AND {by} < ?2");
    let mut values: Vec<SqlStorageValue> = vec![from.into(), to.into()];
    if !search.is_empty() {
        wanted += " AND (id IN (SELECT id FROM name WHERE name >= ?3 AND name < ?3 || '~' OR name >= ?4 AND name < ?4 || '~') \
             OR id IN (SELECT entry.id FROM json_each('[\"payment-intent/\",\"card-payment/\"]') AS kind CROSS JOIN entry \
             ON entry.id >= kind.value || upper(?4) AND entry.id < kind.value || upper(?4) || '~' \
             OR entry.id = kind.value || upper(substr(?3, 1, instr(?3, '-') - 1))) \
             OR id >= 'refund/' || ?3 AND id < 'refund/' || ?3 || '~')";
        values.extend([search.into(), compact.into()]);
    }
    let sum = if is_settled { Some(sum(database, &kinds, &wanted, values.clone())?) } else { None };
    let last = values.len();
    let behind = format!("({by}, id) < (?{}, ?{})", last + 1, last + 2);
    values.extend([at.into(), id.into()]);
    let parts: Vec<String> = kinds
        .iter()
        .map(|kind| {
            format!(
                "SELECT * FROM (SELECT {by} AS at, id, {} AS item FROM entry AS one WHERE {kind} AND {wanted} AND {behind} \
                 ORDER BY {by} DESC, id DESC LIMIT {limit} + 1)",
                item!()
            )
        })
        .collect();
    let sql = format!("{} ORDER BY at DESC, id DESC LIMIT {limit} + 1", parts.join(" UNION ALL "));
    let mut rows: Vec<Row> = database.rows(&sql, values)?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let is_more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| is_more).map(|Row { at, id, .. }| format!("{at}~{id}"));
    let items = rows.into_iter().map(|row| raw(row.item)).collect::<Result<_>>()?;
    Ok(Portion { items, next, sum: sum.map(raw).transpose()? })
}

/// How many of these kinds are `wanted`, and what they come to, as JSON.
fn sum(database: &Database, kinds: &[String], wanted: &str, values: Vec<SqlStorageValue>) -> Result<String> {
    let kinds = kinds.join(" OR ");
    let sql =
        format!("SELECT json_object({SUM}) AS value FROM (SELECT {CENTAVOS} FROM entry WHERE ({kinds}) AND {wanted})");
    Ok(database.value(&sql, values)?.unwrap_or_default())
}

/// A charge or a refund with what belongs to it, as JSON: `{ charge, refund, deliveries }`. A refund that was listed before its
/// reference became a name is found by its row.
///
/// # Errors
/// Those of the storage.
pub(super) fn one(database: &Database, reference: Reference) -> Result<Option<String>> {
    const ONE: &str = concat!(
        "WITH found AS (SELECT kind, row FROM entry WHERE row != '{}' AND id = coalesce( \
         (SELECT id FROM entry WHERE id IN ('payment-intent/' || ?1, 'card-payment/' || ?1) LIMIT 1), \
         (SELECT id FROM name WHERE name = lower(?1) AND id >= 'refund/' AND id < 'refund0'), \
         (SELECT id FROM entry WHERE kind = 'refund' AND replace(row ->> '$.reference', '-', '') = ?1 LIMIT 1))), \
         charge AS (SELECT entry.* FROM entry WHERE id IN ('payment-intent/' || ?1, 'card-payment/' || ?1, \
         (SELECT name.id FROM found JOIN name ON name = lower(found.row ->> '$.paymentId') \
         AND name.id >= 'card-payment/' AND name.id < 'card-payment0')) AND entry.row != '{}' LIMIT 1), \
         refund AS (SELECT entry.* FROM found JOIN entry ON entry.id = 'refund/' || (found.row ->> '$.paymentId') \
         WHERE found.kind != 'payment-intent' AND entry.row != '{}'), \
         prefix AS (SELECT 'webhook/evt_' || lower(replace(row ->> '$.reference', '-', '')) AS start \
         FROM (SELECT row FROM charge UNION ALL SELECT row FROM refund)) \
         SELECT json_object('charge', json((SELECT ",
        item!(),
        " FROM charge AS one)), 'refund', json((SELECT ",
        item!(),
        " FROM refund AS one)), 'deliveries', json((SELECT json_group_array(json(row)) FROM (SELECT entry.row FROM prefix \
         JOIN entry ON entry.id >= start || '_' AND entry.id < start || '`' WHERE entry.row != '{}' \
         ORDER BY entry.created_at, entry.id)))) AS value FROM found"
    );
    database.value(ONE, vec![reference.compact().into()])
}
