//! Amounts that a saved card can be charged.

use core::{fmt, str::FromStr};

use serde_with::{DeserializeFromStr, SerializeDisplay};

use super::{Amount, AmountError};

/// An amount of at least 1.00 MXN, the minimum for charges of saved cards and for their verification.
///
/// The guides give a minimum of 1 (<https://docs.compago.com/payment-method/charge>), the reference 0.01 (both read
/// November 2026). One peso satisfies both.
///
/// ```
/// use compago::value::ChargeAmount;
///
/// let amount: ChargeAmount = "120".parse()?;
/// assert_eq!(amount.to_string(), "120.00");
/// assert!("0.99".parse::<ChargeAmount>().is_err());
/// # Ok::<(), compago::value::ChargeAmountError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct ChargeAmount(Amount);

impl ChargeAmount {
    /// The minimum in centavos.
    pub const MIN_CENTAVOS: u64 = 100;

    /// Returns the amount as a general [`Amount`].
    #[must_use]
    pub const fn amount(self) -> Amount {
        self.0
    }
}

impl TryFrom<Amount> for ChargeAmount {
    type Error = ChargeAmountError;

    fn try_from(amount: Amount) -> Result<Self, ChargeAmountError> {
        if amount.centavos() < Self::MIN_CENTAVOS { Err(ChargeAmountError::BelowOnePeso) } else { Ok(Self(amount)) }
    }
}

impl From<ChargeAmount> for Amount {
    fn from(ChargeAmount(amount): ChargeAmount) -> Self {
        amount
    }
}

impl FromStr for ChargeAmount {
    type Err = ChargeAmountError;

    fn from_str(text: &str) -> Result<Self, ChargeAmountError> {
        text.parse::<Amount>().map_err(ChargeAmountError::Amount)?.try_into()
    }
}

impl fmt::Display for ChargeAmount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The reason why a text is not a [`ChargeAmount`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChargeAmountError {
    /// Not an [`Amount`].
    #[error(transparent)]
    Amount(AmountError),
    /// Less than 1.00 MXN.
    #[error("a saved card is charged at least 1.00 MXN")]
    BelowOnePeso,
}
