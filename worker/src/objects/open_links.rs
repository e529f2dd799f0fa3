//! Reserves payment links of anonymous orders: one Durable Object counts those that can still be paid.
//!
//! Creating an order, or another attempt, costs one request to it, which settles every limit at once. An order that is
//! closed before its link's time is over does not report that: when a limit is reached, the object asks the operator's index once which
//! of the orders that count for it are closed. An order that begins nothing for a request that was counted reports that in the
//! background; a message that gets lost counts until the link's end. What is stored of a client is a keyed hash of its address, until
//! its last link has ended.

use std::cell::RefCell;
use std::time::Duration;

use compago::edge::ClientKey;
use compago::flow::open_links::{
    LinkChange, LinkFor, LinkLimits, LinkRefusal, LinkRefusalReason, LinkTicket, OpenLink, OpenLinks,
};
use compago::flow::record;
use compago::json::{self, Json};
use compago::value::{Reference, Ttl, UnixMillis};
use futures_util::lock::Mutex;
use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::{DurableObject, Env, Request, Response, ScheduledTime, State, durable_object};

use crate::config::{KeyedConfig, OPEN_LINKS};
use crate::http::error::{ApiError, InternalError};
use crate::http::rate_limit::{Action, check_rate_limit, client};
use crate::http::request::Incoming;
use crate::http::respond::json_answer;
use crate::objects::call::call_object;
use crate::objects::database::{Database, Result as Stored};
use crate::objects::index_client::{self, ClosedOrder};
use crate::objects::stored::{read, read_record};
use crate::runtime;
use crate::runtime::clock::{in_javascript, now};
use crate::runtime::log::{self, Level};

/// Ended links are deleted together, at most so often.
const CLEANING: Duration = Duration::from_secs(10 * 60);

/// The name of the one object.
const SHOP: &str = "shop";

const TABLE: &str = "CREATE TABLE IF NOT EXISTS link \
     (reference TEXT PRIMARY KEY, json TEXT NOT NULL, ends_at TEXT NOT NULL) WITHOUT ROWID";

/// Reserves one more payment link for a client, which counts for the longest time that one lives. The ticket is to be released by the order if it begins nothing; `None` if the request
/// does not count, since its order's link does already.
///
/// # Errors
/// [`ApiError::TooMany`], [`ApiError::TooManyOpenLinks`], [`ApiError::ShopBusy`].
pub(crate) async fn reserve(
    reference: &Reference,
    purpose: LinkFor,
    longest: Ttl,
    request: &Incoming,
    config: &KeyedConfig,
    env: &Env,
) -> Result<Option<LinkTicket>, ApiError> {
    let client = client(request);
    check_rate_limit(Action::CreateOrder, client, env).await?;
    let command = Command::Reserve(Box::new(LinkRequest {
        reference: *reference,
        purpose,
        client: client.map(|client| client.key(&config.keys)),
        minutes: longest,
        limits: config.limits.links,
    }));
    let Reservation { refusal, ticket } = read(&send(&command, env).await?)?;
    let Some(LinkRefusal { reason, seconds }) = refusal else { return Ok(ticket) };
    Err(match reason {
        LinkRefusalReason::Rate => ApiError::TooMany { seconds },
        LinkRefusalReason::Client => ApiError::TooManyOpenLinks { seconds },
        LinkRefusalReason::Shop => ApiError::ShopBusy { seconds },
    })
}

/// Reports that a request which was counted came to nothing. May be reported twice, or not at all.
///
/// # Errors
/// The runtime's own.
pub(crate) async fn release(ticket: LinkTicket, env: &Env) -> Stored<()> {
    send(&Command::Release(ticket), env).await.map(drop)
}

async fn send(command: &Command, env: &Env) -> Stored<String> {
    let mut answer = call_object(OPEN_LINKS, SHOP, &json::to_string(command), env).await?;
    match answer.status_code() {
        200 => Ok(answer.text().await?),
        status => Err(InternalError::Answered { whose: OPEN_LINKS, status }),
    }
}

/// A command to the object.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Command {
    /// Count one more link.
    Reserve(Box<LinkRequest>),
    /// A request came to nothing.
    Release(LinkTicket),
}

/// The answer to a reservation: one of the two.
#[derive(Debug, Serialize, Deserialize)]
struct Reservation {
    refusal: Option<LinkRefusal>,
    ticket: Option<LinkTicket>,
}

/// A link that a client asks for.
#[derive(Debug, Serialize, Deserialize)]
struct LinkRequest {
    reference: Reference,
    purpose: LinkFor,
    client: Option<ClientKey>,
    minutes: Ttl,
    limits: LinkLimits,
}

/// The Durable Object that counts open links.
#[durable_object(alarm)]
pub struct OpenLinksObject {
    state: State,
    env: Env,
    /// The links that count, once they were read from the database.
    links: RefCell<Option<OpenLinks>>,
    /// Held while the index is asked: who is refused meanwhile waits for the answer.
    asking: Mutex<()>,
}

impl DurableObject for OpenLinksObject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, links: RefCell::default(), asking: Mutex::default() }
    }

    /// Counts a link, or stops counting one.
    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        let command: Command = read(&request.text().await?)?;
        match command {
            Command::Reserve(request) => {
                let outcome = self.reserve(*request).await?;
                json_answer(
                    200,
                    &Reservation { refusal: outcome.as_ref().err().copied(), ticket: outcome.ok().flatten() },
                )
            }
            Command::Release(ticket) => {
                let change = self.with_links(|links| links.release(&ticket))?;
                self.keep(&ticket.reference, change)?;
                json_answer(200, &Json::Null)
            }
        }
    }

    /// Deletes links that have ended.
    async fn alarm(&self) -> worker::Result<Response> {
        if let Err(error) = self.clean() {
            log::write(Level::Error, "alarm-failed", json!({ "object": "open-links", "error": error.chain() }));
            // The runtime drops an alarm that throws.
            let _ = runtime::set_alarm(&self.state.storage(), in_javascript(now().plus(CLEANING)));
        }
        Response::empty()
    }
}

