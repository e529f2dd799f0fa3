//! Card details that may be stored and shown.

use serde::{Deserialize, Serialize};

/// A card as shown on receipts: its network and the last four digits of its number, as far as known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    network: Option<String>,
    last_four_digits: Option<String>,
}

impl Card {
    /// A card without known details.
    pub const UNKNOWN: Self = Self { network: None, last_four_digits: None };

    /// Creates a card from these texts. A value that does not look like a network (1 to 20 letters and digits) or like
    /// four digits is left out.
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

    /// Returns whether neither network nor digits are known.
    pub const fn is_unknown(&self) -> bool {
        self.network.is_none() && self.last_four_digits.is_none()
    }
}
