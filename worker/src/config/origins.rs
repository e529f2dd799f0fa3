//! Lists of origins, and what is wrong with one.

use compago::value::{Loopback, Origin, UrlError};
use worker::Env;

use super::{Misconfigured, text};

/// The entry of a list that is not an origin.
#[derive(Debug, thiserror::Error)]
#[error("entry {number}: {error}")]
struct WrongEntry {
    /// Counted from 1.
    number: usize,
    error: UrlError,
}

impl Misconfigured {
    /// A list of origins; empty if the variable is not set.
    pub(super) fn origins(&mut self, env: &Env, name: &'static str, loopback: Loopback) -> Option<Vec<Origin>> {
        match entries(env, name, loopback).collect::<Result<_, _>>() {
            Ok(origins) => Some(origins),
            Err(error) => {
                self.refuse(name, error.to_string());
                None
            }
        }
    }
}

/// The origins of a list, without the entries that are none: its refusals are to be read where an entry is wrong as well.
pub(super) fn listed(env: &Env, name: &str, loopback: Loopback) -> Vec<Origin> {
    entries(env, name, loopback).filter_map(Result::ok).collect()
}

/// The entries have spaces between them. Commas are taken as well, since they cannot be part of an origin.
fn entries(env: &Env, name: &str, loopback: Loopback) -> impl Iterator<Item = Result<Origin, WrongEntry>> {
    let entries: Vec<String> = text(env, name)
        .unwrap_or_default()
        .split(|character: char| character == ',' || character.is_whitespace())
        .filter(|entry| !entry.is_empty())
        .map(str::to_owned)
        .collect();
    entries
        .into_iter()
        .enumerate()
        .map(move |(at, entry)| Origin::parse(&entry, loopback).map_err(|error| WrongEntry { number: at + 1, error }))
}
