//! What an order was told of the facts of its payments, worked out from the answers alone.

use std::collections::BTreeMap;

use compago::api::one_time_payment::find::Search;
use compago::flow::machine::{CallNumber, Input};
use compago::flow::order::notice::Notice;
use compago::flow::order::{Answer, Event, Order};
use compago::value::{Amount, UnixMillis};
use compago::webhook::EventKind;

use super::oracle::check;

/// For each attempt, since when an answer stands that named other facts than were bound.
#[derive(Debug, Clone, Default)]
pub(crate) struct NamedFacts {
    contradicted: BTreeMap<u8, Option<UnixMillis>>,
    /// Whether a contradiction was ever removed by an answer that named all facts.
    removed: bool,
}

/// What one answer names.
#[derive(Default)]
struct Named {
    id: Option<String>,
    external_id: Option<String>,
    amount: Option<Amount>,
    currency: Option<String>,
}

impl NamedFacts {
    /// An input comes to the order, in the state before it.
    pub(crate) fn hear(&mut self, order: &Order, input: &Input<Order>, now: UnixMillis) {
        match input {
            Input::Completed { call: CallNumber(number), answer } => {
                let state = compago::json::to_string(order);
                let awaited = format!(r#""flight":{{"id":{number},"attempt":"#);
                // An answer that is not awaited any more is not heard.
                let Some(at) = state.find(&awaited).map(|at| at + awaited.len()) else { return };
                let digits = state[at..].find(',').unwrap();
                self.hear_answer(order, state[at..at + digits].parse().unwrap(), answer, now);
            }
            Input::Event(Event::Listed(listed)) => {
                let owner = order.attempts().find(|attempt| {
                    attempt.binding.as_ref().is_some_and(|binding| binding.payment_id == listed.payment_id)
                });
                let Some(attempt) = owner.map(|attempt| attempt.number) else { return };
                let named = Named {
                    id: Some(listed.payment_id.to_string()),
                    external_id: Some(listed.external_id.clone()),
                    amount: Some(listed.amount),
                    currency: Some(listed.currency.clone()),
                };
                self.learn(order, attempt, &named, listed.read_at, now);
            }
            Input::AlarmFired
            | Input::Event(
                Event::Watched
                | Event::WatchedByOperator
                | Event::CheckAsked
                | Event::ListWatched
                | Event::Absent { .. }
                | Event::Wake
                | Event::Fulfilled { .. }
                | Event::DeliveryRead { .. }
                | Event::CustomerRead { .. }
                | Event::Exported { .. }
                | Event::PayerReturned { .. }
                | Event::RetryAsked
                | Event::CancelAsked,
            ) => {}
        }
    }

    fn hear_answer(&mut self, order: &Order, attempt: u8, answer: &Answer, now: UnixMillis) {
        let named = match answer {
            Answer::Read(Ok(reading)) => Named {
                id: reading.id.clone(),
                external_id: reading.external_id.clone(),
                amount: reading.amount,
                currency: reading.currency.clone(),
            },
            Answer::Searched(Ok(Search::Found(listed))) => Named {
                id: Some(listed.id.to_string()),
                external_id: Some(listed.external_id.clone()),
                amount: Some(listed.amount),
                currency: Some(listed.currency.clone()),
            },
            Answer::Cancelled(Ok(answer)) => Named {
                id: Some(answer.id.to_string()),
                external_id: answer.external_id.clone(),
                amount: answer.amount,
                currency: answer.currency.clone(),
            },
            Answer::Created(_) | Answer::Read(Err(_)) | Answer::Searched(_) | Answer::Cancelled(Err(_)) => return,
        };
        self.learn(order, attempt, &named, now, now);
    }

    fn learn(&mut self, order: &Order, attempt: u8, named: &Named, read_at: UnixMillis, now: UnixMillis) {
        let Some(of) = order.attempts().find(|of| of.number == attempt) else { return };
        // Before it is bound, nothing is known that could be contradicted.
        let Some(binding) = &of.binding else { return };
        let terms = order.terms();
        let equal = [
            named.id.as_ref().map(|id| id.eq_ignore_ascii_case(&binding.payment_id.to_string())),
            named.external_id.as_ref().map(|id| id == of.external_id.as_str()),
            named.amount.map(|amount| amount == terms.amount),
            named.currency.as_ref().map(|code| code == terms.currency.as_str()),
        ];
        let since = self.contradicted.entry(attempt).or_default();
        if equal.contains(&Some(false)) {
            *since = Some(now);
        } else if !equal.contains(&None) && since.is_none_or(|since| since <= read_at) {
            self.removed |= since.is_some();
            *since = None;
        }
    }

    /// What the order tells after it: never that an attempt is paid whose facts stand contradicted.
    pub(crate) fn check(&self, told: &[(UnixMillis, Notice)]) {
        for (_, notice) in told.iter().filter(|(_, notice)| notice.event.kind == EventKind::OrderPaid) {
            let contradicted = self.contradicted.get(&notice.event.data.attempt).copied().flatten();
            check(contradicted.is_none(), "told as paid, although an answer had named other facts");
        }
    }

    /// Whether a contradiction stands.
    pub(crate) fn is_contradicted(&self) -> bool {
        self.contradicted.values().any(Option::is_some)
    }

    /// Whether a contradiction was removed, and none stands.
    pub(crate) fn was_contradicted(&self) -> bool {
        self.removed && !self.is_contradicted()
    }
}
