//! Telephone numbers of the shop.

use core::str::FromStr;

use crate::value::text::clean;
use crate::value::{PhoneError, PhoneNumber};

/// A telephone number of the shop. Unlike a customer's it is public, and shown as the merchant writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopPhone {
    /// The number as written.
    pub written: String,
    /// The number to dial.
    pub number: PhoneNumber,
}

impl ShopPhone {
    /// Returns the `tel:` link to call it.
    #[must_use]
    pub fn call_link(&self) -> String {
        format!("tel:{}", self.number)
    }

    /// Returns the link to a WhatsApp chat with it.
    #[must_use]
    pub fn chat_link(&self) -> String {
        format!("https://wa.me/{}", self.number.as_str().trim_start_matches('+'))
    }
}

impl FromStr for ShopPhone {
    type Err = PhoneError;

    fn from_str(text: &str) -> Result<Self, PhoneError> {
        /// The longest number with its separators.
        const MAX_CHARS: usize = 40;

        let number = text.parse()?;
        let written = clean(text, MAX_CHARS).map_err(|_| PhoneError::Character)?;
        Ok(Self { written, number })
    }
}
