//! Whether Compago's answers agree with what an attempt is bound to: a contradiction is remembered until an answer removes it.

pub use super::attempt::Agreement;
use super::attempt::{Attempt, Outcome, ReviewReason, Stage};
use super::facts::Comparison;
use crate::value::UnixMillis;

impl Attempt {
    /// Records how the answer to a call sent at `asked_at` compares with the bound facts. A contradicted attempt on
    /// hold gets the reason `mismatch`. An answer that was already in flight when a contradiction came does not remove
    /// it.
    pub fn record_agreement(&mut self, named: Comparison, asked_at: UnixMillis, now: UnixMillis) {
        match named {
            Comparison::Equal if self.contradicted_at().is_none_or(|at| at <= asked_at) => {
                self.agreement = Agreement::Agreed;
            }
            Comparison::Equal | Comparison::Incomplete => {}
            Comparison::Different => {
                self.agreement = Agreement::Contradicted { at: now };
                if let Stage::Closed(Outcome::NeedsReview { reason }) = &mut self.stage {
                    *reason = ReviewReason::Mismatch;
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
