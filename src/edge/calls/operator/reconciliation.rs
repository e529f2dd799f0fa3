//! Reconciliation of the orders with Compago's list.

use crate::edge::calls::edge_call;
use crate::edge::index_answers::IndexPage;
use crate::edge::operator_query::FindingQuery;
use crate::edge::reconciliation::{Finding, Reconciliation};

const RECONCILIATION: &str = "/api/operator/reconciliation";

/// `GET /api/operator/reconciliation`: the reconciliation that is running, and the last one that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadReconciliation;

edge_call!(ReadReconciliation: Get "operator.reconciliation.read" -> Reconciliation {
    path: |_| RECONCILIATION.to_owned(),
});

/// `POST /api/operator/reconciliation`: begins a reconciliation, unless one is running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reconcile;

edge_call!(Reconcile: Post "operator.reconciliation.begin" -> Reconciliation {
    path: |_| RECONCILIATION.to_owned(),
});

/// `GET /api/operator/reconciliation/findings`: one page of what the last reconciliation found.
///
/// Refused with 400 `invalid-query`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFindings {
    /// The filter and the page.
    pub query: FindingQuery,
}

edge_call!(ListFindings: Get "operator.finding.list" -> IndexPage<Finding> {
    path: |_| format!("{RECONCILIATION}/findings"),
    query: |call| call.query.pairs(),
});
