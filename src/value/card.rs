//! What may be known of the card that was charged.

use serde::{Deserialize, Serialize};

/// A card as receipts show it: its network and the last four digits of its number, each only if it was told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    network: Option<String>,
    last_four_digits: Option<String>,
}

impl Card {
    /// A card of which nothing is known.
    pub const UNKNOWN: Self = Self { network: None, last_four_digits: None };

    /// A card of these texts; what does not look like a network (1 to 20 letters and digits) or like four digits is left out.
    ///
    /// ```
    /// use compago::{json, value::Card};
    ///
    /// assert_eq!(json::to_string(&Card::new("VISA", "1111")), r#"{"network":"VISA","lastFourDigits":"1111"}"#);
    /// assert!(Card::new("", "4111111111111111").is_unknown());
    /// ```
    pub fn new(network: &str, last_four_digits: &str) -> Self {
        let is_network = (1..=20).contains(&network.len()) && network.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_digits = last_four_digits.len() == 4 && last_four_digits.bytes().all(|byte| byte.is_ascii_digit());
        Self {
            network: is_network.then(|| network.to_owned()),
            last_four_digits: is_digits.then(|| last_four_digits.to_owned()),
        }
    }

    /// Whether nothing is known of it.
    pub const fn is_unknown(&self) -> bool {
        self.network.is_none() && self.last_four_digits.is_none()
    }
}
