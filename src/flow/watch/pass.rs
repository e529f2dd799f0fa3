//! Goes through the registered links, portion by portion.

use serde::{Deserialize, Serialize};

use crate::value::{PaymentId, UnixMillis};

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pass {
    /// The last payment of the portion before.
    pub(super) after: Option<PaymentId>,
    /// When the next portion is due.
    pub(super) due: UnixMillis,
    /// Whether something in an earlier portion has to be repeated.
    pub(super) failed: bool,
}

impl Pass {
    /// A pass whose first portion is due at this time.
    pub(super) const fn begin(due: UnixMillis) -> Self {
        Self { after: None, due, failed: false }
    }
}
