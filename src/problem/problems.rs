//! All problems of a body together, as one error.

use core::{fmt, slice};
use std::vec;

use serde::{Deserialize, Serialize};

use super::{Locale, LocalizedProblem, Problem};

/// All problems of a body, in the order in which they are reported. There is at least one.
///
/// The text of the error is in English, and names no field that the body alone defines. [`Problems::localized`] is what
/// the HTTP API answers.
///
/// ```
/// use compago::edge::ShopOrderRequest;
/// use compago::json;
/// use compago::problem::Locale;
///
/// let body = json::parse(r#"{"items":[],"billingInformation":5}"#)?;
/// let problems = ShopOrderRequest::from_json(&body).unwrap_err();
/// assert_eq!(problems.len(), 2);
/// assert_eq!(problems.first().pointer, "/items");
/// assert_eq!(problems.localized(Locale::EsMx).len(), 2);
/// assert!(problems.to_string().starts_with("the body has 2 problems: /items: "));
/// # Ok::<(), compago::json::Malformed>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(try_from = "Vec<Problem>", into = "Vec<Problem>")]
pub struct Problems {
    first: Problem,
    others: Vec<Problem>,
}

impl Problems {
    /// Creates the list of one problem and those after it.
    #[must_use]
    pub const fn new(first: Problem, others: Vec<Problem>) -> Self {
        Self { first, others }
    }

    /// Returns the first problem.
    #[must_use]
    pub const fn first(&self) -> &Problem {
        &self.first
    }

    /// Returns the number of problems, at least one.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "the list is never empty")]
    pub const fn len(&self) -> usize {
        self.others.len().saturating_add(1)
    }

    /// Iterates over the problems.
    pub fn iter(&self) -> Iter<'_> {
        core::iter::once(&self.first).chain(&self.others)
    }

    /// Returns the problems in the form of the HTTP API, with messages in the given language.
    #[must_use]
    pub fn localized(&self, locale: Locale) -> Vec<LocalizedProblem> {
        self.iter().map(|problem| problem.localized(locale)).collect()
    }
}

/// The iterator over borrowed problems.
pub type Iter<'a> = core::iter::Chain<core::iter::Once<&'a Problem>, slice::Iter<'a, Problem>>;

/// The iterator over owned problems.
pub type IntoIter = core::iter::Chain<core::iter::Once<Problem>, vec::IntoIter<Problem>>;

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            1 => f.write_str("the body has a problem: ")?,
            number => write!(f, "the body has {number} problems: ")?,
        }
        for (at, problem) in self.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { "; " })?;
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self::new(problem, Vec::new())
    }
}

impl From<Problems> for Vec<Problem> {
    fn from(problems: Problems) -> Self {
        problems.into_iter().collect()
    }
}

/// Refuses an empty list.
impl TryFrom<Vec<Problem>> for Problems {
    type Error = NoProblems;

    fn try_from(problems: Vec<Problem>) -> Result<Self, NoProblems> {
        let mut problems = problems.into_iter();
        let first = problems.next().ok_or(NoProblems)?;
        Ok(Self::new(first, problems.collect()))
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = IntoIter;

    fn into_iter(self) -> IntoIter {
        core::iter::once(self.first).chain(self.others)
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// An empty list is no [`Problems`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no problem in the list")]
pub struct NoProblems;
