//! The merchant's own data in a request.

use std::collections::BTreeMap;

use crate::body::{child, text};
use crate::json::Json;
use crate::problem::{Problem, ProblemCode};
use crate::value::{Metadata, MetadataError, MetadataKey, MetadataValue};

/// Reads `metadata`, reporting each problem in it: a key that cannot be one at the object itself, once for all of them.
pub fn read_metadata(value: &Json, pointer: &str, problems: &mut Vec<Problem>) -> Option<Metadata> {
    let Json::Object(entries) = value else {
        problems.push(Problem::new(pointer, ProblemCode::TypeObject));
        return None;
    };
    let mut read = BTreeMap::new();
    let mut found = Vec::new();
    for (name, value) in entries.iter().take(Metadata::MAX_ENTRIES) {
        match name.parse::<MetadataKey>() {
            Ok(key) => {
                let at = child(pointer, key.as_str());
                match text::<MetadataValue>(value) {
                    Ok(value) => {
                        if read.insert(key, value).is_some() {
                            found.push(Problem::new(at, ProblemCode::DoubledField));
                        }
                    }
                    Err(refusal) => found.push(Problem::new(at, refusal)),
                }
            }
            Err(error) => {
                let refused = Problem::new(pointer, error);
                if !found.contains(&refused) {
                    found.push(refused);
                }
            }
        }
    }
    if entries.len() > Metadata::MAX_ENTRIES {
        found.push(Problem::new(pointer, MetadataError::TooMany));
    }
    let metadata = Metadata::try_from(read).map_err(|error| found.push(Problem::new(pointer, error))).ok();
    let is_whole = found.is_empty();
    problems.extend(found);
    metadata.filter(|_| is_whole)
}
