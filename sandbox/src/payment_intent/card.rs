//! The cards that can be held to a terminal. Numbers and banks are invented.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// One of the sandbox's cards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub(crate) enum Card {
    #[default]
    VisaDebit,
    MastercardCredit,
    Amex,
}

impl Card {
    pub(crate) fn funding_source(self) -> &'static str {
        match self {
            Self::VisaDebit => "DEBIT",
            Self::MastercardCredit | Self::Amex => "CREDIT",
        }
    }

    pub(crate) fn network_type(self) -> &'static str {
        match self {
            Self::VisaDebit => "VISA",
            Self::MastercardCredit => "MASTERCARD",
            Self::Amex => "AMEX",
        }
    }

    pub(crate) fn last_four_digits(self) -> &'static str {
        match self {
            Self::VisaDebit => "4242",
            Self::MastercardCredit => "5454",
            Self::Amex => "0005",
        }
    }

    pub(crate) fn issuing_bank(self) -> &'static str {
        match self {
            Self::VisaDebit => "Banco Ensayo",
            Self::MastercardCredit => "Banco Muestra",
            Self::Amex => "Banco Prueba",
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
        for card in Card::VARIANTS {
            assert_eq!(from_value::<Card>(Value::from(card.into_str())).unwrap(), *card);
        }
    }
}
