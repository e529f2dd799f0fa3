//! JSON parsing and serialisation. Types derive [`serde`]'s traits; [`from_str`] reads text and [`to_string`] writes
//! it.
//!
//! Text is parsed into a [`Json`] tree first, and types are deserialised from the tree. This reader is stricter than
//! `serde_json`'s, for all types:
//!
//! - A struct is never read from an array.
//! - A struct field that appears twice is an error.
//! - A null field counts as missing.
//! - A number keeps its original text until a type reads it: integers have no decimals, and
//!   [`Pesos`](crate::value::amount::Pesos) parses an amount digit by digit.
//! - An unpaired surrogate, which JavaScript writes where text was cut within a character, is read as U+FFFD.
//! - Errors name the field and never contain the input.
//!
//! The same types can also be read with `serde_json` directly, by its rules: duplicate fields, arrays for structs, and
//! numbers that went through a float. [`Json`] and [`Pesos`](crate::value::amount::Pesos) write the original text of a
//! number, which works with `serde_json` as the serialiser only.
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
//! let error = json::from_str::<Sale>(r#"{"amount":350.5,"tries":3}"#).unwrap_err();
//! assert_eq!(error.to_string(), "the field `amount` is missing, doubled or not of its type");
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

/// A JSON value. `Debug` shows its shape only, since it may be a whole body with personal data.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as its original text, without rounding.
    Number(String),
    /// A string. An unpaired surrogate is read as U+FFFD, which no value type accepts.
    Text(String),
    /// An array.
    Array(Vec<Json>),
    /// An object: all fields in their order, including duplicates.
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
    /// Returns the field with this name; [`Json::Null`] if there is none.
    ///
    /// # Errors
    /// Not an object, or more than one field of that name.
    pub fn get(&self, name: &'static str) -> Result<&Json, ShapeError> {
        let Self::Object(fields) = self else { return Err(ShapeError::HERE) };
        let mut named = fields.iter().filter(|(other, _)| other == name).map(|(_, value)| value);
        match (named.next(), named.next()) {
            (None, _) => Ok(&Self::Null),
            (Some(value), None) => Ok(value),
            (Some(_), Some(_)) => Err(ShapeError { field: name }),
        }
    }

    /// Sets the field with this name, replacing its previous value.
    ///
    /// # Errors
    /// Not an object, or more than one field of that name.
    pub fn set(&mut self, name: &'static str, value: Self) -> Result<(), ShapeError> {
        self.get(name)?;
        let Self::Object(fields) = self else { return Err(ShapeError::HERE) };
        match fields.iter_mut().find(|(other, _)| other == name) {
            Some((_, stood)) => *stood = value,
            None => fields.push((name.to_owned(), value)),
        }
        Ok(())
    }

    /// Converts a value into a JSON tree.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        parse(&to_string(value)).unwrap_or_default()
    }

    /// Deserialises the value into `T`.
    ///
    /// # Errors
    /// [`ShapeError`] names the field that is missing, duplicated or of another type.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, ShapeError> {
        T::deserialize(self)
    }

    /// Deserialises one field. A missing field is read as null.
    ///
    /// # Errors
    /// Not an object, more than one field of that name, or a value that `T` does not accept.
    pub fn field<T: DeserializeOwned>(&self, name: &'static str) -> Result<T, ShapeError> {
        self.get(name)?.read().map_err(|error: ShapeError| error.within(name))
    }

    /// Returns the text of a string.
    ///
    /// # Errors
    /// Not a string.
    pub fn text(&self) -> Result<&str, ShapeError> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Array(_) | Self::Object(_) => Err(ShapeError::HERE),
        }
    }

    /// Returns the entries of an array.
    ///
    /// # Errors
    /// Not an array.
    pub fn entries(&self) -> Result<&[Self], ShapeError> {
        match self {
            Self::Array(entries) => Ok(entries),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::Object(_) => Err(ShapeError::HERE),
        }
    }
}

/// Parses JSON text into `T`.
///
/// # Errors
/// Not JSON, or JSON that `T` does not accept.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    Ok(parse(text)?.read()?)
}

/// Serialises a value as compact JSON.
///
/// # Panics
/// If the value cannot be represented in JSON: a map with keys other than strings, a [`Json::Number`] whose text is not
/// a JSON number, or a failing `Serialize` implementation. No type of this crate does that.
#[expect(
    clippy::expect_used,
    reason = "no type here has a map with other keys than strings, or a Serialize that fails"
)]
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("every value can be written")
}

/// Deserialises an informational field: `None` if it is not of type `T`. For `#[serde(deserialize_with)]`.
///
/// # Errors
/// Never fails.
pub fn if_readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(field: D) -> Result<Option<T>, D::Error> {
    Ok(Json::deserialize(field).ok().and_then(|json| json.read().ok()))
}

/// The reason why text could not be read. It contains nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum JsonError {
    /// Not JSON.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// JSON that the type does not accept.
    #[error(transparent)]
    Shape(#[from] ShapeError),
}

/// The text is not JSON, or is nested more than 128 levels deep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not JSON from byte {at} on")]
pub struct Malformed {
    /// The byte offset of the first error.
    pub at: usize,
}

/// JSON that the type does not accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the field `{field}` is missing, doubled or not of its type")]
pub struct ShapeError {
    /// The innermost field with an error; empty for the whole document.
    pub field: &'static str,
}

impl ShapeError {
    /// The value itself is wrong; [`Json::field`] adds the name of its field.
    pub const HERE: Self = Self { field: "" };

    /// Adds the name of the enclosing field, unless a field further inside is already named.
    pub(crate) const fn within(self, field: &'static str) -> Self {
        if self.field.is_empty() { Self { field } } else { self }
    }
}
