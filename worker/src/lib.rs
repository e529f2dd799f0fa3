//! The Cloudflare Worker of compago-edge: it holds the API key, issues payment links, verifies what comes back, and notifies
//! the merchant once, under one id.
//!
//! It does the IO. Its layers, each of which uses only later ones: `routes`, `objects` (Durable Objects), `compago`
//! (the transport to Compago), `http`, `config`. What is a payment, when it is paid and
//! which webhooks are due is decided in the crate `compago`.

use ::compago::edge::{RequestedAt, Site};
use ::compago::flow::reconciliation::schedule;
use serde_json::json;
use worker::{Context, Env, Response, ScheduleContext, ScheduledEvent, event};

mod compago;
mod config;
mod http;
mod objects;
mod routes;
mod runtime;

use config::Config;
use http::cors::Readers;
use http::error::ApiError;
use http::hosts::path_and_query;
use http::problems::respond_problem;
use http::request::{self, Incoming};
use http::{cors, respond, security_log};
use objects::{index_client, rate_limit, secrets};
use routes::{Route, assets, shop_file};
use runtime::clock;
use runtime::log::{self, Level};

/// Answers a request. A failure is an answer as well.
#[event(fetch)]
async fn fetch(request: Incoming, env: Env, _context: Context) -> worker::Result<Response> {
    let site = config::site(&env);
    let readers = Readers::of(&request, path_and_query(request.url()).0, site.as_deref());
    let response = match handle(&request, site.as_deref(), &env).await {
        Ok(response) => response,
        Err(error) => {
            // The answer itself could not be made.
            log::write(Level::Error, "internal", json!({ "method": request.method(), "error": log::chain(&error) }));
            respond_problem(&error.into(), request::locale(&request))
                .or_else(|_| Response::error("Internal Server Error", 500))?
        }
    };
    readers.allow(response)
}

/// Begins what is due by the hourly schedule, `crons` in `wrangler.toml`: has pending webhooks delivered and, once a day, at three
/// o'clock by the shop's clock, compares Compago's payments with ours.
#[event(scheduled)]
async fn scheduled(event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    log_failure(index_client::deliver_by_schedule(&env).await);
    if schedule::is_due(clock::scheduled_at(&event), &shop_file::zone(&env).await) {
        log_failure(index_client::reconcile_by_schedule(&env).await);
    }
}

fn log_failure(begun: Result<(), ApiError>) {
    if let Err(error) = begun {
        log::write(Level::Error, "schedule-failed", json!({ "code": error.code(), "error": error.internal() }));
    }
}

async fn handle(request: &Incoming, site: Option<&Site>, env: &Env) -> worker::Result<Response> {
    let header = |name| request::header(request, name);
    let at = RequestedAt::new(request.url(), header("cf-visitor").as_deref(), header("x-forwarded-proto").as_deref());
    let response = match answer(request, &at, site, env).await {
        Ok(response) => response,
        Err(error) => refuse(&error, request, env).await?,
    };
    match site.and_then(|site| site.strict_transport(&at)) {
        Some(policy) => respond::with_header(response, "strict-transport-security", policy),
        None => Ok(response),
    }
}

/// Answers a preflight, or a request by its route. What may be part of an attack is counted and logged.
///
/// # Errors
/// Why the request is refused.
async fn answer(
    request: &Incoming,
    at: &RequestedAt<'_>,
    site: Option<&Site>,
    env: &Env,
) -> Result<Response, ApiError> {
    let (path, query) = path_and_query(request.url());
    let (operation, outcome) = match cors::preflight(request, path, site) {
        Some(outcome) => ("preflight", outcome),
        None => match Route::find(request.method(), path) {
            Ok(route) => (route.operation_id(), route.answer((path, query), request, at, site, env).await),
            Err(unknown) => ("unknown", Err(Route::refusal(unknown, path, request, site))),
        },
    };
    match outcome {
        Ok(response) => Ok(response),
        Err(error) => {
            let error = rate_limit::count_failure(error, request, env).await;
            if let Ok(config) = Config::read(env) {
                security_log::refused(&error, operation, request, secrets::known_keys(&config).as_ref());
            }
            Err(error)
        }
    }
}

/// Answers with a problem document, or, where a person asked for a page that does not exist, with the page that says so.
async fn refuse(error: &ApiError, request: &Incoming, env: &Env) -> worker::Result<Response> {
    if let ApiError::Internal(error) = error {
        log::write(Level::Error, "internal", json!({ "method": request.method(), "error": error.chain() }));
    }
    let wants_page = request::header(request, "accept")
        .is_some_and(|accept| accept.split(',').any(|range| range.trim_start().starts_with("text/html")));
    if matches!(error, ApiError::NotFound) && wants_page {
        match assets::not_found_page(env).await {
            Ok(page) => return Ok(page),
            Err(ApiError::Internal(error)) => {
                log::write(Level::Error, "page-not-read", json!({ "error": error.chain() }))
            }
            // The site has no such page.
            Err(_) => {}
        }
    }
    respond_problem(error, request::locale(request))
}
