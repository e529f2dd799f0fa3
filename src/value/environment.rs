//! Compago's environments.

use serde_with::{DeserializeFromStr, SerializeDisplay};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use thiserror::Error;

/// The environment in which payments are made. Only production involves real money.
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
    PartialOrd,
    Ord,
    Hash,
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
    /// `local`: the sandbox on one's own machine.
    Local,
}

impl Environment {
    /// All environments, in the order of their declaration.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Returns the name used in settings and webhooks.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The text is not the name of an environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("environment is not production, demo or local")]
pub struct EnvironmentError;

impl EnvironmentError {
    const fn of(_: &str) -> Self {
        Self
    }
}
