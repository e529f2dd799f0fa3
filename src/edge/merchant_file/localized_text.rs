//! Texts in both languages.

use crate::problem::Locale;

/// A text in both languages. In a shop that does not speak English the Spanish one stands for both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedText {
    /// Spanish of Mexico.
    pub es_mx: String,
    /// English.
    pub en: String,
}

impl LocalizedText {
    /// Returns the text in that language.
    #[must_use]
    pub fn in_locale(&self, locale: Locale) -> &str {
        match locale {
            Locale::EsMx => &self.es_mx,
            Locale::En => &self.en,
        }
    }
}
