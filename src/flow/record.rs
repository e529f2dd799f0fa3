//! Records: the text in which an object keeps a machine's state, and how its shape may change.
//!
//! A record carries the version of its shape in the field `schemaVersion`. Records written before versions existed have
//! none and count as version 0. A record of an older version is migrated, one version after the other, when it is read;
//! it is written in today's shape when the machine's next event comes. Releases that do not know the field ignore
//! it, so as long as a version adds nothing that must not be lost, the release before reads what this one writes.

use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::json::{self, Json, JsonError, ShapeError};

/// What is kept as a record: a struct.
///
/// ```
/// use compago::flow::record::{self, Record, RecordError};
/// use compago::json::{Json, ShapeError};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, PartialEq, Serialize, Deserialize)]
/// struct Visit {
///     seconds: u64,
/// }
///
/// impl Record for Visit {
///     const VERSION: u32 = 1;
///
///     fn migrate(visit: &mut Json, version: u32) -> Result<(), ShapeError> {
///         // In version 0 it was called otherwise.
///         if version == 0 {
///             let seconds = visit.get("duration")?.clone();
///             visit.set("seconds", seconds)?;
///         }
///         Ok(())
///     }
/// }
///
/// assert_eq!(record::to_string(&Visit { seconds: 5 }), r#"{"schemaVersion":1,"seconds":5}"#);
/// assert_eq!(record::from_str(r#"{"duration":5}"#), Ok(Visit { seconds: 5 }));
/// assert_eq!(
///     record::from_str::<Visit>(r#"{"schemaVersion":2}"#),
///     Err(RecordError::Newer { found: 2, known: 1 })
/// );
/// ```
pub trait Record: Serialize + DeserializeOwned {
    /// The version of the shape that this release writes, from 1 on.
    const VERSION: u32;

    /// Turns a record of `version` into one of the next version.
    ///
    /// # Errors
    /// What is needed for that is missing, doubled or not of its type.
    fn migrate(record: &mut Json, version: u32) -> Result<(), ShapeError> {
        let _ = (record, version);
        Ok(())
    }
}

/// Reads a record of this version or of an older one.
///
/// # Errors
/// [`RecordError`].
pub fn from_str<R: Record>(text: &str) -> Result<R, RecordError> {
    let mut record = json::parse(text).map_err(JsonError::from)?;
    let found: Option<u32> = record.field(VERSION)?;
    let found = found.unwrap_or_default();
    if found > R::VERSION {
        return Err(RecordError::Newer { found, known: R::VERSION });
    }
    for version in found..R::VERSION {
        R::migrate(&mut record, version)?;
    }
    Ok(record.read()?)
}

/// Adds empty metadata to the terms of a record of a charge or a refund from before its version 2.
pub(super) fn add_metadata(record: &mut Json) -> Result<(), ShapeError> {
    set_in_terms(record, [("metadata", Json::Object(Vec::new()))])
}

/// Sets fields of a record's terms.
pub(super) fn set_in_terms<const N: usize>(
    record: &mut Json,
    fields: [(&'static str, Json); N],
) -> Result<(), ShapeError> {
    const TERMS: &str = "terms";
    let mut terms = record.get(TERMS)?.clone();
    for (name, value) in fields {
        terms.set(name, value).map_err(|error| error.within(TERMS))?;
    }
    record.set(TERMS, terms)
}

/// Writes a record in this release's version.
pub fn to_string<R: Record>(record: &R) -> String {
    json::to_string(&Versioned { schema_version: R::VERSION, record })
}

const VERSION: &str = "schemaVersion";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Versioned<'a, R> {
    schema_version: u32,
    #[serde(flatten)]
    record: &'a R,
}

/// Why a record cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RecordError {
    /// Not JSON, or of another shape.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// A newer release has written it in a version that this one does not know.
    #[error(
        "the record has version {found}, and this release knows versions up to {known}: deploy the release that wrote it"
    )]
    Newer {
        /// The record's version.
        found: u32,
        /// The newest that this release knows.
        known: u32,
    },
}

impl From<ShapeError> for RecordError {
    fn from(error: ShapeError) -> Self {
        Self::Json(error.into())
    }
}
