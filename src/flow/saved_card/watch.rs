//! The reads that watchers of a card cause.

use super::{FRESH, SavedCard, WATCH};
use crate::edge::saved_card::SavedCardStatus;
use crate::value::UnixMillis;

impl SavedCard {
    /// Records that somebody watches, at most once in five seconds: each change is a write.
    pub(super) fn watch(&mut self, now: UnixMillis) {
        match self.status {
            SavedCardStatus::Pending | SavedCardStatus::Unknown
                if self.watched_until.is_some_and(|until| until >= now.plus(WATCH / 2)) => {}
            SavedCardStatus::Pending | SavedCardStatus::Unknown => {
                self.watched_until = Some(now.plus(WATCH));
                if self.failures == 0 {
                    self.schedule_next_poll(now);
                }
            }
            // It may have been revoked by another program.
            SavedCardStatus::Active if now.since(self.last_read_at) >= FRESH => self.due = Some(now),
            SavedCardStatus::Active | SavedCardStatus::Expired | SavedCardStatus::Revoked => {}
        }
    }
}
