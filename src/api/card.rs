//! The card that answers about terminals and saved cards name.

use crate::json::Json;
use crate::value::Card;

/// What may be shown of a card: what does not look like a network or four digits is left out, since none of it matters to
/// whether anything was paid.
pub(super) fn read_card(card: &Json) -> Card {
    let text = |name| card.get(name).ok().and_then(|value| value.text().ok()).unwrap_or_default();
    Card::new(text("networkType"), text("lastFourDigits"))
}
