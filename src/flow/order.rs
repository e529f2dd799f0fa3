//! The state machine of an order: from its first attempt until it is paid, or certainly not paid.
//!
//! ```text
//!             create lost, refused as duplicate
//!   Creating ───────────────────────────────────► Searching(recover) ──► cancelled, replaced by a new attempt
//!      │ link                                          ▲ │
//!      ▼            not proved                         │ │ nothing there: create again, same external id
//!   Proving ─────► Searching(adopt) ──► review         │ ▼
//!      │ id, external id, amount, currency equal    Creating
//!      ▼
//!    Open ──── CONFIRMED ────────────────────────────────────────────────► Paid
//!      │ └──── run out ─► Searching(settle) ──► Paid │ Expired │ review
//!      │ └──── contradiction ─► Searching(contradiction) ──► Paid │ Open │ Cancelled │ Expired │ review
//!      ▼ cancel asked
//!   Cancelling ──► Cancelled │ Paid │ back to Open if Compago will not cancel
//! ```
//!
//! - Only [`verdict`] finds that something is paid, and only for a payment that was bound to the order by an answer of
//!   Compago's. What a browser sends ([`Event::PayerReturned`]) can cause a read, never a state.
//! - An answer that names another payment id, external id, amount, currency or home page than was bound is remembered with
//!   the attempt ([`agreement::Agreement`]). Until a later answer names all four facts as they were bound, a confirmation that
//!   leaves any of them out needs review, in whatever order answers come.
//! - At most one call is in flight. It is written down before it is sent, so after a crash the order knows what may
//!   have happened; a call that is too old counts as one without an answer.
//! - At most one attempt can be paid: a new one begins only when the last is closed and cannot be paid.
//! - Paid is final. A second confirmed payment is reported, not swallowed.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::edge::order::OrderStatus;
use crate::flow::clock;
use crate::flow::machine::{CallNumber, LOST, Machine as _, Reaction, Rules, Step};
use crate::flow::poll::{MAX_ALARM_GAP, ReadCause};
use crate::value::{MetadataSource, UnixMillis};

pub mod agreement;
mod answer;
pub mod attempt;
mod calls;
mod close;
mod event;
pub mod facts;
mod fulfil;
pub mod fulfilment;
mod history;
mod list_watch;
mod migration;
pub mod notice;
mod projection;
mod recheck;
mod retention;
mod stage;
pub mod terms;
pub mod verdict;
mod view;
mod visit;

use agreement::Agreement;
use attempt::Attempt;
pub use calls::{Answer, AttemptCall, AttemptKind, Call, Kind};
pub use event::Event;
use fulfilment::Fulfilment;
pub use fulfilment::FulfilmentRefusal;
pub use history::SAME_READ;
use notice::Notice;
use recheck::LATE_POLL;
pub use retention::RETENTION;
use terms::Terms;
pub use view::{CancelRefusal, RetryRefusal};

use crate::edge::Role;
use crate::edge::fulfilment::FulfilmentView;
use crate::edge::order_detail::{Entry, Milestone};

/// After the end of a link, how long its payment is given to appear before the list has the last word.
pub const SETTLE_MARGIN: Duration = Duration::from_secs(2 * 60);

/// After the end of a link, how long an order waits for an answer before a person is asked to look.
pub const GIVE_UP: Duration = Duration::from_secs(24 * 60 * 60);

const MAX_ATTEMPTS: u8 = 20;
/// How often a payer may ask Compago to cancel one payment that it does not cancel.
const MAX_CANCELLATIONS: u8 = 2;

/// An order: its terms, its attempts and the call in flight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    terms: Terms,
    earlier: Vec<Attempt>,
    current: Attempt,
    #[serde(rename = "flight")]
    in_flight: Option<AttemptCall>,
    /// The number of the last call.
    #[serde(rename = "flights")]
    calls: CallNumber,
    /// When the current attempt's next call is due; `None` once it is closed.
    due: Option<UnixMillis>,
    rechecks: u8,
    paid_by: Option<u8>,
    paid_twice: bool,
    closed_at: Option<UnixMillis>,
    version: u32,
    history: Vec<Entry>,
    /// How far the delivery has come, once somebody said so.
    fulfilment: Option<Fulfilment>,
    /// Whether `order.fulfilled` was enqueued; it stays set.
    fulfilled_notified: bool,
    /// Who read or exported the payer's data. Apart from the history, so that reads push nothing out of it.
    reads: Vec<Entry>,
}

impl Order {
    /// A new order whose first payment is to be made at once.
    ///
    /// `None` if the terms do not allow an external id, which no terms made from a checked request do.
    pub fn place(terms: Terms, now: UnixMillis) -> Option<Step<Self>> {
        let current = Attempt::begin(1, &terms, now)?;
        let placed_by = match terms.metadata_source {
            MetadataSource::Browser => None,
            MetadataSource::Backend => Some(Role::Operator),
        };
        let order = Self {
            terms,
            earlier: Vec::new(),
            current,
            in_flight: None,
            calls: CallNumber::default(),
            due: Some(now),
            rechecks: 0,
            paid_by: None,
            paid_twice: false,
            closed_at: None,
            version: 1,
            history: Vec::from([Entry::begun(1, now, placed_by)]),
            fulfilment: None,
            fulfilled_notified: false,
            reads: Vec::new(),
        };
        Some(order.start(now))
    }

