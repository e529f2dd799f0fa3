//! The operator's desk: an index of all orders, charges, refunds and webhooks, what needs a person, and whether Compago's
//! books and ours agree.
//!
//! The index follows what the objects tell of themselves (`durable::listing`); they have the last word.

use compago::flow::reconciliation::run::StartedBy;
use compago::json::{self, Json};
use compago::problem::Locale;
use compago::value::{PaymentId, Reference};
use compago::webhook::EventId;
use worker::{Env, Response};

use crate::durable::database::Result as Stored;
use crate::durable::question::{Upkeep, ask, question};
use crate::durable::read;
use crate::env::DESK;
use crate::fault::{Fault, InternalError};
use crate::outgoing::ask_object_by_id;
use crate::receive::{Incoming, locale};
use crate::route::{get, get_or_post, post};

mod charges;
mod finding;
mod list;
mod message;
mod object;
mod rebuild;
mod reconcile;
mod store;
mod sums;
mod sweep;

use message::{Ask, Found};
pub(crate) use sums::{StatusSum, list_sums};

/// What can be asked of the desk.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route<'a> {
    /// `GET /api/operator/orders`
    Orders,
    /// `GET /api/operator/charges`
    Charges,
    /// `GET /api/operator/charges/{reference}`
    Charge(&'a str),
    /// `GET /api/operator/attention`
    Attention,
    /// `POST /api/operator/attention/{kind}/{key}/done`
    Done(&'a str, &'a str),
    /// `GET /api/operator/webhooks`
    Webhooks,
    /// `POST /api/operator/webhooks/{id}/redeliver`
    Redeliver(&'a str),
    /// `GET /api/operator/reports/figures`
    Figures,
    /// `GET /api/operator/reconciliation`
    Reconciliation,
    /// `POST /api/operator/reconciliation`
    Reconcile,
    /// `GET /api/operator/reconciliation/findings`
    Findings,
    /// `GET /api/operator/index`
    Index,
    /// `POST /api/operator/index`
    Rebuild,
}

impl<'a> Route<'a> {
    /// Finds the route by what follows `/api/operator`; `None` if it is not the desk's.
    ///
    /// # Errors
    /// [`Fault::Method`].
    pub(crate) fn find(method: &str, rest: &[&'a str]) -> Result<Option<Self>, Fault> {
        let route = match *rest {
            ["charges"] => get(method, Self::Charges),
            ["charges", reference] => get(method, Self::Charge(reference)),
            ["attention"] => get(method, Self::Attention),
            ["attention", kind, key, "done"] => post(method, Self::Done(kind, key)),
            ["webhooks"] => get(method, Self::Webhooks),
            ["webhooks", id, "redeliver"] => post(method, Self::Redeliver(id)),
            ["reports", "figures"] => get(method, Self::Figures),
            ["reconciliation"] => get_or_post(method, Self::Reconciliation, Self::Reconcile),
            ["reconciliation", "findings"] => get(method, Self::Findings),
            ["index"] => get_or_post(method, Self::Index, Self::Rebuild),
            _ => return Ok(None),
        };
        route.map(Some)
    }
}

/// Answers a question to the desk.
///
/// # Errors
/// [`Fault::InvalidQuery`]; [`Fault::NotFound`].
pub(crate) async fn answer(route: &Route<'_>, query: &str, request: &Incoming, env: &Env) -> Result<Response, Fault> {
    let wanted = match route {
        Route::Orders => list::orders(query),
        Route::Charges => charges::asked(query),
        Route::Charge(reference) => {
            let reference: Reference = reference.parse().map_err(|_| Fault::NotFound)?;
            Some(Ask::Charge { reference })
        }
        Route::Attention => list::attention(query),
        Route::Webhooks => list::webhooks(query),
        Route::Figures => list::figures(query),
        Route::Done(kind, key) => Some(Ask::Done { id: format!("{kind}/{key}") }),
        Route::Findings => list::findings(query),
        Route::Reconciliation => Some(Ask::Reconciliation),
        Route::Reconcile => Some(Ask::Reconcile { by: StartedBy::Operator }),
        Route::Index => Some(Ask::Index),
        Route::Rebuild => Some(Ask::Rebuild),
        Route::Redeliver(id) => {
            let id: EventId = id.parse().map_err(|_| Fault::NotFound)?;
            let Found { home } = found(&format!("webhook/{id}"), env).await?;
            return ask_home(&home, &Upkeep::Redeliver { id }, locale(request), env).await;
        }
    };
    Ok(ask_desk(&wanted.ok_or(Fault::InvalidQuery)?, locale(request), env).await?)
}

/// Begins the nightly comparison of Compago's books with ours.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn reconcile_by_schedule(env: &Env) -> Result<(), Fault> {
    let answer = ask_desk(&Ask::Reconcile { by: StartedBy::Schedule }, Locale::En, env).await?;
    Ok(expect(202, &answer)?)
}

/// Begins to have the webhooks sent that wait because there was no endpoint.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn deliver_by_schedule(env: &Env) -> Result<(), Fault> {
    let answer = ask_desk(&Ask::Deliver, Locale::En, env).await?;
    Ok(expect(202, &answer)?)
}

