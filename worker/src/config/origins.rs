//! Lists of origins, and what is wrong with one.

use compago::value::{Loopback, Origin, UrlError};
use worker::Env;

use super::{EMBED_ORIGINS, Misconfigured, STAFF_ORIGIN, text};

/// The entry of a list that is refused.
#[derive(Debug, thiserror::Error)]
#[error("entry {number}: {reason}")]
struct WrongEntry {
    /// Counted from 1.
    number: usize,
    reason: WrongOrigin,
}

/// Why an entry is refused.
#[derive(Debug, thiserror::Error)]
enum WrongOrigin {
    #[error(transparent)]
    Malformed(#[from] UrlError),
    #[error("it is {STAFF_ORIGIN}")]
    Staff,
}

impl Misconfigured {
    /// A list of origins; empty if the variable is not set.
    pub(super) fn origins(&mut self, env: &Env, name: &'static str, loopback: Loopback) -> Option<Vec<Origin>> {
        self.all_of(name, entries(env, name, loopback, None))
    }

    /// The embed origins; none if the variable is not set. The staff's origin cannot be one of them: pages there would get the rights of
    /// pages that sell.
    pub(super) fn embed_origins(
        &mut self,
        env: &Env,
        loopback: Loopback,
        staff: Option<&Origin>,
    ) -> Option<Vec<Origin>> {
        self.all_of(EMBED_ORIGINS, entries(env, EMBED_ORIGINS, loopback, staff))
    }

    fn all_of(
        &mut self,
        name: &'static str,
        entries: impl Iterator<Item = Result<Origin, WrongEntry>>,
    ) -> Option<Vec<Origin>> {
        match entries.collect::<Result<_, _>>() {
            Ok(origins) => Some(origins),
            Err(error) => {
                self.refuse(name, error.to_string());
                None
            }
        }
    }
}

/// The valid entries of `EMBED_ORIGINS`. Pages there can read that the Worker is misconfigured, also if another entry is the reason.
pub(super) fn valid_embed_origins(env: &Env, loopback: Loopback, staff: Option<&Origin>) -> Vec<Origin> {
    entries(env, EMBED_ORIGINS, loopback, staff).filter_map(Result::ok).collect()
}

/// The entries of a list, separated by spaces, or by commas, which cannot be part of an origin. `staff` is an origin that may not be
/// among them.
fn entries(
    env: &Env,
    name: &str,
    loopback: Loopback,
    staff: Option<&Origin>,
) -> impl Iterator<Item = Result<Origin, WrongEntry>> {
    let entries: Vec<String> = text(env, name)
        .unwrap_or_default()
        .split(|character: char| character == ',' || character.is_whitespace())
        .filter(|entry| !entry.is_empty())
        .map(str::to_owned)
        .collect();
    entries.into_iter().enumerate().map(move |(at, entry)| {
        let origin = Origin::parse(&entry, loopback).map_err(WrongOrigin::from);
        let origin =
            origin.and_then(|origin| if staff == Some(&origin) { Err(WrongOrigin::Staff) } else { Ok(origin) });
        origin.map_err(|reason| WrongEntry { number: at + 1, reason })
    })
}
