//! Card details that may be stored and shown.

use serde::{Deserialize, Serialize};

/// A card as receipts show it, as far as Compago describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The card network, such as `VISA`.
    #[cfg_attr(test, schemars(extend("pattern" = format!("^[A-Za-z0-9]{{1,{}}}$", Self::MAX_NETWORK_CHARS))))]
    network: Option<String>,
    /// The last four digits of the card's number.
    #[cfg_attr(test, schemars(extend("pattern" = format!("^[0-9]{{{}}}$", Self::LAST_DIGITS))))]
    last_four_digits: Option<String>,
}

impl Card {
    /// The longest name of a network, in characters.
    pub const MAX_NETWORK_CHARS: usize = 20;

    /// How many digits of the number are kept.
    pub const LAST_DIGITS: usize = 4;

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
        let is_network = (1..=Self::MAX_NETWORK_CHARS).contains(&network.len())
            && network.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_digits =
            last_four_digits.len() == Self::LAST_DIGITS && last_four_digits.bytes().all(|byte| byte.is_ascii_digit());
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
