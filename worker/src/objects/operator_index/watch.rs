//! The watcher: looks for the payments of all open links in Compago's list of confirmed payments, and notifies their orders.
//!
//! The core's [`Watcher`] decides; this keeps the open links ([`links`]), makes the calls, and stores what came of them. What was not
//! stored before a crash is done again: orders take every message twice.

use core::time::Duration;

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::{ListOneTimePayments, ListedPayment, Page};
use compago::endpoint::call;
use compago::flow::order::SETTLE_MARGIN;
use compago::flow::order::facts::Listed;
use compago::flow::watch::{CALLS, Links, Seen, WAKE_PORTION, Watcher, Work};
use compago::json;
use compago::problem::Locale;
use compago::value::{PaymentId, UnixMillis};
use serde_json::json;

use super::store;
use crate::compago::CompagoApi;
use crate::config::{Config, ORDERS};
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result as Stored};
use crate::objects::durable::Durable;
use crate::objects::order;
use crate::objects::order::message::{Command, Swept};
use crate::objects::stored::read;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

mod links;

use links::Link;

/// How many calls an alarm makes in which something else is due as well.
const CALLS_BESIDE_OTHERS: usize = 10;

const RECORD: &str = "watch";

/// Takes what an object has published of its links.
///
/// # Errors
/// Those of the storage.
pub(super) fn take(database: &Database, address: &str, listings: &str) -> Stored<()> {
    if !address.starts_with(ORDERS) {
        return Ok(());
    }
    links::take(database, listings, now())?;
    let watcher = stored(database)?;
    let mut changed = watcher.clone();
    if links::is_any_open(database)? {
        changed.resume(now());
    } else {
        links::clear(database)?;
        changed.pause();
    }
    if changed == watcher { Ok(()) } else { put(database, &changed) }
}

/// Returns when to go on; `None` if no link is open.
///
/// # Errors
/// Those of the storage.
pub(super) fn wake_at(database: &Database) -> Stored<Option<UnixMillis>> {
    Ok(stored(database)?.due_at(now()))
}

/// Goes on, if it is time. `alone` says whether nothing else is due in this alarm.
///
/// # Errors
/// Those of the storage; whatever else fails is tried again.
pub(super) async fn go_on(durable: &Durable, alone: bool) -> Result<(), ApiError> {
    let database = durable.database()?;
    let watcher = stored(&database)?;
    if watcher.due_at(now()).is_none_or(|at| at > now()) {
        return Ok(());
    }
    let links = links::summary(&database, now())?;
    let mut portion = Portion { durable, links, seen: Seen::default(), stored: watcher.clone(), watcher };
    let mut left = if alone { CALLS } else { CALLS_BESIDE_OTHERS };
    while left > 0 {
        let Some(work) = portion.watcher.next(links::late_at(&database, now())?, now()) else { break };
        left = left.saturating_sub(portion.work(work, left).await?);
    }
    portion.store(|_| Ok(()))?;
    Ok(())
}

/// What one alarm does.
struct Portion<'a> {
    durable: &'a Durable,
    links: Links,
    seen: Seen,
    watcher: Watcher,
    /// The watcher as it is stored.
    stored: Watcher,
}

