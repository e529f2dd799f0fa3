//! Lists of origins in the Worker's configuration, and what is wrong with one.

use thiserror::Error;

use crate::value::{Loopback, Origin, UrlError};

/// The entry of a list that is not an origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("entry {number}: {error}")]
pub struct WrongOrigin {
    /// Counted from 1.
    pub number: usize,
    /// What is wrong with it.
    pub error: UrlError,
}

/// Reads a list of origins, an entry at a time. White space separates the entries, and commas do as well, since they cannot be part
/// of an origin.
///
/// ```
/// use compago::edge::origin_list;
/// use compago::value::Loopback;
///
/// let read: Vec<_> = origin_list("https://blog.example, https://you.github.io/ nowhere", Loopback::Refused).collect();
/// assert_eq!(read.iter().flatten().map(|origin| origin.as_str()).collect::<Vec<_>>(), ["https://blog.example", "https://you.github.io"]);
/// assert_eq!(read[2].as_ref().unwrap_err().to_string(), "entry 3: URL does not begin with https://");
/// ```
pub fn origin_list(text: &str, loopback: Loopback) -> impl Iterator<Item = Result<Origin, WrongOrigin>> + '_ {
    text.split(|character: char| character == ',' || character.is_whitespace())
        .filter(|entry| !entry.is_empty())
        .enumerate()
        .map(move |(at, entry)| Origin::parse(entry, loopback).map_err(|error| WrongOrigin { number: at + 1, error }))
}
