//! How a client of a Worker's own API calls.

use compago::value::Origin;

use crate::{BaseUrl, Limits, Settings};

/// The settings of an [`EdgeClient`](crate::EdgeClient): where the Worker is, and what differs from the defaults, which are
/// those of [`Settings`].
///
/// A local Worker on http is a [`BaseUrl`] as well.
///
/// ```
/// use compago::value::Origin;
/// use compago_client::{BaseUrl, EdgeSettings};
///
/// let shop: Origin = "https://shop.example".parse()?;
/// let settings = EdgeSettings::from(&shop).with_read_retries(0);
/// let local = EdgeSettings::from("http://localhost:8787".parse::<BaseUrl>()?);
/// # Ok::<(), compago::value::UrlError>(())
/// ```
///
/// An environment of Compago's is no Worker, so that no token of a role is sent there:
///
/// ```compile_fail,E0277
/// use compago::value::Environment;
/// use compago_client::EdgeSettings;
///
/// EdgeSettings::from(Environment::Demo);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdgeSettings(Settings);

impl EdgeSettings {
    /// Returns the settings of a client of the Worker that serves the page.
    #[cfg(all(feature = "gloo-net", target_family = "wasm"))]
    #[must_use]
    pub fn of_page() -> Self {
        BaseUrl::of_page().into()
    }

    /// Replaces the limits of each exchange.
    #[must_use]
    pub const fn with_limits(mut self, limits: Limits) -> Self {
        self.0.limits = limits;
        self
    }

    /// Replaces the number of times that a read is repeated at most.
    #[must_use]
    pub const fn with_read_retries(mut self, times: u8) -> Self {
        self.0.read_retries = times;
        self
    }

    #[cfg(any(
        all(feature = "reqwest", not(target_family = "wasm")),
        all(any(feature = "gloo-net", feature = "worker"), target_family = "wasm")
    ))]
    pub(crate) fn into_settings(self) -> Settings {
        self.0
    }
}

impl From<BaseUrl> for EdgeSettings {
    fn from(base_url: BaseUrl) -> Self {
        Self(base_url.into())
    }
}

impl From<&Origin> for EdgeSettings {
    fn from(origin: &Origin) -> Self {
        BaseUrl::from(origin).into()
    }
}
