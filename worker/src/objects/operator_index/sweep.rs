//! Has webhooks delivered that wait for an endpoint, or for somebody to know their secret: calls their objects to deliver or dead-letter them.
//!
//! Without an endpoint no object keeps an alarm for its webhooks. So every hour, by the cron or, where there is none, when an
//! object publishes something, the index is searched for webhooks that have been due for longer than if their object had tried
//! them. With an endpoint they are sent; without one those that have waited for a month are dead-lettered. Each object continues
//! by its own alarm. The cursor is stored; an object that could not be called is called an hour later.

use std::time::Duration;

use compago::flow::clock;
use compago::flow::outbox::MAX_WAIT;
use compago::flow::projection::RETRY;
use compago::flow::record::Record;
use compago::problem::Locale;
use compago::value::UnixMillis;
use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::Env;

use super::portion::PortionTime;
use super::store;
use crate::config::Config;
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result};
use crate::objects::durable::Durable;
use crate::objects::envelope::{Maintenance, send_maintenance};
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// How many objects one alarm calls at most.
const PORTION: usize = 20;

/// How long a webhook may have been due that its own object sends.
const OVERDUE: Duration = Duration::from_secs(10 * 60);

/// How often the index is asked.
const EVERY: Duration = Duration::from_secs(60 * 60);

const RECORD: &str = "sweep";

/// How far the sweep has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sweep {
    /// The last address that was called.
    after: String,
    /// When to go on; `None` once it is done.
    due: Option<UnixMillis>,
    begun_at: Option<UnixMillis>,
    /// Whether webhooks are looked for that have become due a moment ago as well: no object tries them.
    #[serde(default)]
    at_once: bool,
}

impl Record for Sweep {
    const VERSION: u32 = 1;
}

impl Sweep {
    /// The one that was last begun, if any was.
    pub(super) fn stored(database: &Database) -> Result<Option<Self>> {
        store::record(database, RECORD)
    }

    /// Begins one, unless one is under way.
    pub(super) fn begin(database: &Database) -> Result<()> {
        match Self::stored(database)? {
            Some(Self { due: Some(_), .. }) => Ok(()),
            Some(Self { due: None, .. }) | None => Self::new(false).put(database),
        }
    }

    /// Begins one that looks for all that is due, from the start.
    pub(super) fn begin_at_once(database: &Database) -> Result<()> {
        Self::new(true).put(database)
    }

    fn new(at_once: bool) -> Self {
        Self { after: String::new(), due: Some(now()), begun_at: Some(now()), at_once }
    }

    /// Begins one if there is an endpoint and the last one began an hour ago: a Worker outside Cloudflare has no cron.
    pub(super) fn begin_if_late(database: &Database, env: &Env) -> Result<()> {
        let begun_at = Self::stored(database)?.and_then(|sweep| sweep.begun_at);
        let is_late = begun_at.is_none_or(|at| !clock::is_fresh(at, EVERY, now()));
        let has_endpoint = Config::read(env).is_ok_and(|config| config.webhook_url.is_some());
        if is_late && has_endpoint { Self::begin(database) } else { Ok(()) }
    }

    /// When to go on; `None` once it is done.
    pub(super) const fn due(&self) -> Option<UnixMillis> {
        self.due
    }

    fn put(&self, database: &Database) -> Result<()> {
        store::put_record(database, RECORD, self)
    }
}

/// Calls some more objects, if it is time, but no more than `left`. Returns how many.
///
/// # Errors
/// Those of the storage.
pub(super) async fn go_on(durable: &Durable, left: usize) -> core::result::Result<usize, ApiError> {
    let database = durable.database()?;
    let Some(Sweep { after, due: Some(due), begun_at, at_once }) = Sweep::stored(&database)? else { return Ok(0) };
    let portion = left.min(PORTION);
    if portion == 0 || !clock::is_due(due, RETRY, now()) {
        return Ok(0);
    }
    let addresses = match Config::read(&durable.env) {
        Ok(config) => {
            let waits = match config.webhook_url {
                Some(_) if at_once => Duration::ZERO,
                Some(_) => OVERDUE,
                None => MAX_WAIT,
            };
            store::addresses_of_overdue(&database, now().minus(waits), &after, portion)?
        }
        // An hour later it may be configured.
        Err(_) => Vec::new(),
    };
    let (mut last, time) = (None, PortionTime::begin());
    for address in &addresses {
        if last.is_some() && time.is_over() {
            break;
        }
        last = Some(address);
        let answer = send_maintenance(address, Maintenance::Deliver, Locale::En, &durable.env).await;
        match answer.map(|answer| answer.status_code()) {
            Ok(204 | 404) => {}
            Ok(status) => {
                log::write(Level::Error, "delivery-not-requested", json!({ "address": address, "status": status }))
            }
            Err(error) => log::write(
                Level::Error,
                "delivery-not-requested",
                json!({ "address": address, "error": error.internal() }),
            ),
        }
    }
    let is_all = last == addresses.last() && addresses.len() < portion;
    let next = match last {
        Some(last) if !is_all => Sweep { after: last.clone(), due: Some(now()), begun_at, at_once },
        Some(_) | None => Sweep { after: String::new(), due: None, begun_at, at_once: false },
    };
    durable.commit(|database| next.put(database))?;
    Ok(addresses.len())
}
