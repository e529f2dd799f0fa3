//! The card details in answers about terminals and saved cards.

use serde::{Deserialize, Deserializer};

use crate::json::Json;
use crate::value::Card;

/// Reads a card's network and last four digits. A value that does not look like one is left out, since neither affects
/// whether anything was paid.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Card, D::Error> {
    let card = Json::deserialize(deserializer)?;
    let text = |name| card.get(name).ok().and_then(|value| value.text().ok()).unwrap_or_default();
    Ok(Card::new(text("networkType"), text("lastFourDigits")))
}

/// Like [`read`], but an unreadable card gives an unknown one instead of an error.
pub(super) fn if_readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Card, D::Error> {
    Ok(read(deserializer).unwrap_or_default())
}
