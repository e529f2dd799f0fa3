//! The answers about one-time payments, field for field as documented
//! (docs.compago.com/one-time-payment/create, /list and /cancel, read November 2026).

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Number;
use uuid::Uuid;

use super::collection::shown_status;
use super::{BillingInformation, Payment, Standing, Status};
use crate::clock::written;
use crate::link;
use crate::settings::Settings;

/// The answer of create: only the checkout URL, called `redirectUrl` like the merchant's return URL in the request.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Created {
    redirect_url: String,
}

impl Created {
    pub(crate) fn new(payment: &Payment, settings: &Settings, origin: &str) -> Self {
        Self { redirect_url: checkout_address(payment.id, settings, origin) }
    }
}

/// The answer of get. Once the payment is no longer PENDING, or expired, most fields are absent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Details<'a> {
    #[serde(flatten)]
    full: Option<FullDetails<'a>>,
    status: Status,
    expired: bool,
    homepage_url: String,
    organization: Organization<'a>,
    billing_information: Phone<'a>,
}

impl<'a> Details<'a> {
    pub(crate) fn new(payment: &'a Payment, settings: &'a Settings, now: Timestamp) -> Self {
        let full = match payment.standing(now) {
            Standing::Payable => Some(FullDetails {
                id: payment.id,
                amount: payment.amount.number(),
                currency: &payment.currency,
                description: &payment.description,
                external_id: &payment.external_id,
                expires_at: written(payment.expires_at, settings.fraction()),
                redirect_url: &payment.redirect_url,
            }),
            Standing::Closed(_) => None,
        };
        let known = !settings.null_organization;
        Self {
            full,
            status: shown_status(payment, settings, now),
            expired: payment.expired(now),
            homepage_url: homepage(payment, settings),
            organization: Organization {
                name: &settings.organization_name,
                business: known.then_some(Business { website_url: &settings.website_url }),
            },
            billing_information: Phone { phone_number: known.then_some(&payment.billing_information.phone_number) },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FullDetails<'a> {
    id: Uuid,
    amount: Number,
    currency: &'a str,
    description: &'a str,
    external_id: &'a str,
    expires_at: String,
    redirect_url: &'a str,
}

#[derive(Serialize)]
struct Organization<'a> {
    name: &'a str,
    business: Option<Business<'a>>,
}

#[derive(Serialize)]
struct Business<'a> {
    #[serde(rename = "websiteURL")]
    website_url: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Phone<'a> {
    phone_number: Option<&'a str>,
}

/// One item of a list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Item<'a> {
    id: Uuid,
    status: Status,
    description: &'a str,
    amount: Number,
    currency: &'a str,
    external_id: &'a str,
    expires_at: String,
    redirect_url: &'a str,
    homepage_url: String,
    created_at: String,
    updated_at: String,
    billing_information: &'a BillingInformation,
}

impl<'a> Item<'a> {
    pub(crate) fn new(payment: &'a Payment, settings: &Settings, now: Timestamp) -> Self {
        let fraction = settings.fraction();
        Self {
            id: payment.id,
            status: shown_status(payment, settings, now),
            description: &payment.description,
            amount: payment.amount.number(),
            currency: &payment.currency,
            external_id: &payment.external_id,
            expires_at: written(payment.expires_at, fraction),
            redirect_url: &payment.redirect_url,
            homepage_url: homepage(payment, settings),
            created_at: written(payment.created_at, fraction),
            updated_at: written(payment.updated_at, fraction),
            billing_information: &payment.billing_information,
        }
    }
}

/// The answer of cancel; `updatedAt` is the time of the cancellation.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Cancelled<'a> {
    id: Uuid,
    status: Status,
    description: &'a str,
    amount: Number,
    currency: &'a str,
    external_id: &'a str,
    expires_at: String,
    created_at: String,
    updated_at: String,
}

impl<'a> Cancelled<'a> {
    pub(crate) fn new(payment: &'a Payment, settings: &Settings) -> Self {
        let fraction = settings.fraction();
        Self {
            id: payment.id,
            status: payment.status,
            description: &payment.description,
            amount: payment.amount.number(),
            currency: &payment.currency,
            external_id: &payment.external_id,
            expires_at: written(payment.expires_at, fraction),
            created_at: written(payment.created_at, fraction),
            updated_at: written(payment.updated_at, fraction),
        }
    }
}

/// Returns the checkout URL.
pub(crate) fn checkout_address(id: Uuid, settings: &Settings, origin: &str) -> String {
    let origin = settings.checkout_origin.as_deref().unwrap_or(origin);
    let path = settings.checkout_path.as_deref().unwrap_or("/checkout/otp/{id}");
    format!("{origin}{}", path.replace("{id}", &id.to_string()))
}

fn homepage(payment: &Payment, settings: &Settings) -> String {
    if settings.homepage_normalised { link::normalised(&payment.homepage_url) } else { payment.homepage_url.clone() }
}
