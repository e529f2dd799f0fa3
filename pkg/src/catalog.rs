//! Validation of catalog files.

use compago::edge::Catalog;
use wasm_bindgen::prelude::*;

use crate::js_value::locale;

/// Returns a message for each mistake in the text of a catalog file; none if the Worker can sell from it. Messages call
/// the file `file`. No text means that there is no file. The site build calls this, so that the merchant sees the
/// Worker's errors before deployment.
#[wasm_bindgen(js_name = catalogMistakes)]
#[must_use]
pub fn catalog_mistakes(text: Option<String>, file: &str, language: &str) -> Vec<String> {
    let Err(error) = Catalog::parse_file(text.as_deref()) else { return Vec::new() };
    error.problems().iter().map(|problem| problem.message(file, locale(language))).collect()
}
