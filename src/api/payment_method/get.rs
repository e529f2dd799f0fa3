//! `GET /payment-method/{id}`: reads a saved card.
//!
//! <https://docs.compago.com/payment-method/manage>, read November 2026. Only id and state are required; the card is not there
//! before the method is active, whether absent or null is not said.

use serde::{Deserialize, Serialize};

use super::MethodStatus;
use crate::api::card;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::value::{Card, PaymentMethodId, UnixMillis};

/// Reads the method with this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetPaymentMethod {
    /// The method's id.
    pub id: PaymentMethodId,
}

impl Endpoint for GetPaymentMethod {
    type Host = Compago;
    type Answer = MethodReading;

    const NAME: &'static str = "payment-method.get";
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("/payment-method/{}", self.id)
    }

    fn read(&self, body: &[u8]) -> Result<MethodReading, Unreadable> {
        read_json(body)
    }
}

/// A saved card, read by its id or from the list. It serialises to what callers in other languages get ([`crate::by_name`]): that is not
/// what Compago writes, and is not read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MethodReading {
    /// The method's id.
    pub id: PaymentMethodId,
    /// Its state.
    pub status: MethodStatus,
    /// The merchant's own id, of any form, if one was given.
    pub external_id: Option<String>,
    /// The card, as far as it was told.
    #[serde(default, deserialize_with = "card::read")]
    pub card: Card,
    /// When it was begun.
    pub created_at: Option<UnixMillis>,
}
