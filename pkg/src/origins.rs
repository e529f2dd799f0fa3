//! Validation of the Worker's lists of origins.

use compago::edge::origin_list;
use compago::value::Loopback;
use wasm_bindgen::prelude::*;

/// Returns a message for each entry of a list of origins, such as `EMBED_ORIGINS`, that a deployed Worker refuses. The deployment calls
/// this: with a wrong entry the Worker would answer no order.
#[wasm_bindgen(js_name = originMistakes)]
#[must_use]
pub fn origin_mistakes(list: &str) -> Vec<String> {
    origin_list(list, Loopback::Refused).filter_map(Result::err).map(|wrong| wrong.to_string()).collect()
}
