//! The merchant's own data about an order or a charge.

use core::{fmt, str::FromStr};
use std::collections::{BTreeMap, btree_map};

use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};
use strum::{Display, EnumString, IntoStaticStr};
use thiserror::Error;

/// The name of an entry of [`Metadata`]: 1 to 40 characters of `A-Z a-z 0-9 _ -`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct MetadataKey(String);

impl MetadataKey {
    /// The maximum length in characters.
    pub const MAX_CHARS: usize = 40;

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for MetadataKey {
    type Err = MetadataKeyError;

    fn from_str(text: &str) -> Result<Self, MetadataKeyError> {
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if !(1..=Self::MAX_CHARS).contains(&text.len()) || !text.bytes().all(legal) {
            return Err(MetadataKeyError);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for MetadataKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Not 1 to 40 letters, digits, underscores and hyphens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a key of metadata is not 1 to 40 letters, digits, underscores and hyphens")]
pub struct MetadataKeyError;

/// The text of an entry of [`Metadata`]: 1 to 200 characters. It may be anything, so `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MetadataValue(String);

cleaned_text!(MetadataValue, 200);
redacted_debug!(MetadataValue);

/// The merchant's own data, such as the number of a table or the id of a customer: at most 10 entries, whose names and
/// texts have at most 1,024 bytes of UTF-8 together.
///
/// It is in the answers of the API, in webhooks and in lists, and it stays when personal data is deleted: personal data
/// does not belong into it. `Debug` shows the number of entries only.
///
/// ```
/// use compago::{json, value::Metadata};
///
/// let metadata: Metadata = json::from_str(r#"{"table":"4","waiter":"Ana"}"#)?;
/// assert_eq!(metadata.get("table").map(|value| value.as_str()), Some("4"));
/// assert_eq!(format!("{metadata:?}"), "Metadata(2)");
/// assert!(Metadata::default().is_empty());
/// # Ok::<(), json::JsonError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<MetadataKey, MetadataValue>")]
pub struct Metadata(BTreeMap<MetadataKey, MetadataValue>);

impl Metadata {
    /// The most entries.
    pub const MAX_ENTRIES: usize = 10;

    /// The most bytes of all names and texts together, in UTF-8.
    pub const MAX_BYTES: usize = 1_024;

    /// Returns whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Iterates over the entries in the order of their names.
    pub fn iter(&self) -> btree_map::Iter<'_, MetadataKey, MetadataValue> {
        self.0.iter()
    }

    /// Returns the text of the entry with that name.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&MetadataValue> {
        self.0.iter().find_map(|(name, value)| (name.as_str() == key).then_some(value))
    }
}

impl TryFrom<BTreeMap<MetadataKey, MetadataValue>> for Metadata {
    type Error = MetadataError;

    fn try_from(entries: BTreeMap<MetadataKey, MetadataValue>) -> Result<Self, MetadataError> {
        if entries.len() > Self::MAX_ENTRIES {
            return Err(MetadataError::TooMany);
        }
        let bytes: usize = entries.iter().map(|(key, value)| key.as_str().len() + value.as_str().len()).sum();
        if bytes > Self::MAX_BYTES {
            return Err(MetadataError::TooLarge);
        }
        Ok(Self(entries))
    }
}

impl<'a> IntoIterator for &'a Metadata {
    type Item = (&'a MetadataKey, &'a MetadataValue);
    type IntoIter = btree_map::Iter<'a, MetadataKey, MetadataValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Metadata {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Metadata({})", self.0.len())
    }
}

/// The reason why entries are not [`Metadata`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MetadataError {
    /// More than [`Metadata::MAX_ENTRIES`].
    #[error("metadata has more than 10 entries")]
    TooMany,
    /// More than [`Metadata::MAX_BYTES`].
    #[error("metadata has more than 1024 bytes")]
    TooLarge,
}

/// Who wrote the metadata of an order.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, Display, EnumString, IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum MetadataSource {
    /// A browser that ordered at the shop: anybody may have written it.
    #[default]
    Browser,
    /// The merchant's own backend or an operator.
    Backend,
}
