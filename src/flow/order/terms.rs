//! What was ordered. None of it changes over an order's life, except that personal data is deleted.

use serde::{Deserialize, Serialize};

use crate::api::one_time_payment::create::CreateOneTimePayment;
use crate::edge::items::OrderItem;
use crate::edge::shipping::{DeliveryTo, Shipping};
use crate::problem::Locale;
use crate::value::{
    Amount, BillingInformation, Currency, Description, ExternalId, HttpsUrl, Metadata, MetadataSource, Reference,
    RetainDays, Ttl,
};

/// What is to be paid, by whom and where the payer's browser goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// Names the order to people.
    pub reference: Reference,
    /// The amount of every attempt.
    pub amount: Amount,
    /// Its currency.
    pub currency: Currency,
    /// What the payer reads at the checkout.
    pub description: Description,
    /// The merchant's own external id for the first attempt, where one was given.
    pub external_id: Option<ExternalId>,
    /// How long each attempt's link can be paid.
    pub ttl: Ttl,
    /// Our return route; it differs for each order.
    pub redirect_url: HttpsUrl,
    /// Where a payer who turns back goes; it differs for each order, which makes it a second tie between the two.
    pub homepage_url: HttpsUrl,
    /// Who pays. Dropped once it is needed no more.
    pub billing_information: Option<BillingInformation>,
    /// What was ordered, with its prices at that time; empty if nothing is to be delivered.
    pub items: Vec<OrderItem>,
    /// How it is delivered.
    pub shipping: Option<Shipping>,
    /// To whom and where, as far as that differs from who pays. Dropped with it.
    pub delivery: Option<DeliveryTo>,
    /// The merchant's own data.
    pub metadata: Metadata,
    /// Who wrote that data.
    pub metadata_source: MetadataSource,
    /// How long the payer's data is kept at most once the order is paid or on hold.
    pub retain_days: RetainDays,
    /// The language of the order, in which its items are named.
    pub locale: Locale,
}

impl Terms {
    /// The external id of attempt `number`: no two attempts of any order share one.
    pub fn external_id_of(&self, number: u8) -> Option<ExternalId> {
        match &self.external_id {
            Some(given) if number == 1 => Some(given.clone()),
            _ => format!("{}-{number}", self.reference.compact()).parse().ok(),
        }
    }

    /// The call that makes the payment, if the payer is still known.
    pub fn create(&self, external_id: &ExternalId) -> Option<CreateOneTimePayment> {
        Some(CreateOneTimePayment {
            amount: self.amount,
            currency: self.currency,
            description: self.description.clone(),
            external_id: external_id.clone(),
            redirect_url: self.redirect_url.clone(),
            homepage_url: self.homepage_url.clone(),
            ttl: self.ttl,
            billing_information: self.billing_information.clone()?,
        })
    }
}
