//! Where a charge stands inside, and how it can end.

use strum::IntoStaticStr;

use crate::error::Reason;
use crate::value::{Card, UnixMillis};

/// Where a charge stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Its intent is being made.
    Creating {
        /// Calls to create that were sent.
        sends: u8,
    },
    /// A terminal can take it.
    Open {
        /// What an answer has said that cannot be, until another answer makes it clear.
        doubt: Option<Doubt>,
    },
    /// An answer said that it is over: another one must agree.
    Verifying {
        /// What it would be.
        end: End,
    },
    /// To be taken back: a cancel call, then reads until Compago says what became of it.
    Withdrawing {
        /// Cancel calls sent.
        cancels: u8,
        /// Whether one of them was answered with yes.
        acknowledged: bool,
        /// Whether the next call is a read.
        verify: bool,
        /// Why nobody may believe the outcome but a person.
        doubt: Option<Doubt>,
    },
    /// Over.
    Closed(Outcome),
}

variants_on_the_wire!(Stage {
    Creating { sends: "sends" } = "creating",
    Open { doubt: "doubt" } = "open",
    Verifying { end: "end" } = "verifying",
    Withdrawing { cancels: "cancels", acknowledged: "acknowledged", verify: "verify", doubt: "doubt" } = "withdrawing",
    Closed(outcome) = "closed",
});

/// How an unpaid charge ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Its ten minutes passed.
    Expired,
    /// It was cancelled: by a till, or by Compago for another intent of the same terminal.
    Cancelled,
}

variants_on_the_wire!(End {
    Expired = "expired",
    Cancelled = "cancelled",
});

/// How a charge ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The card was charged.
    Paid {
        /// When we learnt it.
        at: UnixMillis,
        /// The card, as far as it was told.
        card: Card,
    },
    /// Its ten minutes passed.
    Expired,
    /// It was cancelled.
    Cancelled,
    /// Compago refused to make it.
    Refused {
        /// Why.
        reason: Reason,
    },
    /// Whether it was paid is not known: a person must look.
    Held {
        /// Why.
        doubt: Doubt,
    },
}

variants_on_the_wire!(Outcome {
    Paid { at: "at", card: "card" } = "paid",
    Expired = "expired",
    Cancelled = "cancelled",
    Refused { reason: "reason" } = "refused",
    Held { doubt: "doubt" } = "held",
});

/// Why it is not known whether a charge was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Doubt {
    /// The intent may have been made, and nobody knows its id.
    CreateLost,
    /// The intent that was made is not the one that was asked for.
    Mismatch,
    /// `CONFIRMED`, but no successful charge beside it.
    ConfirmedWithoutSuccess,
    /// A state that is not documented, or an answer about another intent.
    UnknownStatus,
    /// Nothing could be learnt for long after its end.
    Unresolved,
}

variants_on_the_wire!(Doubt {
    CreateLost = "create-lost",
    Mismatch = "mismatch",
    ConfirmedWithoutSuccess = "confirmed-without-success",
    UnknownStatus = "unknown-status",
    Unresolved = "unresolved",
});

impl Doubt {
    /// The stable code, kebab-case.
    pub fn code(self) -> &'static str {
        self.into()
    }
}
