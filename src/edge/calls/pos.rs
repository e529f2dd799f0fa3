//! The calls of a till: charges at terminals. They need the role of a cashier.

use super::{edge_call, segment};
use crate::edge::IdempotencyKey;
use crate::edge::payment_intent::{IntentView, PaymentIntentRequest};
use crate::value::{PaymentIntentId, TerminalCode};

const INTENTS: &str = "/api/pos/payment-intents";

/// `POST /api/pos/payment-intents`: charges a card at a terminal.
///
/// Without an answer, or after a 503, repeat the call with the same key: it creates at most one charge.
///
/// Refused with 409 `terminal-busy`, `intent-paid` or `request-in-flight`, 422 `idempotency-key-reused`, `payment-refused` or
/// `terminal-not-found`, 502 `provider-refused` or `intent-unknown` (look at the terminal), 503 `provider-unavailable`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatePaymentIntent {
    /// Made once for the sale, kept until it is answered.
    pub idempotency_key: IdempotencyKey,
    /// The amount and the terminal.
    pub request: PaymentIntentRequest,
}

edge_call!(CreatePaymentIntent: Post "pos.payment-intent.create" -> IntentView {
    path: |_| INTENTS.to_owned(),
    key: |call| &call.idempotency_key,
    body: |call| &call.request,
});

/// `GET /api/pos/payment-intents/{intent}`: the state of a charge.
///
/// Refused with 404 `not-found` for a charge that was not made here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadPaymentIntent {
    /// Compago's id of the charge.
    pub intent: PaymentIntentId,
}

edge_call!(ReadPaymentIntent: Get "pos.payment-intent.read" -> IntentView {
    path: |call| format!("{INTENTS}/{}", call.intent),
});

/// `POST /api/pos/payment-intents/{intent}/cancel`: cancels a charge, which may turn out to be paid all the same.
///
/// Refused with 404 `not-found` for a charge that was not made here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelPaymentIntent {
    /// Compago's id of the charge.
    pub intent: PaymentIntentId,
}

edge_call!(CancelPaymentIntent: Post "pos.payment-intent.cancel" -> IntentView {
    path: |call| format!("{INTENTS}/{}/cancel", call.intent),
});

/// `GET /api/pos/terminals/{terminalCode}/payment-intent`: the latest charge of a terminal.
///
/// Refused with 404 `not-found` if the terminal has had none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadTerminal {
    /// The terminal's code.
    pub terminal_code: TerminalCode,
}

edge_call!(ReadTerminal: Get "pos.terminal.read" -> IntentView {
    path: |call| format!("/api/pos/terminals/{}/payment-intent", segment(&call.terminal_code)),
});
