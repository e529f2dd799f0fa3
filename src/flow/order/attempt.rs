//! One attempt to be paid: one external id, at most one payment of Compago's.

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use super::terms::Terms;
use crate::api::one_time_payment::link::CheckoutLink;
use crate::error::Reason;
use crate::flow::poll::PollSchedule;
use crate::value::{ExternalId, PaymentId, UnixMillis};

/// An attempt and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// Counted from 1.
    pub number: u8,
    /// Tells this attempt's payment from every other.
    pub external_id: ExternalId,
    /// When it was begun.
    pub started_at: UnixMillis,
    /// When its link runs out: Compago's time once it is bound, until then counted from the start.
    pub expires_at: UnixMillis,
    /// The payment of this attempt, once an answer of Compago's has proved which one it is.
    pub binding: Option<Binding>,
    /// When the order learnt that its link is registered with the list watcher; none in attempts of before there was one.
    pub registered_at: Option<UnixMillis>,
    /// The polls since the link was opened.
    #[serde(rename = "looks")]
    pub polls: PollSchedule,
    /// How often its cancellation was started.
    #[serde(rename = "withdrawals")]
    pub cancellations: u8,
    /// How often an answer contradicted what is stored, and the list then did not.
    pub contradictions: u8,
    /// Whether Compago's answers agree with what it is bound to.
    pub agreement: Agreement,
    /// When it is to be read once more although it is closed: a payer came back who names it, or may have paid late.
    pub recheck_at: Option<UnixMillis>,
    /// How far it has come.
    pub stage: Stage,
}

/// Whether Compago's answers about an attempt's payment agree with what was bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// No answer names another payment id, external id, amount, currency or home page than was bound.
    Agreed,
    /// An answer named another one, and no later answer has named payment id, external id, amount and currency together as
    /// they were bound. Until one does, no answer that leaves any of the four out makes the order paid.
    Contradicted {
        /// When the latest contradicting answer came.
        at: UnixMillis,
    },
}

/// The proof that a payment of Compago's is this attempt's: id, external id, amount and currency stood in one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Binding {
    /// Compago's id of the payment.
    pub payment_id: PaymentId,
    /// Whether the answer echoed our home page unaltered. If so, every later answer must.
    pub homepage_echoed: bool,
}

/// How far an attempt has come. See the diagram of [`super`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The create call is due; `sends` counts the calls that were sent, each written down before that.
    Creating {
        /// Calls sent so far.
        sends: u8,
    },
    /// A checkout link came back, and a read of the payment that it names must prove the two belong together.
    Proving {
        /// The link, on an allowed origin.
        link: CheckoutLink,
        /// The id in it.
        candidate: PaymentId,
        /// Reads that failed.
        tries: u8,
    },
    /// The list is searched.
    Searching {
        /// What for.
        purpose: Purpose,
        /// Scans that failed.
        tries: u8,
        /// Scans that did not find the payment.
        misses: u8,
        /// Calls to create that were sent before.
        sends: u8,
    },
    /// Bound and payable: the payer may have the link.
    Open {
        /// Where the payer goes.
        link: CheckoutLink,
        /// There is a hint that it was paid, and no answer since has said that it still waits.
        claimed: bool,
    },
    /// Bound, and to be made unpayable: a cancel call, then reads until Compago says what became of it.
    #[serde(rename = "withdrawing")]
    Cancelling {
        /// The link, in case it is not cancelled; `None` if no payer ever had it.
        link: Option<CheckoutLink>,
        /// Cancel calls sent.
        cancels: u8,
        /// Reads that failed since.
        tries: u8,
        /// Whether the next call is a read.
        verify: bool,
    },
    /// Over.
    Closed(Outcome),
}

