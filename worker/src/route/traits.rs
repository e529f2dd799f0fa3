//! What the Worker has to know of a route before it answers: where it is answered, for whom, and what the log calls it.

use compago::edge::{Area, Role, Scope};

use super::{Card, Desk, Payments, Route, Till};
use crate::assets;

impl Route<'_> {
    /// On which of our origins it is answered. `None` for what is answered wherever it is asked, over http as well: the health
    /// check of a load balancer, and the way back of somebody who may have paid.
    pub(crate) fn area(&self, path: &str) -> Option<Area> {
        match self {
            Self::Health | Self::Return => None,
            Self::File => Some(assets::area(path)),
            Self::Catalog
            | Self::CreateOrder
            | Self::Order(_)
            | Self::Retry(_)
            | Self::Cancel(_)
            | Self::Card(Card::Payer(_)) => Some(Area::Shop),
            Self::Session
            | Self::SignIn
            | Self::SignOut
            | Self::CreateOperatorOrder
            | Self::OperatorOrder(_)
            | Self::CheckOrder(_)
            | Self::Desk(_)
            | Self::Payments(_)
            | Self::Till(_)
            | Self::Card(_) => Some(Area::Staff),
        }
    }

    /// The role that it needs; `None` if anybody may ask.
    pub(crate) const fn needed_role(&self) -> Option<Role> {
        match self {
            Self::Till(_) | Self::Session => Some(Role::Cashier),
            Self::Card(Card::Payer(_))
            | Self::Health
            | Self::Return
            | Self::File
            | Self::Catalog
            | Self::CreateOrder
            | Self::Order(_)
            | Self::Retry(_)
            | Self::Cancel(_)
            | Self::SignIn
            | Self::SignOut => None,
            Self::CreateOperatorOrder
            | Self::OperatorOrder(_)
            | Self::CheckOrder(_)
            | Self::Desk(_)
            | Self::Payments(_)
            | Self::Card(_) => Some(Role::Operator),
        }
    }

    /// Its `operationId` in `/openapi.json`.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Catalog => "catalog",
            Self::CreateOrder => "createOrder",
            Self::Return => "return",
            Self::Order(_) => "order",
            Self::Retry(_) => "retryOrder",
            Self::Cancel(_) => "cancelOrder",
            Self::Session => "session",
            Self::SignIn => "signIn",
            Self::SignOut => "signOut",
            Self::CreateOperatorOrder => "createOperatorOrder",
            Self::OperatorOrder(_) => "operatorOrder",
            Self::CheckOrder(_) => "checkOperatorOrder",
            Self::Payments(route) => payments_name(route),
            Self::Desk(route) => desk_name(route),
            Self::Till(route) => till_name(route),
            Self::Card(route) => card_name(route),
            Self::File => "file",
        }
    }

    /// The thing that a call changes, if its path names one.
    pub(crate) fn subject(&self) -> Option<String> {
        if let Self::Till(Till::Cancel(id))
        | Self::Payments(Payments::Cancel(id))
        | Self::Card(Card::Revoke(id))
        | Self::Desk(Desk::Redeliver(id))
        | Self::CheckOrder(id) = self
        {
            return Some((*id).to_owned());
        }
        if let Self::Desk(Desk::Done(kind, key)) = self {
            return Some(format!("{kind}/{key}"));
        }
        if let Self::Card(Card::Refund(id, payment)) = self {
            return Some(format!("{id}/{payment}"));
        }
        None
    }

    /// Whose idempotency key names what a call makes.
    pub(crate) const fn scope(&self) -> Option<Scope> {
        if matches!(self, Self::CreateOperatorOrder) {
            Some(Scope::Operator)
        } else if matches!(self, Self::Till(Till::Charge)) {
            Some(Scope::Cashier)
        } else if matches!(self, Self::Card(Card::Save | Card::Charge(_))) {
            Some(Scope::Card)
        } else {
            None
        }
    }
}

const fn payments_name(route: &Payments<'_>) -> &'static str {
    match route {
        Payments::List => "oneTimePayments",
        Payments::Read(_) => "oneTimePayment",
        Payments::Cancel(_) => "cancelOneTimePayment",
        Payments::Summary => "summary",
        Payments::Report => "oneTimePaymentsReport",
    }
}

const fn desk_name(route: &Desk<'_>) -> &'static str {
    match route {
        Desk::Orders => "operatorOrders",
        Desk::Charges => "charges",
        Desk::Charge(_) => "charge",
        Desk::Attention => "attention",
        Desk::Done(..) => "attentionDone",
        Desk::Webhooks => "webhooks",
        Desk::Redeliver(_) => "redeliver",
        Desk::Figures => "figures",
        Desk::Reconciliation => "reconciliation",
        Desk::Reconcile => "reconcile",
        Desk::Findings => "findings",
        Desk::Index => "index",
        Desk::Rebuild => "rebuildIndex",
    }
}

const fn till_name(route: &Till<'_>) -> &'static str {
    match route {
        Till::Charge => "createPaymentIntent",
        Till::Charged(_) => "paymentIntent",
        Till::Cancel(_) => "cancelPaymentIntent",
        Till::Latest(_) => "terminalPaymentIntent",
    }
}

const fn card_name(route: &Card<'_>) -> &'static str {
    match route {
        Card::Save => "saveCard",
        Card::List => "savedCards",
        Card::Read(_) => "savedCard",
        Card::Revoke(_) => "revokeCard",
        Card::Charge(_) => "chargeCard",
        Card::Payments(_) => "cardPayments",
        Card::Payment(..) => "cardPayment",
        Card::Refund(..) => "refundCardPayment",
        Card::Payer(_) => "payersCard",
    }
}
