//! Who may charge at a terminal: one at a time, and another only by an explicit take-over.
//!
//! Compago cancels a terminal's pending intent when another one is made for it
//! (<https://docs.compago.com/payment-intent/create>, read November 2026), also one that is being paid at that moment on
//! another till's behalf. A running charge is therefore cancelled and read once more, and the next one is created only
//! when the running one is certainly over. If it was paid, no new charge is created, since both may be the same sale.

use crate::edge::payment_intent::IntentStatus;
use crate::flow::intent::Intent;
use crate::value::{Reference, UnixMillis};

/// What a till wants of a terminal that may be charging already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// To charge if the terminal is free.
    IfFree,
    /// To charge, and to cancel the charge that is running.
    TakeOver {
        /// The charge that this claim has begun to displace; it cancels no other that came in between.
        displacing: Option<Reference>,
    },
}

/// What comes of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The charge may be made now.
    Place,
    /// Another charge may still be paid.
    Busy,
    /// The charge that was displaced has been paid: nothing is to be charged before the cashier has seen it.
    DisplacedPaid,
    /// Cancel this charge, then decide again when it is over.
    Cancel(Reference),
    /// Decide again when this charge has changed: it is being created or being cancelled.
    Wait(Reference),
}

/// Decides on a claim. `latest` is the terminal's latest charge, `displaced` the one that the claim names.
pub fn decide(claim: Claim, latest: Option<&Intent>, displaced: Option<&Intent>, now: UnixMillis) -> Decision {
    if displaced.is_some_and(|intent| intent.status() == IntentStatus::Paid) {
        return Decision::DisplacedPaid;
    }
    let Some(running) = latest.filter(|intent| intent.is_running(now)) else {
        // As long as no answer says how the displaced charge ended, it may have been paid for the same sale.
        return match displaced.filter(|intent| !intent.is_closed()) {
            Some(unsettled) => Decision::Wait(unsettled.terms().key),
            None => Decision::Place,
        };
    };
    let key = running.terms().key;
    match claim {
        Claim::IfFree => Decision::Busy,
        Claim::TakeOver { displacing: Some(other) } if other != key => Decision::Busy,
        Claim::TakeOver { .. } if running.can_be_cancelled() => Decision::Cancel(key),
        // Its id is unknown, so it cannot be cancelled; Compago does so itself when the next one is created.
        Claim::TakeOver { .. } if running.is_closed() => Decision::Place,
        Claim::TakeOver { .. } => Decision::Wait(key),
    }
}
