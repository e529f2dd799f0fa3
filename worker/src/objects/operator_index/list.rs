//! The lists of the operator's index, each a query.

use compago::api::list::PageSize;
use compago::edge::fulfilment::FulfilmentState;
use compago::edge::operator_query::{AttentionQuery, FiguresQuery, FindingQuery, OrderQuery, WebhookQuery};
use compago::json;
use compago::value::UnixMillis;

use super::finding;
use crate::http::error::InternalError;
use crate::objects::database::{Database, Result};
use crate::objects::index_client::Command;

/// A list: its name, the part of its query behind `FROM`, its order, and the columns of an item.
struct List {
    name: &'static str,
    from: &'static str,
    order: &'static str,
    item: &'static str,
}

/// The orders that the filters leave.
///
/// Written without dashes, a beginning of a reference is found; with them, one of an external id or a payment's id. A SKU and a value of
/// the metadata are found as a whole. `?8` is an array of pairs, a term's key and its value, all of which an order must have.
macro_rules! orders {
    ($and:literal) => {
        concat!(
            "entry WHERE kind = 'order' AND row != '{}' AND (?1 = '' OR row ->> '$.status' = ?1) \
             AND (?2 = '' OR created_at >= ?2) AND (?3 = '' OR created_at < ?3) \
             AND (?4 = '' OR id IN (SELECT id FROM name WHERE name >= ?4 AND name < ?4 || '~') \
             OR id IN (SELECT id FROM name WHERE name >= ?5 AND name < ?5 || '~') \
             OR id IN (SELECT id FROM attempt WHERE payment_id >= ?4 AND payment_id < ?4 || '~') \
             OR id >= 'order/' || upper(?5) AND id < 'order/' || upper(?5) || '~' \
             OR id = 'order/' || upper(substr(?4, 1, instr(?4, '-') - 1)) \
             OR id IN (SELECT id FROM term WHERE value = ?4)) \
             AND (?6 = '' OR settled_at >= ?6) AND (?7 = '' OR settled_at < ?7) \
             AND (?8 = '[]' OR id IN (SELECT term.id FROM json_each(?8) AS wanted CROSS JOIN term \
             ON term.value = wanted.value ->> 1 AND term.key = wanted.value ->> 0 \
             GROUP BY term.id HAVING count(*) = json_array_length(?8)))",
            $and
        )
    };
}

/// What was never readable has an empty row: it needs a person, and is in no other list.
const LISTS: [List; 6] = [
    List { name: "orders", from: orders!(""), order: "created_at DESC, id", item: "row" },
    List {
        // What the shop still has to prepare or to hand over: who has waited longest comes first.
        name: "orders-to-fulfil",
        from: orders!(" AND row ->> '$.fulfilment' = ?9"),
        order: "settled_at, id",
        item: "row",
    },
    List {
        name: "orders-fulfilled",
        from: orders!(" AND row ->> '$.fulfilment' = ?9"),
        order: "created_at DESC, id",
        item: "row",
    },
    List {
        name: "attention",
        from: "entry WHERE needs IS NOT NULL AND done_at IS NULL",
        order: "since DESC, id",
        item: "json_object('kind', kind, 'key', substr(id, length(kind) + 2), 'reason', needs, 'since', since, \
             'reference', row ->> '$.reference', \
             'amount', coalesce(row ->> '$.amount', row ->> '$.here.amount', row ->> '$.there.amount'), \
             'currency', coalesce(row ->> '$.currency', row ->> '$.here.currency', row ->> '$.there.currency'), \
             'paymentId', row ->> '$.paymentId', 'paymentMethod', row ->> '$.paymentMethod', \
             'terminalCode', row ->> '$.terminalCode', 'type', row ->> '$.type')",
    },
    List {
        name: "webhooks",
        from: "entry WHERE kind = 'webhook' AND row != '{}' AND (?1 = '' OR row ->> '$.state' = ?1)",
        order: "created_at DESC, id",
        item: "row",
    },
    List {
        name: "findings",
        from: "finding WHERE run = (SELECT json ->> '$.startedAt' FROM record WHERE name = 'last') \
             AND (?1 = '' OR class = ?1)",
        order: "needs DESC, class = 'confirmed-unknown', class, payment_id",
        item: finding::SHOWN,
    },
];

/// The list of orders; `None` for a query that cannot be read, as of the other lists.
pub(crate) fn orders(query: &str) -> Option<Command> {
    Some(orders_asked(OrderQuery::parse(query)?))
}

/// The list of orders that a query asks for.
pub(crate) fn orders_asked(asked: OrderQuery) -> Command {
    let status = asked.status.map(|status| status.to_string()).unwrap_or_default();
    let [search, compact] = search(asked.search);
    let terms: Vec<[String; 2]> = asked
        .metadata
        .iter()
        .map(|(key, value)| [format!("metadata.{key}"), value.as_str().to_ascii_lowercase()])
        .collect();
    let mut values = Vec::from([
        status,
        moment(asked.from),
        moment(asked.to),
        search,
        compact,
        moment(asked.settled_from),
        moment(asked.settled_to),
        json::to_string(&terms),
    ]);
    let list = match asked.fulfilment {
        None => "orders",
        Some(state) => {
            values.push(state.as_str().to_owned());
            match state {
                FulfilmentState::Pending | FulfilmentState::Prepared => "orders-to-fulfil",
                FulfilmentState::HandedOver => "orders-fulfilled",
            }
        }
    };
    page(list, values, asked.page, asked.page_size)
}

