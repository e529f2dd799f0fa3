//! What the operator's index answers about charges and refunds, and about payments of which no order is known.

use schemars::JsonSchema;

use super::index::Total;
use crate::edge::one_time_payment::PaymentView;
use crate::flow::order::OrderDetail;
use crate::flow::outbox::DeliveryView;
use crate::value::{Amount, PaymentMethodId, Reference, UnixMillis};

/// A charge at a terminal or of a saved card, or a refund.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub(super) struct ChargeItem {
    /// Which of the two it is.
    #[schemars(extend("enum" = ["charge", "refund"]))]
    r#type: String,
    /// Where it was made.
    #[schemars(extend("enum" = ["terminal", "card"]))]
    channel: String,
    /// Its reference.
    reference: Reference,
    /// The status: of a charge, one of `PaymentIntentStatus` or `CardChargeStatus`, and `refunded` of a charge of a card that was refunded;
    /// of a refund, `pending`, `refunded`, `refused` or `on-hold`.
    status: String,
    /// The amount; null of a refund whose charge was not read yet.
    amount: Option<Amount>,
    /// The currency's code.
    currency: Option<String>,
    /// What a saved card was charged for.
    description: Option<String>,
    /// The external id of a charge at a terminal.
    external_id: Option<String>,
    /// The terminal's code; null if any terminal could take the charge.
    terminal_code: Option<String>,
    /// Compago's id of the saved card.
    payment_method: Option<PaymentMethodId>,
    /// Compago's id of the intent, or of the card's payment, once it is known.
    payment_id: Option<String>,
    /// When it was requested.
    created_at: UnixMillis,
    /// When the money came in; of a refund that was made, when it was requested.
    settled_at: Option<UnixMillis>,
    /// Why a person has to look at it, or had to.
    on_hold: Option<String>,
    /// When a person marked it as resolved, as it is now.
    done_at: Option<UnixMillis>,
}

/// A part of the list of charges and refunds, the newest first.
#[derive(JsonSchema)]
pub(super) struct ChargeList {
    /// The charges or refunds.
    #[schemars(length(max = 200))]
    items: Vec<ChargeItem>,
    /// The `cursor` of the next part; null if this is the last.
    next: Option<String>,
    /// How many there are in all parts and their sum, with `settledFrom` and `settledTo`; null without.
    sum: Option<Total>,
}

/// A charge with its refund and its webhooks.
#[derive(JsonSchema)]
pub(super) struct ChargeDetail {
    /// The charge; null of a refund whose charge was not made here.
    charge: Option<ChargeItem>,
    /// The refund.
    refund: Option<ChargeItem>,
    /// The webhooks about both.
    deliveries: Vec<DeliveryView<'static>>,
}

/// A one-time payment with what is known of it here.
#[derive(JsonSchema)]
pub(super) struct PaymentDetail {
    /// The payment.
    payment: PaymentView,
    /// The order that it was created for.
    order: Option<OrderDetail<'static>>,
    /// What Compago's list showed of it when a reconciliation last read it, of a payment without an order whose amount Compago no longer
    /// returns.
    listed: Option<ListedPayment>,
}

/// A payment as Compago's list showed it when a reconciliation last read it.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub(super) struct ListedPayment {
    /// When that reconciliation began.
    at: UnixMillis,
    /// Compago's state, in lower case.
    status: String,
    /// The amount.
    amount: Amount,
    /// The currency's code.
    currency: String,
    /// The external id, of any form.
    external_id: Option<String>,
    /// Whether the reconciliation found that another program created it.
    other_system: bool,
}