/// What a search of the list is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Purpose {
    /// The link could not be proved by reading: the list must name the payment.
    Adopt {
        /// The link that creating answered.
        link: CheckoutLink,
        /// The payment that the link leads to, unless its path names none that could be read. The list must name it.
        leads_to: Option<PaymentId>,
    },
    /// The answer to creating was lost: the payment may or may not exist.
    Recover,
    /// An answer contradicts what is stored, or another answer.
    Contradiction {
        /// The link that the payer may have.
        link: Option<CheckoutLink>,
    },
    /// The link has run out: the last search before the attempt is given up.
    Settle {
        /// The link that the payer may have, should it turn out not to have run out.
        link: Option<CheckoutLink>,
        /// Whether the payment's own read said that it has run out; not recorded by earlier releases.
        #[serde(default)]
        ran_out: bool,
    },
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Compago confirmed the payment.
    Paid {
        /// When we learnt it.
        at: UnixMillis,
    },
    /// The link ran out unpaid.
    Expired,
    /// The payment was cancelled, by us or elsewhere.
    Cancelled,
    /// Compago refused to make the payment.
    Refused {
        /// Why.
        reason: Reason,
    },
    /// No payment came to be, or none that anyone could have paid.
    Abandoned,
    /// A person must look at it.
    #[serde(rename = "held")]
    NeedsReview {
        /// Why.
        reason: ReviewReason,
    },
}

/// Why a person must look at an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(test, derive(strum::VariantNames))]
pub enum ReviewReason {
    /// Compago answered a checkout link on an origin that is not allowed.
    LinkElsewhere,
    /// No answer names the payment that was made.
    NotProvable,
    /// A payment has our external id but is not, or not provably, the one that was asked for.
    Mismatch,
    /// The link ran out and the payment's state is none that is documented.
    UnknownStatus {
        /// The state as Compago wrote it, shortened.
        status: String,
    },
    /// The link ran out long ago, and still nothing could be learnt.
    Unresolved,
    /// The order was already paid by another attempt.
    PaidTwice,
}

impl Attempt {
    /// Attempt `number` of an order, whose payment is yet to be made.
    pub fn begin(number: u8, terms: &Terms, now: UnixMillis) -> Option<Self> {
        Some(Self {
            number,
            external_id: terms.external_id_of(number)?,
            started_at: now,
            expires_at: now.plus(terms.ttl.duration()),
            binding: None,
            registered_at: None,
            polls: PollSchedule::opened(now),
            cancellations: 0,
            contradictions: 0,
            agreement: Agreement::Agreed,
            recheck_at: None,
            stage: Stage::Creating { sends: 0 },
        })
    }

    /// Whether anyone may still pay it, as far as is known.
    pub fn may_be_paid(&self) -> bool {
        match &self.stage {
            Stage::Closed(outcome) => match outcome {
                Outcome::NeedsReview { .. } => true,
                Outcome::Paid { .. }
                | Outcome::Expired
                | Outcome::Cancelled
                | Outcome::Refused { .. }
                | Outcome::Abandoned => false,
            },
            Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Open { .. }
            | Stage::Cancelling { .. } => true,
        }
    }

    /// The link that the payer may have had, while what has become of it is being found out.
    pub fn known_link(&self) -> Option<&CheckoutLink> {
        match &self.stage {
            Stage::Open { link, .. } => Some(link),
            Stage::Cancelling { link, .. }
            | Stage::Searching { purpose: Purpose::Settle { link, .. } | Purpose::Contradiction { link }, .. } => {
                link.as_ref()
            }
            Stage::Creating { .. } | Stage::Proving { .. } | Stage::Searching { .. } | Stage::Closed(_) => None,
        }
    }

    /// Whether it is being made: nobody can have its link yet.
    pub fn is_being_made(&self) -> bool {
        match &self.stage {
            Stage::Creating { .. } | Stage::Proving { .. } => true,
            Stage::Searching { purpose, .. } => match purpose {
                Purpose::Adopt { .. } | Purpose::Recover => true,
                Purpose::Contradiction { .. } | Purpose::Settle { .. } => false,
            },
            Stage::Open { .. } | Stage::Cancelling { .. } | Stage::Closed(_) => false,
        }
    }

    /// The link to show, while it can be paid.
    pub fn link(&self) -> Option<&CheckoutLink> {
        match &self.stage {
            Stage::Open { link, .. } => Some(link),
            Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => None,
        }
    }
}
