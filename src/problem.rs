//! What is wrong with a body, field by field, in words that help the person who wrote it.
//!
//! A [`Problem`] names the field by JSON pointer ([RFC 6901]) and what is wrong by a stable code; [`Problem::detail`]
//! says it in a language, with the remedy, and never repeats what was refused. All words stand in `problem/messages.rs`.
//!
//! [RFC 6901]: https://www.rfc-editor.org/rfc/rfc6901

mod code;
mod locale;
mod messages;
mod refusal;

use serde::Serialize;

pub use self::{code::ProblemCode, locale::Locale, refusal::Refusal};

/// One thing that is wrong with a body.
///
/// ```
/// use compago::problem::{Locale, Problem, ProblemCode};
///
/// let problem = Problem::new("/billingInformation/zip", ProblemCode::ZipFormat);
/// assert_eq!(problem.code.as_str(), "zip-format");
/// assert_eq!(problem.detail(Locale::En), "Enter the five digits of a Mexican postal code.");
/// assert_eq!(problem.detail(Locale::EsMx), "Escribe los cinco dígitos del código postal.");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, as a JSON pointer; empty for the whole body.
    pub pointer: String,
    /// What, for programs.
    pub code: ProblemCode,
    /// The most that the field takes, where the code has such a limit.
    pub limit: Option<usize>,
}

impl Problem {
    /// A problem at the field that the pointer names.
    #[must_use]
    pub fn new(pointer: impl Into<String>, refusal: impl Into<Refusal>) -> Self {
        let Refusal { code, limit } = refusal.into();
        Self { pointer: pointer.into(), code, limit }
    }

    /// What is wrong and what helps, as one or two sentences.
    #[must_use]
    pub fn detail(&self, locale: Locale) -> String {
        messages::detail(self, locale)
    }

    /// The problem as our HTTP API tells it.
    #[must_use]
    pub fn told(&self, locale: Locale) -> ToldProblem {
        ToldProblem { pointer: self.pointer.clone(), code: self.code, detail: self.detail(locale) }
    }
}

/// An entry of `errors` in a problem document: a [`Problem`] with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToldProblem {
    /// Where, as a JSON pointer.
    pub pointer: String,
    /// What, for programs.
    pub code: ProblemCode,
    /// What and what helps, for people.
    pub detail: String,
}
