//! Names in both languages.

use serde::{Deserialize, Serialize};

use crate::problem::Locale;
use crate::value::ItemName;

/// The name of an item or of a shipping method in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
pub struct LocalizedName {
    /// Spanish of Mexico.
    #[serde(rename = "es-MX")]
    pub es_mx: ItemName,
    /// English.
    pub en: ItemName,
}

impl LocalizedName {
    /// The name in that language.
    #[must_use]
    pub fn in_locale(&self, locale: Locale) -> &ItemName {
        match locale {
            Locale::EsMx => &self.es_mx,
            Locale::En => &self.en,
        }
    }
}
