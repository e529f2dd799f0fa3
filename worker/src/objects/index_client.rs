//! How the Worker and its objects talk to the operator's index.

use compago::api::one_time_payment::Status;
use compago::flow::reconciliation::run::StartedBy;
use compago::flow::record::Record;
use compago::json::{self, Json};
use compago::problem::Locale;
use compago::value::{PaymentId, Reference, UnixMillis};
use compago::webhook::EventId;
use serde::{Deserialize, Serialize};
use worker::{Env, Response};

use super::call::ask_object_by_id;
use super::database::Result as Stored;
use super::envelope::{self, Upkeep};
use super::stored::read;
use crate::config::DESK;
use crate::http::error::{Fault, InternalError};

mod message;

pub(crate) use message::{Ask, Found};

/// Begins the nightly comparison of Compago's books with ours.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn reconcile_by_schedule(env: &Env) -> Result<(), Fault> {
    let answer = ask(&Ask::Reconcile { by: StartedBy::Schedule }, Locale::En, env).await?;
    Ok(expect(202, &answer)?)
}

/// Begins to have the webhooks sent that wait because there was no endpoint.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn deliver_by_schedule(env: &Env) -> Result<(), Fault> {
    let answer = ask(&Ask::Deliver, Locale::En, env).await?;
    Ok(expect(202, &answer)?)
}

/// Tells the desk that there is no order where this one was stored. If the desk knows it, its storage is lost.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn report_missing(reference: &Reference, env: &Env) -> Result<(), Fault> {
    ask(&Ask::Lost { id: format!("order/{}", reference.compact()) }, Locale::En, env).await?;
    Ok(())
}

/// The order that a payment of Compago's belongs to, as far as the desk knows.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn reference_of(payment: PaymentId, env: &Env) -> Result<Option<Reference>, Fault> {
    let mut answer = ask(&Ask::Name { name: payment.to_string() }, Locale::En, env).await?;
    let id: Option<String> = read(&answer.text().await?)?;
    Ok(id.and_then(|id| id.split('/').nth(1)?.parse().ok()))
}

/// What the last run of the reconciliation read of a payment in Compago's list, as JSON, and the order whose return URL the
/// payment bears.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn listed(payment: PaymentId, env: &Env) -> Result<(Option<Reference>, Json), Fault> {
    let mut answer = ask(&Ask::Listed { payment }, Locale::En, env).await?;
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
    expect(204, &ask(&told, Locale::En, env).await?)
}

/// Whether the desk did what it was asked.
fn expect(status: u16, answer: &Response) -> Stored<()> {
    match answer.status_code() {
        answered if answered == status => Ok(()),
        status => Err(InternalError::Answered { whose: DESK, status }),
    }
}

/// Has a webhook delivered again by the object that keeps it.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Internal`].
pub(crate) async fn redeliver(id: EventId, locale: Locale, env: &Env) -> Result<Response, Fault> {
    let Found { home } = found(&format!("webhook/{id}"), env).await?;
    ask_home(&home, &Upkeep::Redeliver { id }, locale, env).await
}

async fn found(id: &str, env: &Env) -> Result<Found, Fault> {
    let mut answer = ask(&Ask::Find { id: id.to_owned() }, Locale::En, env).await?;
    if answer.status_code() == 200 { Ok(read(&answer.text().await?)?) } else { Err(Fault::NotFound) }
}

/// Asks the index, and hands on its answer.
///
/// # Errors
/// The object could not be reached, or threw.
pub(crate) async fn ask(wanted: &Ask, locale: Locale, env: &Env) -> worker::Result<Response> {
    envelope::ask(DESK, "desk", wanted, locale, env).await
}

/// Asks the object of this home, and hands on its answer.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn ask_home(home: &str, upkeep: &Upkeep, locale: Locale, env: &Env) -> Result<Response, Fault> {
    let (objects, id) =
        home.split_once('/').ok_or(InternalError::Impossible("an object's address without its binding"))?;
    Ok(ask_object_by_id(objects, id, &envelope::question(upkeep, locale), env).await?)
}

/// The sums that reconciliation last came to; `None` before the first time.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn list_sums(env: &Env) -> Result<Option<ListSums>, Fault> {
    let mut answer = ask(&Ask::Sums, Locale::En, env).await?;
    Ok(read(&answer.text().await?)?)
}

/// The sums of a list that was read.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListSums {
    /// When reading it began.
    pub(crate) at: UnixMillis,
    /// Of each state that a payment was in.
    pub(crate) statuses: Vec<StatusSum>,
    /// How many payments could not be read.
    pub(crate) unreadable: u64,
    /// Whether no payment was missed that existed when reading began.
    pub(crate) whole: bool,
}

impl Record for ListSums {
    const VERSION: u32 = 1;
}

/// The payments in one state, in pesos.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StatusSum {
    /// The state.
    pub(crate) status: Status,
    /// Their amounts together.
    pub(crate) centavos: u64,
    /// How many they are.
    pub(crate) read: u64,
}
