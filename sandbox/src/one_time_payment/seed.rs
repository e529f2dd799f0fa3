//! Creates many payments at once, as another program of the merchant might have. The same request creates the same
//! payments, except for their times, which are relative to now.

mod chance;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::Number;

use super::request::TTL_MINUTES;
use super::{Payment, Status};
use crate::clock::whole_second;
use crate::money::{AmountProblem, CURRENCY, Centavos};
use chance::Chance;

/// The request; only the number is required.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Seed {
    count: u32,
    #[serde(default)]
    statuses: Statuses,
    /// The age of the oldest payment in days.
    #[serde(default = "a_month")]
    days: u16,
    /// Descriptions, used in turn.
    #[serde(default = "everyday_descriptions")]
    descriptions: Vec<String>,
    #[serde(default = "usual_prefix")]
    external_id_prefix: String,
    /// The amount of all payments, in pesos.
    amount: Option<Number>,
    #[serde(default = "elsewhere")]
    redirect_url: String,
    #[serde(default = "elsewhere")]
    homepage_url: String,
}

/// One status for all, or weights for a repeating order.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged, expecting = "statuses must be one status, or weights such as {\"CONFIRMED\": 6, \"PENDING\": 1}")]
enum Statuses {
    All(Status),
    InTurn(Weights),
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
struct Weights {
    #[serde(default)]
    confirmed: u8,
    #[serde(default)]
    pending: u8,
    #[serde(default)]
    cancelled: u8,
}

impl Default for Statuses {
    fn default() -> Self {
        Self::InTurn(Weights { confirmed: 6, pending: 1, cancelled: 1 })
    }
}

impl Statuses {
    fn in_turn(self) -> Vec<Status> {
        match self {
            Self::All(status) => vec![status],
            Self::InTurn(weights) => [
                (Status::Confirmed, weights.confirmed),
                (Status::Pending, weights.pending),
                (Status::Cancelled, weights.cancelled),
            ]
            .into_iter()
            .flat_map(|(status, weight)| std::iter::repeat_n(status, weight.into()))
            .collect(),
        }
    }
}

impl Seed {
    /// Returns the payments, oldest first. Pending ones may have expired: all have the longest lifetime.
    pub(crate) fn payments(self, now: Timestamp) -> Result<Vec<Payment>, SeedProblem> {
        if !(1..=MOST).contains(&self.count) {
            return Err(SeedProblem::Count);
        }
        let statuses = self.statuses.in_turn();
        if statuses.is_empty() {
            return Err(SeedProblem::NoStatus);
        }
        if self.days > MOST_DAYS {
            return Err(SeedProblem::Days);
        }
        if self.descriptions.is_empty() {
            return Err(SeedProblem::NoDescription);
        }
        let amount = self.amount.as_ref().map(Centavos::from_number).transpose()?;
        let numbered = (1..=self.count).zip(statuses.iter().cycle()).zip(self.descriptions.iter().cycle());
        Ok(numbered
            .map(|((number, status), description)| {
                let external_id = format!("{}{number:05}", self.external_id_prefix);
                let mut chance = Chance::of(&external_id);
                let id = chance.id();
                let times = self.times(number, *status, now, &mut chance);
                Payment {
                    id,
                    status: *status,
                    amount: amount.unwrap_or_else(|| chance.amount()),
                    currency: CURRENCY.to_owned(),
                    description: description.clone(),
                    external_id,
                    redirect_url: self.redirect_url.clone(),
                    homepage_url: self.homepage_url.clone(),
                    created_at: times.created,
                    updated_at: times.updated,
                    expires_at: times.expires,
                    declines: 0,
                    billing_information: chance.payer(),
                    hidden: false,
                }
            })
            .collect())
    }

