//! The colors of the pages, made of three that the merchant chooses: those of the background, of the text, and of links and buttons.
//!
//! If text and accent can be read on the background, every text can be read on everything that is behind it: its contrast is at least
//! 4.5:1 (WCAG 2.1, success criterion 1.4.3). Where a derived color would be too close to a text, it is moved as far as needed.

use core::fmt;
use core::str::FromStr;

use palette::color_difference::Wcag21RelativeContrast;
use palette::{IntoColor, LinSrgb, Mix, Oklab, Srgb};
use serde::{Serialize, Serializer};
use thiserror::Error;

mod theme;

pub use theme::{Theme, TooClose};

/// A color, written as `#` and six hexadecimal digits.
///
/// ```
/// use compago::edge::palette::Color;
///
/// let color: Color = "#5B3F85".parse()?;
/// assert_eq!(color.to_string(), "#5b3f85");
/// assert_eq!(Color::WHITE.contrast(Color::BLACK).round(), 21.0);
/// # Ok::<(), compago::edge::palette::ColorError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(Srgb<u8>);

impl Color {
    /// `#000000`.
    pub const BLACK: Self = Self::new(0, 0, 0);

    /// `#ffffff`.
    pub const WHITE: Self = Self::new(0xff, 0xff, 0xff);

    /// Creates the color of these parts.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self(Srgb::new(red, green, blue))
    }

    /// Returns the contrast between the colors by WCAG 2.1, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f32 {
        self.0.into_format::<f32>().relative_contrast(other.0.into_format())
    }

    /// Returns how much light it reflects, from 0 of black to 1 of white.
    fn luminance(self) -> f32 {
        self.0.into_format::<f32>().relative_luminance().luma
    }

    /// Returns the color on the way to another one, in a space in which equal steps look equal.
    fn mixed(self, other: Self, share: f32) -> Self {
        let (from, to): (Oklab, Oklab) = (self.0.into_linear().into_color(), other.0.into_linear().into_color());
        let mixed: LinSrgb = from.mix(to, share).into_color();
        Self(Srgb::from_linear(mixed))
    }
}

impl FromStr for Color {
    type Err = ColorError;

    fn from_str(text: &str) -> Result<Self, ColorError> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or(ColorError)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ColorError);
        }
        digits.parse().map(Self).map_err(|_| ColorError)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{:x}", self.0)
    }
}

impl Serialize for Color {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Not `#` and six hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a color is # and six hexadecimal digits, such as #5b3f85")]
pub struct ColorError;
