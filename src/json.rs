//! JSON in both directions. Types derive [`serde`]'s traits; text is read by [`from_str`] and written by [`to_string`].
//!
//! Text is read into a small tree first, and types are read from the tree. That reader is stricter than `serde_json`'s, for all types
//! alike:
//!
//! - An array never stands for the fields of an object in their order.
//! - A field that appears twice is refused where it is read.
//! - A field that is null is one that is missing.
//! - A number stays the text that was sent until a type says what it is: integers have no decimals, and
//!   [`Pesos`](crate::value::amount::Pesos) reads an amount digit by digit.
//! - Half of a surrogate pair, which JavaScript writes where text was cut in the middle of a character, is read as U+FFFD.
//! - Errors name the field and never repeat what was sent.
//!
//! The same types can be read with `serde_json` itself, by its looser rules: doubled fields, arrays for objects, and numbers of which a
//! float is all that is left. [`Json`] and [`Pesos`](crate::value::amount::Pesos) write the text of a number, which only `serde_json`
//! can write.
//!
//! ```
//! use compago::{json, value::Amount};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Debug, PartialEq, Serialize, Deserialize)]
//! struct Sale {
//!     amount: Amount,
//!     tries: u8,
//!     note: Option<String>,
//! }
//!
//! let sale: Sale = json::from_str(r#"{"amount":"350.50","tries":3}"#)?;
//! assert_eq!(sale, Sale { amount: "350.50".parse()?, tries: 3, note: None });
//! assert_eq!(json::to_string(&sale), r#"{"amount":"350.50","tries":3,"note":null}"#);
//! assert_eq!(json::from_str::<Sale>(r#"{"amount":350.5,"tries":3}"#).unwrap_err().to_string(), "the field `amount` is missing, doubled or not of its type");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use core::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

mod de;
mod parse;
mod tree;

pub use parse::parse;
pub(crate) use tree::number;

/// A JSON value. It may be a whole body: `Debug` shows its shape, not its names and values.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// The text of a number, as it was sent: nothing is rounded on the way.
    Number(String),
    /// A string. Half of a surrogate pair is read as U+FFFD, which no value type takes.
    Text(String),
    /// An array.
    Array(Vec<Json>),
    /// An object: all its fields in their order, also those that share a name.
    Object(Vec<(String, Json)>),
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Bool(_) => f.write_str("Bool(redacted)"),
            Self::Number(_) => f.write_str("Number(redacted)"),
            Self::Text(_) => f.write_str("Text(redacted)"),
            Self::Array(entries) => write!(f, "Array({} redacted)", entries.len()),
            Self::Object(fields) => write!(f, "Object({} redacted)", fields.len()),
        }
    }
}

impl Json {
    /// What stands under a name; [`Json::Null`] if nothing does.
    ///
    /// # Errors
    /// Not an object, or more than one field of that name.
    pub fn get(&self, name: &'static str) -> Result<&Json, Unexpected> {
        let Self::Object(fields) = self else { return Err(Unexpected::HERE) };
        let mut named = fields.iter().filter(|(other, _)| other == name).map(|(_, value)| value);
        match (named.next(), named.next()) {
            (None, _) => Ok(&Self::Null),
            (Some(value), None) => Ok(value),
            (Some(_), Some(_)) => Err(Unexpected { field: name }),
        }
    }

    /// Puts a value under a name, in the place of what stood there.
    ///
    /// # Errors
    /// Not an object, or more than one field of that name.
    pub fn set(&mut self, name: &'static str, value: Self) -> Result<(), Unexpected> {
        self.get(name)?;
        let Self::Object(fields) = self else { return Err(Unexpected::HERE) };
        match fields.iter_mut().find(|(other, _)| other == name) {
            Some((_, stood)) => *stood = value,
            None => fields.push((name.to_owned(), value)),
        }
        Ok(())
    }

    /// What a value is in JSON.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        parse(&to_string(value)).unwrap_or_default()
    }

    /// Reads a value.
    ///
    /// # Errors
    /// [`Unexpected`] names the field that is missing, doubled or not of its type.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Unexpected> {
        T::deserialize(self)
    }

    /// Reads a field. One that is missing is read as null.
    ///
    /// # Errors
    /// Not an object, more than one field of that name, or none that the type takes.
    pub fn field<T: DeserializeOwned>(&self, name: &'static str) -> Result<T, Unexpected> {
        self.get(name)?.read().map_err(|error: Unexpected| error.within(name))
    }

    /// The text of a string.
    ///
    /// # Errors
    /// Not a string.
    pub fn text(&self) -> Result<&str, Unexpected> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Array(_) | Self::Object(_) => Err(Unexpected::HERE),
        }
    }

    /// The entries of an array.
    ///
    /// # Errors
    /// Not an array.
    pub fn entries(&self) -> Result<&[Self], Unexpected> {
        match self {
            Self::Array(entries) => Ok(entries),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::Object(_) => Err(Unexpected::HERE),
        }
    }
}

/// Reads text.
///
/// # Errors
/// Not JSON, or not of that type.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    Ok(parse(text)?.read()?)
}

/// Writes a value as text without space.
///
/// # Panics
/// A map whose keys are no text, a [`Json::Number`] that no JSON is, or another type that cannot be written. No type of this crate is one.
#[expect(clippy::expect_used, reason = "no type here has a map whose keys are no text, or an impl that fails")]
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("every value can be written")
}

/// Reads a field of which nothing depends on whether it can be read: `None` unless it is of its type.
///
/// # Errors
/// None.
pub fn if_readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(field: D) -> Result<Option<T>, D::Error> {
    Ok(Json::deserialize(field).ok().and_then(|json| json.read().ok()))
}

/// Why text is not what it should be. No part of the text is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum JsonError {
    /// Not JSON at all.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// JSON of another shape.
    #[error(transparent)]
    Unexpected(#[from] Unexpected),
}

/// Text that is not JSON, or is nested too deeply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not JSON from byte {at} on")]
pub struct Malformed {
    /// How much of the text was read.
    pub at: usize,
}

/// JSON of another shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the field `{field}` is missing, doubled or not of its type")]
pub struct Unexpected {
    /// The innermost field that does not fit; empty for the whole document.
    pub field: &'static str,
}

impl Unexpected {
    /// The value itself does not fit; [`Json::field`] adds where it stands.
    pub const HERE: Self = Self { field: "" };

    /// The same error of a value that stands in the field of that name, unless a field within it is named already.
    pub(crate) const fn within(self, field: &'static str) -> Self {
        if self.field.is_empty() { Self { field } } else { self }
    }
}
