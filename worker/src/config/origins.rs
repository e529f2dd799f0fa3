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

    /// The embed origins; none if the variable is not set. The staff's origin cannot be one of them: pages there would get the rights of
    /// pages that sell.
    pub(super) fn embed_origins(
        &mut self,
        env: &Env,
        loopback: Loopback,
        staff: Option<&Origin>,
    ) -> Option<Vec<Origin>> {
        let origins = self.origins(env, EMBED_ORIGINS, loopback)?;
        match origins.iter().position(|origin| staff == Some(origin)) {
            Some(at) => {
                self.refuse(EMBED_ORIGINS, format!("entry {}: it is {STAFF_ORIGIN}", at + 1));
                None
            }
            None => Some(origins),
        }
    }
}

/// The valid entries of `EMBED_ORIGINS`. Pages there can read that the Worker is misconfigured, also if another entry is the reason.
pub(super) fn valid_embed_origins(env: &Env, loopback: Loopback, staff: Option<&Origin>) -> Vec<Origin> {
    let text = text(env, EMBED_ORIGINS).unwrap_or_default();
    origin_list(&text, loopback).filter_map(Result::ok).filter(|origin| staff != Some(origin)).collect()
}
