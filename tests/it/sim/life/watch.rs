//! The list watcher in a life: orders publish which link is to be registered, and it reads Compago's list and sends them messages.

use std::time::Duration;

use compago::api::one_time_payment::list::ListOneTimePayments;
use compago::flow::machine::{Input, Machine as _};
use compago::flow::order::attempt::{Outcome, Stage};
use compago::flow::order::{Event, Order};
use compago::value::UnixMillis;

use super::{Forgotten, Life, What};
use crate::recording::answer;
use crate::sim::index::{Doing, Listing};
use crate::sim::network::TIMEOUT;

/// How old what an order has published may be when its object starts.
const REPUBLISHED_AFTER: Duration = Duration::from_secs(2 * 60 * 60);
/// After how long a publication that failed is repeated.
const RETRY: Duration = Duration::from_secs(60);
/// In which an index that has lost its storage has called every object of the directory. The shop's other orders publish something all
/// the time, and the first of these makes it begin.
const REBUILD: Duration = Duration::from_secs(2 * 60);

impl Life {
    /// What the order has saved, and the index does not have yet, is published.
    pub(super) fn publish_changes(&mut self, number: usize) {
        let order = self.shells[number].saved();
        let is_paid = |stage: &Stage| matches!(stage, Stage::Closed(Outcome::Paid { .. }));
        let paid = order.attempts().filter(|attempt| is_paid(&attempt.stage));
        let paid = paid.filter_map(|attempt| Some(attempt.binding.as_ref()?.payment_id)).collect();
        let listing = Listing { watch: order.watched_link(), paid };
        if self.published[number].listing != listing {
            self.published[number].listing = listing;
            self.publish_again(number);
        }
    }

    pub(super) fn publish_again(&mut self, number: usize) {
        let published = &mut self.published[number];
        published.revision += 1;
        published.is_taken = false;
        published.at = Some(self.now);
        let revision = published.revision;
        let slow = self.weather.strikes(&mut self.rng, self.now);
        let at = self.now.plus(self.rng.between(Duration::ZERO, Duration::from_secs(if slow { 300 } else { 2 })));
        self.queue(at, number, What::Publish { revision });
    }

    pub(super) fn publish(&mut self, number: usize, revision: u64) {
        let published = &self.published[number];
        if published.revision != revision || published.is_taken {
            return;
        }
        let arrives = !self.weather.strikes(&mut self.rng, self.now);
        if arrives {
            self.index.publish(number, revision, published.is_registered, &published.listing, self.now);
            if let Some(forgotten) = &mut self.forgotten[number] {
                forgotten.until = forgotten.until.or(Some(self.now));
            }
            self.arm_index();
        }
        if arrives && !self.weather.strikes(&mut self.rng, self.now) {
            let at = self.now.plus(self.rng.between(Duration::ZERO, Duration::from_secs(1)));
            self.queue(at, number, What::Published { revision });
        } else {
            self.queue(self.now.plus(RETRY), number, What::Publish { revision });
        }
    }

    /// Returns what an order is told when its alarm fires: first that the list watcher looks for its payment. An order whose object
    /// starts again after a long time publishes again.
    pub(super) fn alarm_input(&mut self, number: usize) -> Input<Order> {
        let published = &self.published[number];
        if !published.is_taken || published.listing.watch.is_none() {
            return Input::AlarmFired;
        }
        if published.at.is_some_and(|at| self.now.since(at) >= REPUBLISHED_AFTER) {
            self.publish_again(number);
        }
        let (order, clock) = (self.shells[number].machine(), self.shells[number].clock(self.now));
        let is_due = !order.is_in_flight() && order.next_wake().is_some_and(|at| at <= clock);
        if is_due && order.awaits_list_watch() { Input::Event(Event::ListWatched) } else { Input::AlarmFired }
    }

