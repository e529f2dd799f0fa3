//! A model of Compago's one-time payments, written from its pages, that knows what truly happened.

use std::time::Duration;

use compago::api::one_time_payment::create::CreateOneTimePayment;
use compago::endpoint::Reply;
use compago::value::{ExternalId, PaymentId, UnixMillis};
use serde_json::{Value, json};

mod list;

use super::rng::Rng;
use crate::order::bodies::{ok, refused};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Pending,
    Confirmed,
    Cancelled,
}

/// What is changed of a payment in Compago's books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amendment {
    Amount,
    Currency,
    ExternalId,
    /// To what the payment was made with.
    Back,
}

#[derive(Debug, Clone)]
pub(crate) struct Payment {
    pub(crate) id: PaymentId,
    /// As Compago has it now.
    pub(crate) external_id: String,
    /// The external id that it was made with.
    pub(crate) made_as: String,
    /// As it was sent, unless it was amended since.
    pub(crate) amount: Value,
    pub(crate) currency: &'static str,
    /// Whether it was ever amended.
    pub(crate) amended: bool,
    /// The amount that it was made with.
    asked: Value,
    pub(crate) redirect_url: String,
    pub(crate) homepage_url: String,
    pub(crate) created_at: UnixMillis,
    pub(crate) expires_at: UnixMillis,
    pub(crate) state: State,
    /// When it came to be in that state.
    pub(crate) since: UnixMillis,
    /// Made by somebody else of the organisation.
    pub(crate) foreign: bool,
    /// How the list shows it once it is confirmed.
    pub(crate) shown: Shown,
}

/// How Compago's list of confirmed payments shows one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Truly,
    /// As an item that cannot be read.
    Unreadable,
    /// Never.
    Not,
}

/// What the pages leave open.
#[derive(Debug, Clone)]
pub(crate) struct Habits {
    normalises_homepage: bool,
    pub(crate) link_without_id: bool,
    omits_expired: bool,
    sweeps_expired: bool,
    unreadable_neighbour: bool,
    /// The list of confirmed payments can never be read.
    pub(crate) list_fails: bool,
    /// The filter of the list is ignored.
    ignores_filter: bool,
    /// The most items of a page.
    page_size: usize,
    /// Newly confirmed payments come first in the list.
    newest_first: bool,
    /// The list never shows some confirmed payments.
    hides: bool,
    /// Some confirmed payments cannot be read in the list.
    garbles: bool,
    /// How often another program's payment is confirmed.
    busy: Option<Duration>,
    pub(crate) lag: Duration,
    /// How long a bank may take from the payer's last click to the confirmation, also beyond the end of the link.
    slow_bank: Duration,
}

#[derive(Debug)]
pub(crate) struct Compago {
    pub(crate) payments: Vec<Payment>,
    pub(crate) habits: Habits,
    ids: Rng,
}

impl Compago {
    /// Links last for `ttl`.
    pub(crate) fn new(rng: &mut Rng, ttl: Duration) -> Self {
        let lasts_days = ttl > Duration::from_secs(24 * 60 * 60);
        let habits = Habits {
            normalises_homepage: rng.percent(20),
            link_without_id: rng.percent(5),
            omits_expired: rng.percent(10),
            sweeps_expired: rng.percent(30),
            unreadable_neighbour: rng.percent(10),
            list_fails: rng.percent(4),
            ignores_filter: rng.percent(5),
            page_size: if rng.percent(20) { 2 } else { 500 },
            newest_first: rng.percent(50),
            // Only the reads of a long link that come once a day find what the list hides.
            hides: rng.percent(if lasts_days { 40 } else { 5 }),
            garbles: rng.percent(5),
            busy: rng.percent(30).then(|| rng.between(Duration::from_secs(5 * 60), Duration::from_secs(60 * 60))),
            lag: if rng.percent(50) { Duration::ZERO } else { rng.between(Duration::ZERO, Duration::from_secs(20)) },
            slow_bank: if rng.percent(80) { Duration::ZERO } else { Duration::from_secs(8 * 60) },
        };
        Self { payments: Vec::new(), habits, ids: Rng::new(rng.next()) }
    }

    pub(crate) fn add_foreign(&mut self, external_id: &str, amount: Value, now: UnixMillis) {
        let id = self.new_id();
        let state = self.ids.one_of(&[State::Pending, State::Confirmed, State::Cancelled]);
        let elsewhere = "https://elsewhere.example/".to_owned();
        self.payments.push(Payment {
            id,
            external_id: external_id.to_owned(),
            made_as: external_id.to_owned(),
            asked: amount.clone(),
            amount,
            currency: "MXN",
            amended: false,
            redirect_url: elsewhere.clone(),
            homepage_url: elsewhere,
            created_at: now,
            expires_at: now.plus(Duration::from_secs(48 * 3_600)),
            state,
            since: now,
            foreign: true,
            shown: Shown::Truly,
        });
    }

