//! The Cloudflare Worker of compago-edge: it holds the API key, issues payment links, verifies what comes back, and tells
//! the merchant once, under one id.
//!
//! It is a shell: routes (`route`), Durable Objects (`order`, `till`, `card`, `desk`, `roster`, `register`, `limit`,
//! `list_watch`), the transport to Compago (`transport`) and the configuration (`env`). What is a payment, when it is paid and what is owed to whom is
//! decided in the crate `compago`.

use compago::problem::Locale;
use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::{Request, Response};
use worker::Env;

mod access;
mod assets;
mod body;
mod card;
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
mod shop;
mod till;
mod transport;

use env::Config;
use fault::Fault;
use log::Level;
use route::Route;

/// Answers a request: what goes wrong is an answer as well.
#[wasm_bindgen]
pub fn fetch(request: Request, env: Env) -> Promise {
    runtime::promise(answer_or_refusal(request, env))
}

/// The clock rings, once a night: are Compago's books and ours the same?
#[wasm_bindgen]
pub fn scheduled(_event: JsValue, env: Env) -> Promise {
    runtime::promise(async move {
        if let Err(fault) = desk::reconcile_by_schedule(&env).await {
            log::write(Level::Error, "schedule-failed", &[("code", &respond::code(&fault))]);
        }
        Ok(JsValue::UNDEFINED)
    })
}

async fn answer_or_refusal(request: Request, env: Env) -> Result<Response, JsValue> {
    let locale = receive::locale(&request);
    match answer(&request, &env).await {
        Ok(response) => Ok(response),
        Err(fault) => refuse(&fault, &request, locale, &env).await,
    }
}

async fn answer(request: &Request, env: &Env) -> Result<Response, Fault> {
    let url = request.url();
    let (path, query) = path_and_query(&url);
    let route = Route::find(&request.method(), path)?;
    match route {
        Route::Health => return health::report(env),
        Route::File => return assets::serve(path, env).await,
        Route::Catalog => return shop::catalog(env).await,
        Route::CreateOrder
        | Route::Return
        | Route::Order(_)
        | Route::Retry(_)
        | Route::Cancel(_)
        | Route::SignIn
        | Route::SignOut
        | Route::CreateOperatorOrder
        | Route::OperatorOrder(_)
        | Route::Desk(_)
        | Route::Payments(_)
        | Route::Till(_)
        | Route::Card(_) => {}
    }
    let config = match Config::read(env) {
        Ok(config) => config,
        Err(wrong) => {
            log::write(Level::Error, "misconfigured", &[("missing", &wrong.missing), ("malformed", &wrong.malformed)]);
            // A payer who has just paid is not the one to be told.
            return if route == Route::Return { shop::send_on(query) } else { Err(Fault::Misconfigured) };
        }
    };
    let config = &*config;
    match route {
        Route::Health | Route::File | Route::Catalog => Err(Fault::Internal),
        Route::CreateOrder => shop::create(request, config, env).await,
        Route::Return => shop::came_back(query, request, config, env).await,
        Route::Order(order) => shop::view(order, request, config, env).await,
        Route::Retry(order) => shop::retry(order, request, config, env).await,
        Route::Cancel(order) => shop::cancel(order, request, config, env).await,
        Route::SignIn => {
            limit::admit(limit::Costly::SigningIn, request, env).await?;
            access::sign_in(request, config).await
        }
        Route::SignOut => access::sign_out(request, config),
        Route::CreateOperatorOrder => operator::create(request, config, env).await,
        Route::OperatorOrder(reference) => operator::story(reference, request, config, env).await,
        Route::Payments(route) => payments::answer(&route, query, request, config, env).await,
        Route::Desk(route) => desk::answer(&route, query, request, config, env).await,
        Route::Till(route) => till::answer(&route, request, config, env).await,
        Route::Card(route) => card::answer(&route, query, request, config, env).await,
    }
}

async fn refuse(fault: &Fault, request: &Request, locale: Locale, env: &Env) -> Result<Response, JsValue> {
    if *fault == Fault::Internal {
        log::write(Level::Error, "internal", &[("method", &request.method())]);
    }
    let wants_page = receive::header(request, "accept")
        .is_some_and(|accept| accept.split(',').any(|range| range.trim_start().starts_with("text/html")));
    if *fault == Fault::NotFound
        && wants_page
        && let Ok(page) = assets::not_found_page(env).await
    {
        return Ok(page);
    }
    respond::problem(fault, locale)
}

/// The path and the query of an absolute URL, as they were sent.
fn path_and_query(url: &str) -> (&str, &str) {
    let rest = url.split_once(':').map_or(url, |(_, rest)| rest.trim_start_matches('/'));
    let target = rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/");
    let target = target.split('#').next().unwrap_or_default();
    target.split_once('?').unwrap_or((target, ""))
}
