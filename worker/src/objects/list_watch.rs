//! One read of Compago's list of confirmed payments for all open orders together.
//!
//! Following each open payment by itself for two days would be many calls; the list answers for all of them at once.
//! Its count comes first: confirmed payments never become anything else, so while the count is the one that was last
//! read, so is the list. What the list says is a hint only: the order then reads its own payment. A payment of which it
//! cannot be said whether it is there, because something in the list was no payment that could be read, is read as well.
//!
//! What was read is on disk: the runtime puts an object out of memory that nobody asks for a minute or two, and open orders ask
//! every ten minutes. Of the payments it keeps those that an open order can ask for, until their links have long run out.

use std::time::Duration;

use compago::api::list::PageSize;
use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::{ListOneTimePayments, ListedPayment, Pages};
use compago::endpoint::call;
use compago::flow::clock::is_fresh;
use compago::flow::order::facts::{Comparison, RecordedFacts};
use compago::flow::order::{BatchQuery, BatchResult};
use compago::flow::record::{self, Record};
use compago::json;
use compago::value::UnixMillis;
use futures_util::lock::Mutex;
use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use crate::compago::CompagoApi;
use crate::config::{Config, LIST_WATCH};
use crate::http::respond::json_answer;
use crate::objects::call::call_object;
use crate::objects::database::{Database, Result as Stored};
use crate::objects::stored::read;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// How old a snapshot may be that still answers.
const FRESH: Duration = Duration::from_secs(4 * 60);

/// How long after a read that failed the list is not read: requests meanwhile do not wait for another time-out.
const AFTER_FAILURE: Duration = Duration::from_secs(30);

/// The most pages that one snapshot reads: beyond half a million payments, each order reads for itself.
const MAX_PAGES: u32 = 1_000;

/// How long after the expiry of its link a confirmed payment is kept: longer than its order asks for it, and than clocks differ. For
/// a payment without a known expiry the longest link is assumed.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
const LONGEST_LINK: Duration = Duration::from_secs(48 * 60 * 60);

/// What the list of confirmed payments shows of this one; `None` if that could not be learnt.
pub(crate) async fn lookup(query: &BatchQuery, env: &Env) -> Option<BatchResult> {
    match send(query, env).await {
        Ok(Shown { shown }) => shown,
        Err(error) => {
            log::write(Level::Error, "list-watch-not-reached", json!({ "error": error.chain() }));
            None
        }
    }
}

async fn send(query: &BatchQuery, env: &Env) -> Stored<Shown> {
    let mut answer = call_object(LIST_WATCH, "list", &json::to_string(query), env).await?;
    read(&answer.text().await?)
}

#[derive(Debug, Serialize, Deserialize)]
struct Shown {
    shown: Option<BatchResult>,
}

/// The Durable Object that reads the list.
#[durable_object(fetch)]
pub struct ListWatchObject {
    state: State,
    env: Env,
    /// Held while the list is read, so that requests meanwhile wait for the same snapshot.
    reading: Mutex<()>,
}

/// The result of the last read, and the list as it was last read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Snapshot {
    at: UnixMillis,
    #[serde(rename = "told")]
    result: SnapshotResult,
    list: Option<List>,
}

impl Record for Snapshot {
    const VERSION: u32 = 1;
}

/// What a snapshot says of the payments that are not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SnapshotResult {
    /// They are not in the list.
    Absent,
    /// They may be items of the list that could not be read.
    Maybe,
    /// Nothing: the list could not be read.
    Nothing,
}

/// A list that was read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct List {
    /// How many payments it named before it was read.
    count: Option<u64>,
    /// Each of its items was a payment that could be read.
    readable: bool,
}

impl DurableObject for ListWatchObject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, reading: Mutex::default() }
    }

    /// Returns what the list shows of the payment that the request names.
    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let query: BatchQuery = read(&request.text().await?)?;
        let _one_at_a_time = self.reading.lock().await;
        let shown = shown(&query, &Database::of(&self.state.storage()), &self.env).await?;
        json_answer(200, &Shown { shown })
    }
}

