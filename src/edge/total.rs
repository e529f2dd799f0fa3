//! How many amounts there are, and their sum.

use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;

/// How many amounts there are, and their sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
pub struct Total {
    /// How many there are.
    pub count: u64,
    /// Their sum in pesos.
    pub amount: Sum,
}

/// A sum of amounts in whole centavos, which may be zero and has no upper limit of its own.
///
/// ```
/// use compago::edge::total::Sum;
///
/// let sum: Sum = "1840.50".parse()?;
/// assert_eq!(sum.centavos(), 184_050);
/// assert_eq!(Sum::from_centavos(5).to_string(), "0.05");
/// assert!("1840.5".parse::<Sum>().is_err());
/// # Ok::<(), compago::edge::total::SumError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct Sum(u64);

impl Sum {
    /// Creates a sum from centavos.
    pub const fn from_centavos(centavos: u64) -> Self {
        Self(centavos)
    }

    /// Returns the sum in centavos.
    pub const fn centavos(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// The text is not a sum: digits, a full stop and two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a sum is written with two decimals, such as 0.00")]
pub struct SumError;

impl FromStr for Sum {
    type Err = SumError;

    fn from_str(text: &str) -> Result<Self, SumError> {
        let (pesos, centavos) = text.split_once('.').ok_or(SumError)?;
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !are_digits(pesos) || !are_digits(centavos) || centavos.len() != 2 {
            return Err(SumError);
        }
        let pesos: u64 = pesos.parse().map_err(|_| SumError)?;
        let centavos: u64 = centavos.parse().map_err(|_| SumError)?;
        pesos.checked_mul(100).and_then(|whole| whole.checked_add(centavos)).map(Self).ok_or(SumError)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::{Sum, SumError};

    #[test]
    fn sums_are_read_as_they_are_written() {
        for centavos in [0, 1, 99, 100, 184_050, u64::MAX] {
            let sum = Sum::from_centavos(centavos);
            assert_eq!(sum.to_string().parse(), Ok(sum));
        }
    }

    #[test]
    fn refusals() {
        for text in ["", ".", "1", "1.", ".50", "1.5", "1.500", "+1.50", "-1.50", "1,000.00", "184467440737095516.16"] {
            assert_eq!(text.parse::<Sum>(), Err(SumError), "{text}");
        }
    }
}
