//! Reads the input of each operation from JSON and reports a problem for each invalid field.

use core::str::FromStr;

use serde::de::DeserializeOwned;

use crate::api::list::{Page, PageSize};
use crate::api::one_time_payment::cancel::{CancelOneTimePayment, Cancellation};
use crate::api::one_time_payment::create::{CheckoutUrl, CreateOneTimePayment};
use crate::api::one_time_payment::get::{GetOneTimePayment, Reading};
use crate::api::one_time_payment::list::{ListOneTimePayments, ListedPayment};
use crate::api::payment_intent::cancel::{Acknowledged, CancelPaymentIntent};
use crate::api::payment_intent::create::{CreatePaymentIntent, CreatedIntent};
use crate::api::payment_intent::get::{GetPaymentIntent, IntentReading};
use crate::api::payment_method::charge::ChargePaymentMethod;
use crate::api::payment_method::create::{CreatePaymentMethod, CreatedMethod};
use crate::api::payment_method::get::{GetPaymentMethod, MethodReading};
use crate::api::payment_method::list::ListPaymentMethods;
use crate::api::payment_method::payment::{CardPayment, GetCardPayment};
use crate::api::payment_method::payments::ListCardPayments;
use crate::api::payment_method::refund::RefundCardPayment;
use crate::api::payment_method::revoke::{Revocation, RevokePaymentMethod};
use crate::body::{self, Fields, code, integer, string, text};
use crate::edge::billing::read_billing_information;
use crate::edge::list::{Filter, filter};
use crate::edge::saved_card::{read_display, read_payer};
use crate::endpoint::Endpoint;
use crate::json::Json;
use crate::problem::{ProblemCode, Refusal};
use crate::value::{
    Amount, ChargeAmount, Currency, Description, ExternalId, FormTtl, HttpsUrl, Loopback, TerminalCode, Ttl, clean_code,
};

/// A call whose input can be read from JSON.
pub(super) trait Input: Endpoint + Sized {
    /// Takes the call's fields; `None` if a required one is missing or invalid.
    fn take(fields: &mut Fields<'_, '_>) -> Option<Self>;

    /// Returns whether the answer is about the payment, intent or card that the call names.
    fn is_answered_by(&self, answer: &Self::Answer) -> bool;
}

impl Input for CreateOneTimePayment {
    fn take(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let amount = fields.required("amount", body::amount::<Amount>);
        let currency = take_currency(fields);
        let description = fields.required("description", text::<Description>);
        let external_id = fields.required("externalId", code::<ExternalId>);
        let redirect_url = fields.required("redirectUrl", url);
        let homepage_url = fields.required("homepageUrl", url);
        let ttl = fields.optional("ttlMinutes", integer::<Ttl>);
        let billing_information = fields.nested("billingInformation", read_billing_information);
        Some(Self {
            amount: amount?,
            currency,
            description: description?,
            external_id: external_id?,
            redirect_url: redirect_url?,
            homepage_url: homepage_url?,
            ttl: ttl.unwrap_or(Ttl::DEFAULT),
            billing_information: billing_information?,
        })
    }

    fn is_answered_by(&self, _: &CheckoutUrl) -> bool {
        true
    }
}

impl Input for ListOneTimePayments {
    fn take(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let status = fields.optional("status", state);
        let currency = fields.optional("currency", code::<Currency>);
        let (page, page_size) = take_page(fields);
        Some(Self { status, currency, page, page_size })
    }

    fn is_answered_by(&self, _: &Page<ListedPayment>) -> bool {
        true
    }
}

impl Input for CreatePaymentIntent {
    fn take(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let amount = fields.required("amount", body::amount::<Amount>);
        let currency = take_currency(fields);
        let external_id = fields.required("externalId", code::<ExternalId>);
        let terminal_code = fields.optional("terminalCode", code::<TerminalCode>);
        Some(Self { amount: amount?, currency, external_id: external_id?, terminal_code })
    }

    fn is_answered_by(&self, answer: &CreatedIntent) -> bool {
        answer.answers(self)
    }
}

impl Input for CreatePaymentMethod {
    fn take(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let payer = fields.nested("billingInformation", read_payer);
        let external_id = fields.optional("externalId", code::<ExternalId>);
        let verification_amount = fields.optional("verificationAmount", body::amount::<ChargeAmount>);
        let display = read_display(fields);
        let redirect_url = fields.optional("redirectUrl", url);
        let ttl = fields.optional("ttlMinutes", integer::<FormTtl>);
        Some(Self { payer: payer?, external_id, verification_amount, display, redirect_url, ttl })
    }

