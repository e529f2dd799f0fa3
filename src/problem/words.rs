//! Texts in all languages, with parts that are filled in.

use super::Locale;

/// A text in each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) es: &'static str,
    pub(crate) en: &'static str,
}

impl Words {
    pub(crate) const fn new(es: &'static str, en: &'static str) -> Self {
        Self { es, en }
    }

    pub(crate) const fn in_locale(self, locale: Locale) -> &'static str {
        match locale {
            Locale::EsMx => self.es,
            Locale::En => self.en,
        }
    }

    /// Returns the text in that language. `part` returns what replaces each name in braces.
    pub(crate) fn fill(self, locale: Locale, part: impl Fn(&str) -> Option<String>) -> String {
        let mut filled = String::new();
        // Every second part was enclosed in braces.
        for (at, text) in self.in_locale(locale).split(['{', '}']).enumerate() {
            match part(text).filter(|_| at % 2 == 1) {
                Some(value) => filled.push_str(&value),
                None => filled.push_str(text),
            }
        }
        filled
    }
}
