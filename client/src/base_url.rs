//! Where calls go: Compago's environments, and a Worker's origin.

use core::str::FromStr;

use compago::value::{Environment, HttpsUrl, Loopback, Origin, UrlError};

/// The URL that the path of every call follows: https, or http to a loopback address, so that no key is readable on its way.
///
/// ```
/// use compago::value::Environment;
/// use compago_client::BaseUrl;
///
/// let base = BaseUrl::from(Environment::Demo);
/// assert_eq!(base.join("/one-time-payment?page=1"), "https://demo.api.harmony.compago.com/api/one-time-payment?page=1");
/// assert!("http://api.shop.example".parse::<BaseUrl>().is_err());
/// assert!("http://localhost:8788/api".parse::<BaseUrl>().is_ok());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Returns the base of URLs that a browser resolves against the page's own.
    #[cfg(all(feature = "gloo-net", target_family = "wasm"))]
    pub(crate) const fn of_page() -> Self {
        Self(String::new())
    }

    /// Returns whether it is that of the page.
    #[cfg(all(feature = "gloo-net", target_family = "wasm"))]
    pub(crate) fn is_of_page(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the URL of a request's target, which is always a path on this host: one that does not begin with `/` gets it.
    ///
    /// ```
    /// let base: compago_client::BaseUrl = "https://api.example".parse().unwrap();
    /// assert_eq!(base.join(".evil.example/x"), "https://api.example/.evil.example/x");
    /// assert_eq!(base.join("@evil.example"), "https://api.example/@evil.example");
    /// ```
    #[must_use]
    pub fn join(&self, target: &str) -> String {
        let slash = if target.starts_with('/') { "" } else { "/" };
        format!("{}{slash}{target}", self.0)
    }

    /// Returns whether calls are encrypted. Otherwise they go to a loopback address.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.0.starts_with("https://")
    }
}

/// Compago's base URLs (<https://docs.compago.com/get-started/environments>, read November 2026); for
/// [`Environment::Local`] the sandbox's on its default port.
impl From<Environment> for BaseUrl {
    fn from(environment: Environment) -> Self {
        Self(
            match environment {
                Environment::Production => "https://api.harmony.compago.com/api",
                Environment::Demo => "https://demo.api.harmony.compago.com/api",
                Environment::Local => "http://127.0.0.1:8788/api",
            }
            .to_owned(),
        )
    }
}

/// The URL of a Worker's own API.
impl From<&Origin> for BaseUrl {
    fn from(origin: &Origin) -> Self {
        Self(origin.to_string())
    }
}

impl FromStr for BaseUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        let url = HttpsUrl::parse(text, Loopback::Allowed)?;
        if url.query().is_some() {
            return Err(UrlError::Character);
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }
}
