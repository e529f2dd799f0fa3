//! Rebuilds the index: has every object of the directory publish again what it stores.
//!
//! An empty index begins with it: its storage was lost, or it is new, and the directory is empty as well.

use compago::flow::clock;
use compago::flow::projection::RETRY;
use compago::flow::record::Record;
use compago::problem::Locale;
use compago::value::UnixMillis;
use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::Env;

use super::portion::PortionTime;
use super::store;
use crate::objects::database::{Database, Result};
use crate::objects::envelope::{Maintenance, send_maintenance};
use crate::objects::object_directory;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// How far rebuilding the index has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rebuild {
    /// The month of the directory that is read, counted from the beginning of [`FIRST_YEAR`].
    month: u32,
    /// The last address that was called.
    after: String,
    /// When to go on; `None` once it is done.
    due: Option<UnixMillis>,
}

impl Record for Rebuild {
    const VERSION: u32 = 1;
}

/// No list of the directory is older.
const FIRST_YEAR: u32 = 2026;

const RECORD: &str = "rebuild";

/// How many calls one batch makes: to the directory, and to the objects that it returns.
pub(super) const MAX_CALLS: usize = 1 + object_directory::BATCH;

impl Rebuild {
    /// Returns a rebuild from the first month on.
    pub(super) const fn begun(now: UnixMillis) -> Self {
        Self { month: 0, after: String::new(), due: Some(now) }
    }

    /// The one that was last begun, if any was.
    pub(super) fn stored(database: &Database) -> Result<Option<Self>> {
        store::record(database, RECORD)
    }

    /// Writes it.
    pub(super) fn put(&self, database: &Database) -> Result<()> {
        store::put_record(database, RECORD, self)
    }

    /// When to go on; `None` once it is done.
    pub(super) const fn due(&self) -> Option<UnixMillis> {
        self.due
    }

    /// Whether no list of the directory was read yet.
    pub(super) const fn is_at_start(&self) -> bool {
        self.month == 0 && self.after.is_empty()
    }

    /// Whether to go on now.
    pub(super) fn is_due(&self) -> bool {
        self.due.is_some_and(|due| clock::is_due(due, RETRY, now()))
    }

    /// Has the next batch of objects publish again, and retries a batch that failed. Also returns the addresses that
    /// store nothing any more.
    pub(super) async fn go_on(self, env: &Env) -> (Self, Vec<String>) {
        let Self { month, after, .. } = &self;
        match publish_batch(*month, after, env).await {
            Ok(went_on) => went_on,
            Err(error) => {
                log::write(Level::Error, "object-directory-not-read", json!({ "error": error.chain() }));
                (Self { due: Some(now().plus(RETRY)), ..self }, Vec::new())
            }
        }
    }
}

/// Has the next batch of objects publish again. Also returns the addresses that store nothing any more.
async fn publish_batch(month: u32, after: &str, env: &Env) -> Result<(Rebuild, Vec<String>)> {
    let name = format!("{:04}-{:02}", FIRST_YEAR + month / 12, month % 12 + 1);
    if name > now().to_string() {
        return Ok((Rebuild { month, after: String::new(), due: None }, Vec::new()));
    }
    let addresses = object_directory::addresses(&name, after, env).await?;
    let (mut lost, mut last, time) = (Vec::new(), None, PortionTime::begin());
    for address in &addresses {
        if last.is_some() && time.is_over() {
            break;
        }
        last = Some(address);
        // An object that cannot be called does not stop the others: it publishes by itself when it next changes.
        match send_maintenance(address, Maintenance::PublishAll, Locale::En, env)
            .await
            .map(|answer| answer.status_code())
        {
            Ok(204) => {}
            // It is in the directory, so it stored something once.
            Ok(404) => lost.push(address.clone()),
            Ok(status) => {
                log::write(Level::Error, "republishing-not-requested", json!({ "address": address, "status": status }))
            }
            Err(error) => log::write(
                Level::Error,
                "republishing-not-requested",
                json!({ "address": address, "error": error.internal() }),
            ),
        }
    }
    let next = match last {
        Some(last) => Rebuild { month, after: last.clone(), due: Some(now()) },
        None => Rebuild { month: month + 1, after: String::new(), due: Some(now()) },
    };
    Ok((next, lost))
}
