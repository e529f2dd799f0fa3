//! The card that answers about terminals and saved cards name.

use serde::{Deserialize, Deserializer};

use crate::json::Json;
use crate::value::Card;

/// What may be shown of a card: what does not look like a network or four digits is left out, since none of it matters to
/// whether anything was paid.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Card, D::Error> {
    let card = Json::deserialize(deserializer)?;
    let text = |name| card.get(name).ok().and_then(|value| value.text().ok()).unwrap_or_default();
    Ok(Card::new(text("networkType"), text("lastFourDigits")))
}

/// Like [`read`], of an answer that does not depend on it.
pub(super) fn if_readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Card, D::Error> {
    Ok(read(deserializer).unwrap_or_default())
}
