//! The commands to an order's Durable Object.

use compago::edge::fulfilment::FulfilmentRequest;
use compago::edge::{BodyFingerprints, Role};
use compago::flow::open_links::LinkTicket;
use compago::flow::order::facts::Listed;
use compago::flow::order::terms::Terms;
use compago::value::{ExternalId, HttpsUrl, PaymentId, UnixMillis};

use serde::{Deserialize, Serialize};

/// A command to an order.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Command {
    /// Make the order, unless it exists; answers when its link is there, or known not to be.
    Place(Box<PlaceOrder>),
    /// Answer as to the first [`Command::Place`], if there was one.
    Replay {
        /// The fingerprints of the request's body.
        body: BodyFingerprints,
        /// The link that was counted for it.
        ticket: Option<LinkTicket>,
    },
    /// The same, but begin no other attempt: where the last one failed for a reason that passes, there is nothing to answer with.
    Recall {
        /// The fingerprints of the request's body.
        body: BodyFingerprints,
    },
    /// Somebody watches.
    Watch,
    /// A browser came to the return URL.
    Return {
        /// The payment that it claims was paid, if it names it in full.
        claim: Option<Claim>,
    },
    /// Begin another attempt, for which this link was counted; answers like [`Command::Place`].
    Retry(Option<LinkTicket>),
    /// Cancel.
    Cancel,
    /// Return the order's detail for the operator.
    Detail {
        /// The role of whoever reads it, as in all that follow: the history says who did what.
        role: Role,
    },
    /// The same, to a page that follows the order.
    WatchDetail {
        /// Of whoever reads it.
        role: Role,
    },
    /// Have the payment read now, if that is allowed; answers like [`Command::Detail`].
    Check {
        /// Of whoever reads the answer.
        role: Role,
    },
    /// Return who receives the order, and where.
    Delivery {
        /// Of whoever reads it.
        role: Role,
    },
    /// Record that the order is prepared or handed over, or that it is not; answers like [`Command::Detail`].
    Fulfil {
        /// What is to be recorded.
        request: Box<FulfilmentRequest>,
        /// Of whoever did it.
        role: Role,
    },
    /// Return what a table of orders says of the order.
    Export {
        /// Of whoever reads it.
        role: Role,
    },
    /// Return the order's projection, after applying what Compago's list shows of a payment.
    Reconcile {
        /// The payment, if there is one to apply.
        listed: Option<Listed>,
    },
    /// Take a message of the list watcher's about the order's payment; answers at once.
    FromListWatcher(ListWatcherMessage),
}

/// A message of the list watcher's about an order's payment, see [`compago::flow::watch`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub(crate) enum ListWatcherMessage {
    /// Compago's list shows it as confirmed.
    Listed(Listed),
    /// The list of confirmed payments was read to its end, and does not show it.
    Absent {
        /// The payment.
        payment_id: PaymentId,
        /// When reading the list began.
        read_at: UnixMillis,
    },
    /// Whether the list shows it could not be learnt: the order reads it itself.
    Wake,
}

/// The payment that a browser claims was paid.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Claim {
    /// The payment.
    pub(crate) payment_id: PaymentId,
    /// Its external id.
    pub(crate) external_id: ExternalId,
}

/// The data of a new order.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlaceOrder {
    /// What is ordered.
    pub(crate) terms: Terms,
    /// The fingerprints of the request's body: the same key with another body is another order.
    pub(crate) body: BodyFingerprints,
    /// The order's capability, for the answers.
    pub(crate) capability: String,
    /// A page of the merchant's to which the payer returns instead of ours.
    #[serde(rename = "return_page")]
    pub(crate) return_page: Option<HttpsUrl>,
    /// The link that was counted for this request, if it is one of an anonymous visitor's, see [`crate::objects::open_links`].
    pub(crate) ticket: Option<LinkTicket>,
}
