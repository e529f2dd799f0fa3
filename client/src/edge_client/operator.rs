//! The calls of the operator's page and of the merchant's backend.

use compago::edge::Edge;
use compago::endpoint::Transport;

use super::{EdgeClient, OperatorPaymentMethods};

mod attention;
mod charges;
mod index;
mod one_time_payments;
mod orders;
mod reconciliation;
mod reports;
mod settings;
mod webhooks;

pub use attention::OperatorAttention;
pub use charges::OperatorCharges;
pub use index::OperatorIndex;
pub use one_time_payments::OperatorOneTimePayments;
pub use orders::OperatorOrders;
pub use reconciliation::OperatorReconciliation;
pub use reports::OperatorReports;
pub use settings::OperatorSettings;
pub use webhooks::OperatorWebhooks;

/// The operator's calls; see [`EdgeClient::operator`].
#[derive(Debug, Clone, Copy)]
pub struct Operator<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<'a, T: Transport<Edge>> Operator<'a, T> {
    /// Orders.
    pub const fn orders(&self) -> OperatorOrders<'a, T> {
        OperatorOrders { client: self.client }
    }

    /// Compago's one-time payments, also those that another program created.
    pub const fn one_time_payments(&self) -> OperatorOneTimePayments<'a, T> {
        OperatorOneTimePayments { client: self.client }
    }

    /// Saved cards, their charges and refunds.
    pub const fn payment_methods(&self) -> OperatorPaymentMethods<'a, T> {
        OperatorPaymentMethods { client: self.client }
    }

    /// Charges at terminals and of saved cards, and refunds, of the Worker.
    pub const fn charges(&self) -> OperatorCharges<'a, T> {
        OperatorCharges { client: self.client }
    }

    /// What a person has to look at.
    pub const fn attention(&self) -> OperatorAttention<'a, T> {
        OperatorAttention { client: self.client }
    }

    /// Webhooks to the merchant's backend.
    pub const fn webhooks(&self) -> OperatorWebhooks<'a, T> {
        OperatorWebhooks { client: self.client }
    }

    /// The reconciliation with Compago's lists.
    pub const fn reconciliation(&self) -> OperatorReconciliation<'a, T> {
        OperatorReconciliation { client: self.client }
    }

    /// The index of the operator's lists.
    pub const fn index(&self) -> OperatorIndex<'a, T> {
        OperatorIndex { client: self.client }
    }

    /// The settings of the Worker.
    pub const fn settings(&self) -> OperatorSettings<'a, T> {
        OperatorSettings { client: self.client }
    }

    /// Reports.
    pub const fn reports(&self) -> OperatorReports<'a, T> {
        OperatorReports { client: self.client }
    }
}
