//! What a saved card's object shows of it.

use compago::edge::card_answers::{PayersCard, SavedCardDetail};
use compago::edge::saved_card::SavedCardStatus;
use compago::flow::saved_card::SavedCard;
use worker::Response;

use super::message::Form;
use crate::http::error::ApiError;
use crate::http::respond::json_answer;
use crate::runtime::clock::now;

/// To the operator.
pub(super) fn operator_view(card: &SavedCard) -> Result<Response, ApiError> {
    let view = card.view(now());
    let body = SavedCardDetail {
        id: card.terms().id,
        status: view.status,
        external_id: card.terms().external_id.clone(),
        card: view.card,
        poll_after_ms: view.poll_after_ms,
        version: view.version,
    };
    Ok(json_answer(200, &body)?)
}

/// To the payer's page, which shows the form while it can be used.
pub(super) fn payer_view(card: &SavedCard, form: &Form) -> Result<Response, ApiError> {
    let view = card.view(now());
    let open = view.status == SavedCardStatus::Pending && view.poll_after_ms.is_some();
    let body = PayersCard {
        status: view.status,
        display_mode: form.display_mode.clone(),
        checkout_url: open.then(|| form.checkout_url.clone()),
        card: view.card,
        return_url: form.return_url.clone(),
        expires_at: card.terms().expires_at,
        poll_after_ms: view.poll_after_ms,
        version: view.version,
    };
    Ok(json_answer(200, &body)?)
}
