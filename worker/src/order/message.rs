//! What the Worker asks of an order's Durable Object. The object answers as the API does, in the client's language, so
//! that an answer is written once and read by nobody in between.

use compago::flow::order::terms::Terms;
use compago::problem::Locale;
use compago::value::{ExternalId, HttpsUrl, PaymentId};
use serde::{Deserialize, Serialize};

/// A question, and the language of its answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Question {
    /// Of a refusal's words.
    pub(crate) locale: Locale,
    /// What is asked.
    pub(crate) ask: Ask,
}

/// What can be asked of an order.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Ask {
    /// Make the order, unless it exists; answers when its link is there, or known not to be.
    Place(Box<Placing>),
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
    Retry,
    /// Cancel.
    Cancel,
    /// Tell the operator all but who pays.
    Story,
}

/// What makes an order.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Placing {
    /// What is ordered.
    pub(crate) terms: Terms,
    /// The request's body: the same key with another body is another order.
    pub(crate) body: String,
    /// The order's capability, for the answers.
    pub(crate) capability: String,
    /// A page of the merchant's to which the payer returns instead of ours.
    pub(crate) return_page: Option<HttpsUrl>,
}
