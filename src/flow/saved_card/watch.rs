//! What it means that somebody watches a card, and that the clock was set back.

use super::{FRESH, LONGEST_GAP, SavedCard, WATCH};
use crate::edge::saved_card::SavedCardStatus;
use crate::flow::clock;
use crate::flow::flights::FLIGHT_LIMIT;
use crate::value::{FormTtl, UnixMillis};

impl SavedCard {
    /// Corrects its times if the clock was set back, see [`clock`]: the next alarm is never further away than it can have been
    /// set. Every step does so too.
    pub fn correct_times(&mut self, now: UnixMillis) {
        clock::correct_past([&mut self.begun_at, &mut self.last_read_at], now);
        clock::correct(&mut self.due, LONGEST_GAP, now);
        clock::correct(&mut self.watched_until, WATCH, now);
        clock::correct([&mut self.terms.expires_at], FormTtl::MAX.duration(), now);
        self.flights.correct_times(|_| FLIGHT_LIMIT, now);
    }

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
