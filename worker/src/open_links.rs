//! Admits payment links of anonymous orders: one Durable Object that counts those that can still be paid.
//!
//! Creating an order, or another attempt, costs one request to it, which settles every limit at once. An order that is
//! closed before its link's time is over tells it in the background, and so does one that begins nothing for a request that was
//! counted; a message that gets lost counts until then. What is
//! stored of a client is a keyed hash of its address, until its last link has ended.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use compago::edge::ClientKey;
use compago::flow::open_links::{
    LinkChange, LinkFor, LinkLimits, LinkRefusal, LinkRefusalReason, LinkTicket, OpenLink, OpenLinks,
};
use compago::json::{self, Json, Object};
use compago::value::{Reference, Ttl, UnixMillis};
use compago::{record_on_the_wire, variants_on_the_wire};
use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response};
use worker::Env;

use crate::body::whole_text;
use crate::clock::{from_javascript, in_javascript, now};
use crate::durable::database::{Database, column};
use crate::durable::read;
use crate::env::{Config, OPEN_LINKS};
use crate::fault::Fault;
use crate::limit;
use crate::log::{self, Level};
use crate::outgoing::ask_object;
use crate::respond::json_answer;
use crate::runtime::{ObjectState, promise};

/// Ended links are deleted together, at most so often.
const CLEANING: Duration = Duration::from_secs(10 * 60);

/// The name of the one object.
const SHOP: &str = "shop";

const TABLE: &str = "CREATE TABLE IF NOT EXISTS link \
     (reference TEXT PRIMARY KEY, json TEXT NOT NULL, ends_at TEXT NOT NULL) WITHOUT ROWID";

/// Lets a client ask for one more payment link. The ticket is to be released by the order if it begins nothing; `None` if the request
/// does not count, since its order's link does already.
///
/// # Errors
/// [`Fault::TooMany`], [`Fault::TooManyOpenLinks`], [`Fault::ShopBusy`].
pub(crate) async fn admit(
    reference: &Reference,
    purpose: LinkFor,
    request: &Request,
    config: &Config,
    env: &Env,
) -> Result<Option<LinkTicket>, Fault> {
    let client = limit::client(request);
    limit::platform_admits_create(client, env).await?;
    let command = Command::Ask(Box::new(Wanted {
        reference: *reference,
        purpose,
        client: client.map(|client| client.key(&config.keys)),
        minutes: config.limits.link_life,
        limits: config.limits.links,
    }));
    let answer: Json = read(&send(&command, env).await?)?;
    let refusal: Option<LinkRefusal> = answer.field("refusal").map_err(|_| Fault::Internal)?;
    let Some(LinkRefusal { reason, seconds }) = refusal else {
        return answer.field("ticket").map_err(|_| Fault::Internal);
    };
    Err(match reason {
        LinkRefusalReason::Rate => Fault::TooMany { seconds },
        LinkRefusalReason::Client => Fault::TooManyOpenLinks { seconds },
        LinkRefusalReason::Shop => Fault::ShopBusy { seconds },
    })
}

/// Reports that the attempt of an order that began at `started_at` is closed. May be reported twice, or not at all.
///
/// # Errors
/// The runtime's own.
pub(crate) async fn close(reference: Reference, started_at: UnixMillis, env: &Env) -> Result<(), JsValue> {
    send(&Command::Close { reference, started_at }, env).await.map(drop)
}

/// Reports that a request which was counted came to nothing. May be reported twice, or not at all.
///
/// # Errors
/// The runtime's own.
pub(crate) async fn release(ticket: LinkTicket, env: &Env) -> Result<(), JsValue> {
    send(&Command::Release(ticket), env).await.map(drop)
}

async fn send(command: &Command, env: &Env) -> Result<String, JsValue> {
    let answer = ask_object(OPEN_LINKS, SHOP, &json::to_string(command), env).await?;
    if answer.status() == 200 { whole_text(answer.text()).await } else { Err("the counter of links failed".into()) }
}

/// What the object is asked.
#[derive(Debug)]
enum Command {
    /// Count one more link.
    Ask(Box<Wanted>),
    /// An attempt is closed.
    Close {
        /// Its order.
        reference: Reference,
        /// When it began.
        started_at: UnixMillis,
    },
    /// A request came to nothing.
    Release(LinkTicket),
}

variants_on_the_wire!(Command {
    Ask(wanted) = "ask",
    Close { reference: "reference", started_at: "startedAt" } = "close",
    Release(ticket) = "release",
});

/// A link that a client asks for.
#[derive(Debug)]
struct Wanted {
    reference: Reference,
    purpose: LinkFor,
    client: Option<ClientKey>,
    minutes: Ttl,
    limits: LinkLimits,
}

record_on_the_wire!(Wanted {
    reference: "reference",
    purpose: "purpose",
    client: "client",
    minutes: "minutes",
    limits: "limits"
});

/// The Durable Object that counts open links.
#[wasm_bindgen]
pub struct OpenLinksObject {
    shell: Rc<Shell>,
}

struct Shell {
    state: ObjectState,
    /// The links that count, once they were read from the database.
    links: RefCell<Option<OpenLinks>>,
}

#[wasm_bindgen]
impl OpenLinksObject {
    /// The object wakes up.
    #[wasm_bindgen(constructor)]
    pub fn new(state: ObjectState, _env: Env) -> Self {
        Self { shell: Rc::new(Shell { state, links: RefCell::default() }) }
    }

