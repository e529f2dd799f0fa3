//! Money in whole centavos. Compago's JSON has pesos as numbers; only this module converts them.

use serde::{Deserialize, Serialize};
use serde_json::Number;

/// The only currency (docs.compago.com/one-time-payment/create and /payment-intent/create, read November 2026).
pub(crate) const CURRENCY: &str = "MXN";

/// Returns the currency of everything that was not amended.
pub(crate) fn mexican_pesos() -> String {
    CURRENCY.to_owned()
}

/// Returns whether a text has the form of a currency code: three capitals.
pub(crate) fn is_currency_code(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// An amount in centavos: `35_050` is $350.50.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Centavos(u64);

impl Centavos {
    pub(crate) const ONE_PESO: Self = Self(100);
    pub(crate) const TEN_PESOS: Self = Self(1_000);

    pub(crate) const fn new(centavos: u64) -> Self {
        Self(centavos)
    }

    /// Parses pesos such as `350.5`, `350.50` or `1200`. A JSON number is parsed from its shortest text, without float
    /// arithmetic.
    pub(crate) fn from_pesos(text: &str) -> Result<Self, AmountProblem> {
        if text.starts_with('-') {
            return Err(AmountProblem::NotPositive);
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let decimals = match decimals.trim_end_matches('0').len() {
            0..=2 => format!("{:0<2}", decimals.trim_end_matches('0')),
            _ => return Err(AmountProblem::TooManyDecimals),
        };
        if whole.is_empty() || whole.len() > MAX_WHOLE_DIGITS {
            return Err(AmountProblem::OutOfRange);
        }
        let digits = whole.bytes().chain(decimals.bytes());
        digits
            .map(|byte| byte.is_ascii_digit().then(|| u64::from(byte - b'0')))
            .try_fold(0_u64, |sum, digit| Some(sum * 10 + digit?))
            .map(Self)
            .ok_or(AmountProblem::OutOfRange)
    }

    /// Parses a JSON number of pesos; zero and negative numbers are refused.
    pub(crate) fn from_number(number: &Number) -> Result<Self, AmountProblem> {
        match Self::from_pesos(&number.to_string())? {
            Self(0) => Err(AmountProblem::NotPositive),
            positive => Ok(positive),
        }
    }

    /// Returns pesos in Compago's format: `1200`, `350.5`.
    pub(crate) fn number(self) -> Number {
        self.plain().parse().unwrap_or_else(|_| Number::from(self.0 / 100))
    }

    /// Formats pesos with two decimals: `350.50`.
    pub(crate) fn two_decimals(self) -> String {
        format!("{}.{:02}", self.0 / 100, self.0 % 100)
    }

    /// Formats pesos without trailing zeros: `350.5`, `10`.
    pub(crate) fn plain(self) -> String {
        let text = self.two_decimals();
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// Formats pesos for people in Mexico: `$1,350.50 MXN`.
    pub(crate) fn for_people(self) -> String {
        self.in_words(CURRENCY)
    }

    pub(crate) fn in_words(self, currency: &str) -> String {
        format!("${}.{:02} {currency}", grouped(&(self.0 / 100).to_string()), self.0 % 100)
    }
}

/// Formats the digits of a whole number with thousands separators: `20,000`.
pub(crate) fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The reason why a number is not an amount. The texts are ours: Compago documents none for these cases.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AmountProblem {
    #[error("amount must be a positive number")]
    NotPositive,
    #[error("amount must have at most 2 decimals")]
    TooManyDecimals,
    #[error("amount is out of range")]
    OutOfRange,
}

/// Keeps every amount exact as a JSON number: a double preserves 15 significant digits.
const MAX_WHOLE_DIGITS: usize = 13;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap is the test's failure")]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn reads_json_numbers_without_rounding() {
        for (text, centavos) in
            [("1200", 120_000), ("350.5", 35_050), ("350.50", 35_050), ("0.01", 1), ("1200.0", 120_000), ("1.15", 115)]
        {
            assert_eq!(Centavos::from_number(&number(text)), Ok(Centavos(centavos)), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for (text, problem) in [
            ("0", AmountProblem::NotPositive),
            ("-0.0", AmountProblem::NotPositive),
            ("-5", AmountProblem::NotPositive),
            ("10.005", AmountProblem::TooManyDecimals),
            ("1e300", AmountProblem::OutOfRange),
            ("99999999999999", AmountProblem::OutOfRange),
        ] {
            assert_eq!(Centavos::from_number(&number(text)), Err(problem), "{text}");
        }
    }

    #[test]
    fn every_written_number_reads_back_as_itself() {
        for centavos in (1..200_000).chain([999_999_999_999_999, 123_456_789_012_345]) {
            let amount = Centavos(centavos);
            let wire = serde_json::to_string(&amount.number()).unwrap();
            assert_eq!(Centavos::from_number(&number(&wire)), Ok(amount), "{wire}");
        }
    }

    #[test]
    fn writes_for_wire_and_people() {
        assert_eq!(Centavos(35_050).number().to_string(), "350.5");
        assert_eq!(Centavos(120_000).number().to_string(), "1200");
        assert_eq!(Centavos(1_000).plain(), "10");
        assert_eq!(Centavos(1_000).two_decimals(), "10.00");
        assert_eq!(Centavos(123_456_789).for_people(), "$1,234,567.89 MXN");
        assert_eq!(Centavos(99_905).for_people(), "$999.05 MXN");
    }
}
