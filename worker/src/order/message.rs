//! What the Worker asks of an order's Durable Object, and what that answers. Internal: never seen outside.

use compago::edge::order::{OrderCreated, OrderView};
use compago::flow::order::terms::Terms;
use compago::value::{ExternalId, HttpsUrl, PaymentId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fault::Fault;

/// A question to an order.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "ask")]
pub(crate) enum Ask {
    /// Make the order, unless it exists; answers when its link is there, or known not to be.
    Place {
        /// What is ordered.
        terms: Box<Terms>,
        /// The request's body: the same key with another body is another order.
        body: String,
        /// The order's capability, for the answer.
        capability: String,
        /// A page of the merchant's to which the payer returns instead of ours.
        return_page: Option<HttpsUrl>,
    },
    /// Answer as to the first [`Ask::Place`], if there was one.
    Replay {
        /// The request's body.
        body: String,
    },
    /// Somebody watches.
    Watch,
    /// A browser came to the return URL.
    Return {
        /// What it says was paid, if it says both.
        claim: Option<(PaymentId, ExternalId)>,
    },
    /// Begin another attempt; answers like [`Ask::Place`].
    Retry {
        /// The order's capability, for the answer.
        capability: String,
    },
    /// Cancel.
    Cancel,
    /// Tell the operator all but who pays.
    Story,
}

/// An order's answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub(crate) enum Answer {
    /// To [`Ask::Place`], [`Ask::Replay`] and [`Ask::Retry`].
    Created {
        /// With the link.
        created: OrderCreated,
    },
    /// To [`Ask::Watch`] and [`Ask::Cancel`].
    View {
        /// The order as a payer's page shows it.
        view: OrderView,
    },
    /// To [`Ask::Return`].
    Returned {
        /// The merchant's page, if there is one.
        return_page: Option<HttpsUrl>,
    },
    /// To [`Ask::Story`].
    Story {
        /// The order's story.
        story: Value,
    },
    /// There is no such order.
    Unknown,
    /// It cannot be done.
    Refused {
        /// Why.
        fault: Fault,
    },
}

impl Answer {
    /// What an answer that was not hoped for means.
    pub(crate) fn refusal(self) -> Fault {
        match self {
            Self::Refused { fault } => fault,
            Self::Unknown => Fault::NotFound,
            Self::Created { .. } | Self::View { .. } | Self::Returned { .. } | Self::Story { .. } => Fault::Internal,
        }
    }
}
