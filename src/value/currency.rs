//! Currencies that Compago accepts: Mexican pesos only.

use serde_with::{DeserializeFromStr, SerializeDisplay};
use strum::{Display, EnumString, IntoStaticStr};
use thiserror::Error;

/// A currency. Compago refuses others than pesos with 400 (<https://docs.compago.com/one-time-payment/create>, read
/// November 2026).
///
/// ```
/// use compago::value::Currency;
///
/// assert_eq!("MXN".parse(), Ok(Currency::Mxn));
/// assert!("USD".parse::<Currency>().is_err());
/// ```
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    SerializeDisplay,
    DeserializeFromStr,
    Display,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "UPPERCASE", parse_err_ty = CurrencyError, parse_err_fn = CurrencyError::of)]
pub enum Currency {
    /// Mexican peso.
    #[default]
    Mxn,
}

impl Currency {
    /// Returns the ISO 4217 code.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The text is not the code of a currency that Compago accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("currency is not MXN")]
pub struct CurrencyError;

impl CurrencyError {
    const fn of(_: &str) -> Self {
        Self
    }
}
