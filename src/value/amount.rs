//! Amounts of money in whole centavos of the Mexican peso.

use core::{fmt, str::FromStr};

use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;

pub mod pesos;

pub use pesos::Pesos;

/// A positive amount of money, from 0.01 to 99,999,999.99 MXN.
///
/// As text it is written with two decimals. Text with fewer decimals is accepted. Only digits and one dot are accepted,
/// no sign, space, comma or exponent, so that all parsers read a text the same way.
///
/// ```
/// use compago::value::Amount;
///
/// let price: Amount = "350.5".parse()?;
/// assert_eq!(price.centavos(), 35_050);
/// assert_eq!(price.to_string(), "350.50");
/// assert!("350.505".parse::<Amount>().is_err());
/// # Ok::<(), compago::value::AmountError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct Amount(u64);

impl Amount {
    /// One centavo.
    pub const MIN: Self = Self(1);

    /// 99,999,999.99 MXN. A limit of this project: Compago documents none.
    pub const MAX: Self = Self(9_999_999_999);

    /// Creates an amount from centavos.
    ///
    /// # Errors
    ///
    /// Outside of [`Amount::MIN`] to [`Amount::MAX`].
    pub const fn from_centavos(centavos: u64) -> Result<Self, AmountError> {
        if centavos < Self::MIN.0 {
            return Err(AmountError::BelowOneCentavo);
        }
        if centavos > Self::MAX.0 {
            return Err(AmountError::AboveMaximum);
        }
        Ok(Self(centavos))
    }

    /// Returns the amount in centavos.
    #[must_use]
    pub const fn centavos(self) -> u64 {
        self.0
    }

    /// Returns the sum; `None` above [`Amount::MAX`].
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).and_then(|sum| Self::from_centavos(sum).ok())
    }

    /// Returns the product; `None` above [`Amount::MAX`] or if the quantity is zero.
    #[must_use]
    pub fn times(self, quantity: u32) -> Option<Self> {
        self.0.checked_mul(u64::from(quantity)).and_then(|product| Self::from_centavos(product).ok())
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        if !is_digits(whole) || leading_zero || !fraction.is_none_or(is_digits) {
            return Err(AmountError::Format);
        }
        let cents = match fraction.unwrap_or("0") {
            tenths if tenths.len() == 1 => digits(tenths).map(|tenths| tenths * 10),
            hundredths if hundredths.len() == 2 => digits(hundredths),
            _ => return Err(AmountError::TooManyDecimals),
        };
        let centavos = digits(whole)
            .and_then(|pesos| pesos.checked_mul(100))
            .zip(cents)
            .and_then(|(pesos, cents)| pesos.checked_add(cents));
        Self::from_centavos(centavos.ok_or(AmountError::AboveMaximum)?)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// The reason why a text or number is not an [`Amount`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Not digits with at most one dot between them, or unnecessary leading zeros.
    #[error("amount is not digits with an optional dot and decimals, such as 350.50")]
    Format,
    /// More than two decimals.
    #[error("amount has more than two decimals")]
    TooManyDecimals,
    /// Zero or less.
    #[error("amount is below 0.01")]
    BelowOneCentavo,
    /// More than [`Amount::MAX`].
    #[error("amount is above 99999999.99")]
    AboveMaximum,
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits(text: &str) -> Option<u64> {
    text.parse().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::{Amount, AmountError};

    #[test]
    fn text_that_is_an_amount() {
        for (text, centavos) in [
            ("0.01", 1),
            ("0.1", 10),
            ("0.10", 10),
            ("1", 100),
            ("10.00", 1_000),
            ("350.5", 35_050),
            ("99999999.99", 9_999_999_999),
        ] {
            assert_eq!(text.parse::<Amount>().unwrap().centavos(), centavos, "{text}");
        }
    }

    #[test]
    fn text_that_is_not_an_amount_has_its_error() {
        use AmountError::{AboveMaximum, BelowOneCentavo, Format, TooManyDecimals};
        for (text, error) in [
            ("", Format),
            (".", Format),
            (".5", Format),
            ("5.", Format),
            ("05", Format),
            ("00.50", Format),
            ("+5", Format),
            ("-5", Format),
            (" 5", Format),
            ("5 ", Format),
            ("1,000", Format),
            ("1.000,00", Format),
            ("1.2.3", Format),
            ("1e3", Format),
            ("0x10", Format),
            ("٣", Format),
            ("NaN", Format),
            ("1.000", TooManyDecimals),
            ("0", BelowOneCentavo),
            ("0.00", BelowOneCentavo),
            ("100000000", AboveMaximum),
            ("100000000.00", AboveMaximum),
            ("184467440737095517", AboveMaximum),
            ("99999999999999999999999999", AboveMaximum),
        ] {
            assert_eq!(text.parse::<Amount>(), Err(error), "{text}");
        }
    }

    #[test]
    fn arithmetic_stops_at_the_maximum() {
        let half = Amount::from_centavos(5_000_000_000).unwrap();
        assert_eq!(half.checked_add(half), None);
        assert_eq!(half.times(2), None);
        assert_eq!(half.times(0), None);
        assert_eq!(half.times(1), Some(half));
        assert_eq!(Amount::MAX.times(u32::MAX), None);
        assert_eq!(Amount::MIN.checked_add(Amount::MIN), Some(Amount(2)));
    }
}
