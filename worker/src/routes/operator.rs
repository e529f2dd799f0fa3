//! The operator's routes: our own orders, charges, refunds and webhooks, what needs a person, and reconciliation.

use compago::edge::reconciliation::StartedBy;
use compago::edge::{Role, Scope};
use compago::value::Reference;
use compago::webhook::EventId;
use worker::{Env, Response};

use crate::config::KeyedConfig;
use crate::http::error::ApiError;
use crate::http::methods::{get, get_or_post, post};
use crate::http::request::{Incoming, locale};
use crate::objects::index_client::{self, Command};
use crate::objects::operator_index::{charges, list};

mod export;
mod orders;
mod settings;

/// A route of the operator's.
#[derive(PartialEq, Eq)]
pub(crate) enum Route<'a> {
    /// `GET /api/operator/orders`
    Orders,
    /// `POST /api/operator/orders`
    CreateOrder,
    /// `GET /api/operator/orders/{reference}`
    Order(&'a str),
    /// `GET /api/operator/orders.csv`
    ExportOrders,
    /// `POST /api/operator/orders/{reference}/check`
    CheckOrder(&'a str),
    /// `GET /api/operator/orders/{reference}/delivery`
    Delivery(&'a str),
    /// `POST /api/operator/orders/{reference}/fulfilment`
    Fulfil(&'a str),
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
    /// `GET /api/operator/settings`
    Settings,
    /// `POST /api/operator/settings/check`
    CheckSettings,
    /// `POST /api/operator/settings/webhook-secret/rotate`
    RotateWebhookSecret,
}

impl<'a> Route<'a> {
    /// Finds the route by what follows `/api/operator`.
    ///
    /// # Errors
    /// [`ApiError::Method`], [`ApiError::NotFound`].
    pub(super) fn find(method: &str, rest: &[&'a str]) -> Result<Self, ApiError> {
        Ok(match *rest {
            ["orders"] => get_or_post(method, Self::Orders, Self::CreateOrder)?,
            ["orders.csv"] => get(method, Self::ExportOrders)?,
            ["orders", reference] => get(method, Self::Order(reference))?,
            ["orders", reference, "check"] => post(method, Self::CheckOrder(reference))?,
            ["orders", reference, "delivery"] => get(method, Self::Delivery(reference))?,
            ["orders", reference, "fulfilment"] => post(method, Self::Fulfil(reference))?,
            ["charges"] => get(method, Self::Charges)?,
            ["charges", reference] => get(method, Self::Charge(reference))?,
            ["attention"] => get(method, Self::Attention)?,
            ["attention", kind, key, "done"] => post(method, Self::Done(kind, key))?,
            ["webhooks"] => get(method, Self::Webhooks)?,
            ["webhooks", id, "redeliver"] => post(method, Self::Redeliver(id))?,
            ["reports", "figures"] => get(method, Self::Figures)?,
            ["reconciliation"] => get_or_post(method, Self::Reconciliation, Self::Reconcile)?,
            ["reconciliation", "findings"] => get(method, Self::Findings)?,
            ["index"] => get_or_post(method, Self::Index, Self::Rebuild)?,
            ["settings"] => get(method, Self::Settings)?,
            ["settings", "check"] => post(method, Self::CheckSettings)?,
            ["settings", "webhook-secret", "rotate"] => post(method, Self::RotateWebhookSecret)?,
            _ => return Err(ApiError::NotFound),
        })
    }

    /// Its `operationId` in `/openapi.json`.
    pub(super) const fn operation_id(&self) -> &'static str {
        match self {
            Self::Orders => "operatorOrders",
            Self::CreateOrder => "createOperatorOrder",
            Self::Order(_) => "operatorOrder",
            Self::ExportOrders => "exportOrders",
            Self::CheckOrder(_) => "checkOperatorOrder",
            Self::Delivery(_) => "orderDelivery",
            Self::Fulfil(_) => "fulfilOrder",
            Self::Charges => "charges",
            Self::Charge(_) => "charge",
            Self::Attention => "attention",
            Self::Done(..) => "attentionDone",
            Self::Webhooks => "webhooks",
            Self::Redeliver(_) => "redeliver",
            Self::Figures => "figures",
            Self::Reconciliation => "reconciliation",
            Self::Reconcile => "reconcile",
            Self::Findings => "findings",
            Self::Index => "index",
            Self::Rebuild => "rebuildIndex",
            Self::Settings => "settings",
            Self::CheckSettings => "checkSettings",
            Self::RotateWebhookSecret => "rotateWebhookSecret",
        }
    }

    /// What its path names, if it changes that.
    pub(super) fn subject(&self) -> Option<String> {
        if let Self::CheckOrder(id) | Self::Fulfil(id) | Self::Redeliver(id) = self {
            return Some((*id).to_owned());
        }
        if let Self::Done(kind, key) = self {
            return Some(format!("{kind}/{key}"));
        }
        None
    }

    /// The scope of the idempotency key that names what it makes.
    pub(super) const fn scope(&self) -> Option<Scope> {
        if matches!(self, Self::CreateOrder) { Some(Scope::Operator) } else { None }
    }
}

/// Answers the operator.
///
/// # Errors
/// [`ApiError::InvalidQuery`]; [`ApiError::NotFound`]; of an order the body, the key, or what Compago said.
pub(super) async fn answer(
    role: Role,
    route: &Route<'_>,
    query: &str,
    request: &Incoming,
    config: &KeyedConfig,
    env: &Env,
) -> Result<Response, ApiError> {
    let command = match route {
        Route::CreateOrder => return orders::create(request, config, env).await,
        Route::Order(reference) => return orders::detail(role, reference, query, request, env).await,
        Route::ExportOrders => return export::answer(role, query, request, env).await,
        Route::CheckOrder(reference) => return orders::check(role, reference, request, env).await,
        Route::Delivery(reference) => return orders::delivery(role, reference, request, env).await,
        Route::Fulfil(reference) => return orders::fulfil(role, reference, request, env).await,
        Route::Redeliver(id) => {
            let id: EventId = id.parse().map_err(|_| ApiError::NotFound)?;
            return index_client::redeliver(id, locale(request), env).await;
        }
        Route::Settings => return settings::show(config, locale(request), env).await,
        Route::CheckSettings => return settings::check(config, locale(request), env).await,
        Route::RotateWebhookSecret => return settings::rotate_webhook_secret(config, env).await,
        Route::Orders => list::orders(query),
        Route::Charges => charges::list(query),
        Route::Charge(reference) => {
            let reference: Reference = reference.parse().map_err(|_| ApiError::NotFound)?;
            Some(Command::Charge { reference })
        }
        Route::Attention => list::attention(query),
        Route::Webhooks => list::webhooks(query),
        Route::Figures => list::figures(query),
        Route::Done(kind, key) => Some(Command::Done { id: format!("{kind}/{key}") }),
        Route::Findings => list::findings(query),
        Route::Reconciliation => Some(Command::Reconciliation),
        Route::Reconcile => Some(Command::Reconcile { by: StartedBy::Operator }),
        Route::Index => Some(Command::Index),
        Route::Rebuild => Some(Command::Rebuild),
    };
    Ok(index_client::send(&command.ok_or(ApiError::InvalidQuery)?, locale(request), env).await?)
}
