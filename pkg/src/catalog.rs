//! Whether a file is a catalog that the Worker can sell from.

use compago::edge::Catalog;
use wasm_bindgen::prelude::*;

use crate::js_value::locale;

/// A line for each mistake in the text of a catalog file, which the lines call `file`; none if the Worker can sell from it. Without a
/// text there is no file. The build of the site calls it, so that a merchant meets the Worker's rules before a visitor does.
#[wasm_bindgen(js_name = catalogMistakes)]
#[must_use]
pub fn catalog_mistakes(text: Option<String>, file: &str, language: &str) -> Vec<String> {
    let Err(error) = Catalog::parse_file(text.as_deref()) else { return Vec::new() };
    error.problems().iter().map(|problem| problem.message(file, locale(language))).collect()
}