/// Tells the desk that there is no order where this one was stored. If the desk knows it, its storage is lost.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn report_missing(reference: &Reference, env: &Env) -> Result<(), Fault> {
    ask_desk(&Ask::Lost { id: format!("order/{}", reference.compact()) }, Locale::En, env).await?;
    Ok(())
}

/// The order that a payment of Compago's belongs to, as far as the desk knows.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn reference_of(payment: PaymentId, env: &Env) -> Result<Option<Reference>, Fault> {
    let mut answer = ask_desk(&Ask::Name { name: payment.to_string() }, Locale::En, env).await?;
    let id: Option<String> = read(&answer.text().await?)?;
    Ok(id.and_then(|id| id.split('/').nth(1)?.parse().ok()))
}

/// What the last run of the reconciliation read of a payment in Compago's list, as JSON, and the order whose return URL the
/// payment bears.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn listed(payment: PaymentId, env: &Env) -> Result<(Option<Reference>, Json), Fault> {
    let mut answer = ask_desk(&Ask::Listed { payment }, Locale::En, env).await?;
    let known = json::parse(&answer.text().await?).map_err(InternalError::from)?;
    let reference = known.field("reference").map_err(InternalError::from)?;
    Ok((reference, known.get("listed").map_err(InternalError::from)?.clone()))
}

/// Tells the desk what an object owes it, as JSON: an array of `{ id, version, listing }`.
///
/// # Errors
/// The desk did not hear.
pub(crate) async fn tell(home: &str, listings: &str, env: &Env) -> Stored<()> {
    let told = Ask::Take { home: home.to_owned(), listings: listings.to_owned() };
    expect(204, &ask_desk(&told, Locale::En, env).await?)
}

/// Whether the desk did what it was asked.
fn expect(status: u16, answer: &Response) -> Stored<()> {
    match answer.status_code() {
        answered if answered == status => Ok(()),
        status => Err(InternalError::Answered { whose: DESK, status }),
    }
}

async fn found(id: &str, env: &Env) -> Result<Found, Fault> {
    let mut answer = ask_desk(&Ask::Find { id: id.to_owned() }, Locale::En, env).await?;
    if answer.status_code() == 200 { Ok(read(&answer.text().await?)?) } else { Err(Fault::NotFound) }
}

async fn ask_desk(wanted: &Ask, locale: Locale, env: &Env) -> worker::Result<Response> {
    ask(DESK, "desk", wanted, locale, env).await
}

/// Asks the object of this home, and hands on its answer.
async fn ask_home(home: &str, upkeep: &Upkeep, locale: Locale, env: &Env) -> Result<Response, Fault> {
    let (objects, id) =
        home.split_once('/').ok_or(InternalError::Impossible("an object's address without its binding"))?;
    Ok(ask_object_by_id(objects, id, &question(upkeep, locale), env).await?)
}
