//! The checkout link in the answer to a create call, and the payment id in it.
//!
//! The answer to a create call contains no id. In every sample of <https://docs.compago.com/one-time-payment/create>
//! (read November 2026) the last path segment of the checkout URL is the payment's id, but the text does not say so.
//! The id found here is therefore a candidate that a read has to prove before it is used.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::value::redacted::debug_only;
use crate::value::{HttpsUrl, Loopback, Origin, PaymentId};

/// A checkout URL on an origin that the merchant allows. `Debug` does not show it, because the URL is enough to pay.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CheckoutLink {
    url: HttpsUrl,
}

debug_only!(CheckoutLink {});

impl CheckoutLink {
    /// Parses a checkout URL and checks that its origin is one of `allowed`.
    ///
    /// # Errors
    /// [`LinkError`] if the URL is invalid or on another origin.
    pub fn parse(text: &str, allowed: &[Origin]) -> Result<Self, LinkError> {
        // `allowed` decides about loopback: a loopback URL on another origin is refused below.
        let url = HttpsUrl::parse(text, Loopback::Allowed).map_err(|_| LinkError::NotAUrl)?;
        if allowed.contains(url.origin()) { Ok(Self { url }) } else { Err(LinkError::Elsewhere) }
    }

    /// Returns the URL to which the payer is sent.
    pub fn url(&self) -> &HttpsUrl {
        &self.url
    }

    /// Returns the candidate for the payment's id, if the path is exactly `/checkout/otp/{uuid}` and there is no query.
    pub fn candidate(&self) -> Option<PaymentId> {
        candidate(&self.url)
    }
}

/// Returns the candidate in a checkout URL on any origin.
pub(super) fn candidate(url: &HttpsUrl) -> Option<PaymentId> {
    if url.query().is_some() {
        return None;
    }
    url.path().strip_prefix("/checkout/otp/")?.parse().ok()
}

/// The reason why a checkout URL is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LinkError {
    /// Not an absolute https URL.
    #[error("the checkout link is not an https URL")]
    NotAUrl,
    /// On an origin that is not allowed.
    #[error("the checkout link points to an origin that is not allowed")]
    Elsewhere,
}
