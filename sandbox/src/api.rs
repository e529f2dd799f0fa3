//! Compago's API under `/api`: one module per resource; `guard` runs before all of them.

mod guard;
mod mishap;
mod one_time_payment;
mod payment_intent;
mod payment_method;
mod request;

use axum::http::{Method, StatusCode, Uri};
use axum::{Router, middleware};

use crate::refusal::Refusal;
use crate::world::App;

pub(crate) use mishap::Outlook;

/// The key that every call must carry in `x-api-key`.
pub(crate) const API_KEY: &str = "sandbox-key";

pub(crate) fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(one_time_payment::routes())
        .merge(payment_intent::routes())
        .merge(payment_method::routes())
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
}

async fn unknown(method: Method, uri: Uri) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, format!("Cannot {method} /api{}", uri.path()))
}
