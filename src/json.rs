//! JSON in both directions, by one reader and one writer for all types.
//!
//! Text is read into a small tree, from which a type takes its fields by name; it is written field by field. A reader
//! that is derived for each type would be most of the Worker's size. And three habits of this project hold everywhere
//! by construction: an array never stands for the fields of an object in their order, a field that appears twice is
//! refused where it is read, and a number stays the text that was sent until a type says what it is.
//!
//! ```
//! use compago::json::{self, Object};
//! use compago::value::Amount;
//!
//! let amount: Amount = "350.50".parse()?;
//! assert_eq!(json::to_string(&Object(&[("amount", &amount), ("tries", &3_u8)])), r#"{"amount":"350.50","tries":3}"#);
//!
//! let tree = json::parse(r#"{"amount":"350.50","tries":3}"#)?;
//! assert_eq!(tree.field::<Amount>("amount")?, amount);
//! assert_eq!(tree.field::<Option<u8>>("since")?, None);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use core::{fmt, str::FromStr};

use thiserror::Error;

#[macro_use]
mod wire;
mod parse;
mod write;

pub use parse::parse;
pub use write::{IfSome, Object, ToJson, Writer, to_string};

/// A JSON value. It may be a whole body: `Debug` shows its shape, not its names and values.
#[derive(Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`.
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

    /// Reads a field. One that is missing is read as null.
    ///
    /// # Errors
    /// Not an object, more than one field of that name, or none that the type takes.
    pub fn field<T: FromJson>(&self, name: &'static str) -> Result<T, Unexpected> {
        T::from_json(self.get(name)?)
            .map_err(|inner| if inner.field.is_empty() { Unexpected { field: name } } else { inner })
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
    pub fn entries(&self) -> Result<&[Json], Unexpected> {
        match self {
            Self::Array(entries) => Ok(entries),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::Object(_) => Err(Unexpected::HERE),
        }
    }

    /// A variant's name, and what it holds: `"paid"` holds null, `{"open":{...}}` an object.
    ///
    /// # Errors
    /// Neither.
    pub fn variant(&self) -> Result<(&str, &Json), Unexpected> {
        match self {
            Self::Text(name) => Ok((name, &Self::Null)),
            Self::Object(fields) => match fields.as_slice() {
                [(name, payload)] => Ok((name, payload)),
                _ => Err(Unexpected::HERE),
            },
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Array(_) => Err(Unexpected::HERE),
        }
    }
}

/// What can be read from JSON.
pub trait FromJson: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// [`Unexpected`] names the field that is missing, doubled or not of its type.
    fn from_json(json: &Json) -> Result<Self, Unexpected>;
}

/// Reads text.
///
/// # Errors
/// Not JSON, or not of that type.
pub fn from_str<T: FromJson>(text: &str) -> Result<T, JsonError> {
    Ok(T::from_json(&parse(text)?)?)
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
}

impl FromJson for Json {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        Ok(json.clone())
    }
}

impl FromJson for bool {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        match json {
            Json::Bool(truth) => Ok(*truth),
            Json::Null | Json::Number(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => Err(Unexpected::HERE),
        }
    }
}

impl FromJson for String {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        json.text().map(str::to_owned)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        if *json == Json::Null { Ok(None) } else { T::from_json(json).map(Some) }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        let mut entries = Self::new();
        for entry in json.entries()? {
            entries.push(T::from_json(entry)?);
        }
        Ok(entries)
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        T::from_json(json).map(Self::new)
    }
}

macro_rules! integer_from_json {
    ($($type:ty),*) => {
        $(impl FromJson for $type {
            fn from_json(json: &Json) -> Result<Self, Unexpected> {
                integer(json).and_then(|integer: u64| integer.try_into().ok()).ok_or(Unexpected::HERE)
            }
        })*
    };
}

integer_from_json!(u8, u16, u32, u64);

impl FromJson for i64 {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        integer(json).ok_or(Unexpected::HERE)
    }
}

/// The reader of the widest integers, which reads narrower ones as well.
fn integer<T: FromStr>(json: &Json) -> Option<T> {
    match json {
        Json::Number(text) => text.parse().ok(),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => None,
    }
}
