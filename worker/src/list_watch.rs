//! One look at Compago's list of confirmed payments for all open orders together.
//!
//! Following each open payment by itself for two days would be many calls; the list answers for all of them at once.
//! Its count comes first: confirmed payments never become anything else, so while the count is the one that was last
//! read, so is the list. What the list says is a hint only: the order then reads its own payment. A payment of which it
//! cannot be said whether it is there, because something in the list was no payment that could be read, is read as well.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use compago::api::list::PageSize;
use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::{ListOneTimePayments, ListedPayment, Pages};
use compago::endpoint::call;
use compago::flow::order::{Glance, Glanced};
use compago::json;
use compago::value::{Amount, PaymentId, UnixMillis};
use futures_util::lock::Mutex;
use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::{Request, Response};
use worker::Env;

use crate::body::whole_text;
use crate::clock::now;
use crate::env::{Config, LIST_WATCH};
use crate::outgoing::ask_object;
use crate::respond::json_answer;
use crate::runtime::{ObjectState, promise};
use crate::transport::CompagoApi;

/// How old a look may be that still answers.
const FRESH: Duration = Duration::from_secs(4 * 60);

/// How long after a look that failed none is made: those who come meanwhile do not wait for another time-out.
const AFTER_FAILURE: Duration = Duration::from_secs(30);

/// The most pages that one look reads: beyond half a million payments, each order reads for itself.
const MAX_PAGES: u32 = 1_000;

/// What the list of confirmed payments shows of this one; `None` if that could not be learnt.
pub(crate) async fn glance(glance: &Glance, env: &Env) -> Option<Glanced> {
    let answer = ask_object(LIST_WATCH, "list", &json::to_string(glance), env).await.ok()?;
    let told: Shown = json::from_str(&whole_text(answer.text()).await.ok()?).ok()?;
    told.shown
}

#[derive(Debug)]
struct Shown {
    shown: Option<Glanced>,
}

compago::record_on_the_wire!(Shown { shown: "shown" });

/// The Durable Object that looks at the list. It keeps nothing on disk: a restart looks anew.
#[wasm_bindgen]
pub struct ListWatchObject {
    env: Env,
    /// Held while the list is read, so that those who come meanwhile wait for the same look.
    seen: Rc<Mutex<Seen>>,
}

/// What the last look told.
#[derive(Default)]
struct Seen {
    /// When it was, and what it told.
    look: Option<(UnixMillis, Told)>,
    /// The list as it was last read to its end.
    list: Option<List>,
    /// All that were ever seen to be confirmed, with what the list named of each when it was last read: they never become
    /// anything else.
    confirmed: BTreeMap<PaymentId, Facts>,
}

/// What the list names of a payment beside its id.
#[derive(PartialEq, Eq)]
struct Facts {
    external_id: String,
    amount: Amount,
    currency: String,
}

/// What a look tells of the payments that it has not found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// They are not in the list.
    Absent,
    /// They may be items of the list that could not be read.
    Maybe,
    /// Nothing: the list could not be read.
    Nothing,
}

/// A list that was read to its end.
#[derive(Clone, Copy)]
struct List {
    /// How many payments it named before it was read.
    count: Option<u64>,
    /// Each of its items was a payment that could be read.
    readable: bool,
}

#[wasm_bindgen]
impl ListWatchObject {
    /// The object wakes up.
    #[wasm_bindgen(constructor)]
    pub fn new(_state: ObjectState, env: Env) -> Self {
        Self { env, seen: Rc::default() }
    }

    /// Tells whether the list holds the payment that the request names.
    pub fn fetch(&self, request: Request) -> Promise {
        promise(answer(request, Rc::clone(&self.seen), self.env.clone()))
    }
}

async fn answer(request: Request, seen: Rc<Mutex<Seen>>, env: Env) -> Result<Response, JsValue> {
    let glance: Glance = json::from_str(&whole_text(request.text()).await?).map_err(|_| "not a payment to look for")?;
    let mut seen = seen.lock().await;
    let told = match seen.look {
        Some((at, told @ (Told::Absent | Told::Maybe))) if now().since(at) < FRESH => told,
        Some((at, Told::Nothing)) if now().since(at) < AFTER_FAILURE => Told::Nothing,
        Some(_) | None => {
            let told = match look(&mut seen, &env).await {
                Some(list) if list.readable => Told::Absent,
                Some(_) => Told::Maybe,
                None => Told::Nothing,
            };
            seen.look = Some((now(), told));
            told
        }
    };
    let Glance { payment_id, external_id, amount, currency } = glance;
    let bound = Facts { external_id: external_id.to_string(), amount, currency: currency.to_string() };
    let shown = match seen.confirmed.get(&payment_id) {
        Some(facts) if *facts == bound => Some(Glanced::Confirmed),
        Some(_) => Some(Glanced::Different),
        None => (told == Told::Absent).then_some(Glanced::Absent),
    };
    json_answer(200, &Shown { shown })
}

/// Reads the list, unless its count is what it was. `None` if that failed; what is known stays known.
async fn look(seen: &mut Seen, env: &Env) -> Option<List> {
    let config = Config::read(env).ok()?;
    let api = CompagoApi::new(&config);
    let probe =
        ListOneTimePayments { status: Some(Status::Confirmed), currency: None, page: 1, page_size: PageSize::ONE };
    let count = call(&probe, &api).await.ok()?.count;
    if let Some(list) = seen.list.filter(|list| count.is_some() && list.count == count) {
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
        // An upstream that ignores the filter must not make others look confirmed.
        let listed = page.readable.into_iter().filter(|payment| payment.status == Status::Confirmed);
        seen.confirmed.extend(listed.map(|payment| {
            let ListedPayment { id, external_id, amount, currency, .. } = payment;
            (id, Facts { external_id, amount, currency })
        }));
    }
    seen.list = Some(list);
    Some(list)
}
