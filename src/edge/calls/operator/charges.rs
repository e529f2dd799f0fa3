//! Charges at terminals and of saved cards, and refunds, as this Worker made them.

use crate::edge::calls::edge_call;
use crate::edge::charge_answers::{ChargeDetail, ChargeList};
use crate::edge::operator_query::ChargeQuery;
use crate::value::Reference;

const CHARGES: &str = "/api/operator/charges";

/// `GET /api/operator/charges`: one part of the charges or of the refunds, the newest first.
///
/// Refused with 400 `invalid-query`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListCharges {
    /// The filter and the part.
    pub query: ChargeQuery,
}

edge_call!(ListCharges: Get "operator.charge.list" -> ChargeList {
    path: |_| CHARGES.to_owned(),
    query: |call| call.query.pairs(),
});

/// `GET /api/operator/charges/{reference}`: a charge with its refund and its webhooks.
///
/// Refused with 404 `not-found`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadCharge {
    /// The reference of the charge or of its refund.
    pub reference: Reference,
}

edge_call!(ReadCharge: Get "operator.charge.read" -> ChargeDetail {
    path: |call| format!("{CHARGES}/{}", call.reference),
});
