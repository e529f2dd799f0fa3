//! The checkout link that creating answers, and the payment id in it.
//!
//! Creating tells no id. In every sample of <https://docs.compago.com/one-time-payment/create> (read November 2026) the
//! last segment of the checkout URL is the payment's id, but no sentence says so: the id found here is a candidate that
//! a read must prove before anything rests on it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::value::{HttpsUrl, Loopback, Origin, PaymentId};

/// A checkout URL on an origin that the merchant allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutLink {
    url: HttpsUrl,
}

impl CheckoutLink {
    /// Takes the URL if it points to one of the `allowed` origins.
    ///
    /// # Errors
    /// [`LinkError`] when it is no URL we would send a payer to.
    pub fn parse(text: &str, allowed: &[Origin]) -> Result<Self, LinkError> {
        // The allowed origins say whether loopback is one of them; a URL elsewhere on it is refused just below.
        let url = HttpsUrl::parse(text, Loopback::Allowed).map_err(|_| LinkError::NotAUrl)?;
        if allowed.contains(url.origin()) { Ok(Self { url }) } else { Err(LinkError::Elsewhere) }
    }

    /// Where the payer goes.
    pub fn url(&self) -> &HttpsUrl {
        &self.url
    }

    /// The candidate for the payment's id: the path is exactly `/checkout/otp/{uuid}`, and nothing follows it.
    pub fn candidate(&self) -> Option<PaymentId> {
        candidate(&self.url)
    }
}

/// The candidate in a checkout URL, on whatever origin it is.
pub(super) fn candidate(url: &HttpsUrl) -> Option<PaymentId> {
    if url.query().is_some() {
        return None;
    }
    url.path().strip_prefix("/checkout/otp/")?.parse().ok()
}

/// Why a checkout URL is not shown to anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LinkError {
    /// Not an absolute https URL.
    #[error("the checkout link is not an https URL")]
    NotAUrl,
    /// On an origin that is not allowed.
    #[error("the checkout link points to an origin that is not allowed")]
    Elsewhere,
}
