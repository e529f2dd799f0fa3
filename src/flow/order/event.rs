//! The events of an order.

use super::facts::Listed;
use crate::edge::Role;
use crate::edge::fulfilment::FulfilmentRequest;
use crate::value::{ExternalId, PaymentId, UnixMillis};

/// What happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A client requested the order's state.
    Watched,
    /// An operator's page is following the order.
    WatchedByOperator,
    /// An operator wants the payment to be read now.
    CheckAsked,
    /// A browser requested the return URL. Both values are untrusted.
    PayerReturned {
        /// The payment's id, according to the URL.
        payment_id: PaymentId,
        /// The external id, according to the URL.
        external_id: ExternalId,
    },
    /// The operator's index has taken the projection that names [`Order::watched_link`](super::Order::watched_link), so the list watcher looks for it.
    ListWatched,
    /// Compago's list shows a payment of the order's as confirmed, or with other facts than were bound.
    Listed(Listed),
    /// A complete, readable scan of Compago's list of confirmed payments does not hold a payment of the order's.
    Absent {
        /// The payment.
        payment_id: PaymentId,
        /// When the scan began.
        read_at: UnixMillis,
    },
    /// The list watcher could not learn from the list whether the order's payment is confirmed: the order reads it.
    Wake,
    /// The payer wants to try again, and [`Order::retry_allowed`](super::Order::retry_allowed).
    RetryAsked,
    /// The payer wants to cancel, and [`Order::cancel_allowed`](super::Order::cancel_allowed).
    CancelAsked,
    /// Somebody reports about the delivery, and [`Order::fulfilment_allowed`](super::Order::fulfilment_allowed).
    Fulfilled {
        /// What they report.
        request: FulfilmentRequest,
        /// Their role.
        by: Role,
    },
    /// Somebody read where the order goes.
    DeliveryRead {
        /// Their role.
        by: Role,
    },
    /// Somebody read who bought.
    CustomerRead {
        /// Their role.
        by: Role,
    },
    /// Somebody exported the order with the payer's data.
    Exported {
        /// Their role.
        by: Role,
    },
}

impl Event {
    /// Whether forgetting it does no harm, see [`Rules::is_volatile`](crate::flow::machine::Rules::is_volatile).
    pub(super) const fn is_volatile(&self) -> bool {
        match self {
            Self::Watched | Self::WatchedByOperator | Self::CheckAsked | Self::ListWatched => true,
            // The list watcher says it once.
            Self::Wake
            | Self::PayerReturned { .. }
            | Self::Listed(_)
            | Self::Absent { .. }
            | Self::RetryAsked
            | Self::CancelAsked
            | Self::Fulfilled { .. }
            | Self::DeliveryRead { .. }
            | Self::CustomerRead { .. }
            | Self::Exported { .. } => false,
        }
    }
}