impl Portion<'_> {
    /// Does what the watcher wants, and returns how many calls that took.
    async fn work(&mut self, work: Work, left: usize) -> Result<usize, ApiError> {
        let database = self.durable.database()?;
        match work {
            Work::Read(request) => {
                self.read_page(&request).await?;
                Ok(1)
            }
            Work::SendHits { after } => {
                let links = links::with_hit(&database, after, left)?;
                let failed =
                    self.send(&links, |link| link.hit.as_ref().map(|hit| read(hit).map(Swept::Listed))).await?;
                self.watcher.on_hits_sent(next(&links, left), failed, now());
                Ok(links.len())
            }
            Work::SendAbsent { after, read_at } => {
                let links = links::ended(&database, after, read_at.minus(SETTLE_MARGIN), left)?;
                self.send(&links, |link| Some(Ok(Swept::Absent { payment_id: link.payment_id, read_at }))).await?;
                self.watcher.on_absent_sent(next(&links, left), now());
                Ok(links.len())
            }
            Work::Wake { after } => {
                let size = WAKE_PORTION.min(left);
                let links = links::open(&database, after, size)?;
                let failed = self.send(&links, |_| Some(Ok(Swept::Wake))).await?;
                self.watcher.on_woken(next(&links, size), failed, now());
                Ok(links.len())
            }
        }
    }

    /// Reads a page, and records which links it shows.
    async fn read_page(&mut self, request: &ListOneTimePayments) -> Result<(), ApiError> {
        let read_at = now();
        let page = match Config::read(&self.durable.env) {
            Ok(config) => call(request, &CompagoApi::new(&config)).await.ok(),
            Err(_) => None,
        };
        let found = match &page {
            Some(page) => confirmed_links(&self.durable.database()?, page, read_at)?,
            None => Vec::new(),
        };
        let walked_before = self.watcher.walked_at();
        let number = u64::try_from(found.len()).unwrap_or(u64::MAX);
        let links = Links { late_at: links::late_at(&self.durable.database()?, now())?, ..self.links };
        self.watcher.on_page(page.as_ref(), number, &mut self.seen, &links, now());
        let walked_at = self.watcher.walked_at().filter(|_| self.watcher.walked_at() != walked_before);
        if found.is_empty() && walked_at.is_none() {
            return Ok(());
        }
        let found = json::to_string(&found);
        Ok(self.store(|database| {
            links::put_hits(database, &found)?;
            walked_at.map_or(Ok(()), |walked_at| links::drop_old(database, walked_at, now()))
        })?)
    }

    /// Sends each of these links a message, and deletes those whose order does not exist. Returns whether one did not take its message.
    async fn send(&self, links: &[Link], message: impl Fn(&Link) -> Option<Stored<Swept>>) -> Result<bool, ApiError> {
        let (mut failed, mut missing) = (false, Vec::new());
        for link in links {
            let Some(swept) = message(link) else { continue };
            match self.notify(link, swept).await {
                Ok(204) => {}
                Ok(404) => missing.push(link.payment_id),
                Ok(status) => {
                    failed = true;
                    log::write(Level::Error, "order-not-notified", json!({ "order": link.id, "status": status }));
                }
                Err(error) => {
                    failed = true;
                    log::write(
                        Level::Error,
                        "order-not-notified",
                        json!({ "order": link.id, "error": error.internal() }),
                    );
                }
            }
        }
        if !missing.is_empty() {
            self.durable.commit(|database| links::remove(database, &missing))?;
        }
        Ok(failed)
    }

    async fn notify(&self, link: &Link, swept: Stored<Swept>) -> Result<u16, ApiError> {
        let Some(reference) = link.reference() else { return Ok(404) };
        let command = Command::Swept(swept?);
        Ok(order::send(&reference, command, Locale::En, &self.durable.env).await?.status_code())
    }

    /// Stores the watcher, if it has changed, together with what `also` writes.
    fn store(&mut self, also: impl FnOnce(&Database) -> Stored<()>) -> Stored<()> {
        let changed = self.watcher != self.stored;
        self.durable.commit(|database| {
            also(database)?;
            if changed { put(database, &self.watcher) } else { Ok(()) }
        })?;
        self.stored = self.watcher.clone();
        Ok(())
    }
}

/// Returns the open links that a page shows as confirmed and that had no hit before: their payments, each with what the page shows, as
/// JSON.
fn confirmed_links(database: &Database, page: &Page, read_at: UnixMillis) -> Stored<Vec<(PaymentId, String)>> {
    // A filter that is ignored must not make others look confirmed.
    let confirmed = || page.readable.iter().filter(|payment| payment.status == Status::Confirmed);
    let ids: Vec<PaymentId> = confirmed().map(|payment| payment.id).collect();
    let found = links::without_hit(database, &ids)?;
    let shown = |payment: &ListedPayment| Listed {
        payment_id: payment.id,
        external_id: payment.external_id.clone(),
        amount: payment.amount,
        currency: payment.currency.clone(),
        status: payment.status.clone(),
        read_at,
    };
    let known = found.into_iter().filter_map(|id| confirmed().find(|payment| payment.id == id));
    Ok(known.map(|payment| (payment.id, json::to_string(&shown(payment)))).collect())
}

/// Returns the last payment of a portion, if there may be more.
fn next(links: &[Link], size: usize) -> Option<PaymentId> {
    links.last().filter(|_| links.len() >= size).map(|link| link.payment_id)
}

fn stored(database: &Database) -> Stored<Watcher> {
    Ok(store::record(database, RECORD)?.unwrap_or_default())
}

fn put(database: &Database, watcher: &Watcher) -> Stored<()> {
    store::put_record(database, RECORD, watcher)
}
