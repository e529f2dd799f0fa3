//! API keys of Compago.

use core::str::FromStr;

use super::{Secret, SecretError};

/// An API key: 1 to 512 visible ASCII characters. Compago does not document its format
/// (<https://docs.compago.com/get-started/authentication>, read November 2026).
///
/// It implements neither `Display` nor `Serialize`, and its `Debug` is redacted.
///
/// ```
/// use compago::value::ApiKey;
///
/// let key: ApiKey = "sandbox-key".parse()?;
/// assert_eq!(key.expose(), "sandbox-key");
/// assert_eq!(format!("{key:?}"), "ApiKey(redacted)");
/// # Ok::<(), compago::value::SecretError>(())
/// ```
///
/// ```compile_fail
/// let key: compago::value::ApiKey = "sandbox-key".parse().unwrap();
/// println!("{key}");
/// ```
#[derive(Clone)]
pub struct ApiKey(Secret);

impl ApiKey {
    /// Returns the key, for the `x-api-key` header only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl FromStr for ApiKey {
    type Err = SecretError;

    fn from_str(text: &str) -> Result<Self, SecretError> {
        text.parse().map(Self)
    }
}

redacted_debug!(ApiKey);
