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
        out.object(&[]);
    }
}

impl Output for CheckoutUrl {
    fn put(&self, out: &mut Writer) {
        out.object(&[("checkoutUrl", &self.0)]);
    }
}

impl Output for Reading {
    fn put(&self, out: &mut Writer) {
        out.object(&[
            ("status", &self.status),
            ("expired", &self.expired),
            ("id", &self.id),
            ("externalId", &self.external_id),
            ("amount", &self.amount),
            ("currency", &self.currency),
            ("expiresAt", &self.expires_at),
            ("homepageUrl", &self.homepage_url),
            ("redirectUrl", &self.redirect_url),
            ("description", &self.description),
        ]);
    }
}

impl Output for ListedPayment {
    fn put(&self, out: &mut Writer) {
        out.object(&[
            ("id", &self.id),
            ("status", &self.status),
            ("amount", &self.amount),
            ("currency", &self.currency),
            ("externalId", &self.external_id),
            ("description", &self.description),
            ("expiresAt", &self.expires_at),
            ("redirectUrl", &self.redirect_url),
            ("homepageUrl", &self.homepage_url),
            ("createdAt", &self.created_at),
            ("updatedAt", &self.updated_at),
            ("payer", &self.payer.as_ref().map(Out)),
        ]);
    }
}

impl Output for ListedPayer {
    fn put(&self, out: &mut Writer) {
        out.object(&[
            ("email", &self.email),
            ("firstName", &self.first_name),
            ("lastName", &self.last_name),
            ("phoneNumber", &self.phone_number),
        ]);
    }
}

impl Output for Cancellation {
    fn put(&self, out: &mut Writer) {
        out.object(&[("id", &self.id), ("status", &self.status)]);
    }
}

impl Output for CreatedIntent {
    fn put(&self, out: &mut Writer) {
        out.object(&[
            ("id", &self.id),
            ("status", &self.status),
            ("amount", &self.amount),
            ("currency", &self.currency),
            ("externalId", &self.external_id),
        ]);
    }
}

impl Output for IntentReading {
    fn put(&self, out: &mut Writer) {
        out.object(&[
            ("id", &self.id),
            ("status", &self.status),
            ("expired", &self.expired),
            ("paid", &(self.charge == Some(Charge::Succeeded))),
            ("card", &self.card),
        ]);
    }
}

impl Output for CreatedMethod {
    fn put(&self, out: &mut Writer) {
        out.object(&[("id", &self.id), ("checkoutUrl", &self.checkout_url)]);
    }
}

impl Output for MethodReading {
    fn put(&self, out: &mut Writer) {
        out.object(&[
            ("id", &self.id),
            ("status", &self.status),
            ("externalId", &self.external_id),
            ("card", &self.card),
            ("createdAt", &self.created_at),
        ]);
    }
}

impl Output for Revocation {
    fn put(&self, out: &mut Writer) {
        out.object(&[("success", &self.success)]);
    }
}

impl Output for CardPayment {
    fn put(&self, out: &mut Writer) {
        out.object(&[
            ("id", &self.id),
            ("status", &self.status),
            ("amount", &self.amount),
            ("currency", &self.currency),
            ("createdAt", &self.created_at),
        ]);
    }
}

impl<T: Output> Output for Page<T> {
    fn put(&self, out: &mut Writer) {
        let items: Vec<Out<'_, T>> = self.readable.iter().map(Out).collect();
        out.object(&[("count", &self.count), ("items", &items), ("unreadable", &self.unreadable)]);
    }
}