    /// The reaction to an event that does not change how a due call is made.
    const TAKEN: Reaction<ReadCause> = Reaction::Taken(ReadCause::Alarm);
}

impl Rules for Order {
    type Event = Event;
    type Call = Call;
    type Answer = Answer;
    type Notice = Notice;
    type InFlight = AttemptCall;
    type Cause = ReadCause;
    type VisibleState = (OrderStatus, u8, UnixMillis, Option<FulfilmentView>);

    fn is_volatile(event: &Event) -> bool {
        event.is_volatile()
    }

    fn on_event(&mut self, event: Event, notices: &mut Vec<Notice>, now: UnixMillis) -> Reaction<ReadCause> {
        match event {
            Event::Watched => {
                return Reaction::Taken(self.read_sooner(
                    ReadCause::PayerPage,
                    self.current.polls.payer_page_at(),
                    now,
                ));
            }
            Event::WatchedByOperator => {
                return Reaction::Taken(self.read_sooner(
                    ReadCause::OperatorPage,
                    self.current.polls.operator_page_at(),
                    now,
                ));
            }
            Event::CheckAsked => {
                return Reaction::Taken(self.read_sooner(ReadCause::OperatorCheck, self.check_at(), now));
            }
            Event::PayerReturned { payment_id, external_id } => match self.named(payment_id, &external_id) {
                Some(number) => self.on_return(number, now),
                // Anybody can type such a pair.
                None => return Reaction::Ignored,
            },
            Event::ListWatched => self.list_watched(now),
            Event::Listed(listed) => self.listed(&listed, notices, now),
            Event::Absent { payment_id, read_at } => self.absent(payment_id, read_at, notices, now),
            Event::Wake => self.wake(now),
            Event::RetryAsked => {
                if self.retry_allowed().is_ok() {
                    self.begin_next(now);
                }
            }
            Event::CancelAsked => {
                if self.cancel_allowed().is_ok() {
                    self.start_cancelling(now);
                }
            }
            Event::Fulfilled { request, by } => self.fulfil(request, by, notices, now),
            Event::DeliveryRead { by } => self.record_read(Milestone::DeliveryRead, by, now),
            Event::CustomerRead { by } => self.record_read(Milestone::CustomerRead, by, now),
            Event::Exported { by } => self.record_read(Milestone::Exported, by, now),
        }
        Self::TAKEN
    }

    fn on_answer(&mut self, call: &AttemptCall, answer: Answer, notices: &mut Vec<Notice>, now: UnixMillis) {
        self.take_answer(call, answer, notices, now);
    }

    fn lost(call: &AttemptCall) -> Answer {
        match call.kind {
            Kind::Create => Answer::Created(Err(LOST)),
            Kind::Read => Answer::Read(Err(LOST)),
            Kind::Search => Answer::Searched(Err(LOST)),
            Kind::Cancel => Answer::Cancelled(Err(LOST)),
        }
    }

    fn next_call(&mut self, cause: ReadCause, now: UnixMillis) -> Option<(AttemptKind, Call)> {
        self.next_recheck(now).or_else(|| self.next_call_of_current(cause, now))
    }

    fn due_at(&self) -> Option<UnixMillis> {
        self.attempts().filter_map(|attempt| attempt.recheck_at).chain(self.due).min()
    }

    fn cleanup_at(&self) -> Option<UnixMillis> {
        self.retention_end().filter(|_| self.has_personal_data())
    }

    fn clean_up(&mut self, now: UnixMillis) {
        self.delete_personal_data(now);
    }

    fn correct_own_times(&mut self, now: UnixMillis) {
        let longest_link = self.terms.ttl.duration().saturating_add(SETTLE_MARGIN);
        for attempt in self.attempts_mut() {
            attempt.polls.correct_times(now);
            clock::correct_past(&mut attempt.registered_at, now);
            attempt.expires_at = clock::at_most(attempt.expires_at, longest_link, now);
            if let Agreement::Contradicted { at } = &mut attempt.agreement {
                clock::correct_past([at], now);
            }
            let last_poll = attempt.expires_at.plus(SETTLE_MARGIN).plus(LATE_POLL);
            clock::correct(&mut attempt.recheck_at, last_poll.since(now).max(MAX_ALARM_GAP), now);
        }
        let longest_wait = self.longest_wait(now);
        clock::correct(&mut self.due, longest_wait, now);
        clock::correct_past(&mut self.closed_at, now);
        clock::correct_past(self.fulfilment.as_mut().map(|fulfilment| &mut fulfilment.at), now);
        clock::correct_past(self.reads.iter_mut().map(|entry| &mut entry.at), now);
    }

    fn visible_state(&self) -> Self::VisibleState {
        (self.status(), self.current.number, self.current.expires_at, self.fulfilment.as_ref().map(Fulfilment::view))
    }

    fn version_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.version)
    }

    fn in_flight(&self) -> Option<&AttemptCall> {
        self.in_flight.as_ref()
    }

    fn in_flight_mut(&mut self) -> (&mut Option<AttemptCall>, &mut CallNumber) {
        (&mut self.in_flight, &mut self.calls)
    }
}
