//! The operator's index: what the lists of orders, charges and webhooks are read from.

use crate::edge::calls::edge_call;
use crate::edge::index_answers::IndexState;

const INDEX: &str = "/api/operator/index";

/// `GET /api/operator/index`: how many entries the index has, and whether it is being rebuilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadIndex;

edge_call!(ReadIndex: Get "operator.index.read" -> IndexState {
    path: |_| INDEX.to_owned(),
});

/// `POST /api/operator/index`: begins to rebuild the index from the orders, charges and cards themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RebuildIndex;

edge_call!(RebuildIndex: Post "operator.index.rebuild" -> IndexState {
    path: |_| INDEX.to_owned(),
});
