//! The transitions of an attempt that several answers share.

use super::attempt::{Attempt, Purpose, Stage};
use super::{Order, SETTLE_MARGIN};
use crate::api::one_time_payment::link::CheckoutLink;
use crate::edge::order_detail::Entry;
use crate::flow::poll::{MAX_ALARM_GAP, MIN_GAP, PollSchedule};
use crate::value::UnixMillis;

impl Order {
    pub(super) fn begin_next(&mut self, now: UnixMillis) {
        let Some(number) = self.current.number.checked_add(1) else { return };
        let Some(next) = Attempt::begin(number, &self.terms, now) else { return };
        self.earlier.push(std::mem::replace(&mut self.current, next));
        self.due = Some(now);
        self.closed_at = None;
        self.record(Entry::begun(number, now, None));
    }

    pub(super) fn open(&mut self, link: CheckoutLink, now: UnixMillis) {
        if self.is_superseded() {
            self.current.stage = Stage::Open { link, claimed: false };
            return self.start_cancelling(now);
        }
        self.current.polls = PollSchedule::opened(now);
        self.current.stage = Stage::Open { link, claimed: false };
        self.schedule_next_poll();
    }

    /// The link can be paid after all; it must not be, if another attempt was paid or may have been.
    pub(super) fn reopen(&mut self, link: CheckoutLink, now: UnixMillis) {
        self.current.stage = Stage::Open { link, claimed: false };
        if self.is_superseded() {
            return self.start_cancelling(now);
        }
        self.schedule_next_poll();
    }

    /// Schedules the next poll of an open payment; one poll always follows shortly after the link expires.
    pub(super) fn schedule_next_poll(&mut self) {
        let Attempt { polls, expires_at, .. } = &self.current;
        let end = expires_at.plus(SETTLE_MARGIN);
        let next = if polls.awaits_read_after_return() { polls.read_at() } else { polls.alarm_at() };
        self.due = Some(if polls.last_read_at() < end { next.min(end.max(polls.read_at())) } else { next });
    }

    pub(super) fn start_cancelling(&mut self, now: UnixMillis) {
        let link = self.current.link().cloned();
        self.current.cancellations = self.current.cancellations.saturating_add(1);
        self.current.stage = Stage::Cancelling { link, cancels: 0, tries: 0, verify: false };
        self.due = Some(now);
    }

    pub(super) fn search(&mut self, purpose: Purpose, now: UnixMillis) {
        self.current.stage = searching(purpose, 0);
        self.due = Some(now);
    }

    /// An answer is not about what was ordered: the list is searched.
    pub(super) fn contradicted(&mut self, now: UnixMillis) {
        let link = self.current.known_link().cloned();
        self.search(Purpose::Contradiction { link }, now);
    }

    /// Schedules the final search of the list after a link expired, late enough for a payment made in the last second
    /// to be listed. If the link expires much later by our clock, the answer may be wrong, and the list is searched
    /// soon.
    ///
    /// It is a search, although a batch poll costs less: a payment that is missing there proves nothing. The batch may be older
    /// than the end of the link, skips items that cannot be read, and shows neither undocumented states nor the end of a link.
    pub(super) fn settle(&mut self, now: UnixMillis) {
        let settled_at = self.current.expires_at.plus(SETTLE_MARGIN);
        let link = self.current.known_link().cloned();
        self.current.stage = searching(Purpose::Settle { link }, 0);
        self.due = Some(settled_at.min(now.plus(MAX_ALARM_GAP)).max(now.plus(MIN_GAP)));
    }

    /// Returns the end of a link as Compago named it, but no later than the order allows for a link of `made_at`: a clock or a
    /// time zone may be wrong.
    pub(super) fn bounded_end(&self, named: Option<UnixMillis>, made_at: UnixMillis) -> UnixMillis {
        let latest = made_at.plus(self.terms.ttl.duration());
        named.map_or(latest, |at| at.min(latest.plus(SETTLE_MARGIN)))
    }
}

/// A search that is yet to begin.
pub(super) fn searching(purpose: Purpose, sends: u8) -> Stage {
    Stage::Searching { purpose, tries: 0, misses: 0, sends }
}
