//! The proof that a candidate is the id of the payment that was requested.
//!
//! The answer to a create call names no id, and once a payment is final, a read names neither its external id nor its
//! amount. What a `CONFIRMED` read of an id means for an order therefore depends on a proof that was made while the
//! payment was pending.

use super::Status;
use super::create::CreateOneTimePayment;
use super::get::Reading;
use crate::value::{Amount, Currency, ExternalId, PaymentId};

/// What a read of a candidate says about the requested payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The candidate is its id: the payment is pending, and id, external id, amount and currency are as sent. Store the
    /// id with the order before the link is given to anyone; from then on, a `CONFIRMED` read of it means that the
    /// order's amount was paid.
    Proved,
    /// The candidate is the id of another payment: at least one of the four differs. No read of it says anything about
    /// the order.
    Contradicted,
    /// The answer proves nothing, whatever its state is: it names too little, or the payment is not pending. The list of
    /// all payments names all four ([`find`](super::find::find())).
    Unproved,
}

impl CreateOneTimePayment {
    /// Compares the answer to a read of `candidate` with what was sent.
    ///
    /// ```
    /// use compago::api::one_time_payment::{create::CreateOneTimePayment, get::Reading, proof::Proof};
    /// # use compago::json;
    /// # use compago::value::{Currency, PaymentId, Ttl};
    /// # let payer = r#"{"email":"ana@example.com","firstName":"Ana","lastName":"Ruiz","phoneNumber":"5512340000",
    /// #     "address":{"addressLine":"Calle 5 10","city":"Puebla","state":"PUE","zip":"72000"}}"#;
    /// # let sent = CreateOneTimePayment { amount: "250".parse()?, currency: Currency::Mxn, ttl: Ttl::HOUR,
    /// #     description: "Pedido 7".parse()?, external_id: "order-7-1".parse()?,
    /// #     redirect_url: "https://shop.example/r".parse()?, homepage_url: "https://shop.example/".parse()?,
    /// #     billing_information: json::from_str(payer)? };
    ///
    /// let candidate: PaymentId = "0f0e0d0c-1111-4222-8333-444455556666".parse()?;
    /// let full: Reading = json::from_str(r#"{"status":"PENDING","expired":false,"amount":250,"currency":"MXN",
    ///     "id":"0f0e0d0c-1111-4222-8333-444455556666","externalId":"order-7-1"}"#)?;
    /// assert_eq!(sent.prove(candidate, &full), Proof::Proved);
    ///
    /// // The payment was made before it was proved: the answer names nothing by which it could be.
    /// let limited: Reading = json::from_str(r#"{"status":"CONFIRMED","expired":false}"#)?;
    /// assert_eq!(sent.prove(candidate, &limited), Proof::Unproved);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn prove(&self, candidate: PaymentId, reading: &Reading) -> Proof {
        let sent = Sent { external_id: &self.external_id, amount: self.amount, currency: self.currency };
        sent.prove(candidate, reading)
    }
}

/// What a create call sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent<'a> {
    pub(crate) external_id: &'a ExternalId,
    pub(crate) amount: Amount,
    pub(crate) currency: Currency,
}

impl Sent<'_> {
    /// Compares the answer to a read of `candidate` with what was sent.
    pub(crate) fn prove(self, candidate: PaymentId, reading: &Reading) -> Proof {
        let equal = [
            reading.id.as_deref().map(|id| id.parse().ok() == Some(candidate)),
            reading.external_id.as_deref().map(|id| id == self.external_id.as_str()),
            reading.amount.map(|amount| amount == self.amount),
            reading.currency.as_deref().map(|code| code == self.currency.as_str()),
        ];
        if equal.contains(&Some(false)) {
            Proof::Contradicted
        } else if equal.contains(&None) || reading.status != Status::Pending || reading.expired == Some(true) {
            Proof::Unproved
        } else {
            Proof::Proved
        }
    }
}
