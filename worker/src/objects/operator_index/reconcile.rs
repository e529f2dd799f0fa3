//! Compares Compago's books with ours, in small portions of which each is on disk before the next: a run survives any
//! restart.

use std::rc::Rc;

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::get::GetOneTimePayment;
use compago::api::one_time_payment::list::{ListOneTimePayments, ListedPayment};
use compago::edge::order::OrderStatus;
use compago::edge::reconciliation::{Class, RunView, Stage, StartedBy};
use compago::edge::{CapabilityPurpose, ReturnParams, SigningKeys};
use compago::endpoint::{CallError, call};
use compago::error::Reason;
use compago::flow::order::facts::Listed;
use compago::flow::poll::MIN_GAP;
use compago::flow::reconciliation::LocalOrder;
use compago::flow::reconciliation::run::Run;
use compago::json;
use compago::problem::Locale;
use compago::value::{Amount, PaymentId, Reference};
use serde::Serialize;
use serde_json::json;
use serde_json::value::RawValue;
use worker::Delay;

use super::finding::{self, Candidate, Finding};
use super::portion::PortionTime;
use super::store::{self, Lost};
use super::sums;
use crate::compago::CompagoApi;
use crate::config::{Config, ORDERS};
use crate::http::error::{ApiError, InternalError, ProviderCall};
use crate::objects::database::{Database, Result as Stored};
use crate::objects::durable::Durable;
use crate::objects::order;
use crate::objects::order::message::Command;
use crate::objects::secrets::keyed;
use crate::objects::stored::{raw, read};
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// How many steps one alarm makes at most.
const STEPS: usize = 20;

/// How many calls a step makes at most: an order is called, its payment is read, and the order is called again.
const STEP_CALLS: usize = 3;

const RUNNING: &str = "run";
const LAST: &str = "last";

/// The run that is under way, if one is.
pub(super) fn running(database: &Database) -> Stored<Option<Run>> {
    Ok(store::record::<Run>(database, RUNNING)?.filter(|run| run.due().is_some()))
}

/// Begins a run, unless one is under way.
pub(super) fn begin(database: &Database, by: StartedBy) -> Stored<()> {
    if running(database)?.is_some() {
        return Ok(());
    }
    finding::clear(database)?;
    store::put_record(database, RUNNING, &Run::begin(by, now()))
}

/// The run that is under way and the last one that came to an end, with what they have found.
#[derive(Serialize)]
pub(super) struct Runs {
    running: Option<Box<RawValue>>,
    last: Option<Box<RawValue>>,
}

/// Returns the runs as the operator reads them.
pub(super) fn runs(database: &Database) -> Stored<Runs> {
    let view = |run: Run| {
        let (view, name) = (json::to_string(&RunView::from(&run)), run.started_at().to_string());
        raw(finding::with_findings(database, &view, &name)?)
    };
    let last: Option<Run> = store::record(database, LAST)?;
    Ok(Runs { running: running(database)?.map(view).transpose()?, last: last.map(view).transpose()? })
}

/// Goes on with the run that is due, by no more calls than `left`.
///
/// # Errors
/// Those of the storage; any other is the run's own to try again.
pub(super) async fn go_on(durable: &Durable, left: usize) -> Result<(), ApiError> {
    let time = PortionTime::begin();
    for _ in 0..STEPS.min(left / STEP_CALLS) {
        if time.is_over() {
            return Ok(());
        }
        let Some(run) = running(&durable.database()?)?.filter(|run| run.is_due(now())) else {
            return Ok(());
        };
        if let Err(error) = step(durable, run.clone()).await {
            // A call to Compago that failed is logged as such. Whatever failed is tried again.
            if let ApiError::Internal(error) = error {
                log::write(Level::Warn, "reconciliation-step-failed", json!({ "error": error.chain() }));
            }
            let mut run = run;
            run.failed(now());
            durable.commit(|database| put(database, &run))?;
        }
    }
    Ok(())
}

async fn step(durable: &Durable, run: Run) -> Result<(), ApiError> {
    if let Some(page) = run.page() {
        return read_page(durable, run, &page).await;
    }
    match run.stage() {
        Stage::Checking => check(durable, run).await,
        Stage::Comparing | Stage::Reading | Stage::Done | Stage::Failed => compare(durable, run),
    }
}

