//! What the shop's file decides about the catalog.

use crate::problem::Locale;

/// The languages of the shop's pages: Mexican Spanish, alone or with English. The default is both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Languages {
    /// `es-MX`.
    Spanish,
    /// `es-MX` and `en`.
    #[default]
    Both,
}

impl Languages {
    /// Returns the languages, Spanish first.
    #[must_use]
    pub const fn as_slice(self) -> &'static [Locale] {
        match self {
            Self::Spanish => &[Locale::EsMx],
            Self::Both => Locale::ALL,
        }
    }

    /// Whether the pages speak that language.
    #[must_use]
    pub fn contains(self, locale: Locale) -> bool {
        self.as_slice().contains(&locale)
    }
}

/// What the shop's file decides about the catalog. The default is that of a shop's file which says nothing about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CatalogRules {
    /// The languages in which there must be names.
    pub languages: Languages,
    /// Whether each order of the shop must name a shipping method.
    pub shipping_required: bool,
}
