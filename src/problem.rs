//! Problems of a JSON body, field by field, with messages for people.
//!
//! A [`Problem`] names the field by JSON pointer ([RFC 6901]) and the problem by a stable code. [`Problem::detail`]
//! returns a message in one language that says how to correct the field and never repeats the rejected value. All
//! messages are in `problem/messages.rs`.
//!
//! [RFC 6901]: https://www.rfc-editor.org/rfc/rfc6901

mod code;
mod locale;
mod messages;
pub mod problems;
mod refusal;
mod words;

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::value::Amount;

pub(crate) use self::words::Words;
pub use self::{
    code::{ProblemCode, UnknownProblemCode},
    locale::Locale,
    problems::Problems,
    refusal::Refusal,
};

/// One problem of a body. Its text is the message in English, after the field's pointer if the field is a known one.
///
/// ```
/// use compago::problem::{Locale, Problem, ProblemCode};
///
/// let problem = Problem::new("/billingInformation/zip", ProblemCode::ZipFormat);
/// assert_eq!(problem.code.as_str(), "zip-format");
/// assert_eq!(problem.detail(Locale::En), "Enter the five-digit postal code.");
/// assert_eq!(problem.detail(Locale::EsMx), "Escribe los cinco dígitos del código postal.");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub struct Problem {
    /// The field, as a JSON pointer; empty for the whole body.
    pub pointer: String,
    /// The stable code.
    pub code: ProblemCode,
    /// The maximum that the field accepts, for codes that have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
    /// What the field should be, of [`ProblemCode::TotalMismatch`] alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum: Option<Amount>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The pointer to an unknown field, or to a key of metadata, holds text of the body, whatever that is.
        let is_known = self.code != ProblemCode::UnknownField && !self.pointer.starts_with("/metadata/");
        if !self.pointer.is_empty() && is_known {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.detail(Locale::En))
    }
}

impl Problem {
    /// Creates a problem at the field with this pointer.
    #[must_use]
    pub fn new(pointer: impl Into<String>, refusal: impl Into<Refusal>) -> Self {
        let Refusal { code, limit } = refusal.into();
        Self { pointer: pointer.into(), code, limit, sum: None }
    }

    /// Creates the problem of an amount at this pointer that is not the sum of its parts.
    #[must_use]
    pub fn total_mismatch(pointer: impl Into<String>, sum: Amount) -> Self {
        Self { sum: Some(sum), ..Self::new(pointer, ProblemCode::TotalMismatch) }
    }

    /// Returns a message of one or two sentences: the problem and how to correct it.
    #[must_use]
    pub fn detail(&self, locale: Locale) -> String {
        messages::detail(self, locale)
    }

    /// Returns the problem in the form of the HTTP API, with a message in the given language.
    #[must_use]
    pub fn localized(&self, locale: Locale) -> LocalizedProblem {
        LocalizedProblem { pointer: self.pointer.clone(), code: self.code, detail: self.detail(locale) }
    }
}

/// An entry of `errors` in a problem document: a [`Problem`] with its message in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LocalizedProblem {
    /// The field, as a JSON pointer.
    pub pointer: String,
    /// The stable code.
    pub code: ProblemCode,
    /// The message for people.
    pub detail: String,
}
