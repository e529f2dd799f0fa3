//! One look at Compago's list of confirmed payments for all open orders together.
//!
//! Following each open payment by itself for two days would be many calls; the list answers for all of them at once.
//! Its count comes first: confirmed payments never become anything else, so while the count is the one that was last
//! read, so is the list. What the list says is a hint only: the order then reads its own payment.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::{ListOneTimePayments, PageSize, Pages};
use compago::endpoint::call;
use compago::json;
use compago::value::{PaymentId, UnixMillis};
use futures_util::lock::Mutex;
use worker::wasm_bindgen;
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use crate::clock::now;
use crate::env::{Config, LIST_WATCH, objects};
use crate::outgoing::question;
use crate::transport::CompagoApi;

/// How old a look may be that still answers.
const FRESH: Duration = Duration::from_secs(4 * 60);

/// The most pages that one look reads: beyond half a million payments, each order reads for itself.
const MAX_PAGES: u32 = 1_000;

/// Whether the list of confirmed payments holds this one; `None` if that could not be learnt.
pub(crate) async fn glance(payment_id: PaymentId, env: &Env) -> Option<bool> {
    let stub = objects(env, LIST_WATCH).ok()?.get_by_name("list").ok()?;
    let request = question(&payment_id.to_string()).ok()?;
    let answer = stub.fetch_with_request(request).await.ok()?.text().await.ok()?;
    let glance: Glance = json::from_str(&answer).ok()?;
    glance.confirmed
}

#[derive(Debug)]
struct Glance {
    confirmed: Option<bool>,
}

compago::record_on_the_wire!(Glance { confirmed: "confirmed" });

/// The Durable Object that looks at the list. It keeps nothing on disk: a restart looks anew.
#[durable_object(fetch)]
pub struct ListWatchObject {
    env: Env,
    /// Held while the list is read, so that those who come meanwhile wait for the same look.
    seen: Rc<Mutex<Option<Seen>>>,
}

struct Seen {
    at: UnixMillis,
    confirmed: BTreeSet<PaymentId>,
}

impl DurableObject for ListWatchObject {
    fn new(_state: State, env: Env) -> Self {
        Self { env, seen: Rc::default() }
    }

    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        let payment_id: PaymentId = request.text().await?.parse().map_err(|_| "not a payment id")?;
        let mut seen = self.seen.lock().await;
        let fresh = seen.as_ref().is_some_and(|seen| now().since(seen.at) < FRESH);
        if !fresh {
            let known = seen.take().map(|seen| seen.confirmed).unwrap_or_default();
            *seen = look(known, &self.env).await.map(|confirmed| Seen { at: now(), confirmed });
        }
        let confirmed = seen.as_ref().map(|seen| seen.confirmed.contains(&payment_id));
        Response::ok(json::to_string(&Glance { confirmed }))
    }
}

/// Reads the list, unless its count says that nothing was added to what is known.
async fn look(known: BTreeSet<PaymentId>, env: &Env) -> Option<BTreeSet<PaymentId>> {
    let config = Config::read(env).ok()?;
    let api = CompagoApi::new(config.base_url, config.api_key);
    let count =
        ListOneTimePayments { status: Some(Status::Confirmed), currency: None, page: 1, page_size: PageSize::ONE };
    let count = call(&count, &api).await.ok()?.count.and_then(|count| usize::try_from(count).ok());
    if count == Some(known.len()) {
        return Some(known);
    }
    let mut confirmed = known;
    let mut pages = Pages::new(Some(Status::Confirmed));
    while let Some(request) = pages.next() {
        if request.page > MAX_PAGES {
            return None;
        }
        let page = call(&request, &api).await.ok()?;
        pages.accept(&page);
        // An upstream that ignores the filter must not make others look confirmed.
        let listed = page.payments.readable.iter().filter(|payment| payment.status == Status::Confirmed);
        confirmed.extend(listed.map(|payment| payment.id));
    }
    Some(confirmed)
}
