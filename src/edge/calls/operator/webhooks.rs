//! Webhooks and their deliveries.

use crate::edge::calls::edge_call;
use crate::edge::delivery::DeliveryView;
use crate::edge::index_answers::IndexPage;
use crate::edge::operator_query::WebhookQuery;
use crate::webhook::EventId;

const WEBHOOKS: &str = "/api/operator/webhooks";

/// `GET /api/operator/webhooks`: one page of the webhooks, the newest first.
///
/// Refused with 400 `invalid-query`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListWebhooks {
    /// The filter and the page.
    pub query: WebhookQuery,
}

edge_call!(ListWebhooks: Get "operator.webhook.list" -> IndexPage<DeliveryView> {
    path: |_| WEBHOOKS.to_owned(),
    query: |call| call.query.pairs(),
});

/// `POST /api/operator/webhooks/{id}/redeliver`: delivers a webhook again, with the same id.
///
/// Refused with 404 `not-found`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redeliver {
    /// The id of the event.
    pub id: EventId,
}

edge_call!(Redeliver: Post "operator.webhook.redeliver" -> DeliveryView {
    path: |call| format!("{WEBHOOKS}/{}/redeliver", call.id),
});