    pub(crate) fn create(&mut self, call: &CreateOneTimePayment, now: UnixMillis) -> Reply {
        let body = crate::wire::to_value(&call);
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        let external_id = text("externalId");
        if self.payments.iter().any(|payment| payment.external_id == external_id) {
            return refused(400, &format!("One time payment with externalId {external_id} already exists."));
        }
        let id = self.new_id();
        let shown = self.drawn_shown();
        let homepage = text("homepageUrl");
        let homepage_url = if self.habits.normalises_homepage { homepage.to_ascii_uppercase() } else { homepage };
        self.payments.push(Payment {
            id,
            made_as: external_id.clone(),
            external_id,
            amount: body["amount"].clone(),
            asked: body["amount"].clone(),
            currency: "MXN",
            amended: false,
            redirect_url: text("redirectUrl"),
            homepage_url,
            created_at: now,
            expires_at: now.plus(Duration::from_secs(60 * body["ttlMinutes"].as_u64().unwrap())),
            state: State::Pending,
            since: now,
            foreign: false,
            shown,
        });
        let link = if self.habits.link_without_id {
            format!("https://app.compago.com/pay/{}", self.payments.len())
        } else {
            format!("https://app.compago.com/checkout/otp/{id}")
        };
        ok(json!({ "redirectUrl": link }))
    }

    pub(crate) fn get(&self, id: PaymentId, now: UnixMillis) -> Reply {
        let Some(payment) = self.payments.iter().find(|payment| payment.id == id) else {
            return refused(404, "Not found");
        };
        let expired = payment.expires_at <= now;
        let status = self.status(payment, now);
        let mut body = json!({
            "status": status, "homepageUrl": payment.homepage_url, "expired": expired,
            "organization": { "name": "Tienda Ana", "business": Value::Null },
            "billingInformation": { "phoneNumber": "+525512340000" }
        });
        if self.habits.omits_expired {
            body.as_object_mut().unwrap().remove("expired");
        }
        if status == "PENDING" && !expired {
            body["id"] = json!(payment.id.to_string());
            body["amount"] = payment.amount.clone();
            body["currency"] = json!(payment.currency);
            body["externalId"] = json!(payment.external_id);
            body["expiresAt"] = json!(payment.expires_at.to_string());
            body["redirectUrl"] = json!(payment.redirect_url);
        }
        ok(body)
    }

    fn drawn_shown(&mut self) -> Shown {
        if self.habits.hides && self.ids.percent(50) {
            Shown::Not
        } else if self.habits.garbles && self.ids.percent(50) {
            Shown::Unreadable
        } else {
            Shown::Truly
        }
    }

    pub(crate) fn cancel(&mut self, id: PaymentId, now: UnixMillis) -> Reply {
        let Some(payment) = self.payments.iter_mut().find(|payment| payment.id == id) else {
            return refused(404, "Not found");
        };
        assert!(!payment.foreign, "a foreign payment was to be cancelled");
        if !payment.is_payable(now) {
            return refused(400, "Only pending payments can be cancelled");
        }
        (payment.state, payment.since) = (State::Cancelled, now);
        ok(json!({
            "id": id.to_string(), "status": "CANCELLED", "amount": payment.amount, "currency": payment.currency,
            "externalId": payment.external_id
        }))
    }

    /// Someone changes one fact of a payment in Compago's own books, whatever its state.
    pub(crate) fn amend(&mut self, id: PaymentId, amendment: Amendment) {
        let Some(payment) = self.payments.iter_mut().find(|payment| payment.id == id) else { return };
        match amendment {
            Amendment::Amount => payment.amount = json!(12_345_678.9),
            Amendment::Currency => payment.currency = "USD",
            Amendment::ExternalId => payment.external_id = format!("{}x", payment.made_as),
            Amendment::Back => {
                payment.amount = payment.asked.clone();
                payment.currency = "MXN";
                payment.external_id.clone_from(&payment.made_as);
            }
        }
        payment.amended = true;
    }

    /// The payer pays: whether it could still be paid.
    pub(crate) fn pay(&mut self, id: PaymentId, now: UnixMillis) -> bool {
        let payment = self.payments.iter_mut().find(|payment| payment.id == id && payment.is_payable(now));
        let Some(payment) = payment else { return false };
        let confirmed_at = now.plus(self.ids.between(Duration::ZERO, self.habits.slow_bank));
        (payment.state, payment.since) = (State::Confirmed, confirmed_at);
        true
    }

    pub(crate) fn of_link(&self, link: &str) -> Option<&Payment> {
        let last = link.rsplit('/').next()?;
        let numbered = last.parse::<usize>().ok().and_then(|number| self.payments.get(number.checked_sub(1)?));
        numbered.or_else(|| self.payments.iter().find(|payment| payment.id.to_string() == last))
    }

    /// The latest payment that was made with this external id.
    pub(crate) fn made_as(&self, external_id: &ExternalId) -> Option<&Payment> {
        self.payments.iter().rev().find(|payment| payment.made_as == external_id.as_str())
    }

    fn status(&self, payment: &Payment, now: UnixMillis) -> &'static str {
        let seen = if payment.since.plus(self.habits.lag) <= now { payment.state } else { State::Pending };
        match seen {
            State::Pending if self.habits.sweeps_expired && payment.has_run_out(now) => "CANCELLED",
            State::Pending => "PENDING",
            State::Confirmed => "CONFIRMED",
            State::Cancelled => "CANCELLED",
        }
    }

    fn new_id(&mut self) -> PaymentId {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.ids.next().to_be_bytes());
        bytes[8..].copy_from_slice(&self.ids.next().to_be_bytes());
        PaymentId::from_bytes(bytes)
    }
}

impl Payment {
    pub(crate) fn is_payable(&self, now: UnixMillis) -> bool {
        self.state == State::Pending && now < self.expires_at
    }

    fn has_run_out(&self, now: UnixMillis) -> bool {
        self.state == State::Pending && now >= self.expires_at
    }
}
