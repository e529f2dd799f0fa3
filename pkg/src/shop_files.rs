//! Validation of the files that the merchant edits, and what the build of the site makes of them.

use compago::edge::palette::Theme;
use compago::edge::{Catalog, CatalogRules, FileError, ShopFile};
use serde::{Serialize, Serializer};
use wasm_bindgen::prelude::*;

use crate::js_value::{locale, to_js};

mod values;

pub use values::{catalog_values, shop_values};

/// Returns a message for each mistake in the text of the shop's file; none if the Worker can use it. Messages call the
/// file `file`. No text means that there is no file.
#[wasm_bindgen(js_name = shopMistakes)]
#[must_use]
pub fn shop_mistakes(text: Option<String>, file: &str, language: &str) -> Vec<String> {
    messages(ShopFile::parse_file(text.as_deref()), file, language)
}

/// Returns a message for each mistake in the text of a catalog file; none if the Worker can sell from it. Messages call
/// the file `file`. No text means that there is no file. `shop` is the text of the shop's file, which decides in which
/// languages items need names and whether there must be a shipping method; its own mistakes are not reported.
#[wasm_bindgen(js_name = catalogMistakes)]
#[must_use]
pub fn catalog_mistakes(text: Option<String>, file: &str, language: &str, shop: Option<String>) -> Vec<String> {
    let shop = ShopFile::parse_file(shop.as_deref());
    let rules = shop.map_or_else(|_| CatalogRules::default(), |shop| shop.catalog_rules());
    messages(Catalog::parse_file(text.as_deref(), rules), file, language)
}

/// Returns the colors of the pages, `{ light, dark }`, as hexadecimal numbers by the names of the custom properties in
/// `tokens.css`; undefined if the text of the shop's file has a mistake.
#[wasm_bindgen(js_name = shopTheme)]
pub fn shop_theme(text: &str) -> JsValue {
    let Ok(shop) = ShopFile::parse(text) else { return JsValue::UNDEFINED };
    to_js(&Themes { light: shop.colors.light, dark: shop.colors.dark })
}

fn messages<T>(read: Result<T, FileError>, file: &str, language: &str) -> Vec<String> {
    let Err(error) = read else { return Vec::new() };
    error.problems().iter().map(|problem| problem.message(file, locale(language))).collect()
}

#[derive(Serialize)]
struct Themes {
    #[serde(serialize_with = "tokens")]
    light: Theme,
    #[serde(serialize_with = "tokens")]
    dark: Theme,
}

fn tokens<S: Serializer>(theme: &Theme, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(theme.tokens())
}

#[cfg(test)]
mod tests;
