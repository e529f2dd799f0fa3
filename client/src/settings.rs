//! How a client calls.

use compago::value::Environment;

use crate::{BaseUrl, Limits};

/// The settings of a client: those of an [`Environment`] or of a base URL, and what differs from the defaults.
///
/// ```
/// use core::time::Duration;
///
/// use compago::value::Environment;
/// use compago_client::{Limits, Settings};
///
/// let limits = Limits { timeout: Duration::from_secs(5), ..Limits::default() };
/// let settings = Settings::from(Environment::Demo).with_limits(limits).with_read_retries(0);
/// assert_eq!(settings.limits.max_bytes, 4 * 1024 * 1024);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// Where the calls go.
    pub base_url: BaseUrl,
    /// What each exchange may take.
    pub limits: Limits,
    /// How often a read without a usable answer is repeated at most; 2 by default. See [`Limits`] for the time that it
    /// may take in all.
    pub read_retries: u8,
}

impl Settings {
    /// Replaces the limits of each call.
    #[must_use]
    pub const fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Replaces the number of times that a read is repeated at most.
    #[must_use]
    pub const fn with_read_retries(mut self, times: u8) -> Self {
        self.read_retries = times;
        self
    }
}

impl From<BaseUrl> for Settings {
    fn from(base_url: BaseUrl) -> Self {
        Self { base_url, limits: Limits::default(), read_retries: 2 }
    }
}

impl From<Environment> for Settings {
    fn from(environment: Environment) -> Self {
        BaseUrl::from(environment).into()
    }
}