async fn read_page(durable: &Durable, mut run: Run, wanted: &ListOneTimePayments) -> Result<(), ApiError> {
    let config = Config::read(&durable.env)?;
    let keys = keyed(Rc::clone(&config), &durable.env).await?.keys;
    let page = call(wanted, &CompagoApi::new(&config)).await.map_err(|error| ApiError::from_list_error(&error))?;
    let ids: Vec<PaymentId> = page.readable.iter().map(|payment| payment.id).collect();
    let mut unseen = finding::unseen(&durable.database()?, &json::to_string(&ids))?;
    // The list may name a payment twice.
    let fresh: Vec<&ListedPayment> = page.readable.iter().filter(|payment| unseen.remove(&payment.id)).collect();
    let lines: Vec<Line> = page.readable.iter().map(|payment| Line::of(payment, &keys)).collect();
    let lines = json::to_string(&lines);
    run.read(&page, &fresh, now());
    durable.commit(|database| {
        finding::store_page(database, &lines)?;
        put(database, &run)
    })?;
    Ok(())
}

fn compare(durable: &Durable, mut run: Run) -> Result<(), ApiError> {
    durable.commit(|database| {
        let name = run.started_at().to_string();
        sums::keep(database, &run)?;
        finding::find_candidates(database, &name)?;
        let foreign_account = if run.is_whole() { finding::foreign_account(database, &name)? } else { None };
        let (orders, candidates) = finding::counts(database)?;
        run.compared(orders, candidates, foreign_account, now());
        put(database, &run)
    })?;
    Ok(())
}

/// Checks one candidate.
async fn check(durable: &Durable, mut run: Run) -> Result<(), ApiError> {
    let mut candidate = finding::next(&durable.database()?, run.tries())?;
    let found = match &mut candidate {
        Some(candidate) => examine(durable, candidate, &run).await?,
        None => None,
    };
    if found.as_ref().is_some_and(|found| found.class == Class::OrderUnreadable) {
        run.set_aside(now());
    } else {
        run.checked(now());
    }
    durable.commit(|database| {
        if let Some(candidate) = &candidate {
            if found.as_ref().is_some_and(|found| found.class == Class::StorageLost)
                && let Some(reference) = &candidate.reference
            {
                store::lost(database, Lost::Id(&format!("order/{}", reference.compact())), now())?;
            }
            finding::settle(database, &run.started_at().to_string(), candidate, found.as_ref())?;
        }
        put(database, &run)
    })?;
    Ok(())
}

/// Compares a candidate's payment with its order. `None` if they agree.
async fn examine(durable: &Durable, candidate: &mut Candidate, run: &Run) -> Result<Option<Finding>, ApiError> {
    let Candidate { payment, reference, by_name, is_indexed, there, external_id } = candidate;
    let mut here = match reference {
        Some(reference) => match reconcile_order(reference, None, durable).await {
            Err(error) if !run.may_look_up_again() => return Ok(Some(unreadable(reference, &error))),
            here => here?,
        },
        None => None,
    };
    let name = external_id.as_deref().unwrap_or_default();
    if *by_name && here.as_ref().is_some_and(|here| !here.may_own(*payment, name)) {
        (*reference, here) = (None, None);
    }
    // The order has published this payment. If it does not know it any more, its storage is lost.
    if *is_indexed && !here.as_ref().is_some_and(|here| here.knows(*payment)) {
        return Ok(Some(Finding { class: Class::StorageLost, here, settled: None, needs_person: true }));
    }
    let Some(class) = Class::of(*payment, there.as_ref(), here.as_ref()) else { return Ok(None) };
    let mut settled = None;
    if class == Class::PaidNotConfirmed {
        match is_confirmed(*payment, here.as_ref(), durable).await {
            Ok(true) => return Ok(None),
            Err(error) if run.may_look_up_again() => return Err(error),
            Ok(false) => {}
            Err(error) => log::write(
                Level::Error,
                "payment-not-read",
                json!({ "reference": reference, "code": error.code(), "error": error.internal() }),
            ),
        }
    }
    let listed = there.as_ref().zip(external_id.as_ref()).map(|(there, external_id)| Listed {
        payment_id: *payment,
        external_id: external_id.clone(),
        amount: there.amount,
        currency: there.currency.clone(),
        status: there.status.clone(),
        read_at: run.started_at(),
    });
    if let Some((reference, listed)) = reference.as_ref().zip(listed).filter(|_| class.concerns_order()) {
        let after = match reconcile_order(reference, Some(listed), durable).await {
            Ok(after) => after,
            Err(error) if run.may_look_up_again() => return Err(error),
            Err(error) => {
                log::write(
                    Level::Error,
                    "order-not-compared",
                    json!({ "reference": reference, "error": error.internal() }),
                );
                None
            }
        };
        settled =
            after.map(|after| after.status).filter(|status| here.as_ref().is_some_and(|here| here.status != *status));
    }
    // A payment of another program is reported, and is not settled here.
    let is_settled = class.can_settle() && settled == Some(OrderStatus::Paid);
    let is_foreign = class == Class::ConfirmedUnknown && reference.is_none();
    let needs_person = !is_settled && !is_foreign;
    Ok(Some(Finding { class: run.class_of(*payment, class), here, settled, needs_person }))
}

