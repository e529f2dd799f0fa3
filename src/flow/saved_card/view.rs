//! The public view of a saved card.

use super::terms::CardTerms;
use super::{FRESH, MARGIN, SavedCard};
use crate::edge::saved_card::{SavedCardStatus, SavedCardView};
use crate::value::UnixMillis;

/// How soon a page asks again while the payer fills in the form.
const SOON_MS: u32 = 1_500;

impl SavedCard {
    /// What is saved.
    pub const fn terms(&self) -> &CardTerms {
        &self.terms
    }

    /// Returns the status of the card.
    pub const fn status(&self) -> SavedCardStatus {
        self.status
    }

    /// Whether it can be revoked: Compago revokes only active cards.
    pub fn can_be_revoked(&self) -> bool {
        self.status == SavedCardStatus::Active && self.revoking.is_none()
    }

    /// Whether it is being revoked and the result is not known yet.
    pub const fn is_being_revoked(&self) -> bool {
        self.revoking.is_some()
    }

    /// Whether a call about it is in flight.
    pub const fn is_being_asked(&self) -> bool {
        self.calls.current().is_some()
    }

    /// Whether its state was read recently enough, at `asked_at`, to decide by it: a final one at any time, an active one for
    /// a minute, any other only if it was read since.
    pub fn is_known(&self, asked_at: UnixMillis) -> bool {
        let (settled, read_at) = (self.calls.current().is_none(), self.last_read_at);
        match self.status {
            SavedCardStatus::Expired | SavedCardStatus::Revoked => true,
            SavedCardStatus::Active => settled && asked_at.since(read_at) < FRESH,
            SavedCardStatus::Pending | SavedCardStatus::Unknown => settled && self.failures == 0 && read_at >= asked_at,
        }
    }

    /// What a payer's page and the merchant's backend see.
    pub fn view(&self, now: UnixMillis) -> SavedCardView {
        let open = self.status == SavedCardStatus::Pending && now < self.terms.expires_at.plus(MARGIN);
        let pending = open || self.status == SavedCardStatus::Unknown || self.is_being_revoked();
        SavedCardView {
            status: self.status,
            card: Some(self.card.clone()).filter(|card| !card.is_unknown()),
            poll_after_ms: pending.then_some(SOON_MS),
            version: self.version,
        }
    }
}
