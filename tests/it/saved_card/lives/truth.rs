//! The model of Compago: what each card was truly charged, and what it tells of that.

use std::time::Duration;

use compago::endpoint::Reply;
use compago::flow::charge::Call;
use compago::value::{CardPaymentId, Reference, UnixMillis};
use serde_json::{Value, json};

use super::Card;
use crate::recording::reply;

/// A payment in Compago's own record.
pub(super) struct Truth {
    pub(super) id: CardPaymentId,
    pub(super) key: Reference,
    amount: String,
    made_at: UnixMillis,
    listed_at: UnixMillis,
    ends_at: UnixMillis,
    pub(super) declined: bool,
    /// While it stands amended in Compago's books, and to what.
    amended: Option<(UnixMillis, UnixMillis, Amended)>,
}

#[derive(Clone, Copy)]
enum Amended {
    Amount,
    Currency,
}

impl Card {
    pub(super) fn carry_out(&mut self, key: Reference, call: &Call) -> Reply {
        let now = self.now;
        match call {
            Call::Charge(charge) => {
                if self.rng.percent(5) {
                    return reply(400, r#"{"message":"The card was declined"}"#);
                }
                let number = u8::try_from(self.record.len()).unwrap();
                let id = CardPaymentId::from_bytes([number; 16]);
                let lag = self.rng.one_of(&[0, 0, 0, 20, 400, 3_000]);
                let takes = self.rng.one_of(&[0, 0, 30]);
                let amended = self.amendment();
                self.record.push(Truth {
                    id,
                    key,
                    amount: charge.amount.to_string(),
                    made_at: now,
                    listed_at: now.plus(Duration::from_secs(lag)),
                    ends_at: now.plus(Duration::from_secs(takes)),
                    declined: self.rng.percent(10),
                    amended,
                });
                reply(200, self.shown(self.record.len() - 1).to_string())
            }
            Call::Read(read) => {
                let index = self.record.iter().position(|truth| truth.id == read.id).expect("a payment of ours");
                reply(200, self.shown(index).to_string())
            }
            Call::List(_) => {
                let listed = |index: &usize| self.record[*index].listed_at <= now;
                let items: Vec<Value> = (0..self.record.len()).filter(listed).map(|index| self.shown(index)).collect();
                reply(200, json!({ "count": items.len(), "items": items }).to_string())
            }
        }
    }

    /// A few payments are amended soon after they were made, some of them only for a while.
    fn amendment(&mut self) -> Option<(UnixMillis, UnixMillis, Amended)> {
        let from = self.now.plus(self.rng.between(Duration::ZERO, Duration::from_secs(30)));
        let until = from.plus(self.rng.between(Duration::ZERO, Duration::from_secs(3_600)));
        let amended = self.rng.one_of(&[Amended::Amount, Amended::Currency]);
        self.rng.percent(4).then_some((from, until, amended))
    }

    fn shown(&self, index: usize) -> Value {
        let Truth { id, amount, made_at, ends_at, declined, amended, .. } = &self.record[index];
        let amended =
            amended.filter(|(from, until, _)| (*from..*until).contains(&self.now)).map(|(.., amended)| amended);
        let status = match (self.now >= *ends_at, declined) {
            (false, _) => "PENDING",
            (true, true) => "CANCELLED",
            (true, false) => "CONFIRMED",
        };
        let (pesos, currency): (Value, &str) = match amended {
            None => (serde_json::from_str(amount).unwrap(), "MXN"),
            Some(Amended::Amount) => (json!(1), "MXN"),
            Some(Amended::Currency) => (serde_json::from_str(amount).unwrap(), "USD"),
        };
        let created_at = made_at.to_string();
        json!({ "id": id.to_string(), "status": status, "amount": pesos, "currency": currency, "createdAt": created_at })
    }
}
