//! The currencies Compago takes: Mexican pesos.

use core::{fmt, str::FromStr};

use thiserror::Error;

/// A currency. Only pesos: others are refused with 400
/// (<https://docs.compago.com/one-time-payment/create>, read November 2026).
///
/// ```
/// use compago::value::Currency;
///
/// assert_eq!("MXN".parse(), Ok(Currency::Mxn));
/// assert!("USD".parse::<Currency>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Currency {
    /// Mexican peso.
    #[default]
    Mxn,
}

impl Currency {
    /// The ISO 4217 code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mxn => "MXN",
        }
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;

    fn from_str(text: &str) -> Result<Self, CurrencyError> {
        if text == Self::Mxn.as_str() { Ok(Self::Mxn) } else { Err(CurrencyError) }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

text_on_the_wire!(Currency);

/// The text is not the code of a currency that Compago takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("currency is not MXN")]
pub struct CurrencyError;
