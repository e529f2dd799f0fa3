//! What a saved card's object shows of it.

use compago::edge::saved_card::SavedCardStatus;
use compago::flow::saved_card::SavedCard;
use compago::value::{Card, ExternalId, HttpsUrl, PaymentMethodId, UnixMillis};
use serde::Serialize;
use worker::Response;

use super::message::Form;
use crate::http::error::ApiError;
use crate::http::respond::json_answer;
use crate::runtime::clock::now;

/// To the operator.
pub(super) fn operator_view(card: &SavedCard) -> Result<Response, ApiError> {
    let view = card.view(now());
    let body = OperatorView {
        id: card.terms().id,
        status: view.status,
        external_id: card.terms().external_id.as_ref(),
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
    let body = PayerView {
        status: view.status,
        display_mode: &form.display_mode,
        checkout_url: Some(&form.checkout_url).filter(|_| open),
        card: view.card,
        return_url: form.return_url.as_ref(),
        expires_at: card.terms().expires_at,
        poll_after_ms: view.poll_after_ms,
        version: view.version,
    };
    Ok(json_answer(200, &body)?)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OperatorView<'a> {
    id: PaymentMethodId,
    status: SavedCardStatus,
    external_id: Option<&'a ExternalId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<Card>,
    poll_after_ms: Option<u32>,
    version: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PayerView<'a> {
    status: SavedCardStatus,
    display_mode: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    checkout_url: Option<&'a HttpsUrl>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<Card>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_url: Option<&'a HttpsUrl>,
    expires_at: UnixMillis,
    poll_after_ms: Option<u32>,
    version: u32,
}
