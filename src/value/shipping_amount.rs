//! What shipping costs.

use core::{fmt, str::FromStr};

use serde_with::{DeserializeFromStr, SerializeDisplay};

use super::{Amount, AmountError};

/// A shipping fee, from 0.00 to 99,999,999.99 MXN, written with two decimals.
///
/// ```
/// use compago::value::{Amount, ShippingAmount};
///
/// let fee: ShippingAmount = "99".parse()?;
/// assert_eq!(fee.to_string(), "99.00");
/// let items: Amount = "350.50".parse()?;
/// assert_eq!(fee.checked_add(items), Some("449.50".parse()?));
/// assert_eq!("0".parse::<ShippingAmount>()?, ShippingAmount::FREE);
/// # Ok::<(), compago::value::AmountError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct ShippingAmount(u64);

impl ShippingAmount {
    /// Nothing.
    pub const FREE: Self = Self(0);

    /// Returns the fee in centavos.
    #[must_use]
    pub const fn centavos(self) -> u64 {
        self.0
    }

    /// Returns whether it costs nothing.
    #[must_use]
    pub const fn is_free(self) -> bool {
        self.0 == 0
    }

    /// Returns the sum of an amount and the fee; `None` above [`Amount::MAX`].
    #[must_use]
    pub fn checked_add(self, amount: Amount) -> Option<Amount> {
        amount.centavos().checked_add(self.0).and_then(|sum| Amount::from_centavos(sum).ok())
    }
}

impl FromStr for ShippingAmount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        match text.parse::<Amount>() {
            Ok(amount) => Ok(Self(amount.centavos())),
            Err(AmountError::BelowOneCentavo) => Ok(Self::FREE),
            Err(error @ (AmountError::Format | AmountError::TooManyDecimals | AmountError::AboveMaximum)) => Err(error),
        }
    }
}

impl fmt::Display for ShippingAmount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}
