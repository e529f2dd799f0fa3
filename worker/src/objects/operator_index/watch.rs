//! The list watcher: scans Compago's list of confirmed payments for those of all open links, and notifies their orders.
//!
//! The core's [`Watcher`] decides; this keeps the open links ([`links`]), makes the calls, and stores what came of them. What was not
//! stored before a crash is done again: orders take every message twice.

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::{ListOneTimePayments, ListedPayment, Page};
use compago::endpoint::call;
use compago::flow::order::SETTLE_MARGIN;
use compago::flow::order::facts::Listed;
use compago::flow::poll::MAX_ALARM_GAP;
use compago::flow::watch::{CALLS, Links, Watcher, Work};
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
    let watcher = stored(database)?;
    let Some(opened_at) = opened_at(database, &watcher)? else { return Ok(None) };
    Ok(watcher.due_at(Some(opened_at)).map(earliest))
}

/// Goes on, if it is time. `alone` says whether nothing else is due in this alarm. Returns how many calls that took.
///
/// # Errors
/// Those of the storage; whatever else fails is tried again.
pub(super) async fn go_on(durable: &Durable, alone: bool) -> Result<usize, ApiError> {
    let database = durable.database()?;
    let watcher = stored(&database)?;
    let Some(opened_at) = opened_at(&database, &watcher)? else { return Ok(0) };
    if watcher.due_at(Some(opened_at)).is_none_or(|at| earliest(at) > now()) {
        return Ok(0);
    }
    let links = links::summary(&database, opened_at, now())?;
    let most = if alone { CALLS } else { CALLS_BESIDE_OTHERS };
    let mut portion = Portion { durable, links, stored: watcher.clone(), watcher, left: most };
    portion.go_on().await?;
    Ok(most.saturating_sub(portion.left))
}

/// What one alarm does.
struct Portion<'a> {
    durable: &'a Durable,
    links: Links,
    seen: Seen,
    watcher: Watcher,
    /// The watcher as this alarm has stored it.
    stored: Watcher,
    /// How many calls it may still make.
    left: usize,
}

impl Portion<'_> {
    /// Does what the list watcher wants, as long as a link is open.
    async fn go_on(&mut self) -> Result<(), ApiError> {
        while self.left > 0 && links::is_any_open(&self.durable.database()?)? {
            let Some(work) = self.watcher.next(&self.links, now()) else { break };
            let calls = self.work(work).await?;
            self.left = self.left.saturating_sub(calls);
        }
        Ok(self.store(|_| Ok(()))?)
    }

    /// Returns how many calls it took.
    async fn work(&mut self, work: Work) -> Result<usize, ApiError> {
        let (database, left) = (self.durable.database()?, self.left);
        match work {
            Work::Read(request) => {
                self.read_page(&request).await?;
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
    async fn read_page(&mut self, request: &ListOneTimePayments) -> Result<(), ApiError> {
        let read_at = now();
        let page = match Config::read(&self.durable.env) {
            Ok(config) => call(request, &CompagoApi::new(&config)).await.ok(),
            Err(_) => None,
        };
        let database = self.durable.database()?;
        // A link that was registered late meanwhile may be on a page that was read before.
        self.links.late_at = links::late_at(&database, now())?;
        let found = match &page {
            Some(page) => confirmed_links(&database, page, read_at)?,
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

    /// Stores the list watcher, if it has changed, together with what `also` writes. If the last open link was closed meanwhile, what is
    /// under way ends.
    fn store(&mut self, also: impl FnOnce(&Database) -> Stored<()>) -> Stored<()> {
        self.durable.commit(|database| {
            also(database)?;
            if self.links.open == 0 || !links::is_any_open(database)? {
                links::clear(database)?;
                self.watcher.rest();
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

/// Returns since when a link is open, if one is: when the first of them was begun, or long ago, where that makes no difference.
fn opened_at(database: &Database, watcher: &Watcher) -> Stored<Option<UnixMillis>> {
    const LONG_AGO: UnixMillis = UnixMillis(0);
    /// An alarm that is late is no pause.
    const LATE: core::time::Duration = core::time::Duration::from_secs(60);
    if !links::is_any_open(database)? {
        return Ok(None);
    }
    match watcher.due_at(Some(LONG_AGO)) {
        Some(at) if at.plus(LATE) > now() => Ok(Some(LONG_AGO)),
        Some(_) | None => Ok(Some(links::opened_at(database)?.unwrap_or(LONG_AGO).min(now()))),
    }
}

/// The time, or now if it lies further ahead than it can have been set: the clock was set back.
fn earliest(at: UnixMillis) -> UnixMillis {
    if is_due(at, MAX_ALARM_GAP, now()) { at.min(now()) } else { at }
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
