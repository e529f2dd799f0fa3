//! Lists of origins.

use compago::edge::origin_list;
use compago::value::{Loopback, Origin};
use worker::Env;

use super::{EMBED_ORIGINS, Misconfigured, STAFF_ORIGIN, text};

impl Misconfigured {
    /// A list of origins; empty if the variable is not set.
    pub(super) fn origins(&mut self, env: &Env, name: &'static str, loopback: Loopback) -> Option<Vec<Origin>> {
        match origin_list(&text(env, name).unwrap_or_default(), loopback).collect::<Result<_, _>>() {
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
    origin_list(&text(env, name).unwrap_or_default(), loopback).filter_map(Result::ok).collect()
}
