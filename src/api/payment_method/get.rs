//! `GET /payment-method/{id}`: reads a saved card.
//!
//! <https://docs.compago.com/payment-method/manage>, read November 2026. Only id and state are required. Before the
//! method is active there is no card; whether the field is absent or null is not documented.

use serde::{Deserialize, Serialize};

use super::MethodStatus;
use crate::api::card;
use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};
use crate::value::{Card, PaymentMethodId, UnixMillis};

/// Reads the method with this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

    fn read(&self, body: &[u8]) -> Result<MethodReading, DecodeError> {
        read_json(body)
    }
}

/// A saved card, read by its id or from the list.
///
/// It serialises to the form that callers in other languages get ([`crate::operations`]), which differs from Compago's
/// and is not read back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MethodReading {
    /// The method's id.
    pub id: PaymentMethodId,
    /// Its state.
    pub status: MethodStatus,
    /// The merchant's own id, of any form, if there is one.
    pub external_id: Option<String>,
    /// The card's network and last four digits, as far as the answer contains them.
    #[serde(default, deserialize_with = "card::read")]
    pub card: Card,
    /// When it was created.
    pub created_at: Option<UnixMillis>,
}
