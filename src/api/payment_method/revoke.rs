//! `DELETE /payment-method/{id}`: revokes a saved card for good.
//!
//! <https://docs.compago.com/payment-method/manage>, read November 2026. Only an active card can be revoked; otherwise
//! the answer is 400. After a call without an answer, read the payment method to see the result.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};
use crate::value::PaymentMethodId;

/// Revokes the method with this id. The request has no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RevokePaymentMethod {
    /// The method's id.
    pub id: PaymentMethodId,
}

impl Endpoint for RevokePaymentMethod {
    type Host = Compago;
    type Answer = Revocation;

    const NAME: &'static str = "payment-method.revoke";
    const METHOD: Method = Method::Delete;

    fn path(&self) -> String {
        format!("/payment-method/{}", self.id)
    }

    fn read(&self, body: &[u8]) -> Result<Revocation, DecodeError> {
        read_json(body)
    }
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Revocation {
    /// Documented as always `true`.
    pub success: bool,
}
