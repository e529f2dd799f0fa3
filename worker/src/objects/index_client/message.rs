//! The commands to the operator's index.

use compago::edge::reconciliation::StartedBy;
use compago::value::{PaymentId, Reference, UnixMillis};

use serde::{Deserialize, Serialize};

/// A command to the operator's index.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub(crate) enum Command {
    /// Take the projections that an object publishes. The command was `take` before an index registered links and objects with it: an
    /// index of that version answers this one with an error, so that it is repeated until the new version runs.
    Publish {
        /// Where the object is: its binding and its id.
        address: String,
        /// Whether the object directory has the address. Objects of the release before registered themselves.
        #[serde(default = "registered")]
        registered: bool,
        /// An array of `{ id, version, listing }`.
        listings: String,
    },
    /// One page of a list.
    Page {
        /// Of what: one of the lists in [`crate::objects::operator_index::list`].
        list: String,
        /// What it is filtered by.
        values: Vec<String>,
        /// Counted from 1.
        page: u32,
        /// How many on a page.
        page_size: u32,
    },
    /// Some of the charges or refunds.
    Charges {
        /// Which: as [`crate::objects::operator_index::charges`] reads them.
        values: Vec<String>,
        /// How many.
        limit: u32,
    },
    /// What has this reference: a charge, its refund, and their webhooks.
    Charge {
        /// Of either.
        reference: Reference,
    },
    /// What Compago's list showed of a payment.
    Listed {
        /// Which.
        payment: PaymentId,
    },
    /// What came in, and when.
    Figures {
        /// The first moment, and the first behind the last.
        values: Vec<String>,
        /// In portions of so many minutes.
        minutes: u32,
        /// How many of them.
        portions: u32,
    },
    /// Where something listed is.
    Find {
        /// Its kind and its name.
        id: String,
    },
    /// What has this name.
    Name {
        /// An id of Compago's.
        name: String,
    },
    /// Record that a person has dealt with it.
    Done {
        /// Its kind and its name.
        id: String,
    },
    /// Record that an order is no longer where it was stored.
    Lost {
        /// Its kind and its name.
        id: String,
    },
    /// Which of these orders are closed.
    Closed {
        /// The orders.
        references: Vec<Reference>,
    },
    /// Have the webhooks delivered that wait for an endpoint, or dead-lettered.
    Deliver {
        /// Also those that have become due a moment ago.
        at_once: bool,
    },
    /// Whether Compago's books and ours agree, as far as is known.
    Reconciliation,
    /// Find out.
    Reconcile {
        /// Who started the run.
        by: StartedBy,
    },
    /// What the list came to when it was last read.
    Sums,
    /// How far the shop has come.
    Progress,
    /// Return the size of the index, and whether it is being rebuilt.
    Index,
    /// Rebuild the index.
    Rebuild,
}

const fn registered() -> bool {
    true
}

/// Where something listed is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Found {
    /// Its object's binding and id.
    pub(crate) address: String,
}

/// An order that is closed.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ClosedOrder {
    /// Its name.
    pub(crate) reference: Reference,
    /// When it was known to be.
    pub(crate) at: UnixMillis,
}
