//! Reads a JSON body field by field and finds *all* that is wrong with it in one pass.
//!
//! ```
//! use compago::{body::{self, Fields}, json, problem::ProblemCode, value::{Amount, Email}};
//!
//! let body = json::parse(r#"{"amount":"1.005","extra":true}"#)?;
//! let problems = body::read(&body, |value, pointer, problems| {
//!     let mut fields = Fields::new(value, pointer, problems)?;
//!     let amount = fields.required("amount", body::amount::<Amount>);
//!     let email = fields.required("email", body::text::<Email>);
//!     fields.finish();
//!     Some((amount?, email?))
//! })
//! .unwrap_err();
//!
//! let found: Vec<_> = problems.iter().map(|problem| (problem.pointer.as_str(), problem.code)).collect();
//! assert_eq!(
//!     found,
//!     [
//!         ("/amount", ProblemCode::AmountDecimals),
//!         ("/email", ProblemCode::Required),
//!         ("/extra", ProblemCode::UnknownField),
//!     ]
//! );
//! # Ok::<(), compago::json::Malformed>(())
//! ```

use core::str::FromStr;

use crate::json::Json;
use crate::problem::{Problem, ProblemCode, Refusal};
use crate::value::{clean_code, text::clean_amount};

/// The most problems that one answer tells: more help nobody, and a body of many small slips must not make a large answer.
pub const MAX_PROBLEMS: usize = 100;

/// Reads a whole body: what `read_value` returns if there is no problem at all, else the problems in the order in which
/// the fields were asked for, unknown fields last.
///
/// # Errors
///
/// At least one problem, at most [`MAX_PROBLEMS`].
pub fn read<T>(
    body: &Json,
    read_value: impl FnOnce(&Json, &str, &mut Vec<Problem>) -> Option<T>,
) -> Result<T, Vec<Problem>> {
    let mut problems = Vec::new();
    match read_value(body, "", &mut problems) {
        Some(value) if problems.is_empty() => Ok(value),
        Some(_) | None => {
            // Not sorted: the code of one sort is larger than all of this file.
            let (unknown, mut told): (Vec<_>, Vec<_>) =
                problems.into_iter().partition(|problem| problem.code == ProblemCode::UnknownField);
            told.extend(unknown);
            told.truncate(MAX_PROBLEMS);
            Err(told)
        }
    }
}

/// The fields of one JSON object. Whatever was not asked for by [`Fields::finish`] is a problem as well.
#[must_use = "call `finish`, which reports unknown fields"]
pub struct Fields<'body, 'problems> {
    object: &'body [(String, Json)],
    pointer: String,
    known: Vec<&'static str>,
    problems: &'problems mut Vec<Problem>,
}

impl<'body, 'problems> Fields<'body, 'problems> {
    /// The fields of the object that stands at the pointer; none, and a problem, if it is no object.
    pub fn new(value: &'body Json, pointer: &str, problems: &'problems mut Vec<Problem>) -> Option<Self> {
        let Json::Object(object) = value else {
            problems.push(Problem::new(pointer, ProblemCode::TypeObject));
            return None;
        };
        Some(Self { object, pointer: pointer.to_owned(), known: Vec::new(), problems })
    }

    /// A field that must be there. Null is the same as missing.
    pub fn required<T>(&mut self, name: &'static str, parse: impl FnOnce(&Json) -> Result<T, Refusal>) -> Option<T> {
        let value = self.take_required(name)?;
        self.parsed(name, parse(value))
    }

    /// A field that may be missing or null.
    pub fn optional<T>(&mut self, name: &'static str, parse: impl FnOnce(&Json) -> Result<T, Refusal>) -> Option<T> {
        let value = self.take(name)?;
        self.parsed(name, parse(value))
    }

