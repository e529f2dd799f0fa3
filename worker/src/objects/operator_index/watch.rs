//! The list watcher: scans Compago's list of confirmed payments for those of all open links, and notifies their orders.
//!
//! The core's [`Watcher`] decides; this keeps the open links ([`links`]), makes the calls, and stores what came of them. What was not
//! stored before a crash is done again: orders take every message twice.

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::{ListOneTimePayments, ListedPayment, Page};
use compago::endpoint::call;
use compago::flow::order::SETTLE_MARGIN;
use compago::flow::order::facts::Listed;
use compago::flow::watch::{CALLS, Links, Seen, Watcher, Work};
use compago::json;
use compago::value::{PaymentId, UnixMillis};

use super::store;
use crate::compago::CompagoApi;
use crate::config::{Config, ORDERS};
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result as Stored};
use crate::objects::durable::Durable;
use crate::objects::order::message::ListWatcherMessage;
use crate::objects::stored::read;
use crate::runtime::clock::now;

mod links;
mod send;

use links::Link;
use send::send;

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
    if links::is_any_open(database)? {
        return Ok(());
    }
    links::clear(database)?;
    let watcher = stored(database)?;
    let mut paused = watcher.clone();
    paused.pause();
    if paused == watcher { Ok(()) } else { put(database, &paused) }
}

/// Returns when to go on; `None` if no link is open.
///
/// # Errors
/// Those of the storage.
pub(super) fn wake_at(database: &Database) -> Stored<Option<UnixMillis>> {
    Ok(current(database)?.and_then(|watcher| watcher.due_at(now())))
}

/// Goes on, if it is time. `alone` says whether nothing else is due in this alarm, `seen` is kept from alarm to alarm. Returns how many
/// calls that took.
///
/// # Errors
/// Those of the storage; whatever else fails is tried again.
pub(super) async fn go_on(durable: &Durable, seen: &mut Seen, alone: bool) -> Result<usize, ApiError> {
    let database = durable.database()?;
    let Some(watcher) = current(&database)?.filter(|watcher| watcher.due_at(now()).is_some_and(|at| at <= now()))
    else {
        return Ok(0);
    };
    let most = if alone { CALLS } else { CALLS_BESIDE_OTHERS };
    let mut portion = Portion { durable, seen, links: None, stored: stored(&database)?, watcher, left: most };
    portion.go_on().await?;
    Ok(most.saturating_sub(portion.left))
}

/// What one alarm does.
struct Portion<'a> {
    durable: &'a Durable,
    seen: &'a mut Seen,
    /// What is known of the links, once a page is read.
    links: Option<Links>,
    watcher: Watcher,
    /// The watcher as this alarm has stored it.
    stored: Watcher,
    /// How many calls it may still make.
    left: usize,
}

impl Portion<'_> {
    /// Does what the list watcher wants, as long as a link is open.
    async fn go_on(&mut self) -> Result<(), ApiError> {
        let database = self.durable.database()?;
        while self.left > 0 && self.is_any_open(&database)? {
            let Some(work) = self.watcher.next(links::late_at(&database, now())?, now()) else { break };
            let calls = self.work(work).await?;
            self.left = self.left.saturating_sub(calls);
        }
        Ok(self.store(|_| Ok(()))?)
    }

    fn is_any_open(&self, database: &Database) -> Stored<bool> {
        Ok(self.links.is_none_or(|links| links.open > 0) && links::is_any_open(database)?)
    }

    /// Returns how many calls it took.
    async fn work(&mut self, work: Work) -> Result<usize, ApiError> {
        let (database, left) = (self.durable.database()?, self.left);
        match work {
            Work::Read(request) => {
                // All links are counted, so that is done once in an alarm that reads pages, and in no other.
                let links = match self.links {
                    Some(links) => links,
                    None => *self.links.insert(links::summary(&database, now())?),
                };
                if links.open == 0 {
                    return Ok(0);
                }
                self.read_page(&request, links).await?;
                Ok(1)
            }
            Work::SendHits { after } => {
                let links = links::with_hit(&database, after, left)?;
                let hit = |link: &Link| read(link.hit.as_deref().unwrap_or_default()).map(ListWatcherMessage::Listed);
                let failed = send(&links, hit, self.durable).await?;
                self.watcher.on_hits_sent(next(&links, left), failed, now());
                Ok(links.len())
            }
            Work::SendAbsent { after, read_at } => {
                let links = links::ended(&database, after, read_at.minus(SETTLE_MARGIN), left)?;
                let absent = |link: &Link| Ok(ListWatcherMessage::Absent { payment_id: link.payment_id, read_at });
                send(&links, absent, self.durable).await?;
                self.watcher.on_absent_sent(next(&links, left), now());
                Ok(links.len())
            }
            Work::Wake { after } => {
                let links = links::open(&database, after, left)?;
                let failed = send(&links, |_| Ok(ListWatcherMessage::Wake), self.durable).await?;
                self.watcher.on_woken(next(&links, left), failed, now());
                Ok(links.len())
            }
        }
    }

    /// Reads a page, and records which links it shows.
    async fn read_page(&mut self, request: &ListOneTimePayments, links: Links) -> Result<(), ApiError> {
        let read_at = now();
        let page = match Config::read(&self.durable.env) {
            Ok(config) => call(request, &CompagoApi::new(&config)).await.ok(),
            Err(_) => None,
        };
        let database = self.durable.database()?;
        // A link that was registered late meanwhile may be on a page that was read before.
        let links = Links { late_at: links::late_at(&database, now())?, ..links };
        let found = match &page {
            Some(page) => confirmed_links(&database, page, read_at)?,
            None => Vec::new(),
        };
        let walked_before = self.watcher.walked_at();
        let number = u64::try_from(found.len()).unwrap_or(u64::MAX);
        self.watcher.on_page(page.as_ref(), number, self.seen, &links, now());
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

    /// Stores the list watcher, if it has changed, together with what `also` writes. If no link is open any more, what is under way ends.
    fn store(&mut self, also: impl FnOnce(&Database) -> Stored<()>) -> Stored<()> {
        self.durable.commit(|database| {
            also(database)?;
            if !self.is_any_open(database)? {
                links::clear(database)?;
                self.watcher.pause();
            }
            if self.watcher == self.stored { Ok(()) } else { put(database, &self.watcher) }
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

/// Returns the list watcher, if a link is open. Since when that is need not be stored before the first scan: until then it follows from
/// the links, as long as they are few. With many it begins at once.
fn current(database: &Database) -> Stored<Option<Watcher>> {
    const LONG_AGO: UnixMillis = UnixMillis(0);
    if !links::is_any_open(database)? {
        return Ok(None);
    }
    let mut watcher = stored(database)?;
    if watcher.due_at(now()).is_none() {
        // What lies ahead was written before the clock was set back.
        watcher.resume(links::opened_at(database)?.filter(|at| *at <= now()).unwrap_or(LONG_AGO));
    }
    Ok(Some(watcher))
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
