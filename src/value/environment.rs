//! In which world a payment is made.

use core::{fmt, str::FromStr};

use thiserror::Error;

/// Where payments are made: only in one of the three are they money.
///
/// ```
/// use compago::value::Environment;
///
/// assert_eq!("production".parse(), Ok(Environment::Production));
/// assert!("live".parse::<Environment>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    pub const ALL: [Self; 3] = [Self::Production, Self::Demo, Self::Local];

    /// Its name in settings and in webhooks.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Demo => "demo",
            Self::Local => "local",
        }
    }
}

impl FromStr for Environment {
    type Err = EnvironmentError;

    fn from_str(text: &str) -> Result<Self, EnvironmentError> {
        Self::ALL.into_iter().find(|environment| environment.as_str() == text).ok_or(EnvironmentError)
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

text_on_the_wire!(Environment);

/// The text names no environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("environment is not production, demo or local")]
pub struct EnvironmentError;