    pub(super) fn fire_index(&mut self, armed: UnixMillis) {
        if self.index_armed != Some(armed) {
            return;
        }
        self.index_armed = None;
        crate::sim::oracle::check(self.index.alarms < 20_000, "a hot loop of the list watcher");
        if self.index.due_at(self.now).is_some_and(|at| at <= self.now) {
            let doing = self.index.fire(self.now);
            self.go_on(doing);
        } else {
            self.arm_index();
        }
    }

    /// What the index does, until it waits for an answer or for its next alarm.
    pub(super) fn go_on(&mut self, mut doing: Doing) {
        loop {
            doing = match doing {
                Doing::Send(messages) => {
                    let taken: Vec<bool> =
                        messages.into_iter().map(|message| self.deliver(message.order, &message.event)).collect();
                    if self.index_crashes() {
                        break;
                    }
                    self.index.sent(&taken, self.now)
                }
                Doing::Read(request) => {
                    let (sent, incarnation) = (self.now, self.index.incarnation);
                    match self.weather.way_there(&mut self.rng, self.now) {
                        Some(delay) => {
                            let request = What::PageRequest { request, sent, incarnation };
                            self.queue(self.now.plus(delay), 0, request);
                        }
                        None => self.queue(sent.plus(TIMEOUT), 0, What::Page { page: None, sent, incarnation }),
                    }
                    if self.index_crashes() {
                        break;
                    }
                    return;
                }
                Doing::Rest => break,
            };
        }
        self.arm_index();
    }

    fn index_crashes(&mut self) -> bool {
        let crashes = self.weather.strikes(&mut self.rng, self.now) && self.rng.percent(30);
        if crashes {
            self.index.crash();
        }
        crashes
    }

    pub(super) fn read_page(&mut self, request: &ListOneTimePayments, sent: UnixMillis, incarnation: u32) {
        let is_down = self.now < self.weather.down_until || self.weather.strikes(&mut self.rng, self.now);
        let reply = self.compago.page(request.page, request.page_size.get(), self.now);
        let page = if is_down { None } else { answer(request, reply).ok() };
        let back = self.now.plus(self.rng.between(Duration::from_millis(10), Duration::from_secs(1)));
        let given_up = sent.plus(TIMEOUT);
        let (at, page) = if back < given_up { (back, page) } else { (given_up, None) };
        self.queue(at.max(self.now), 0, What::Page { page, sent, incarnation });
    }

    /// Sends a message to an order: whether it says that it has taken it.
    fn deliver(&mut self, number: usize, event: &Event) -> bool {
        let strikes = |life: &mut Self| life.weather.strikes(&mut life.rng, life.now);
        if strikes(self) {
            return false;
        }
        if strikes(self) {
            let at = self.now.plus(self.rng.between(Duration::ZERO, Duration::from_secs(120)));
            self.queue(at, number, What::Told(event.clone()));
            return false;
        }
        if strikes(self) {
            let at = self.now.plus(self.rng.between(Duration::ZERO, Duration::from_secs(600)));
            self.queue(at, number, What::Told(event.clone()));
        }
        self.take(number, Input::Event(event.clone()))
    }

    pub(super) fn lose_index(&mut self) {
        let listed = self.index.lose_storage(self.now);
        for number in 0..self.published.len() {
            let at = self.now.plus(self.rng.between(Duration::ZERO, REBUILD));
            if listed.contains(&number) {
                self.queue(at, number, What::Relist);
            } else if self.published[number].is_taken {
                self.forgotten[number] = Some(Forgotten { since: self.now, until: None });
            }
        }
        self.index_armed = None;
    }

    fn arm_index(&mut self) {
        let Some(due) = self.index.due_at(self.now).filter(|at| self.index_armed != Some(*at)) else { return };
        self.index_armed = Some(due);
        let late = if self.weather.strikes(&mut self.rng, self.now) { 60 } else { 2 };
        let at = due.max(self.now).plus(self.rng.between(Duration::ZERO, Duration::from_secs(late)));
        self.queue(at, 0, What::IndexAlarm { armed: due });
    }
}
