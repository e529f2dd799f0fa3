//! Reads the fields of a file and collects all that is wrong with them.

use core::str::FromStr;

use super::{FileError, FileField, FilePlace, FileProblem, FileProblemKind};
use crate::json::{self, Json, Malformed};

/// The fields of a JSON object.
pub(in crate::edge) type Fields<'file> = &'file [(String, Json)];

/// What is wrong so far, and where the reading is.
pub(in crate::edge) struct Reader {
    pub(in crate::edge) place: FilePlace,
    problems: Vec<FileProblem>,
}

impl Reader {
    /// Reads a file whose JSON `read` turns into a value, or into nothing once it has reported why not. `file` is the whole file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, also that there is none.
    pub(in crate::edge) fn read<T>(
        text: Option<&str>,
        file: &'static FileField,
        read: impl FnOnce(&mut Self, &Json) -> Option<T>,
    ) -> Result<T, FileError> {
        let of_file = |kind| FileError::of_file(FilePlace::File, file, kind);
        let text = text.ok_or_else(|| of_file(FileProblemKind::NoFile))?;
        // Editors on Windows write one, and browsers and Workers leave it out of what they read.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(of_file(FileProblemKind::EmptyFile));
        }
        let json = json::parse(text).map_err(|malformed| not_json(text, file, malformed))?;
        let mut reader = Self { place: FilePlace::File, problems: Vec::new() };
        let value = read(&mut reader, &json);
        // Whatever is not read has been reported.
        value.filter(|_| reader.problems.is_empty()).ok_or(FileError::of(reader.problems))
    }

    /// Whether there are as many problems as are reported.
    pub(in crate::edge) fn is_full(&self) -> bool {
        self.problems.len() >= FileError::MAX_PROBLEMS
    }

    pub(in crate::edge) fn boolean(&mut self, value: &Json, field: &'static FileField) -> Option<bool> {
        let Json::Bool(truth) = value else { return self.refuse(field, FileProblemKind::NotBoolean) };
        Some(*truth)
    }

    /// Reads a whole number, which has neither sign nor fraction.
    pub(in crate::edge) fn number(&mut self, value: &Json, field: &'static FileField) -> Option<u32> {
        match value {
            Json::Number(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(text.parse().unwrap_or(u32::MAX))
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => {
                self.refuse(field, FileProblemKind::NotWholeNumber)
            }
        }
    }

    pub(in crate::edge) fn text<T>(&mut self, value: &Json, field: &'static FileField) -> Option<T>
    where
        T: FromStr,
        FileProblemKind: From<T::Err>,
    {
        let Ok(text) = value.text() else { return self.refuse(field, FileProblemKind::NotText) };
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => self.refuse(field, FileProblemKind::from(error)),
        }
    }

    /// Reads a price. As a number it would be what a reader of JSON makes of it, and pages read text.
    pub(in crate::edge) fn amount<T>(&mut self, value: &Json, field: &'static FileField) -> Option<T>
    where
        T: FromStr,
        FileProblemKind: From<T::Err>,
    {
        if matches!(value, Json::Number(_)) {
            return self.refuse(field, FileProblemKind::AmountIsNumber);
        }
        self.text(value, field)
    }

    pub(in crate::edge) fn array<'file>(
        &mut self,
        value: &'file Json,
        field: &'static FileField,
    ) -> Option<&'file [Json]> {
        let Json::Array(entries) = value else { return self.refuse(field, FileProblemKind::NotArray) };
        Some(entries)
    }

    pub(in crate::edge) fn object<'file>(
        &mut self,
        value: &'file Json,
        field: &'static FileField,
    ) -> Option<Fields<'file>> {
        let Json::Object(fields) = value else { return self.refuse(field, FileProblemKind::NotObject) };
        Some(fields)
    }

    pub(in crate::edge) fn required<'file>(
        &mut self,
        fields: Fields<'file>,
        field: &'static FileField,
    ) -> Option<&'file Json> {
        let value = self.optional(fields, field);
        if value.is_none() {
            self.report(field, FileProblemKind::Missing);
        }
        value
    }

    /// Returns a field that may be missing; null is the same. Which of two another program would read is not known.
    pub(in crate::edge) fn optional<'file>(
        &mut self,
        fields: Fields<'file>,
        field: &'static FileField,
    ) -> Option<&'file Json> {
        let mut named = fields.iter().filter(|(name, _)| field.name() == Some(name)).map(|(_, value)| value);
        let value = named.next()?;
        if named.next().is_some() {
            self.report(field, FileProblemKind::Doubled);
        }
        Some(value).filter(|value| **value != Json::Null)
    }

    /// Reports the fields of an object that are none of these.
    pub(in crate::edge) fn report_others(
        &mut self,
        fields: Fields<'_>,
        known: &[&'static FileField],
        object: &'static FileField,
    ) {
        let others = fields.iter().filter(|(name, _)| !known.iter().any(|field| field.name() == Some(name)));
        for (name, _) in others {
            let path = object.path().map_or_else(|| name.clone(), |path| format!("{path}.{name}"));
            self.report(object, FileProblemKind::unknown(&path));
        }
    }

    pub(in crate::edge) fn refuse<T>(&mut self, field: &'static FileField, kind: FileProblemKind) -> Option<T> {
        self.report(field, kind);
        None
    }

    pub(in crate::edge) fn report(&mut self, field: &'static FileField, kind: FileProblemKind) {
        self.problems.push(FileProblem { place: self.place.clone(), field, kind });
    }
}

/// Where a text is no JSON any more: at a comma that is one too many, or where the reading ended.
fn not_json(text: &str, file: &'static FileField, Malformed { at }: Malformed) -> FileError {
    let before = text.get(..at).unwrap_or(text);
    let closes = text.get(at..).is_some_and(|rest| rest.starts_with([']', '}']));
    let (kind, before) = match before.trim_end().strip_suffix(',') {
        Some(before) if closes => (FileProblemKind::TrailingComma, before),
        Some(_) | None => (FileProblemKind::NotJson, before),
    };
    let line = before.split('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    FileError::of_file(FilePlace::Text { line, column }, file, kind)
}
