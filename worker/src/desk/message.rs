//! What the desk is asked.

use compago::flow::reconciliation::run::StartedBy;
use compago::value::{PaymentId, Reference};
use compago::{record_on_the_wire, variants_on_the_wire};

/// What can be asked of the desk.
pub(super) enum Ask {
    /// Take what an object tells of itself.
    Take {
        /// Where the object is: its binding and its id.
        home: String,
        /// An array of `{ id, version, listing }`.
        listings: String,
    },
    /// One page of a list.
    Page {
        /// Of what: one of the lists in [`super::list`].
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
        /// Which: as [`super::charges`] reads them.
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
    /// A person has seen to it.
    Done {
        /// Its kind and its name.
        id: String,
    },
    /// An order is no longer where it was stored.
    Lost {
        /// Its kind and its name.
        id: String,
    },
    /// Have the webhooks sent that wait for it, or given up.
    Deliver,
    /// Whether Compago's books and ours agree, as far as is known.
    Reconciliation,
    /// Find out.
    Reconcile {
        /// Who asks.
        by: StartedBy,
    },
    /// What the list came to when it was last read.
    Sums,
    /// How large the index is, and whether it is being made anew.
    Index,
    /// Make the index anew.
    Rebuild,
}

variants_on_the_wire!(Ask {
    Take { home: "home", listings: "listings" } = "take",
    Page { list: "list", values: "values", page: "page", page_size: "pageSize" } = "page",
    Charges { values: "values", limit: "limit" } = "charges",
    Charge { reference: "reference" } = "charge",
    Listed { payment: "payment" } = "listed",
    Figures { values: "values", minutes: "minutes", portions: "portions" } = "figures",
    Find { id: "id" } = "find",
    Name { name: "name" } = "name",
    Done { id: "id" } = "done",
    Lost { id: "id" } = "lost",
    Deliver = "deliver",
    Reconciliation = "reconciliation",
    Reconcile { by: "by" } = "reconcile",
    Sums = "sums",
    Index = "index",
    Rebuild = "rebuild",
});

/// Where something listed is.
#[derive(Debug)]
pub(super) struct Found {
    /// Its object's binding and id.
    pub(super) home: String,
}

record_on_the_wire!(Found { home: "home" });
