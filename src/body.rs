//! Validates a JSON body field by field and reports *all* its problems in one pass.
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
use crate::problem::{Problem, ProblemCode, Problems, Refusal};
use crate::value::{clean_code, text::clean_amount};

/// The maximum number of problems in one answer. It bounds the size of the answer to a body with very many errors.
pub const MAX_PROBLEMS: usize = 100;

/// Reads a whole body. Returns the result of `read_value` if there are no problems; otherwise the problems in the order
/// in which the fields were read, unknown fields last.
///
/// # Errors
///
/// Between one and [`MAX_PROBLEMS`] problems. If `read_value` returns `None` without a reason, the body as a whole counts
/// as missing.
pub fn read<T>(
    body: &Json,
    read_value: impl FnOnce(&Json, &str, &mut Vec<Problem>) -> Option<T>,
) -> Result<T, Problems> {
    let mut problems = Vec::new();
    match read_value(body, "", &mut problems) {
        Some(value) if problems.is_empty() => Ok(value),
        Some(_) | None => {
            // A partition, because the code of a sort would be larger than the rest of this file.
            let (unknown, mut ordered): (Vec<_>, Vec<_>) =
                problems.into_iter().partition(|problem| problem.code == ProblemCode::UnknownField);
            ordered.extend(unknown);
            ordered.truncate(MAX_PROBLEMS);
            Err(Problems::try_from(ordered).unwrap_or_else(|_| Problem::new("", ProblemCode::Required).into()))
        }
    }
}

/// The fields of one JSON object. [`Fields::finish`] reports every field that was not read.
#[must_use = "call `finish`, which reports unknown fields"]
pub struct Fields<'body, 'problems> {
    object: &'body [(String, Json)],
    pointer: String,
    known: Vec<&'static str>,
    problems: &'problems mut Vec<Problem>,
}

impl<'body, 'problems> Fields<'body, 'problems> {
    /// Starts reading the object at the pointer. If the value is not an object, adds a problem and returns `None`.
    pub fn new(value: &'body Json, pointer: &str, problems: &'problems mut Vec<Problem>) -> Option<Self> {
        let Json::Object(object) = value else {
            problems.push(Problem::new(pointer, ProblemCode::TypeObject));
            return None;
        };
        Some(Self { object, pointer: pointer.to_owned(), known: Vec::new(), problems })
    }

    /// Reads a required field. Null counts as missing.
    pub fn required<T>(&mut self, name: &'static str, parse: impl FnOnce(&Json) -> Result<T, Refusal>) -> Option<T> {
        let value = self.take_required(name)?;
        self.parsed(name, parse(value))
    }

    /// Reads an optional field. Null counts as missing.
    pub fn optional<T>(&mut self, name: &'static str, parse: impl FnOnce(&Json) -> Result<T, Refusal>) -> Option<T> {
        let value = self.take(name)?;
        self.parsed(name, parse(value))
    }

    /// Reads a required object. `read_value` reports the problems of its fields.
    pub fn nested<T>(
        &mut self,
        name: &'static str,
        read_value: impl FnOnce(&Json, &str, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<T> {
        let value = self.take_required(name)?;
        let pointer = child(&self.pointer, name);
        read_value(value, &pointer, self.problems)
    }

    /// Reads an optional object. Null counts as missing. `read_value` reports the problems of its fields.
    pub fn optional_nested<T>(
        &mut self,
        name: &'static str,
        read_value: impl FnOnce(&Json, &str, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(name)?;
        let pointer = child(&self.pointer, name);
        read_value(value, &pointer, self.problems)
    }

    /// Reads a required array. `read_entry` is called for each entry and reports its problems. An array that is empty
    /// or has more than `limit` entries is refused as a whole.
    pub fn array<T>(
        &mut self,
        name: &'static str,
        limit: usize,
        read_entry: impl FnMut(&Json, &str, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let value = self.take_required(name)?;
        self.entries(name, value, limit, read_entry)
    }

    /// Reads an optional array in the same way. Null counts as missing.
    pub fn optional_array<T>(
        &mut self,
        name: &'static str,
        limit: usize,
        read_entry: impl FnMut(&Json, &str, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let value = self.take(name)?;
        self.entries(name, value, limit, read_entry)
    }

    fn entries<T>(
        &mut self,
        name: &'static str,
        value: &Json,
        limit: usize,
        mut read_entry: impl FnMut(&Json, &str, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<Vec<T>> {
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
        // All entries are read, even after one that failed, so that all their problems are reported.
        let read: Vec<Option<T>> = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| read_entry(entry, &format!("{pointer}/{at}"), self.problems))
            .collect();
        read.into_iter().collect()
    }

    /// Adds a problem for each field that was not read.
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
            // Other programs may read either of the two. The first one is still checked for further problems.
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

/// Parses a JSON string into a value type that normalises its own text, such as a name or an e-mail address.
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

/// Parses a JSON string into the value type of a code, such as an id or a URL. The text is cleaned first, see
/// [`clean_code`].
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

/// Parses a JSON string into an amount. The text is cleaned first, unless it contains a bidirectional control
/// character, which can make digits appear in another order than they have.
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

/// Parses a JSON integer into a value type. A negative number, or one that does not fit into 32 bits, is reported as
/// out of range.
///
/// # Errors
///
/// Not an integer, or outside the range of the type.
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
    // No type here accepts 0 or `u32::MAX`, so these represent numbers below and above the range of a `u32`.
    let number = if text.starts_with('-') { 0 } else { digits.parse().unwrap_or(u32::MAX) };
    Ok(T::try_from(number)?)
}

/// Reads a JSON boolean.
///
/// # Errors
///
/// Not a boolean.
pub fn boolean(value: &Json) -> Result<bool, Refusal> {
    let Json::Bool(truth) = value else { return Err(ProblemCode::TypeBoolean.into()) };
    Ok(*truth)
}

/// Returns the text of a JSON string.
///
/// # Errors
///
/// Not a string.
pub fn string(value: &Json) -> Result<&str, Refusal> {
    value.text().map_err(|_| ProblemCode::TypeString.into())
}

/// Returns the pointer to a field of the object at `pointer`, escaped according to RFC 6901.
pub(crate) fn child(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}
