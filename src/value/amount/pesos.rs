//! Amounts in Compago's API: JSON numbers in pesos.
//!
//! A number is parsed from its text, digit by digit, without floating point. A string with decimals is accepted as
//! well: an older sample of <https://docs.compago.com/one-time-payment/create> (read November 2026) shows `"100.00"`.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Amount, AmountError};
use crate::json::{self, Json};

/// An amount as a JSON number in pesos, written without trailing zeros: `350`, `350.5`, `350.55`.
///
/// ```
/// use compago::{json, value::{Amount, amount::Pesos}};
///
/// let amount: Amount = "350.50".parse()?;
/// assert_eq!(json::to_string(&Pesos(amount)), "350.5");
/// assert_eq!(json::from_str::<Pesos>("350.50")?.0, amount);
/// assert!(json::from_str::<Pesos>("350.505").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pesos(pub Amount);

impl Serialize for Pesos {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.to_string();
        json::number(text.trim_end_matches('0').trim_end_matches('.'), serializer)
    }
}

impl<'de> Deserialize<'de> for Pesos {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let amount = match Json::deserialize(deserializer)? {
            Json::Number(number) => parse(&number),
            Json::Text(text) => text.parse(),
            Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => Err(AmountError::Format),
        };
        amount.map(Self).map_err(D::Error::custom)
    }
}

impl From<Pesos> for Amount {
    fn from(Pesos(amount): Pesos) -> Self {
        amount
    }
}

/// Serialises an amount as pesos.
pub(crate) fn write<S: Serializer>(amount: &(impl Into<Amount> + Copy), serializer: S) -> Result<S::Ok, S::Error> {
    Pesos((*amount).into()).serialize(serializer)
}

/// Serialises an optional amount as pesos.
pub(crate) fn write_some<S: Serializer>(
    amount: &Option<impl Into<Amount> + Copy>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    amount.map(|amount| Pesos(amount.into())).serialize(serializer)
}

/// Deserialises an amount from pesos.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
    Pesos::deserialize(deserializer).map(Amount::from)
}

/// Deserialises an optional amount from pesos.
pub(crate) fn read_some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Amount>, D::Error> {
    Ok(Option::<Pesos>::deserialize(deserializer)?.map(Amount::from))
}

/// Deserialises an informational amount from pesos; `None` if it is not an amount.
pub(crate) fn if_readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Amount>, D::Error> {
    Ok(read_some(deserializer).unwrap_or_default())
}

/// Parses the text of a JSON number, such as `350`, `350.50` or `3.505e2`.
fn parse(number: &str) -> Result<Amount, AmountError> {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let decimals = decimals.trim_end_matches('0');
    if whole.starts_with('-') {
        return Err(AmountError::BelowOneCentavo);
    }
    let digits: u64 = format!("{whole}{decimals}").parse().map_err(|_| AmountError::AboveMaximum)?;
    if digits == 0 {
        return Err(AmountError::BelowOneCentavo);
    }
    // The amount is digits × 10^shift centavos.
    let exponent: i64 = exponent.parse().map_err(|_| AmountError::AboveMaximum)?;
    let shift = exponent.saturating_add(2).saturating_sub(i64::try_from(decimals.len()).unwrap_or(i64::MAX));
    let power = u32::try_from(shift.unsigned_abs()).ok().and_then(|shift| 10_u64.checked_pow(shift));
    let centavos = match power {
        Some(power) if shift >= 0 => digits.checked_mul(power).ok_or(AmountError::AboveMaximum)?,
        Some(power) if digits.is_multiple_of(power) => digits / power,
        None if shift >= 0 => return Err(AmountError::AboveMaximum),
        Some(_) | None => return Err(AmountError::TooManyDecimals),
    };
    Amount::from_centavos(centavos)
}

#[cfg(test)]
mod tests {
    use super::{AmountError, parse};

    #[test]
    fn numbers_that_are_not_amounts_have_their_error() {
        use AmountError::{AboveMaximum, BelowOneCentavo, TooManyDecimals};
        for (number, error) in [
            ("-0.0", BelowOneCentavo),
            ("-1", BelowOneCentavo),
            ("0e9", BelowOneCentavo),
            ("0.001", TooManyDecimals),
            ("0.005", TooManyDecimals),
            ("1.005", TooManyDecimals),
            ("350.505", TooManyDecimals),
            ("350.5000001", TooManyDecimals),
            ("350.49999999999997", TooManyDecimals),
            ("1e-300", TooManyDecimals),
            ("100000000", AboveMaximum),
            ("99999999999999999999999", AboveMaximum),
            ("1e300", AboveMaximum),
            ("1e99999999999999999999", AboveMaximum),
        ] {
            assert_eq!(parse(number), Err(error), "{number}");
        }
    }
}
