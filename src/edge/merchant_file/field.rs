//! The fields of a file.

use crate::problem::{Locale, Words};

/// Where editors find the schema of a file; it is not read.
pub(in crate::edge) static SCHEMA: FileField = FileField::new("$schema", "", "");

/// A field of a file, or a part of it such as the file itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileField {
    /// Its path within the item, the shipping method or the file; nothing for these themselves.
    path: Option<&'static str>,
    /// What a sentence calls it if it has no path.
    noun: Words,
    /// What belongs there, as a sentence names it.
    content: Words,
}

impl FileField {
    pub(in crate::edge) const fn new(path: &'static str, es: &'static str, en: &'static str) -> Self {
        Self { path: Some(path), noun: Words::new(path, path), content: Words::new(es, en) }
    }

    /// A part of the file that is not a field of an object.
    pub(in crate::edge) const fn part(noun: Words, content: &'static str) -> Self {
        Self { path: None, noun, content: Words::new(content, content) }
    }

    /// The whole file.
    pub(in crate::edge) const fn file(content: &'static str) -> Self {
        Self::part(Words::new("el archivo", "the file"), content)
    }

    /// Returns its path within the item, the shipping method or the file; nothing for these themselves.
    #[must_use]
    pub const fn path(&self) -> Option<&'static str> {
        self.path
    }

    /// Returns its name in the object that has it; nothing for a part of the file that is not a field.
    pub(super) fn name(&self) -> Option<&'static str> {
        self.path?.rsplit('.').next()
    }

    /// Returns what a sentence calls it.
    pub(super) const fn noun(&self, locale: Locale) -> &'static str {
        self.noun.in_locale(locale)
    }

    /// Returns what belongs there, as a sentence names it.
    pub(super) const fn content(&self, locale: Locale) -> &'static str {
        self.content.in_locale(locale)
    }
}
