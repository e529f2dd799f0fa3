//! What Compago answers, as JSON for callers: amounts as decimal text, times in UTC, null for what was not told.

use crate::api::list::Page;
use crate::api::one_time_payment::cancel::Cancellation;
use crate::api::one_time_payment::create::CheckoutUrl;
use crate::api::one_time_payment::get::Reading;
use crate::api::one_time_payment::list::{ListedPayer, ListedPayment};
use crate::api::payment_intent::create::CreatedIntent;
use crate::api::payment_intent::get::{Charge, IntentReading};
use crate::api::payment_method::create::CreatedMethod;
use crate::api::payment_method::get::MethodReading;
use crate::api::payment_method::payment::CardPayment;
use crate::api::payment_method::revoke::Revocation;
use crate::json::{ToJson, Writer};

/// An answer that can be written as JSON.
pub(super) trait Output {
    /// Writes the answer.
    fn put(&self, out: &mut Writer);
}

/// An answer, or an item of a list, on its way out.
pub(super) struct Out<'a, T>(pub(super) &'a T);

impl<T: Output> ToJson for Out<'_, T> {
    fn to_json(&self, out: &mut Writer) {
        self.0.put(out);
    }
}

impl Output for () {
    fn put(&self, out: &mut Writer) {
        out.object().end();
    }
}

impl Output for CheckoutUrl {
    fn put(&self, out: &mut Writer) {
        out.object().field("checkoutUrl", &self.0).field("id", &self.candidate()).end();
    }
}

impl Output for Reading {
    fn put(&self, out: &mut Writer) {
        out.object()
            .field("status", &self.status)
            .field("expired", &self.expired)
            .field("id", &self.id)
            .field("externalId", &self.external_id)
            .field("amount", &self.amount)
            .field("currency", &self.currency)
            .field("expiresAt", &self.expires_at)
            .field("homepageUrl", &self.homepage_url)
            .field("redirectUrl", &self.redirect_url)
            .field("description", &self.description)
            .end();
    }
}

impl Output for ListedPayment {
    fn put(&self, out: &mut Writer) {
        out.object()
            .field("id", &self.id)
            .field("status", &self.status)
            .field("amount", &self.amount)
            .field("currency", &self.currency)
            .field("externalId", &self.external_id)
            .field("description", &self.description)
            .field("expiresAt", &self.expires_at)
            .field("redirectUrl", &self.redirect_url)
            .field("homepageUrl", &self.homepage_url)
            .field("createdAt", &self.created_at)
            .field("updatedAt", &self.updated_at)
            .field("payer", &self.payer.as_ref().map(Out))
            .end();
    }
}

impl Output for ListedPayer {
    fn put(&self, out: &mut Writer) {
        out.object()
            .field("email", &self.email)
            .field("firstName", &self.first_name)
            .field("lastName", &self.last_name)
            .field("phoneNumber", &self.phone_number)
            .end();
    }
}

impl Output for Cancellation {
    fn put(&self, out: &mut Writer) {
        out.object().field("id", &self.id).field("status", &self.status).end();
    }
}

impl Output for CreatedIntent {
    fn put(&self, out: &mut Writer) {
        out.object()
            .field("id", &self.id)
            .field("status", &self.status)
            .field("amount", &self.amount)
            .field("currency", &self.currency)
            .field("externalId", &self.external_id)
            .end();
    }
}

impl Output for IntentReading {
    fn put(&self, out: &mut Writer) {
        out.object()
            .field("id", &self.id)
            .field("status", &self.status)
            .field("expired", &self.expired)
            .field("paid", &(self.charge == Some(Charge::Succeeded)))
            .field("card", &self.card)
            .end();
    }
}

impl Output for CreatedMethod {
    fn put(&self, out: &mut Writer) {
        out.object().field("id", &self.id).field("checkoutUrl", &self.checkout_url).end();
    }
}

impl Output for MethodReading {
    fn put(&self, out: &mut Writer) {
        out.object()
            .field("id", &self.id)
            .field("status", &self.status)
            .field("externalId", &self.external_id)
            .field("card", &self.card)
            .field("createdAt", &self.created_at)
            .end();
    }
}

impl Output for Revocation {
    fn put(&self, out: &mut Writer) {
        out.object().field("success", &self.success).end();
    }
}

impl Output for CardPayment {
    fn put(&self, out: &mut Writer) {
        out.object()
            .field("id", &self.id)
            .field("status", &self.status)
            .field("amount", &self.amount)
            .field("currency", &self.currency)
            .field("createdAt", &self.created_at)
            .end();
    }
}

impl<T: Output> Output for Page<T> {
    fn put(&self, out: &mut Writer) {
        let items: Vec<Out<'_, T>> = self.readable.iter().map(Out).collect();
        out.object().field("count", &self.count).field("items", &items).field("unreadable", &self.unreadable).end();
    }
}