/// Returns the finding for an order that answers only errors: the run continues without it.
fn unreadable(reference: &Reference, error: &ApiError) -> Finding {
    log::write(Level::Error, "order-unreadable", json!({ "reference": reference, "error": error.internal() }));
    Finding { class: Class::OrderUnreadable, here: None, settled: None, needs_person: true }
}

/// Returns the order's projection, after the order has applied what the list shows.
async fn reconcile_order(
    reference: &Reference,
    listed: Option<Listed>,
    durable: &Durable,
) -> Result<Option<LocalOrder>, ApiError> {
    let mut answer = order::send(reference, Command::Reconcile { listed }, Locale::En, &durable.env).await?;
    match answer.status_code() {
        200 => Ok(Some(read(&answer.text().await?)?)),
        404 => Ok(None),
        status => Err(InternalError::Answered { whose: ORDERS, status }.into()),
    }
}

/// Whether a read says what the list does not: it may have been older than what we know.
async fn is_confirmed(payment: PaymentId, here: Option<&LocalOrder>, durable: &Durable) -> Result<bool, ApiError> {
    // It was last read when it was found to be paid, or by the last run.
    let last: Option<Run> = store::record(&durable.database()?, LAST)?;
    let read_at = here.and_then(|here| here.paid_at).max(last.and_then(|run| run.finished_at()));
    if let Some(at) = read_at {
        Delay::from(at.plus(MIN_GAP).since(now()).min(MIN_GAP)).await;
    }
    let config = Config::read(&durable.env)?;
    match call(&GetOneTimePayment { id: payment }, &CompagoApi::new(&config)).await {
        Ok(reading) => Ok(reading.status == Status::Confirmed),
        Err(CallError::Refused(refusal)) if refusal.reason == Reason::NotFound => Ok(false),
        Err(error) => Err(ApiError::from_call_error(&error, ProviderCall::Read)),
    }
}

/// Writes a run. A run that has ended is also stored as the last one, and its findings are published.
fn put(database: &Database, run: &Run) -> Stored<()> {
    store::put_record(database, RUNNING, run)?;
    if run.due().is_none() {
        store::put_record(database, LAST, run)?;
        finding::publish_findings(
            database,
            &run.started_at().to_string(),
            run.needs(),
            &json::to_string(&RunView::from(run)),
            now(),
        )?;
    }
    Ok(())
}

/// A payment of Compago's list as it is stored.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    id: PaymentId,
    status: &'a Status,
    amount: Amount,
    currency: &'a str,
    external_id: &'a str,
    /// The order whose return URL it was made with.
    reference: Option<Reference>,
}

impl<'a> Line<'a> {
    fn of(payment: &'a ListedPayment, keys: &SigningKeys) -> Self {
        let query = payment.redirect_url.as_deref().and_then(|url| url.split('?').nth(1));
        let params = query.and_then(ReturnParams::parse);
        Self {
            id: payment.id,
            status: &payment.status,
            amount: payment.amount,
            currency: &payment.currency,
            external_id: &payment.external_id,
            reference: params.and_then(|params| params.order.open(CapabilityPurpose::Order, keys)),
        }
    }
}
