//! The cards that a customer can save. Numbers are invented.

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

/// One of the sandbox's cards. All of them pass the verification; the results of later charges depend on the card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub(crate) enum Card {
    #[default]
    Good,
    Mastercard,
    Amex,
    /// Its bank refuses every charge.
    Declines,
    /// It expires right after it was saved. The method remains ACTIVE, its charges fail
    /// (docs.compago.com/payment-method/charge, read November 2026).
    Expired,
}

impl Card {
    pub(crate) fn network_type(self) -> &'static str {
        match self {
            Self::Good | Self::Declines => "VISA",
            Self::Mastercard | Self::Expired => "MASTERCARD",
            Self::Amex => "AMEX",
        }
    }

    pub(crate) fn last_four_digits(self) -> &'static str {
        match self {
            Self::Good => "4242",
            Self::Mastercard => "5454",
            Self::Amex => "0005",
            Self::Declines => "0002",
            Self::Expired => "0069",
        }
    }

    /// `VISA ···· 4242`
    pub(crate) fn in_words(self) -> String {
        format!("{} ···· {}", self.network_type(), self.last_four_digits())
    }

    /// Returns the reason why all its charges fail. The text is ours.
    pub(crate) fn trouble(self) -> Option<&'static str> {
        match self {
            Self::Good | Self::Mastercard | Self::Amex => None,
            Self::Declines => Some("Card declined"),
            Self::Expired => Some("Card expired"),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap is the test's failure")]
mod tests {
    use serde_json::{Value, from_value};

    use super::*;

    #[test]
    fn names_read_back() {
        for card in [Card::Good, Card::Mastercard, Card::Amex, Card::Declines, Card::Expired] {
            assert_eq!(from_value::<Card>(Value::from(card.into_str())).unwrap(), card);
        }
    }
}
