//! Whether Compago's answers agree with what an attempt is bound to: a contradiction is remembered until an answer removes it.

use serde::{Deserialize, Serialize};

use super::attempt::{Attempt, HoldReason, Outcome, Stage};
use super::facts::Comparison;
use crate::value::UnixMillis;

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

impl Attempt {
    /// Records what an answer named to a call of `asked_at`. An attempt on hold that an answer contradicts is on hold for that. An
    /// answer that was already on its way when a contradiction came does not remove it.
    pub fn learn(&mut self, named: Comparison, asked_at: UnixMillis, now: UnixMillis) {
        match named {
            Comparison::Equal if self.contradicted_at().is_none_or(|at| at <= asked_at) => {
                self.agreement = Agreement::Agreed;
            }
            Comparison::Equal | Comparison::Incomplete => {}
            Comparison::Different => {
                self.agreement = Agreement::Contradicted { at: now };
                if let Stage::Closed(Outcome::Held { reason }) = &mut self.stage {
                    *reason = HoldReason::Mismatch;
                }
            }
        }
    }

    /// When an answer last contradicted what it is bound to, unless a later answer has removed that.
    pub const fn contradicted_at(&self) -> Option<UnixMillis> {
        match self.agreement {
            Agreement::Agreed => None,
            Agreement::Contradicted { at } => Some(at),
        }
    }

    /// Whether an answer contradicted what it is bound to, and no later answer has removed that.
    pub const fn is_contradicted(&self) -> bool {
        self.contradicted_at().is_some()
    }
}
