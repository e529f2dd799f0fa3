//! Amounts as Compago's API writes them: JSON numbers in pesos. For `#[serde(with = "compago::value::amount::pesos")]`.
//!
//! Written as an integer when the amount is whole pesos, else with its decimals. Text with decimals is read as well: an
//! older sample of <https://docs.compago.com/one-time-payment/create> (read November 2026) shows `"100.00"`.
//!
//! This is the one place where money meets floating point. It is exact, not nearly so. A JSON number is read as the
//! double nearest to its decimal. For centavos `c`, `c` and 100 are doubles without rounding (`c < 2^53`), and IEEE 754
//! division is correctly rounded, so `c / 100.0` is the double nearest to the decimal as well: the two are equal, and
//! each of the legal amounts has a double of its own (they lie 0.01 apart, doubles below 10^8 at most 1.5e-8).

use core::fmt;

use serde::{Deserializer, Serializer, de};

use super::{Amount, AmountError};

/// Writes the amount as a JSON number in pesos.
///
/// # Errors
///
/// Those of the serializer only.
pub fn serialize<S: Serializer>(amount: &Amount, serializer: S) -> Result<S::Ok, S::Error> {
    if amount.centavos().is_multiple_of(100) {
        serializer.serialize_u64(amount.centavos() / 100)
    } else {
        serializer.serialize_f64(to_number(*amount))
    }
}

/// Reads an amount from a JSON number in pesos, or from decimal text.
///
/// # Errors
///
/// Not an amount: negative, zero, above the maximum, or finer than a centavo.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
    deserializer.deserialize_any(PesosVisitor)
}

/// The double nearest to the amount in pesos.
///
/// ```
/// use compago::value::{Amount, amount::pesos};
///
/// assert_eq!(pesos::to_number("350.50".parse::<Amount>()?), 350.5);
/// # Ok::<(), compago::value::AmountError>(())
/// ```
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "amounts end at 9,999,999,999 centavos, far below 2^53")]
pub fn to_number(amount: Amount) -> f64 {
    amount.centavos() as f64 / 100.0
}

/// The amount whose decimal text this double is nearest to.
///
/// ```
/// use compago::value::{AmountError, amount::pesos};
///
/// assert_eq!(pesos::from_number(350.5)?.centavos(), 35_050);
/// assert_eq!(pesos::from_number(350.505), Err(AmountError::TooManyDecimals));
/// # Ok::<(), AmountError>(())
/// ```
///
/// # Errors
///
/// Not an amount: not a number, negative, zero, above the maximum, or finer than a centavo.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is rounded and lies between 0 and 10^10 when it is cast"
)]
pub fn from_number(pesos: f64) -> Result<Amount, AmountError> {
    if pesos.is_nan() {
        return Err(AmountError::Format);
    }
    if pesos <= 0.0 {
        return Err(AmountError::BelowOneCentavo);
    }
    if pesos > to_number(Amount::MAX) {
        return Err(AmountError::AboveMaximum);
    }
    let centavos = (pesos * 100.0).round() as u64;
    match Amount::from_centavos(centavos) {
        Ok(amount) if to_number(amount).to_bits() == pesos.to_bits() => Ok(amount),
        Ok(_) | Err(_) => Err(AmountError::TooManyDecimals),
    }
}

/// The same for a field that may be missing or null. For
/// `#[serde(default, skip_serializing_if = "Option::is_none", with = "compago::value::amount::pesos::optional")]`.
pub mod optional {
    use core::fmt;

    use serde::{Deserializer, Serializer, de};

    use crate::value::Amount;

    /// Writes the amount as a JSON number in pesos, or null.
    ///
    /// # Errors
    ///
    /// Those of the serializer only.
    pub fn serialize<S: Serializer>(amount: &Option<Amount>, serializer: S) -> Result<S::Ok, S::Error> {
        match amount {
            Some(amount) => super::serialize(amount, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads an amount as [`super::deserialize`] does, or null.
    ///
    /// # Errors
    ///
    /// Neither null nor an amount.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Amount>, D::Error> {
        deserializer.deserialize_option(OptionalVisitor)
    }

    struct OptionalVisitor;

    impl<'de> de::Visitor<'de> for OptionalVisitor {
        type Value = Option<Amount>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("an amount in pesos or null")
        }

        fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
            super::deserialize(deserializer).map(Some)
        }
    }
}

struct PesosVisitor;

impl de::Visitor<'_> for PesosVisitor {
    type Value = Amount;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an amount in pesos")
    }

    fn visit_u64<E: de::Error>(self, pesos: u64) -> Result<Amount, E> {
        let centavos = pesos.checked_mul(100).ok_or_else(|| E::custom(AmountError::AboveMaximum))?;
        Amount::from_centavos(centavos).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, pesos: i64) -> Result<Amount, E> {
        let pesos = u64::try_from(pesos).map_err(|_| E::custom(AmountError::BelowOneCentavo))?;
        self.visit_u64(pesos)
    }

    fn visit_f64<E: de::Error>(self, pesos: f64) -> Result<Amount, E> {
        from_number(pesos).map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Amount, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::{AmountError, from_number};

    #[test]
    fn numbers_that_are_no_amount_say_why() {
        use AmountError::{AboveMaximum, BelowOneCentavo, Format, TooManyDecimals};
        for (number, error) in [
            (f64::NAN, Format),
            (f64::INFINITY, AboveMaximum),
            (f64::NEG_INFINITY, BelowOneCentavo),
            (-0.0, BelowOneCentavo),
            (-1.0, BelowOneCentavo),
            (0.001, TooManyDecimals),
            (0.005, TooManyDecimals),
            (1.005, TooManyDecimals),
            (350.505, TooManyDecimals),
            (350.500_000_1, TooManyDecimals),
            (99_999_999.991, AboveMaximum),
            (100_000_000.0, AboveMaximum),
            (1e300, AboveMaximum),
            (f64::MIN_POSITIVE, TooManyDecimals),
        ] {
            assert_eq!(from_number(number), Err(error), "{number}");
        }
    }
}
