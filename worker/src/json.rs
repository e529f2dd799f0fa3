//! JSON text into values.

use serde::de::DeserializeOwned;

/// Reads JSON. All of the Worker reads it in this one way: each other reader of a type is that type's code once more.
///
/// # Errors
/// Not JSON, or not of this shape.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> worker::Result<T> {
    Ok(serde_json::from_slice(text.as_bytes())?)
}
