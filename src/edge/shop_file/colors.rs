//! The colors that the merchant chooses.

use crate::edge::palette::{Color, Theme};

/// The colors of both themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShopColors {
    /// In light mode.
    pub light: Theme,
    /// In dark mode.
    pub dark: Theme,
}

impl Default for ShopColors {
    /// Returns the colors of a shop that chooses none.
    fn default() -> Self {
        Self { light: Theme::LIGHT, dark: Theme::DARK }
    }
}

/// The colors of one theme as far as the file has them.
#[derive(Clone, Copy, Default)]
pub(super) struct Chosen {
    pub(super) accent: Option<Color>,
    pub(super) background: Option<Color>,
    pub(super) text: Option<Color>,
}

impl Chosen {
    /// Returns the theme, with these defaults.
    pub(super) fn or(self, default: Theme) -> Theme {
        Theme {
            accent: self.accent.unwrap_or(default.accent),
            background: self.background.unwrap_or(default.background),
            text: self.text.unwrap_or(default.text),
        }
    }
}
