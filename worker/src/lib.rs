//! The Cloudflare Worker of compago-edge: it holds the API key, issues payment links, verifies what comes back, and tells
//! the merchant once, under one id.
//!
//! It is a shell: routes (`route`), Durable Objects (`order`, `till`, `card`, `desk`, `roster`, `register`, `limit`,
//! `open_links`, `list_watch`, `session`), the transport to Compago (`transport`) and the configuration (`env`). What is a payment, when it is paid and what is owed to whom is
//! decided in the crate `compago`.

use compago::edge::{Area, Misdirected, RequestedAt, Site};
use serde_json::json;
use worker::{Context, Env, Response, ScheduleContext, ScheduledEvent, event};

mod access;
mod assets;
mod body;
mod card;
mod catalog;
mod clock;
mod desk;
mod durable;
mod env;
mod fault;
mod health;
mod idempotency;
mod limit;
mod list_watch;
mod log;
mod open_links;
mod operator;
mod order;
mod outgoing;
mod payments;
mod receive;
mod register;
mod respond;
mod roster;
mod route;
mod runtime;
mod security_log;
mod session;
mod shop;
mod till;
mod transport;

use access::Caller;
use env::Config;
use fault::{Fault, InternalError};
use log::Level;
use receive::Incoming;
use route::Route;

/// Answers a request: what goes wrong is an answer as well.
#[event(fetch)]
async fn fetch(request: Incoming, env: Env, _context: Context) -> worker::Result<Response> {
    match handle(&request, &env).await {
        Ok(response) => Ok(response),
        Err(error) => {
            // The answer itself could not be made.
            log::write(Level::Error, "internal", json!({ "method": request.method(), "error": log::chain(&error) }));
            respond::problem(&error.into(), receive::locale(&request))
                .or_else(|_| Response::error("Internal Server Error", 500))
        }
    }
}

async fn handle(request: &Incoming, env: &Env) -> worker::Result<Response> {
    let header = |name| receive::header(request, name);
    let at = RequestedAt::new(request.url(), header("cf-visitor").as_deref(), header("x-forwarded-proto").as_deref());
    let site = env::site(env);
    let (path, query) = path_and_query(request.url());
    let answer = match Route::find(request.method(), path) {
        Ok(route) => match answer(&route, (path, query), request, &at, site.as_ref(), env).await {
            Ok(response) => Ok(response),
            Err(fault) => {
                let fault = limit::count_failure(fault, request, env).await;
                if let Ok(config) = Config::read(env) {
                    security_log::refused(&fault, &route, request, &config);
                }
                Err(fault)
            }
        },
        Err(fault) => Err(fault),
    };
    let response = match answer {
        Ok(response) => response,
        Err(fault) => refuse(&fault, request, env).await?,
    };
    match site.as_ref().and_then(|site| site.strict_transport(&at)) {
        Some(policy) => respond::with_header(response, "strict-transport-security", policy),
        None => Ok(response),
    }
}

/// A time of `crons` in `wrangler.toml` has come. The one of every hour sends the webhooks that wait for it, the one of every night
/// finds out whether Compago's books and ours are the same.
#[event(scheduled)]
async fn scheduled(event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    let is_hourly = event.cron().split(' ').nth(1) == Some("*");
    let begun = if is_hourly { desk::deliver_by_schedule(&env).await } else { desk::reconcile_by_schedule(&env).await };
    if let Err(fault) = begun {
        log::write(
            Level::Error,
            "schedule-failed",
            json!({ "code": respond::code(&fault), "error": fault.internal() }),
        );
    }
}

async fn answer(
    route: &Route<'_>,
    (path, query): (&str, &str),
    request: &Incoming,
    at: &RequestedAt<'_>,
    site: Option<&Site>,
    env: &Env,
) -> Result<Response, Fault> {
    // A Worker without a shop's origin cannot tell which hosts are its own.
    if let Some((site, area)) = site.zip(route.area(path))
        && let Err(elsewhere) = site.check(at, area)
    {
        return send_elsewhere(&elsewhere, *route == Route::File, path, query);
    }
    match route {
        Route::Health => return health::report(receive::locale(request), env).await,
        Route::File => return serve_file(path, query, request, env).await,
        Route::Catalog => return catalog::answer(env).await,
        Route::Return => {
            let elsewhere = site.is_some_and(|site| site.check(at, Area::Shop).is_err());
            let base = site.filter(|_| elsewhere).map_or("", |site| site.shop().as_str());
            return shop::on_return(query, base, request, env).await;
        }
        Route::CreateOrder
        | Route::Order(_)
        | Route::Retry(_)
        | Route::Cancel(_)
        | Route::Session
        | Route::SignIn
        | Route::SignOut
        | Route::CreateOperatorOrder
        | Route::OperatorOrder(_)
        | Route::CheckOrder(_)
        | Route::Desk(_)
        | Route::Payments(_)
        | Route::Till(_)
        | Route::Card(_) => {}
    }
    let config = Config::read(env).map_err(|wrong| {
        log::write(Level::Error, "misconfigured", json!({ "missing": wrong.missing, "malformed": wrong.malformed }));
        Fault::Misconfigured
    })?;
    let Some(role) = route.needed_role() else { return answer_anybody(route, query, request, &config, env).await };
    let caller = access::require(role, request, &config, env).await?;
    answer_staff(&caller, route, query, request, &config, env).await
}

