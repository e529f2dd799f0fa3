//! Why a file is not a catalog: each error with its place, in words for whoever edits the file.

use core::fmt;

use serde::Serialize;

use super::field::CatalogField;
use super::kind::CatalogProblemKind;
use crate::problem::Locale;
use crate::value::{ShippingMethodCode, Sku};

/// Everything that is wrong with a catalog file, in the order of the file: at least one error, at most [`CatalogError::MAX_PROBLEMS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogError {
    problems: Vec<CatalogProblem>,
}

impl CatalogError {
    /// The most errors that are reported at once.
    pub const MAX_PROBLEMS: usize = 100;

    /// There is no file.
    #[must_use]
    pub fn no_file() -> Self {
        Self::of_file(CatalogPlace::File, CatalogProblemKind::NoFile)
    }

    /// The errors.
    #[must_use]
    pub fn problems(&self) -> &[CatalogProblem] {
        &self.problems
    }

    /// Whether the file could be read as JSON, and only what it holds is wrong.
    #[must_use]
    pub fn is_json(&self) -> bool {
        use CatalogProblemKind::{EmptyFile, NoFile, NotJson, TrailingComma};
        let is_of_text = |kind| matches!(kind, NoFile | EmptyFile | TrailingComma | NotJson);
        !self.problems.iter().any(|problem| is_of_text(problem.kind))
    }

    /// Each error by [`CatalogProblem::message`], a line for each.
    #[must_use]
    pub fn message(&self, file: &str, locale: Locale) -> String {
        let lines: Vec<String> = self.problems.iter().map(|problem| problem.message(file, locale)).collect();
        lines.join("\n")
    }

    pub(super) fn of_file(place: CatalogPlace, kind: CatalogProblemKind) -> Self {
        Self { problems: vec![CatalogProblem { place, field: CatalogField::File, kind }] }
    }

    pub(super) fn of(problems: Vec<CatalogProblem>) -> Self {
        Self { problems }
    }
}

impl core::error::Error for CatalogError {}

impl fmt::Display for CatalogError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message("catalog", Locale::En))
    }
}

/// One error in a catalog file. Of what stands in the file it holds the item's SKU alone, if that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogProblem {
    /// Where it is.
    pub place: CatalogPlace,
    /// Which field is wrong.
    pub field: CatalogField,
    /// What is wrong with it.
    pub kind: CatalogProblemKind,
}

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatalogPlace {
    /// In the file, outside of all items.
    File,
    /// In a text that is not JSON. Both are counted from 1, columns in characters.
    Text {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// In an item.
    Item {
        /// Which, counted from 1.
        number: usize,
        /// Its SKU, if there is one that can be read.
        sku: Option<Sku>,
    },
    /// In a shipping method.
    ShippingMethod {
        /// Which, counted from 1.
        number: usize,
        /// Its code, if there is one that can be read.
        method: Option<ShippingMethodCode>,
    },
}

impl CatalogProblem {
    /// One line that names the file, the item, the field and the remedy:
    /// `shop/catalog.json, item 3 ("taza"): name.en is missing; add the English name.`
    #[must_use]
    pub fn message(&self, file: &str, locale: Locale) -> String {
        let sentence = self.kind.sentence(self.field, locale);
        match (&self.place, locale) {
            (CatalogPlace::File, _) => format!("{file}: {sentence}."),
            (CatalogPlace::Text { line, column }, Locale::EsMx) => {
                format!("{file}, línea {line}, columna {column}: {sentence}.")
            }
            (CatalogPlace::Text { line, column }, Locale::En) => {
                format!("{file}, line {line}, column {column}: {sentence}.")
            }
            (CatalogPlace::Item { number, sku }, Locale::EsMx) => {
                format!("{file}, producto {number}{}: {sentence}.", quoted(sku.as_ref()))
            }
            (CatalogPlace::Item { number, sku }, Locale::En) => {
                format!("{file}, item {number}{}: {sentence}.", quoted(sku.as_ref()))
            }
            (CatalogPlace::ShippingMethod { number, method }, Locale::EsMx) => {
                format!("{file}, forma de entrega {number}{}: {sentence}.", quoted(method.as_ref()))
            }
            (CatalogPlace::ShippingMethod { number, method }, Locale::En) => {
                format!("{file}, shipping method {number}{}: {sentence}.", quoted(method.as_ref()))
            }
        }
    }

    /// The error as JSON: `item` and `sku`, `shippingMethod`, or `line` and `column`, with `field`, `code` and the message as `detail`.
    #[must_use]
    pub fn localized(&self, file: &str, locale: Locale) -> CatalogProblemView<'_> {
        let mut view = CatalogProblemView {
            line: None,
            column: None,
            item: None,
            sku: None,
            shipping_method: None,
            field: self.field.path(),
            code: self.kind.code(),
            detail: self.message(file, locale),
        };
        match &self.place {
            CatalogPlace::File => {}
            CatalogPlace::Text { line, column } => (view.line, view.column) = (Some(*line), Some(*column)),
            CatalogPlace::Item { number, sku } => (view.item, view.sku) = (Some(*number), sku.as_ref()),
            CatalogPlace::ShippingMethod { number, method: _ } => view.shipping_method = Some(*number),
        }
        view
    }
}

/// A mistake in the catalog file.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "CatalogProblem"))]
#[serde(rename_all = "camelCase")]
pub struct CatalogProblemView<'a> {
    /// The line, from 1, in a file that is not JSON.
    #[cfg_attr(test, schemars(range(min = 1)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// The column in characters, from 1, in a file that is not JSON.
    #[cfg_attr(test, schemars(range(min = 1)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// The number of the item, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<usize>,
    /// The item's SKU, if it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    sku: Option<&'a Sku>,
    /// The number of the shipping method, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    shipping_method: Option<usize>,
    /// The path of the field in the item, in the shipping method, or in the file.
    #[cfg_attr(test, schemars(example = &"name.en"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// What is wrong, for programs.
    #[cfg_attr(test, schemars(example = &"missing", example = &"amount-is-number", example = &"sku-repeated"))]
    code: &'static str,
    /// What is wrong and how to mend it, in the language of the request.
    #[cfg_attr(test, schemars(example = &"shop/catalog.json, item 3 (\"taza\"): name.en is missing; add the English name."))]
    detail: String,
}

fn quoted(name: Option<&impl fmt::Display>) -> String {
    name.map(|name| format!(" (\"{name}\")")).unwrap_or_default()
}
