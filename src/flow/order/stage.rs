//! The transitions of an attempt that several answers share.

use super::attempt::{Attempt, Purpose, Stage};
use super::list_watch::SCAN_WAIT;
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

    /// Schedules the next read of an open payment; one read always follows shortly after the link expires.
    pub(super) fn schedule_next_poll(&mut self) {
        let Attempt { polls, expires_at, registered_at, .. } = &self.current;
        // The list watcher sends a payment that it finds once.
        let is_registered = registered_at.is_some() && !polls.is_listed_as_confirmed();
        let end = expires_at.plus(SETTLE_MARGIN);
        let before_end = polls.last_read_at() < end;
        let next = if polls.awaits_read_after_return() {
            polls.read_at()
        } else {
            polls.alarm_at(is_registered && before_end)
        };
        self.due = Some(if before_end { next.min(end.max(polls.read_at())) } else { next });
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

    /// What has become of a link that has expired, or whose payment cannot be read at its end, is to be found in the list: late
    /// enough for a payment made in the last second to be listed. If the link expires much later by our clock, the answer may be
    /// wrong, and the list is searched soon.
    ///
    /// If the payment's own read said that it has run out, nothing contradicts what is bound, and the link is registered, the order waits
    /// for the list watcher to say that the list of confirmed payments does not hold it ([`absent`](Self::absent)), and searches only if
    /// that does not come. In all other cases only a search tells: that list shows no undocumented states.
    pub(super) fn settle(&mut self, end: LinkEnd, now: UnixMillis) {
        let settled_at = self.current.expires_at.plus(SETTLE_MARGIN);
        let soon = now.plus(MAX_ALARM_GAP);
        let search_at = settled_at.min(soon).max(now.plus(MIN_GAP));
        let link = self.current.known_link().cloned();
        let ran_out = end == LinkEnd::Read;
        let waits = ran_out && self.current.registered_at.is_some() && settled_at <= soon;
        self.current.stage = searching(Purpose::Settle { link, ran_out }, 0);
        self.due = Some(if waits { search_at.plus(SCAN_WAIT) } else { search_at });
        if waits && self.current.polls.last_read_at() < settled_at {
            // A page that was open caused the read that said so. A payment of the last second may show only later.
            self.recheck_later(self.current.number, settled_at);
        }
    }

    /// Returns the end of a link as Compago named it, but no later than the order allows for a link of `made_at`: a clock or a
    /// time zone may be wrong.
    pub(super) fn bounded_end(&self, named: Option<UnixMillis>, made_at: UnixMillis) -> UnixMillis {
        let latest = made_at.plus(self.terms.ttl.duration());
        named.map_or(latest, |at| at.min(latest.plus(SETTLE_MARGIN)))
    }
}

/// Why the end of a link is to be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkEnd {
    /// The payment's own read said that it has run out.
    Read,
    /// It cannot be read, or its state is not documented; or the list has said that its end is yet to come.
    Unclear,
}

/// A search that is yet to begin.
pub(super) fn searching(purpose: Purpose, sends: u8) -> Stage {
    Stage::Searching { purpose, tries: 0, misses: 0, sends }
}
