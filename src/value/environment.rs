//! In which world a payment is made.

use serde_with::{DeserializeFromStr, SerializeDisplay};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use thiserror::Error;

/// Where payments are made: only in one of the three are they money.
///
/// ```
/// use compago::value::Environment;
///
/// assert_eq!("production".parse(), Ok(Environment::Production));
/// assert!("live".parse::<Environment>().is_err());
/// ```
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    SerializeDisplay,
    DeserializeFromStr,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[strum(serialize_all = "kebab-case", parse_err_ty = EnvironmentError, parse_err_fn = EnvironmentError::of)]
pub enum Environment {
    /// `production`: real money.
    Production,
    /// `demo`: Compago's demo environment.
    Demo,
    /// `local`: a stand-in for Compago on one's own machine.
    Local,
}

impl Environment {
    /// Every one, in the order of their declaration.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Its name in settings and in webhooks.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The text names no environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("environment is not production, demo or local")]
pub struct EnvironmentError;

impl EnvironmentError {
    const fn of(_: &str) -> Self {
        Self
    }
}