    /// Counts a link, or stops counting one.
    pub fn fetch(&self, request: Request) -> Promise {
        let shell = Rc::clone(&self.shell);
        promise(async move { shell.answer(request).await })
    }

    /// Deletes links that have ended.
    pub fn alarm(&self) -> Promise {
        let shell = Rc::clone(&self.shell);
        promise(async move {
            if let Err(error) = shell.clean() {
                log::write(Level::Error, "alarm-failed", &[("object", &"open-links"), ("error", &error.as_string())]);
                // The runtime drops an alarm that throws.
                let _ = shell.state.storage().set_alarm(in_javascript(now().plus(CLEANING)));
            }
            Ok(JsValue::UNDEFINED)
        })
    }
}

impl Shell {
    async fn answer(&self, request: Request) -> Result<Response, JsValue> {
        let command: Command = read(&whole_text(request.text()).await?)?;
        match command {
            Command::Ask(wanted) => {
                let asked = self.ask(*wanted).await?;
                json_answer(200, &Object(&[("refusal", &asked.as_ref().err()), ("ticket", &asked.as_ref().ok())]))
            }
            Command::Close { reference, started_at } => {
                let change = self.with_links(&mut |links| links.close(&reference, started_at))?;
                self.keep(&reference, change)?;
                json_answer(200, &Json::Null)
            }
            Command::Release(ticket) => {
                let change = self.with_links(&mut |links| links.release(&ticket))?;
                self.keep(&ticket.reference, change)?;
                json_answer(200, &Json::Null)
            }
        }
    }

    async fn ask(&self, wanted: Wanted) -> Result<Result<Option<LinkTicket>, LinkRefusal>, JsValue> {
        let Wanted { reference, purpose, client, minutes, limits } = wanted;
        // Nothing else runs between the decision and the writing: there is no wait.
        let asked = self.with_links(&mut |links| {
            links.ask(reference, purpose, client.as_ref(), minutes.duration(), &limits, now())
        })?;
        let link = match asked {
            Ok(Some(link)) => link,
            Ok(None) => return Ok(Ok(None)),
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.database().rows(TABLE, Vec::new())?;
        self.store(&reference, &link)?;
        let storage = self.state.storage();
        // One that is past was lost.
        let alarm = JsFuture::from(storage.get_alarm()?).await?.as_f64().map(from_javascript);
        if alarm.is_none_or(|at| at < now()) {
            let _ = storage.set_alarm(in_javascript(link.ends_at))?;
        }
        Ok(Ok(Some(LinkTicket { reference, asked_at: link.asked_at })))
    }

    fn keep(&self, reference: &Reference, change: Option<LinkChange>) -> Result<(), JsValue> {
        match change {
            Some(LinkChange::Kept(link)) => self.store(reference, &link),
            Some(LinkChange::Ended) => {
                let link = Vec::from([reference.compact()]);
                self.database().rows("DELETE FROM link WHERE reference = ?", link).map(drop)
            }
            None => Ok(()),
        }
    }

    fn store(&self, reference: &Reference, link: &OpenLink) -> Result<(), JsValue> {
        let row = Vec::from([reference.compact(), json::to_string(link), link.ends_at.to_string()]);
        self.database().rows("INSERT OR REPLACE INTO link VALUES (?, ?, ?)", row).map(drop)
    }

    /// The links, which are read from the database on first use.
    fn with_links<T>(&self, change: &mut dyn FnMut(&mut OpenLinks) -> T) -> Result<T, JsValue> {
        let mut links = self.links.borrow_mut();
        let links = match &mut *links {
            Some(links) => links,
            None => links.insert(OpenLinks::restore(stored(&self.database())?, now())),
        };
        Ok(change(links))
    }

    /// Deletes what has ended; the alarm goes on as long as there is anything.
    fn clean(&self) -> Result<(), JsValue> {
        let database = self.database();
        if !exists(&database)? {
            return Ok(());
        }
        if let Some(links) = self.links.borrow_mut().as_mut() {
            links.end_due(now());
        }
        database.rows("DELETE FROM link WHERE ends_at <= ?", Vec::from([now().to_string()]))?;
        let next: Option<UnixMillis> = database.moment("SELECT min(ends_at) AS value FROM link")?;
        if let Some(next) = next {
            let at = next.max(now().plus(CLEANING));
            let _ = self.state.storage().set_alarm(in_javascript(at))?;
        }
        Ok(())
    }

    fn database(&self) -> Database {
        Database::of(&self.state.storage())
    }
}

fn exists(database: &Database) -> Result<bool, JsValue> {
    let table = "SELECT name AS value FROM sqlite_master WHERE type = 'table' AND name = 'link'";
    Ok(database.text(table, Vec::new())?.is_some())
}

fn stored(database: &Database) -> Result<Vec<(Reference, OpenLink)>, JsValue> {
    if !exists(database)? {
        return Ok(Vec::new());
    }
    let rows = database.rows("SELECT reference, json FROM link", Vec::new())?;
    let link = |row: JsValue| -> Result<(Reference, OpenLink), JsValue> {
        let text = |name| column(&row, name)?.ok_or_else(|| JsValue::from("a column is empty"));
        let reference = text("reference")?.parse().map_err(|_| "not a reference")?;
        Ok((reference, read(&text("json")?)?))
    };
    rows.iter().map(link).collect()
}