    /// A field that must be there and has fields of its own. `read_value` reports its problems itself.
    pub fn nested<T>(
        &mut self,
        name: &'static str,
        read_value: impl FnOnce(&Json, &str, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<T> {
        let value = self.take_required(name)?;
        let pointer = child(&self.pointer, name);
        read_value(value, &pointer, self.problems)
    }

    /// A field that must be there and is an array. `read_entry` is called for each entry and reports its problems itself.
    /// An array that is empty or has more than `limit` entries is refused as a whole.
    pub fn array<T>(
        &mut self,
        name: &'static str,
        limit: usize,
        mut read_entry: impl FnMut(&Json, &str, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let value = self.take_required(name)?;
        let pointer = child(&self.pointer, name);
        let Json::Array(entries) = value else {
            self.problems.push(Problem::new(pointer, ProblemCode::TypeArray));
            return None;
        };
        if entries.is_empty() {
            self.problems.push(Problem::new(pointer, ProblemCode::ItemsEmpty));
            return None;
        }
        if entries.len() > limit {
            let refusal = Refusal { code: ProblemCode::ItemsTooMany, limit: Some(limit) };
            self.problems.push(Problem::new(pointer, refusal));
            return None;
        }
        // Every entry is read, also after one that failed.
        let read: Vec<Option<T>> = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| read_entry(entry, &format!("{pointer}/{at}"), self.problems))
            .collect();
        read.into_iter().collect()
    }

    /// Reports each field that was never asked for.
    pub fn finish(self) {
        let names = self.object.iter().map(|(name, _)| name);
        for name in names.filter(|name| !self.known.contains(&name.as_str())).take(MAX_PROBLEMS) {
            self.problems.push(Problem::new(child(&self.pointer, name), ProblemCode::UnknownField));
        }
    }

    fn take(&mut self, name: &'static str) -> Option<&'body Json> {
        self.known.push(name);
        let mut named = self.object.iter().filter(|(other, _)| other == name).map(|(_, value)| value);
        let value = named.next()?;
        if named.next().is_some() {
            // Which of them another program would read is not known. What else is wrong with the first is told as well.
            self.problems.push(Problem::new(child(&self.pointer, name), ProblemCode::DoubledField));
        }
        Some(value).filter(|value| **value != Json::Null)
    }

    fn take_required(&mut self, name: &'static str) -> Option<&'body Json> {
        let value = self.take(name);
        if value.is_none() {
            self.problems.push(Problem::new(child(&self.pointer, name), ProblemCode::Required));
        }
        value
    }

    fn parsed<T>(&mut self, name: &'static str, parsed: Result<T, Refusal>) -> Option<T> {
        parsed.map_err(|refusal| self.problems.push(Problem::new(child(&self.pointer, name), refusal))).ok()
    }
}

/// Parses a JSON string into a value type, which cleans it by itself if it is prose or somebody's contact.
///
/// # Errors
///
/// Not a string, or not text of that type.
pub fn text<T>(value: &Json) -> Result<T, Refusal>
where
    T: FromStr,
    Refusal: From<T::Err>,
{
    Ok(string(value)?.parse()?)
}

/// Parses a JSON string into the value type of a code, such as an id or a URL: the text is cleaned first (see
/// [`clean_code`]).
///
/// # Errors
///
/// Not a string, or not text of that type.
pub fn code<T>(value: &Json) -> Result<T, Refusal>
where
    T: FromStr,
    Refusal: From<T::Err>,
{
    Ok(clean_code(string(value)?).parse()?)
}

/// Parses a JSON string into a type of amounts: the text is cleaned first, unless it has a control of the reading direction,
/// under which its digits may be shown in another order than they have.
///
/// # Errors
///
/// Not a string, or not text of that type.
pub fn amount<T>(value: &Json) -> Result<T, Refusal>
where
    T: FromStr,
    Refusal: From<T::Err>,
{
    Ok(clean_amount(string(value)?).parse()?)
}

/// Parses a whole JSON number into a value type. One that is negative or too large for 32 bits is told as out of range.
///
/// # Errors
///
/// Not a whole number, or not one of that type.
pub fn integer<T>(value: &Json) -> Result<T, Refusal>
where
    T: TryFrom<u32>,
    Refusal: From<T::Error>,
{
    let Json::Number(text) = value else { return Err(ProblemCode::TypeInteger.into()) };
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(ProblemCode::TypeInteger.into());
    }
    // Zero and `u32::MAX` stand for what lies beyond them: no type here takes either.
    let number = if text.starts_with('-') { 0 } else { digits.parse().unwrap_or(u32::MAX) };
    Ok(T::try_from(number)?)
}

/// A JSON boolean.
///
/// # Errors
///
/// Neither true nor false.
pub fn boolean(value: &Json) -> Result<bool, Refusal> {
    let Json::Bool(truth) = value else { return Err(ProblemCode::TypeBoolean.into()) };
    Ok(*truth)
}

/// The text of a JSON string.
///
/// # Errors
///
/// Not a string.
pub fn string(value: &Json) -> Result<&str, Refusal> {
    value.text().map_err(|_| ProblemCode::TypeString.into())
}

/// The pointer to a field of the object at `pointer`, escaped as RFC 6901 says.
fn child(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}
