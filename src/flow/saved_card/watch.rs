//! What it means that somebody watches a card.

use super::{FRESH, SavedCard, WATCH};
use crate::edge::saved_card::SavedCardStatus;
use crate::value::UnixMillis;

impl SavedCard {
    /// Told anew only now and then, since each change is a write.
    pub(super) fn watch(&mut self, now: UnixMillis) {
        match self.status {
            SavedCardStatus::Pending | SavedCardStatus::Unknown
                if self.watched_until.is_some_and(|until| until >= now.plus(WATCH / 2)) => {}
            SavedCardStatus::Pending | SavedCardStatus::Unknown => {
                self.watched_until = Some(now.plus(WATCH));
                if self.untold == 0 {
                    self.follow(now);
                }
            }
            // It may have been taken back elsewhere.
            SavedCardStatus::Active if now.since(self.last_read_at) >= FRESH => self.due = Some(now),
            SavedCardStatus::Active | SavedCardStatus::Expired | SavedCardStatus::Revoked => {}
        }
    }
}
