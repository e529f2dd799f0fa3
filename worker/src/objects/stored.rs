//! Reads what objects have stored, and what they send each other.

use compago::flow::record::{self, Record};
use compago::json;
use serde::de::DeserializeOwned;
use serde_json::json;
use serde_json::value::RawValue;

use crate::http::error::InternalError;
use crate::runtime::log::{self, Level};

/// Reads a record, of this release's version or of an older one.
///
/// # Errors
/// Text that is not what it should be, or that a newer release has written.
pub(crate) fn read_record<R: Record>(text: &str) -> Result<R, InternalError> {
    Ok(record::from_str(text)?)
}

/// Reads a record that can be begun anew. One that cannot be read is logged, and is as good as none.
pub(crate) fn read_or_discard<R: Record>(text: &str, object: &str, name: &str) -> Option<R> {
    match record::from_str(text) {
        Ok(record) => Some(record),
        Err(error) => {
            log::write(
                Level::Error,
                "record-unreadable",
                json!({ "object": object, "record": name, "error": log::chain(&error) }),
            );
            None
        }
    }
}

/// Takes JSON that SQLite has written into an answer as it is.
///
/// # Errors
/// Text that is not JSON.
pub(crate) fn raw(json: String) -> Result<Box<RawValue>, InternalError> {
    RawValue::from_string(json).map_err(InternalError::malformed("JSON of the database"))
}

/// Reads what was sent by ourselves, or is stored in a shape that never changes.
///
/// # Errors
/// Text that is not what it should be.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Result<T, InternalError> {
    Ok(json::from_str(json)?)
}