/// The beginning of a name to look for, as it was typed and without dashes; empty if there is none.
pub(super) fn search(typed: Option<String>) -> [String; 2] {
    let search = typed.unwrap_or_default().to_ascii_lowercase();
    // Messengers and word processors turn hyphens into dashes.
    let is_dash = |character| matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let compact: String = search.chars().filter(|character| *character != ' ' && !is_dash(*character)).collect();
    // Of dashes alone nothing would be left, with which everything begins.
    let compact = if compact.is_empty() { search.clone() } else { compact };
    [search, compact]
}

/// What a person has to look at.
pub(crate) fn attention(query: &str) -> Option<Command> {
    let AttentionQuery { page: number, page_size } = AttentionQuery::parse(query)?;
    Some(page("attention", Vec::new(), number, page_size))
}

/// The webhooks.
pub(crate) fn webhooks(query: &str) -> Option<Command> {
    let WebhookQuery { state, page: number, page_size } = WebhookQuery::parse(query)?;
    let state = state.map(|state| state.as_str().to_owned()).unwrap_or_default();
    Some(page("webhooks", Vec::from([state]), number, page_size))
}

/// What the last run found.
pub(crate) fn findings(query: &str) -> Option<Command> {
    let FindingQuery { class, page: number, page_size } = FindingQuery::parse(query)?;
    let class = class.map(|class| class.as_str().to_owned()).unwrap_or_default();
    Some(page("findings", Vec::from([class]), number, page_size))
}

/// The figures of a period: hours up to two days, days up to a year.
pub(crate) fn figures(query: &str) -> Option<Command> {
    let FiguresQuery { from, to } = FiguresQuery::parse(query)?;
    let minutes = u32::try_from(to.since(from).as_secs().div_ceil(60)).ok()?;
    let portion = if minutes <= 2 * DAY { HOUR } else { DAY };
    if minutes == 0 || minutes > 366 * DAY {
        return None;
    }
    let values = Vec::from([from.to_string(), to.to_string()]);
    Some(Command::Figures { values, minutes: portion, portions: minutes.div_ceil(portion) })
}

const HOUR: u32 = 60;
const DAY: u32 = 24 * HOUR;

fn moment(at: Option<UnixMillis>) -> String {
    at.map(|at| at.to_string()).unwrap_or_default()
}

fn page(list: &str, values: Vec<String>, page: u32, page_size: PageSize) -> Command {
    Command::Page { list: list.to_owned(), values, page, page_size: page_size.get().into() }
}

/// One page of a list as JSON: `{ count, page, pageSize, items }`.
///
/// # Errors
/// Those of the storage, or no such list.
pub(super) fn read(database: &Database, list: &str, values: Vec<String>, page: u32, size: u32) -> Result<String> {
    let List { from, order, item, .. } =
        LISTS.iter().find(|known| known.name == list).ok_or(InternalError::Impossible("a list that there is not"))?;
    let behind = u64::from(page - 1) * u64::from(size);
    let sql = format!(
        "SELECT json_object('count', (SELECT count(*) FROM {from}), 'page', {page}, 'pageSize', {size}, 'items', \
         (SELECT json_group_array(json(item)) \
         FROM (SELECT {item} AS item FROM {from} ORDER BY {order} LIMIT {size} OFFSET {behind}))) AS value"
    );
    Ok(database.value(&sql, values.into_iter().map(Into::into).collect())?.unwrap_or_default())
}

/// How many amounts there are and what they come to, of rows that have [`CENTAVOS`].
pub(super) const SUM: &str = "'count', count(centavos), 'amount', \
     printf('%d.%02d', coalesce(sum(centavos), 0) / 100, coalesce(sum(centavos), 0) % 100)";

/// The amount of an entry.
pub(super) const CENTAVOS: &str = "CAST(replace(row ->> '$.amount', '.', '') AS INTEGER) AS centavos";

/// Returns what was paid and refunded between two moments, as JSON.
///
/// # Errors
/// Those of the storage.
pub(super) fn read_figures(database: &Database, values: Vec<String>, minutes: u32, portions: u32) -> Result<String> {
    let seconds = u64::from(minutes) * 60;
    let sql = format!(
        "WITH RECURSIVE portion (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM portion WHERE n + 1 < {portions}), \
         settled AS (SELECT kind, {CENTAVOS}, \
         min((unixepoch(settled_at) - unixepoch(?1)) / {seconds}, {portions} - 1) AS n \
         FROM entry WHERE settled_at >= ?1 AND settled_at < ?2), \
         sale AS (SELECT * FROM settled WHERE kind != 'refund') \
         SELECT json_object('from', ?1, 'to', ?2, \
         'paid', (SELECT json_object({SUM}) FROM sale), \
         'refunded', (SELECT json_object({SUM}) FROM settled WHERE kind = 'refund'), \
         'kinds', (SELECT json_group_array(json(item)) FROM (SELECT json_object('kind', kinds.kind, {SUM}) AS item \
         FROM (SELECT 'order' AS kind UNION ALL SELECT 'payment-intent' UNION ALL SELECT 'card-payment') AS kinds \
         LEFT JOIN sale ON sale.kind = kinds.kind GROUP BY kinds.kind ORDER BY kinds.kind DESC)), \
         'bucketMinutes', {minutes}, \
         'buckets', (SELECT json_group_array(json(item)) FROM (SELECT json_object('at', \
         strftime('%Y-%m-%dT%H:%M:%S.000Z', unixepoch(?1) + portion.n * {seconds}, 'unixepoch'), {SUM}) AS item \
         FROM portion LEFT JOIN sale ON sale.n = portion.n GROUP BY portion.n ORDER BY portion.n))) AS value"
    );
    Ok(database.value(&sql, values.into_iter().map(Into::into).collect())?.unwrap_or_default())
}
