//! A card that was not saved through this Worker: it becomes known when a request names it.

use super::SavedCard;
use super::terms::CardTerms;
use crate::api::payment_method::get::MethodReading;
use crate::edge::saved_card::SavedCardStatus;
use crate::value::{FormTtl, Reference, UnixMillis};

impl CardTerms {
    /// What is known of a card that was read and that nobody saved here: its name follows from Compago's id, and its form
    /// is taken for one that lasts as long as Compago's default.
    pub fn of_read(reading: &MethodReading, now: UnixMillis) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = reading.id.to_bytes();
        let external_id = reading.external_id.as_deref().and_then(|text| text.parse().ok());
        let begun_at = reading.created_at.unwrap_or(now);
        let expires_at = begun_at.plus(FormTtl::DEFAULT.duration());
        Self { key: Reference::from_bytes(&[a, b, c, d, e, f, g, h]), id: reading.id, external_id, expires_at }
    }
}

impl SavedCard {
    /// The card as it was read. A card that was active before it became known here causes no webhook.
    pub fn adopt(reading: MethodReading, now: UnixMillis) -> Self {
        let mut card = Self::begin(CardTerms::of_read(&reading, now), now);
        card.status = SavedCardStatus::of(&reading.status);
        card.card = reading.card;
        if !matches!(card.status, SavedCardStatus::Pending | SavedCardStatus::Unknown) {
            card.due = None;
        }
        card
    }
}