    fn is_answered_by(&self, _: &CreatedMethod) -> bool {
        true
    }
}

impl Input for ListPaymentMethods {
    fn take(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let status = fields.optional("status", state);
        let (page, page_size) = take_page(fields);
        Some(Self { status, page, page_size })
    }

    fn is_answered_by(&self, _: &Page<MethodReading>) -> bool {
        true
    }
}

impl Input for ChargePaymentMethod {
    fn take(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let method = fields.required("id", id);
        let amount = fields.required("amount", body::amount::<ChargeAmount>);
        let currency = take_currency(fields);
        let description = fields.optional("description", text::<Description>);
        Some(Self { method: method?, amount: amount?, currency, description })
    }

    fn is_answered_by(&self, answer: &CardPayment) -> bool {
        answer.amount == self.amount.amount() && answer.currency == self.currency.as_str()
    }
}

impl Input for ListCardPayments {
    fn take(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let method = fields.required("id", id);
        let status = fields.optional("status", state);
        let (page, page_size) = take_page(fields);
        Some(Self { method: method?, status, page, page_size })
    }

    fn is_answered_by(&self, _: &Page<CardPayment>) -> bool {
        true
    }
}

impl Input for GetCardPayment {
    fn take(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (method, payment) = (fields.required("id", id), fields.required("paymentId", id));
        Some(Self { method: method?, id: payment? })
    }

    fn is_answered_by(&self, answer: &CardPayment) -> bool {
        answer.id == self.id
    }
}

impl Input for RefundCardPayment {
    fn take(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (method, payment) = (fields.required("id", id), fields.required("paymentId", id));
        let reason = fields.optional("reason", text::<Description>);
        Some(Self { method: method?, id: payment?, reason })
    }

    fn is_answered_by(&self, answer: &CardPayment) -> bool {
        answer.id == self.id
    }
}

/// Implements [`Input`] for calls whose only field is an id. The expression decides whether an answer belongs to that id.
macro_rules! by_id {
    ($($call:ident: |$id:ident, $answer:ident: $type:ty| $fits:expr),+ $(,)?) => {
        $(impl Input for $call {
            fn take(fields: &mut Fields<'_, '_>) -> Option<Self> {
                Some(Self { id: fields.required("id", id)? })
            }

            fn is_answered_by(&self, $answer: &$type) -> bool {
                let $id = self.id;
                $fits
            }
        })+
    };
}

by_id! {
    GetOneTimePayment: |id, answer: Reading| answer.id.as_ref().is_none_or(|answered| *answered == id.to_string()),
    CancelOneTimePayment: |id, answer: Cancellation| answer.id == id,
    GetPaymentIntent: |id, answer: IntentReading| answer.id == id,
    CancelPaymentIntent: |_id, _answer: Acknowledged| true,
    GetPaymentMethod: |id, answer: MethodReading| answer.id == id,
    RevokePaymentMethod: |_id, _answer: Revocation| true,
}

fn take_currency(fields: &mut Fields<'_, '_>) -> Currency {
    fields.optional("currency", code::<Currency>).unwrap_or(Currency::Mxn)
}

fn take_page(fields: &mut Fields<'_, '_>) -> (u32, PageSize) {
    let page = fields.optional("page", integer::<PageNumber>).map_or(1, |page| page.0);
    let size = fields.optional("pageSize", integer::<PageSize>).unwrap_or(PageSize::DEFAULT);
    (page, size)
}

/// A page number, counted from 1.
struct PageNumber(u32);

impl TryFrom<u32> for PageNumber {
    type Error = ProblemCode;

    fn try_from(number: u32) -> Result<Self, ProblemCode> {
        // `body::integer` passes numbers beyond 32 bits as `u32::MAX`.
        if number == 0 || number == u32::MAX { Err(ProblemCode::PageRange) } else { Ok(Self(number)) }
    }
}

fn id<T: FromStr>(value: &Json) -> Result<T, Refusal> {
    clean_code(string(value)?).parse().map_err(|_| ProblemCode::IdFormat.into())
}

/// Reads a state to filter by, in Compago's spelling or in ours. An undocumented one is passed on unchanged.
fn state<T: DeserializeOwned + Filter>(value: &Json) -> Result<T, Refusal> {
    let named = filter(string(value)?);
    named.map_or_else(|| value.read().map_err(|_| ProblemCode::TypeString.into()), Ok)
}

fn url(value: &Json) -> Result<HttpsUrl, Refusal> {
    Ok(HttpsUrl::parse(&clean_code(string(value)?), Loopback::Allowed)?)
}