impl OpenLinksObject {
    async fn reserve(&self, request: LinkRequest) -> Stored<Result<Option<LinkTicket>, LinkRefusal>> {
        match self.count(&request).await? {
            Err(LinkRefusal { reason: LinkRefusalReason::Client | LinkRefusalReason::Shop, .. }) => {
                let _one_at_a_time = self.asking.lock().await;
                match self.count(&request).await? {
                    Err(refusal) if self.end_closed(refusal.reason, request.client.as_ref()).await? => {
                        self.count(&request).await
                    }
                    outcome => Ok(outcome),
                }
            }
            outcome => Ok(outcome),
        }
    }

    /// Counts a link, if no limit is reached.
    async fn count(&self, request: &LinkRequest) -> Stored<Result<Option<LinkTicket>, LinkRefusal>> {
        let LinkRequest { reference, purpose, client, minutes, limits } = request;
        // Nothing else runs between the decision and the writing: there is no wait.
        let outcome = self.with_links(|links| {
            links.reserve(*reference, *purpose, client.as_ref(), minutes.duration(), limits, now())
        })?;
        let link = match outcome {
            Ok(Some(link)) => link,
            Ok(None) => return Ok(Ok(None)),
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.database().run(TABLE, vec![])?;
        self.store(reference, &link)?;
        let storage = self.state.storage();
        // One that is past was lost.
        if storage.get_alarm().await?.is_none_or(|at| UnixMillis(at) < now()) {
            storage.set_alarm(ScheduledTime::new(in_javascript(link.ends_at))).await?;
        }
        Ok(Ok(Some(LinkTicket { reference: *reference, asked_at: link.asked_at })))
    }

    /// Stops counting the links of closed orders among those that count for a limit, as far as the index knows them. Returns whether
    /// there were any. An index that does not answer keeps nobody from being refused.
    async fn end_closed(&self, reason: LinkRefusalReason, client: Option<&ClientKey>) -> Stored<bool> {
        let references = self.with_links(|links| links.to_ask(reason, client, now()))?;
        if references.is_empty() {
            return Ok(false);
        }
        let closed = match index_client::closed_orders(references, &self.env).await {
            Ok(closed) => closed,
            Err(error) => {
                log::write(Level::Warn, "closed-orders-unknown", json!({ "error": error.chain() }));
                return Ok(false);
            }
        };
        let mut is_any = false;
        for ClosedOrder { reference, at } in closed {
            let change = self.with_links(|links| links.close(&reference, at))?;
            is_any |= change.is_some();
            self.keep(&reference, change)?;
        }
        Ok(is_any)
    }

    fn keep(&self, reference: &Reference, change: Option<LinkChange>) -> Stored<()> {
        match change {
            Some(LinkChange::Kept(link)) => self.store(reference, &link),
            Some(LinkChange::Ended) => {
                self.database().run("DELETE FROM link WHERE reference = ?", vec![reference.compact().into()])
            }
            None => Ok(()),
        }
    }

    fn store(&self, reference: &Reference, link: &OpenLink) -> Stored<()> {
        let row = vec![reference.compact().into(), record::to_string(link).into(), link.ends_at.to_string().into()];
        self.database().run("INSERT OR REPLACE INTO link VALUES (?, ?, ?)", row)
    }

    /// The links, which are read from the database on first use.
    fn with_links<T>(&self, change: impl FnOnce(&mut OpenLinks) -> T) -> Stored<T> {
        let mut links = self.links.borrow_mut();
        let links = match &mut *links {
            Some(links) => links,
            None => links.insert(OpenLinks::restore(stored(&self.database())?, now())),
        };
        Ok(change(links))
    }

    /// Deletes what has ended; the alarm goes on as long as there is anything.
    fn clean(&self) -> Stored<()> {
        let database = self.database();
        if !exists(&database)? {
            return Ok(());
        }
        if let Some(links) = self.links.borrow_mut().as_mut() {
            links.end_due(now());
        }
        database.run("DELETE FROM link WHERE ends_at <= ?", vec![now().to_string().into()])?;
        let next: Option<UnixMillis> = database.moment("SELECT min(ends_at) AS value FROM link")?;
        if let Some(next) = next {
            let at = next.max(now().plus(CLEANING));
            runtime::set_alarm(&self.state.storage(), in_javascript(at))?;
        }
        Ok(())
    }

    fn database(&self) -> Database {
        Database::of(&self.state.storage())
    }
}

fn exists(database: &Database) -> Stored<bool> {
    let table = "SELECT name AS value FROM sqlite_master WHERE type = 'table' AND name = 'link'";
    Ok(database.value::<String>(table, vec![])?.is_some())
}

fn stored(database: &Database) -> Stored<Vec<(Reference, OpenLink)>> {
    #[derive(Deserialize)]
    struct Row {
        reference: String,
        json: String,
    }
    if !exists(database)? {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = database.rows("SELECT reference, json FROM link", vec![])?;
    let link = |Row { reference, json }: Row| {
        let reference = reference.parse().map_err(InternalError::malformed("a reference"))?;
        Ok((reference, read_record(&json)?))
    };
    rows.into_iter().map(link).collect()
}