/// Answers what needs no role.
async fn answer_anybody(
    route: &Route<'_>,
    query: &str,
    request: &Incoming,
    config: &Config,
    env: &Env,
) -> Result<Response, Fault> {
    match route {
        Route::CreateOrder => shop::create(request, config, env).await,
        Route::Order(order) => shop::view(order, request, config, env).await,
        Route::Retry(order) => shop::retry(order, request, config, env).await,
        Route::Cancel(order) => shop::cancel(order, request, config, env).await,
        Route::SignIn => access::sign_in(request, config, env).await,
        Route::SignOut => access::sign_out(request, config, env).await,
        Route::Card(route) => card::answer(route, query, request, config, env).await,
        Route::Health
        | Route::File
        | Route::Catalog
        | Route::Return
        | Route::Session
        | Route::CreateOperatorOrder
        | Route::OperatorOrder(_)
        | Route::CheckOrder(_)
        | Route::Desk(_)
        | Route::Payments(_)
        | Route::Till(_) => Err(InternalError::Impossible("a route that needs a role was answered to anybody").into()),
    }
}

/// Answers somebody who may ask: what they change is logged, and their session goes on.
async fn answer_staff(
    caller: &Caller,
    route: &Route<'_>,
    query: &str,
    request: &Incoming,
    config: &Config,
    env: &Env,
) -> Result<Response, Fault> {
    let answer = match route {
        Route::Session => access::show(caller, config),
        Route::CreateOperatorOrder => operator::create(request, config, env).await,
        Route::OperatorOrder(reference) => operator::story(reference, query, request, env).await,
        Route::CheckOrder(reference) => operator::check(reference, request, env).await,
        Route::Payments(route) => payments::answer(route, query, request, env).await,
        Route::Desk(route) => desk::answer(route, query, request, env).await,
        Route::Till(route) => till::answer(caller, route, request, config, env).await,
        Route::Card(route) => card::answer(route, query, request, config, env).await,
        Route::Health
        | Route::File
        | Route::Catalog
        | Route::CreateOrder
        | Route::Return
        | Route::Order(_)
        | Route::Retry(_)
        | Route::Cancel(_)
        | Route::SignIn
        | Route::SignOut => Err(InternalError::Impossible("a route that needs no role was answered to staff").into()),
    };
    if !matches!(request.method(), "GET" | "HEAD") {
        let status = answer.as_ref().map_or_else(respond::status, Response::status_code);
        security_log::acted(caller, status, route, request, config);
    }
    let answer = answer?;
    match access::renewed_cookie(caller, config)? {
        Some(cookie) => Ok(respond::with_header(answer, "set-cookie", &cookie)?),
        None => Ok(answer),
    }
}

/// A file, or a redirect to the one address of its page.
async fn serve_file(path: &str, query: &str, request: &Incoming, env: &Env) -> Result<Response, Fault> {
    match assets::address_meant(path) {
        Some(address) => Ok(respond::moved(&with_query(address, query))?),
        None => assets::serve(path, query, request, env).await,
    }
}

/// Pages are redirected to where they are; a program is told, since it may not follow with what it has sent.
fn send_elsewhere(elsewhere: &Misdirected<'_>, is_file: bool, path: &str, query: &str) -> Result<Response, Fault> {
    let (Misdirected::WrongHost(origin) | Misdirected::PlainHttp(origin)) = elsewhere;
    if is_file {
        return Ok(respond::moved(&format!("{origin}{}", with_query(path, query)))?);
    }
    let origin = origin.to_string();
    Err(match elsewhere {
        Misdirected::WrongHost(_) => Fault::WrongHost { origin },
        Misdirected::PlainHttp(_) => Fault::HttpsRequired { origin },
    })
}

async fn refuse(fault: &Fault, request: &Incoming, env: &Env) -> worker::Result<Response> {
    if let Fault::Internal(error) = fault {
        log::write(Level::Error, "internal", json!({ "method": request.method(), "error": error.chain() }));
    }
    let wants_page = receive::header(request, "accept")
        .is_some_and(|accept| accept.split(',').any(|range| range.trim_start().starts_with("text/html")));
    if matches!(fault, Fault::NotFound) && wants_page {
        match assets::not_found_page(env).await {
            Ok(page) => return Ok(page),
            Err(Fault::Internal(error)) => log::write(Level::Error, "page-not-read", json!({ "error": error.chain() })),
            // There is none.
            Err(_) => {}
        }
    }
    respond::problem(fault, receive::locale(request))
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The path and the query of an absolute URL, as they were sent.
fn path_and_query(url: &str) -> (&str, &str) {
    let rest = url.split_once(':').map_or(url, |(_, rest)| rest.trim_start_matches('/'));
    let target = rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/");
    let target = target.split('#').next().unwrap_or_default();
    target.split_once('?').unwrap_or((target, ""))
}
