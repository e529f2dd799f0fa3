//! What a client sees of an error: the kinds of problems, and the documents that describe them.

use core::fmt;

use super::error::ApiError;

mod document;
mod table;

pub(crate) use document::respond_problem;

use table::problem_type;

/// A kind of problem.
struct ProblemType {
    status: u16,
    /// Names the problem to programs, and its page to people.
    code: &'static str,
    es: Text,
    en: Text,
}

/// What people read.
struct Text {
    title: &'static str,
    detail: &'static str,
}

impl ApiError {
    /// Returns the HTTP status.
    pub(crate) const fn status(&self) -> u16 {
        problem_type(self).status
    }

    /// Returns the code that names the problem to programs, and in logs.
    pub(crate) const fn code(&self) -> &'static str {
        problem_type(self).code
    }
}

/// Writes the title in English.
impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(problem_type(self).en.title)
    }
}
