//! What a saved card's object shows of it.

use compago::edge::saved_card::SavedCardStatus;
use compago::flow::saved_card::SavedCard;
use compago::json::{IfSome, Object};
use worker::Response;

use super::message::Form;
use crate::clock::now;
use crate::fault::Fault;
use crate::respond::json_answer;

/// To the operator.
pub(super) fn operator_view(card: &SavedCard) -> Result<Response, Fault> {
    let view = card.view(now());
    let body = Object(&[
        ("id", &card.terms().id),
        ("status", &view.status),
        ("externalId", &card.terms().external_id),
        ("card", &IfSome(&view.card)),
        ("pollAfterMs", &view.poll_after_ms),
        ("version", &view.version),
    ]);
    Ok(json_answer(200, &body)?)
}

/// To the payer's page, which shows the form while it can be used.
pub(super) fn payer_view(card: &SavedCard, form: &Form) -> Result<Response, Fault> {
    let view = card.view(now());
    let open = view.status == SavedCardStatus::Pending && view.poll_after_ms.is_some();
    let body = Object(&[
        ("status", &view.status),
        ("displayMode", &form.display_mode),
        ("checkoutUrl", &IfSome(&Some(&form.checkout_url).filter(|_| open))),
        ("card", &IfSome(&view.card)),
        ("returnUrl", &IfSome(&form.return_url)),
        ("expiresAt", &card.terms().expires_at),
        ("pollAfterMs", &view.poll_after_ms),
        ("version", &view.version),
    ]);
    Ok(json_answer(200, &body)?)
}
