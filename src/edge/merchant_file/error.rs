//! Why a file cannot be used: each error with its place, in words for whoever edits the file.

use core::fmt;

use super::{FileField, FileProblemKind};
use crate::problem::Locale;
use crate::value::{ShippingMethodCode, Sku};

/// Everything that is wrong with a file, in the order of the file: at least one error, at most [`FileError::MAX_PROBLEMS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    problems: Vec<FileProblem>,
}

impl FileError {
    /// The most errors that are reported at once.
    pub const MAX_PROBLEMS: usize = 100;

    /// Returns the errors.
    #[must_use]
    pub fn problems(&self) -> &[FileProblem] {
        &self.problems
    }

    /// Returns each error by [`FileProblem::message`], a line for each.
    #[must_use]
    pub fn message(&self, file: &str, locale: Locale) -> String {
        let lines: Vec<String> = self.problems.iter().map(|problem| problem.message(file, locale)).collect();
        lines.join("\n")
    }

    /// Creates the error of a file that cannot be read at all.
    pub(super) fn of_file(place: FilePlace, field: &'static FileField, kind: FileProblemKind) -> Self {
        Self { problems: vec![FileProblem { place, field, kind }] }
    }

    /// Creates the error of these problems, as many as are reported.
    pub(super) fn of(mut problems: Vec<FileProblem>) -> Self {
        problems.truncate(Self::MAX_PROBLEMS);
        Self { problems }
    }
}

impl core::error::Error for FileError {}

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message("the file", Locale::En))
    }
}

/// One error in a file. Of what the file contains it holds the SKU of the item and the names of fields only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// Where it is.
    pub place: FilePlace,
    /// Which field is wrong; the enclosing one of a field that is not known.
    pub field: &'static FileField,
    /// What is wrong with it.
    pub kind: FileProblemKind,
}

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilePlace {
    /// In the file, outside of all items.
    File,
    /// In a text that is not JSON. Both are counted from 1, columns in characters.
    Text {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// In an item of the catalog.
    Item {
        /// Which, counted from 1.
        number: usize,
        /// Its SKU, if there is one that can be read.
        sku: Option<Sku>,
    },
    /// In a shipping method of the catalog.
    ShippingMethod {
        /// Which, counted from 1.
        number: usize,
        /// Its code, if there is one that can be read.
        method: Option<ShippingMethodCode>,
    },
}

impl FileProblem {
    /// Returns one line that names the file, the item, the field and the remedy:
    /// `shop/catalog.json, item 3 ("taza"): name.en is missing; add the English name.`
    #[must_use]
    pub fn message(&self, file: &str, locale: Locale) -> String {
        let sentence = self.kind.sentence(self.field, locale);
        match (&self.place, locale) {
            (FilePlace::File, _) => format!("{file}: {sentence}."),
            (FilePlace::Text { line, column }, Locale::EsMx) => {
                format!("{file}, línea {line}, columna {column}: {sentence}.")
            }
            (FilePlace::Text { line, column }, Locale::En) => {
                format!("{file}, line {line}, column {column}: {sentence}.")
            }
            (FilePlace::Item { number, sku }, Locale::EsMx) => {
                format!("{file}, producto {number}{}: {sentence}.", quoted(sku.as_ref()))
            }
            (FilePlace::Item { number, sku }, Locale::En) => {
                format!("{file}, item {number}{}: {sentence}.", quoted(sku.as_ref()))
            }
            (FilePlace::ShippingMethod { number, method }, Locale::EsMx) => {
                format!("{file}, forma de entrega {number}{}: {sentence}.", quoted(method.as_ref()))
            }
            (FilePlace::ShippingMethod { number, method }, Locale::En) => {
                format!("{file}, shipping method {number}{}: {sentence}.", quoted(method.as_ref()))
            }
        }
    }
}

fn quoted(name: Option<&impl fmt::Display>) -> String {
    name.map(|name| format!(" (\"{name}\")")).unwrap_or_default()
}
