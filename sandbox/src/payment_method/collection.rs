//! All payment methods of the sandbox's one organisation, in the order of their creation.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::charge::{self, Charge};
use super::display::Display;
use super::request::{NewCharge, NewMethod};
use super::{BillingInformation, Method, Status};
use crate::list::{List, ListQuery};
use crate::money::Centavos;
use crate::settings::Settings;

/// Methods by age and id. Nothing is ever removed.
#[derive(Clone, Debug, Default)]
pub(crate) struct PaymentMethods {
    by_age: Vec<Method>,
    positions: BTreeMap<Uuid, usize>,
}

impl PaymentMethods {
    pub(crate) fn create(&mut self, new: NewMethod, now: Timestamp) -> &Method {
        let method = Method::created(new, now);
        self.positions.insert(method.id, self.by_age.len());
        self.by_age.push_mut(method)
    }

    pub(crate) fn find(&self, id: Uuid) -> Option<&Method> {
        self.positions.get(&id).and_then(|position| self.by_age.get(*position))
    }

    pub(crate) fn find_mut(&mut self, id: Uuid) -> Option<&mut Method> {
        self.positions.get(&id).and_then(|position| self.by_age.get_mut(*position))
    }

    pub(crate) fn oldest_first(&self) -> &[Method] {
        &self.by_age
    }

    /// Returns one page of the matching methods.
    pub(crate) fn page(&self, query: ListQuery<Status>, settings: &Settings, now: Timestamp) -> List<&Method> {
        let delay = SignedDuration::from_millis(i64::from(settings.list_delay_ms));
        let matching = self
            .by_age
            .iter()
            .filter(|method| delay.is_zero() || now.duration_since(method.created_at) >= delay)
            .filter(|method| query.status.is_none_or(|status| method.status(now) == status))
            .collect();
        query.cut(matching, settings.list_order)
    }

    /// Adds `count` methods of other customers, as happens while someone reads the list page by page.
    pub(crate) fn add_neighbours(&mut self, count: u16, now: Timestamp) {
        for _ in 0..count {
            self.create(neighbour(), now);
        }
    }
}

impl Method {
    /// Returns one page of the matching charges of the method.
    pub(crate) fn page(&self, query: ListQuery<charge::Status>, settings: &Settings, now: Timestamp) -> List<&Charge> {
        let delay = SignedDuration::from_secs(i64::from(settings.charge_list_delay_seconds));
        let matching = self
            .payments(settings)
            .filter(|charge| delay.is_zero() || now.duration_since(charge.created_at) >= delay)
            .filter(|charge| query.status.is_none_or(|status| charge.status(now) == status))
            .collect();
        query.cut(matching, settings.list_order)
    }

    /// Adds `count` charges of another program of the merchant, as happens while someone reads the list page by page.
    pub(crate) fn add_foreign_charges(&mut self, count: u16, now: Timestamp) {
        for _ in 0..count {
            let new = NewCharge { amount: Centavos::TEN_PESOS, description: Some("Cargo de otro programa".to_owned()) };
            self.charges.push(Charge::made(new, charge::Status::Confirmed, None, now));
        }
    }
}

impl From<Vec<Method>> for PaymentMethods {
    fn from(by_age: Vec<Method>) -> Self {
        let positions = by_age.iter().enumerate().map(|(position, method)| (method.id, position)).collect();
        Self { by_age, positions }
    }
}

fn neighbour() -> NewMethod {
    NewMethod {
        external_id: Some(format!("neighbour-{}", Uuid::new_v4())),
        verification_amount: Centavos::ONE_PESO,
        display: Display::Link,
        redirect_url: None,
        ttl_minutes: 2_880,
        billing_information: BillingInformation {
            email: "neighbour@example.com".to_owned(),
            first_name: "Otra".to_owned(),
            last_name: "Persona".to_owned(),
            phone_number: "+525500000000".to_owned(),
        },
    }
}
