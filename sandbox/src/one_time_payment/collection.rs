//! All one-time payments of the sandbox's one organisation, in the order of their creation.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::query::PaymentQuery;
use super::request::NewPayment;
use super::{Address, BillingInformation, Payment, Status};
use crate::amendment::Amendment;
use crate::list::List;
use crate::money::Centavos;
use crate::settings::Settings;

/// Payments by age, id and external id. Nothing is ever removed, so an external id cannot be reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct OneTimePayments {
    by_age: Vec<Payment>,
    positions: BTreeMap<Uuid, usize>,
    external_ids: BTreeSet<String>,
}

impl OneTimePayments {
    /// Creates a payment if its amount reaches the account's minimum and its external id was never used before.
    pub(crate) fn create(
        &mut self,
        new: NewPayment,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<Uuid, CreateProblem> {
        if new.amount < settings.minimum_amount {
            return Err(CreateProblem::BelowMinimum(settings.minimum_in_words()));
        }
        if self.external_ids.contains(&new.external_id) {
            return Err(CreateProblem::Duplicate(new.external_id));
        }
        let payment = Payment::created(new, now);
        let id = payment.id;
        self.add(payment);
        Ok(id)
    }

    pub(crate) fn find(&self, id: Uuid) -> Option<&Payment> {
        self.positions.get(&id).and_then(|position| self.by_age.get(*position)).filter(|payment| !payment.hidden)
    }

    pub(crate) fn find_mut(&mut self, id: Uuid) -> Option<&mut Payment> {
        self.find_even_hidden(id).filter(|payment| !payment.hidden)
    }

    /// Finds a payment, including hidden ones.
    pub(crate) fn find_even_hidden(&mut self, id: Uuid) -> Option<&mut Payment> {
        self.positions.get(&id).and_then(|position| self.by_age.get_mut(*position))
    }

    /// Replaces the given facts; a new external id cannot be used by others from then on.
    pub(crate) fn amend(&mut self, id: Uuid, amendment: Amendment, now: Timestamp) -> Option<&Payment> {
        let payment = self.positions.get(&id).and_then(|position| self.by_age.get_mut(*position))?;
        self.external_ids.extend(amendment.external_id.clone());
        payment.amend(amendment, now);
        Some(payment)
    }

    /// Returns all payments, oldest first, including hidden ones.
    pub(crate) fn oldest_first(&self) -> &[Payment] {
        &self.by_age
    }

    /// Returns one page of the matching payments.
    pub(crate) fn page(&self, query: PaymentQuery, settings: &Settings, now: Timestamp) -> List<&Payment> {
        let delay = SignedDuration::from_millis(i64::from(settings.list_delay_ms));
        let mut matching: Vec<&Payment> = self
            .by_age
            .iter()
            .filter(|payment| !payment.hidden && query.asks_for(payment, shown_status(payment, settings, now)))
            .filter(|payment| delay.is_zero() || now.duration_since(payment.created_at) >= delay)
            .collect();
        if settings.list_order.by_update() {
            matching.sort_by_key(|payment| payment.updated_at);
        }
        query.list.cut(matching, settings.list_order)
    }

    /// Adds `count` payments of other customers, as happens while someone reads the list page by page.
    pub(crate) fn add_neighbours(&mut self, count: u16, now: Timestamp) {
        for _ in 0..count {
            let external_id = format!("neighbour-{}", Uuid::new_v4());
            self.add(Payment::created(neighbour(external_id), now));
        }
    }

    /// Inserts payments that were created earlier, ordered by their time; all of them or none.
    pub(crate) fn insert_all(&mut self, payments: Vec<Payment>) -> Result<(), CreateProblem> {
        if let Some(taken) = payments.iter().find(|payment| self.external_ids.contains(&payment.external_id)) {
            return Err(CreateProblem::Duplicate(taken.external_id.clone()));
        }
        for payment in payments {
            self.add(payment);
        }
        self.by_age.sort_by_key(|payment| payment.created_at);
        self.positions = self.by_age.iter().enumerate().map(|(position, payment)| (payment.id, position)).collect();
        Ok(())
    }

    /// Marks the `count` payments with the oldest updates as updated now.
    pub(crate) fn touch(&mut self, count: u16, now: Timestamp) {
        let mut longest_ago: Vec<&mut Payment> = self.by_age.iter_mut().filter(|payment| !payment.hidden).collect();
        longest_ago.sort_by_key(|payment| payment.updated_at);
        for payment in longest_ago.into_iter().take(count.into()) {
            payment.updated_at = now;
        }
    }

    fn add(&mut self, payment: Payment) {
        self.positions.insert(payment.id, self.by_age.len());
        self.external_ids.insert(payment.external_id.clone());
        self.by_age.push(payment);
    }
}

impl From<Vec<Payment>> for OneTimePayments {
    fn from(by_age: Vec<Payment>) -> Self {
        let mut payments = Self::default();
        for payment in by_age {
            payments.add(payment);
        }
        payments
    }
}

/// The reason why a well-formed request is refused; both texts are Compago's (docs.compago.com/one-time-payment/create,
/// read November 2026).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CreateProblem {
    #[error("One time payment amount must be at least ${0}.")]
    BelowMinimum(String),
    #[error("One time payment with externalId {0} already exists.")]
    Duplicate(String),
}

/// Returns the status in the answers of get and list: a setting decides about expired unpaid payments.
pub(crate) fn shown_status(payment: &Payment, settings: &Settings, now: Timestamp) -> Status {
    match payment.status {
        Status::Pending if payment.expired(now) => settings.expired_status.into(),
        status @ (Status::Pending | Status::Confirmed | Status::Cancelled) => status,
    }
}

fn neighbour(external_id: String) -> NewPayment {
    NewPayment {
        amount: Centavos::TEN_PESOS,
        description: "Pago de otra persona".to_owned(),
        external_id,
        redirect_url: "https://neighbour.example/return".to_owned(),
        homepage_url: "https://neighbour.example".to_owned(),
        ttl_minutes: 2_880,
        billing_information: BillingInformation {
            email: "neighbour@example.com".to_owned(),
            first_name: "Otra".to_owned(),
            last_name: "Persona".to_owned(),
            phone_number: "+525500000000".to_owned(),
            address: Address {
                address_line: "Calle 1".to_owned(),
                city: "Puebla".to_owned(),
                state: "PUE".to_owned(),
                zip: "72000".to_owned(),
            },
        },
    }
}
