//! `DELETE /payment-method/{id}`: takes a saved card back for good.
//!
//! <https://docs.compago.com/payment-method/manage>, read November 2026. Only an active one can be taken back (400 else). A
//! call that had no answer is settled by reading the method.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::value::PaymentMethodId;

/// Takes back the method with this id. There is no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    fn read(&self, body: &[u8]) -> Result<Revocation, Unreadable> {
        read_json(body)
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// True, as far as is documented.
    pub success: bool,
}