    /// Returns the creation time of the `number`th payment, within its share of the days, and the times of what
    /// followed, at the latest now.
    fn times(&self, number: u32, status: Status, now: Timestamp, chance: &mut Chance) -> Times {
        let span = u64::from(self.days) * 24 * HOUR;
        let share = span / u64::from(self.count);
        let furthest = span * u64::from(self.count - number + 1) / u64::from(self.count);
        let back = furthest - chance.below(share);
        let later = match status {
            Status::Pending => 0,
            Status::Confirmed | Status::Cancelled => chance.below(back.min(40 * HOUR)),
        };
        let created = before(now, back);
        let ttl = SignedDuration::from_mins(i64::from(*TTL_MINUTES.end()));
        Times {
            created,
            updated: before(now, back - later),
            expires: whole_second(created).checked_add(ttl).unwrap_or(created),
        }
    }
}

struct Times {
    created: Timestamp,
    updated: Timestamp,
    expires: Timestamp,
}

/// The reason why a seed is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SeedProblem {
    #[error("count must be between 1 and {MOST}")]
    Count,
    #[error("days must be at most {MOST_DAYS}")]
    Days,
    #[error("statuses must give at least one status a weight")]
    NoStatus,
    #[error("descriptions must not be empty")]
    NoDescription,
    #[error("{0}")]
    Amount(#[from] AmountProblem),
}

fn before(now: Timestamp, ms: u64) -> Timestamp {
    let back = i64::try_from(ms).map(SignedDuration::from_millis).unwrap_or_default();
    now.checked_sub(back).unwrap_or(now)
}

fn a_month() -> u16 {
    30
}

fn usual_prefix() -> String {
    "seed-".to_owned()
}

fn elsewhere() -> String {
    "https://otra-tienda.example/gracias".to_owned()
}

fn everyday_descriptions() -> Vec<String> {
    EVERYDAY.map(str::to_owned).into()
}

const EVERYDAY: [&str; 6] = [
    "Consulta de valoración",
    "Mensualidad",
    "Anticipo del 50 %",
    "Inscripción al taller de cerámica",
    "Renta de equipo",
    "Pedido a domicilio",
];

const MOST: u32 = 100_000;
const MOST_DAYS: u16 = 3_650;
const HOUR: u64 = 3_600_000;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap is the test's failure")]
mod tests {
    use super::*;

    fn payments(request: &str, now: Timestamp) -> Result<Vec<Payment>, SeedProblem> {
        serde_json::from_str::<Seed>(request).unwrap().payments(now)
    }

    #[test]
    fn the_same_request_gives_the_same_payments() {
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let request = r#"{"count":2000}"#;
        let seeded = payments(request, now).unwrap();
        assert_eq!(seeded, payments(request, now).unwrap());
        assert_ne!(seeded, payments(r#"{"count":2000,"externalIdPrefix":"x-"}"#, now).unwrap());
    }

    #[test]
    fn times_are_spread_in_order_and_never_ahead() {
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        for (count, days) in [(1, 0_u16), (1, 1), (7, 0), (500, 3), (1000, 365)] {
            let seeded = payments(&format!(r#"{{"count":{count},"days":{days}}}"#), now).unwrap();
            assert!(seeded.is_sorted_by_key(|payment| payment.created_at), "{count} in {days} days");
            let first = before(now, u64::from(days) * 24 * HOUR);
            for payment in &seeded {
                assert!(first <= payment.created_at && payment.created_at <= payment.updated_at, "{payment:?}");
                assert!(payment.updated_at <= now, "{payment:?}");
                let late = payment.updated_at.duration_since(payment.expires_at).is_positive();
                assert!(payment.status == Status::Pending || !late, "closed after its time: {payment:?}");
            }
        }
    }

    #[test]
    fn says_what_cannot_be_seeded() {
        for (request, problem) in [
            (r#"{"count":0}"#, SeedProblem::Count),
            (r#"{"count":100001}"#, SeedProblem::Count),
            (r#"{"count":1,"days":3651}"#, SeedProblem::Days),
            (r#"{"count":1,"statuses":{}}"#, SeedProblem::NoStatus),
            (r#"{"count":1,"descriptions":[]}"#, SeedProblem::NoDescription),
            (r#"{"count":1,"amount":0}"#, SeedProblem::Amount(AmountProblem::NotPositive)),
        ] {
            assert_eq!(payments(request, Timestamp::UNIX_EPOCH), Err(problem), "{request}");
        }
    }
}