/// What the list shows of the payment; it is read unless it was a short time ago.
async fn shown(query: &BatchQuery, database: &Database, env: &Env) -> Stored<Option<BatchResult>> {
    database.run(SCHEMA, vec![])?;
    let known: Option<Snapshot> = database.record("SELECT json AS value FROM look", vec![])?;
    let result = match known {
        Some(Snapshot { at, result: result @ (SnapshotResult::Absent | SnapshotResult::Maybe), .. })
            if is_fresh(at, FRESH, now()) =>
        {
            result
        }
        Some(Snapshot { at, result: SnapshotResult::Nothing, .. }) if is_fresh(at, AFTER_FAILURE, now()) => {
            SnapshotResult::Nothing
        }
        Some(_) | None => {
            let before = known.and_then(|snapshot| snapshot.list);
            let list = read_list(before, database, env).await;
            let result = match list {
                Some(list) if list.readable => SnapshotResult::Absent,
                Some(_) => SnapshotResult::Maybe,
                None => SnapshotResult::Nothing,
            };
            put(database, &Snapshot { at: now(), result, list: list.or(before) })?;
            result
        }
    };
    Ok(match confirmed_facts(database, query)? {
        Some(facts) => Some(match Comparison::of_recorded(&facts, query) {
            Comparison::Equal => BatchResult::Confirmed,
            Comparison::Incomplete | Comparison::Different => BatchResult::Different,
        }),
        None => (result == SnapshotResult::Absent).then_some(BatchResult::Absent),
    })
}

/// Reads the list, unless its count is what it was. `None` if that failed; what is known stays known.
async fn read_list(before: Option<List>, database: &Database, env: &Env) -> Option<List> {
    let config = Config::read(env).ok()?;
    let api = CompagoApi::new(&config);
    let probe =
        ListOneTimePayments { status: Some(Status::Confirmed), currency: None, page: 1, page_size: PageSize::ONE };
    let count = call(&probe, &api).await.ok()?.count;
    if let Some(list) = before.filter(|list| count.is_some() && list.count == count) {
        return Some(list);
    }
    let mut list = List { count, readable: true };
    let mut pages = Pages::new(Some(Status::Confirmed));
    while let Some(request) = pages.next() {
        if request.page > MAX_PAGES {
            return None;
        }
        let page = call(&request, &api).await.ok()?;
        pages.accept(&page);
        list.readable &= page.unreadable == 0;
        if let Err(error) = put_confirmed(database, &page.readable) {
            log::write(Level::Error, "list-not-stored", json!({ "error": error.chain() }));
            return None;
        }
    }
    Some(list)
}

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS look (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS confirmed (id TEXT PRIMARY KEY, facts TEXT NOT NULL, kept_until TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS confirmed_kept_until ON confirmed (kept_until);
";

/// Writes a snapshot, and deletes the payments that no order asks for any more.
fn put(database: &Database, snapshot: &Snapshot) -> Stored<()> {
    database.run("INSERT OR REPLACE INTO look VALUES (1, ?)", vec![record::to_string(snapshot).into()])?;
    database.run("DELETE FROM confirmed WHERE kept_until < ?", vec![now().to_string().into()])
}

/// Writes the confirmed payments of a page that an open order may ask for.
fn put_confirmed(database: &Database, payments: &[ListedPayment]) -> Stored<()> {
    // What is known already is not written again.
    const PUT: &str = "INSERT INTO confirmed SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?) WHERE true \
         ON CONFLICT (id) DO UPDATE SET facts = excluded.facts WHERE facts <> excluded.facts";
    // An upstream that ignores the filter must not make others look confirmed.
    let confirmed = payments.iter().filter(|payment| payment.status == Status::Confirmed);
    let kept = confirmed.filter_map(|payment| {
        let until =
            payment.expires_at.unwrap_or_else(|| payment.created_at.unwrap_or_else(now).plus(LONGEST_LINK)).plus(KEPT);
        let kept_until = until.min(now().plus(LONGEST_LINK + KEPT)).to_string();
        (until >= now())
            .then(|| Vec::from([payment.id.to_string(), json::to_string(&RecordedFacts::from(payment)), kept_until]))
    });
    let rows: Vec<Vec<String>> = kept.collect();
    if rows.is_empty() { Ok(()) } else { database.run(PUT, vec![json::to_string(&rows).into()]) }
}

/// What the list named of a confirmed payment when it was last read; `None` if it was not seen as confirmed.
fn confirmed_facts(database: &Database, query: &BatchQuery) -> Stored<Option<RecordedFacts>> {
    const KNOWN: &str = "SELECT facts AS value FROM confirmed WHERE id = ?";
    database.json(KNOWN, vec![query.payment_id.to_string().into()])
}
