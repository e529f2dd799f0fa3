//! What a person has to look at.

use crate::edge::Edge;
use crate::edge::calls::{edge_call, segment};
use crate::edge::index_answers::{Attention, AttentionKind, IndexPage};
use crate::edge::operator_query::AttentionQuery;
use crate::endpoint::{DecodeError, Endpoint, Method};

const ATTENTION: &str = "/api/operator/attention";

/// `GET /api/operator/attention`: one page of what a person has to look at, the latest first.
///
/// Refused with 400 `invalid-query`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListAttention {
    /// The page.
    pub query: AttentionQuery,
}

edge_call!(ListAttention: Get "operator.attention.list" -> IndexPage<Attention> {
    path: |_| ATTENTION.to_owned(),
    query: |call| call.query.pairs(),
});

/// `POST /api/operator/attention/{kind}/{key}/done`: marks an item as resolved, until it needs a person for another reason.
///
/// Refused with 404 `not-found` if nobody has to look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkDone {
    /// What kind of thing it is.
    pub kind: AttentionKind,
    /// Its key, see [`Attention::key`].
    pub key: String,
}

impl Endpoint for MarkDone {
    type Host = Edge;
    type Answer = ();

    const NAME: &'static str = "operator.attention.done";
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("{ATTENTION}/{}/{}/done", segment(&self.kind), segment(&self.key))
    }

    fn read(&self, _: &[u8]) -> Result<(), DecodeError> {
        Ok(())
    }
}
