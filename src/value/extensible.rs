//! Words of answers and webhooks to which later versions add.

use core::fmt;

use serde::{Deserialize, Serialize};

/// A word that this version knows, or the text of one that a later version has added.
///
/// ```
/// use compago::json;
/// use compago::value::{Environment, Extensible};
///
/// let known: Extensible<Environment> = json::from_str(r#""production""#)?;
/// assert_eq!(known, Environment::Production.into());
/// let other: Extensible<Environment> = json::from_str(r#""staging""#)?;
/// assert_eq!((other.known(), other.to_string().as_str()), (None, "staging"));
/// assert_eq!(json::to_string(&other), r#""staging""#);
/// # Ok::<(), json::JsonError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Extensible<T> {
    /// A word of this version.
    Known(T),
    /// Another word, as it was received.
    Other(String),
}

impl<T> Extensible<T> {
    /// Returns the word, unless it is one that this version does not know.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(word) => Some(word),
            Self::Other(_) => None,
        }
    }
}

impl<T> From<T> for Extensible<T> {
    fn from(word: T) -> Self {
        Self::Known(word)
    }
}

impl<T: fmt::Display> fmt::Display for Extensible<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(word) => word.fmt(f),
            Self::Other(text) => f.write_str(text),
        }
    }
}
