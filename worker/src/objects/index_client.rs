//! How the Worker and its objects talk to the operator's index.

use compago::api::one_time_payment::Status;
use compago::edge::reconciliation::StartedBy;
use compago::flow::record::Record;
use compago::flow::setting_checks::Progress;
use compago::json::{self, Json};
use compago::problem::Locale;
use compago::value::{PaymentId, Reference, UnixMillis};
use compago::webhook::EventId;
use serde::{Deserialize, Serialize};
use worker::{Env, Response};

use super::call::call_object;
use super::database::Result as Stored;
use super::envelope::{Maintenance, seal, send_maintenance};
use super::stored::read;
use crate::config::DESK;
use crate::http::error::{ApiError, InternalError};

mod message;

pub(crate) use message::{ClosedOrder, Command, Found};

/// Begins the nightly comparison of Compago's books with ours.
///
/// # Errors
/// [`ApiError::Internal`].
pub(crate) async fn reconcile_by_schedule(env: &Env) -> Result<(), ApiError> {
    let answer = send(&Command::Reconcile { by: StartedBy::Schedule }, Locale::En, env).await?;
    Ok(expect(202, &answer)?)
}

/// Begins to have the webhooks delivered that wait because there was no endpoint.
///
/// # Errors
/// [`ApiError::Internal`].
pub(crate) async fn deliver_by_schedule(env: &Env) -> Result<(), ApiError> {
    let answer = send(&Command::Deliver { at_once: false }, Locale::En, env).await?;
    Ok(expect(202, &answer)?)
}

/// Begins to have all webhooks delivered that are due: they have waited for a secret.
///
/// # Errors
/// [`ApiError::Internal`].
pub(crate) async fn deliver_waiting(env: &Env) -> Result<(), ApiError> {
    let answer = send(&Command::Deliver { at_once: true }, Locale::En, env).await?;
    Ok(expect(202, &answer)?)
}

/// Reports to the index that there is no order where this one was stored. If the index knows it, its storage is lost.
///
/// # Errors
/// [`ApiError::Internal`].
pub(crate) async fn report_missing(reference: &Reference, env: &Env) -> Result<(), ApiError> {
    send(&Command::Lost { id: format!("order/{}", reference.compact()) }, Locale::En, env).await?;
    Ok(())
}

/// Returns the order that a payment of Compago's belongs to, as far as the index knows.
///
/// # Errors
/// [`ApiError::Internal`].
pub(crate) async fn reference_of(payment: PaymentId, env: &Env) -> Result<Option<Reference>, ApiError> {
    let mut answer = send(&Command::Name { name: payment.to_string() }, Locale::En, env).await?;
    let id: Option<String> = read(&answer.text().await?)?;
    Ok(id.and_then(|id| id.split('/').nth(1)?.parse().ok()))
}

/// Returns those of these orders that are closed, as far as the index knows.
///
/// # Errors
/// The index could not be reached, or did not answer.
pub(crate) async fn closed_orders(references: Vec<Reference>, env: &Env) -> Stored<Vec<ClosedOrder>> {
    let mut answer = send(&Command::Closed { references }, Locale::En, env).await?;
    expect(200, &answer)?;
    read(&answer.text().await?)
}

/// Returns what the last run of reconciliation read of a payment in Compago's list, as JSON, and the order whose return URL the
/// payment bears.
///
/// # Errors
/// [`ApiError::Internal`].
pub(crate) async fn listed(payment: PaymentId, env: &Env) -> Result<(Option<Reference>, Json), ApiError> {
    let mut answer = send(&Command::Listed { payment }, Locale::En, env).await?;
    let known = json::parse(&answer.text().await?).map_err(InternalError::from)?;
    let reference = known.field("reference").map_err(InternalError::from)?;
    Ok((reference, known.get("listed").map_err(InternalError::from)?.clone()))
}

/// Publishes projections of an object to the index, as JSON: an array of `{ id, version, listing }`. An object that is not
/// registered in the object directory is registered with them.
///
/// # Errors
/// The index could not be reached, or did not take them.
pub(crate) async fn publish(address: &str, registered: bool, listings: &str, env: &Env) -> Stored<()> {
    let command = Command::Publish { address: address.to_owned(), registered, listings: listings.to_owned() };
    expect(204, &send(&command, Locale::En, env).await?)
}

/// Refuses any other answer than `status`.
fn expect(status: u16, answer: &Response) -> Stored<()> {
    match answer.status_code() {
        answered if answered == status => Ok(()),
        status => Err(InternalError::Answered { whose: DESK, status }),
    }
}

/// Has a webhook delivered again by the object that keeps it.
///
/// # Errors
/// [`ApiError::NotFound`], [`ApiError::Internal`].
pub(crate) async fn redeliver(id: EventId, locale: Locale, env: &Env) -> Result<Response, ApiError> {
    let Found { address } = found(&format!("webhook/{id}"), env).await?;
    send_maintenance(&address, Maintenance::Redeliver { id }, locale, env).await
}

async fn found(id: &str, env: &Env) -> Result<Found, ApiError> {
    let mut answer = send(&Command::Find { id: id.to_owned() }, Locale::En, env).await?;
    if answer.status_code() == 200 { Ok(read(&answer.text().await?)?) } else { Err(ApiError::NotFound) }
}

/// Sends a command to the index, and passes its answer on.
///
/// # Errors
/// The object could not be reached, or threw.
pub(crate) async fn send(command: &Command, locale: Locale, env: &Env) -> worker::Result<Response> {
    call_object(DESK, "desk", &seal(command, locale), env).await
}

/// Returns the sums of Compago's list by the last reconciliation; `None` before the first one.
///
/// # Errors
/// [`ApiError::Internal`].
pub(crate) async fn list_sums(env: &Env) -> Result<Option<ListSums>, ApiError> {
    let mut answer = send(&Command::Sums, Locale::En, env).await?;
    Ok(read(&answer.text().await?)?)
}

/// Returns how far the shop has come.
///
/// # Errors
/// The index could not be reached, or did not answer.
pub(crate) async fn progress(env: &Env) -> Stored<Progress> {
    let mut answer = send(&Command::Progress, Locale::En, env).await?;
    expect(200, &answer)?;
    read(&answer.text().await?)
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
