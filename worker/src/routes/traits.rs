//! What the Worker has to know of a route before it answers: where it is answered, to whom, and what the log calls it.

use compago::edge::{Area, Role, Scope};

use super::{Route, assets, cards, session};
use crate::config::KeyedConfig;
use crate::http::request::{Incoming, idempotency_key};

impl Route<'_> {
    /// On which of our origins it is answered. `None` for what is answered wherever it is asked, over http as well: the health
    /// check of a load balancer, and the way back of somebody who may have paid.
    pub(crate) fn area(&self, path: &str) -> Option<Area> {
        match self {
            Self::Health | Self::Return => None,
            Self::File => Some(assets::area(path)),
            Self::Catalog | Self::Shop(_) | Self::Cards(cards::Route::Payer(_)) => Some(Area::Shop),
            Self::Session(_) | Self::Operator(_) | Self::Payments(_) | Self::Pos(_) | Self::Cards(_) => {
                Some(Area::Staff)
            }
        }
    }

    /// Whether pages that sell call it: those of other origins than the shop's and the embed origins may not. The way back from the checkout
    /// is open to all, since a payer comes from there.
    pub(crate) const fn is_for_pages(&self) -> bool {
        match self {
            Self::Catalog | Self::Shop(_) | Self::Cards(cards::Route::Payer(_)) => true,
            Self::Health
            | Self::Return
            | Self::File
            | Self::Session(_)
            | Self::Operator(_)
            | Self::Payments(_)
            | Self::Pos(_)
            | Self::Cards(_) => false,
        }
    }

    /// The role that it needs; `None` if anybody may ask.
    pub(crate) const fn needed_role(&self) -> Option<Role> {
        match self {
            Self::Pos(_) | Self::Session(session::Route::Show) => Some(Role::Cashier),
            Self::Health
            | Self::Return
            | Self::File
            | Self::Catalog
            | Self::Shop(_)
            | Self::Session(session::Route::SignIn | session::Route::SignOut)
            | Self::Cards(cards::Route::Payer(_)) => None,
            Self::Operator(_) | Self::Payments(_) | Self::Cards(_) => Some(Role::Operator),
        }
    }

    /// Its `operationId` in `/openapi.json`.
    pub(crate) const fn operation_id(&self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Catalog => "catalog",
            Self::Return => "return",
            Self::Shop(route) => route.operation_id(),
            Self::Session(route) => route.operation_id(),
            Self::Operator(route) => route.operation_id(),
            Self::Payments(route) => route.operation_id(),
            Self::Pos(route) => route.operation_id(),
            Self::Cards(route) => route.operation_id(),
            Self::File => "file",
        }
    }

    /// What a request changes: what its path names, or the reference that its idempotency key gives.
    pub(crate) fn subject(&self, request: &Incoming, config: &KeyedConfig) -> Option<String> {
        let named = match self {
            Self::Operator(route) => route.subject(),
            Self::Payments(route) => route.subject(),
            Self::Pos(route) => route.subject(),
            Self::Cards(route) => route.subject(),
            Self::Health | Self::Catalog | Self::Return | Self::Shop(_) | Self::Session(_) | Self::File => None,
        };
        if named.is_some() {
            return named;
        }
        let scope = self.scope()?;
        Some(idempotency_key(request).ok()?.reference(scope, &config.keys).to_string())
    }

    /// Whether it makes something under an idempotency key.
    pub(crate) fn creates(&self) -> bool {
        self.scope().is_some() || matches!(self, Self::Shop(route) if route.creates())
    }

    /// The scope of the idempotency key that names what a call makes.
    const fn scope(&self) -> Option<Scope> {
        match self {
            Self::Operator(route) => route.scope(),
            Self::Pos(route) => route.scope(),
            Self::Cards(route) => route.scope(),
            Self::Health
            | Self::Catalog
            | Self::Return
            | Self::Shop(_)
            | Self::Session(_)
            | Self::Payments(_)
            | Self::File => None,
        }
    }
}
