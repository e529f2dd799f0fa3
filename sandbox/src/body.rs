//! Reads a request's body field by field.
//!
//! Compago documents no texts for missing or malformed fields. These are ours, and only the first problem is reported.
//! A required text must not be blank. Unknown fields are ignored.

use serde_json::{Map, Value};

use crate::money::{AmountProblem, Centavos};

/// Parses a body that must be an object.
pub(crate) fn object(body: &[u8]) -> Result<Map<String, Value>, RequestProblem> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) | Err(_) => {
            Err(RequestProblem::NotAnObject)
        }
    }
}

/// The problem of a request's body.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RequestProblem {
    #[error("The request body must be a JSON object")]
    NotAnObject,
    #[error("{0} is required")]
    Missing(String),
    #[error("{0} must be {1}")]
    Malformed(String, &'static str),
    #[error("{0}")]
    Amount(String),
    /// A label of the documentation's table of errors.
    #[error("{0}")]
    Label(&'static str),
}

impl From<AmountProblem> for RequestProblem {
    fn from(problem: AmountProblem) -> Self {
        Self::Amount(problem.to_string())
    }
}

/// The fields of one object, with the path to it for the error texts.
pub(crate) struct Fields<'a> {
    path: String,
    fields: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(fields: &'a Map<String, Value>) -> Self {
        Self { path: String::new(), fields }
    }

    /// Returns an optional field; null counts as missing.
    pub(crate) fn optional(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn text(&self, name: &str) -> Result<String, RequestProblem> {
        let text = self.required(name)?.as_str().ok_or_else(|| self.malformed(name, "a string"))?;
        if text.trim().is_empty() {
            return Err(RequestProblem::Missing(self.named(name)));
        }
        Ok(text.to_owned())
    }

    pub(crate) fn optional_text(&self, name: &str) -> Result<Option<String>, RequestProblem> {
        let text = self.optional(name).map(|value| value.as_str().ok_or_else(|| self.malformed(name, "a string")));
        Ok(text.transpose()?.map(str::to_owned))
    }

    pub(crate) fn object(&self, name: &str) -> Result<Self, RequestProblem> {
        let fields = self.required(name)?.as_object().ok_or_else(|| self.malformed(name, "an object"))?;
        Ok(Self { path: self.named(name) + ".", fields })
    }

    pub(crate) fn amount(&self) -> Result<Centavos, RequestProblem> {
        let Value::Number(number) = self.required("amount")? else {
            return Err(self.malformed("amount", "a number"));
        };
        Ok(Centavos::from_number(number)?)
    }

    pub(crate) fn malformed(&self, name: &str, expected: &'static str) -> RequestProblem {
        RequestProblem::Malformed(self.named(name), expected)
    }

    fn required(&self, name: &str) -> Result<&'a Value, RequestProblem> {
        self.optional(name).ok_or_else(|| RequestProblem::Missing(self.named(name)))
    }

    fn named(&self, name: &str) -> String {
        format!("{}{name}", self.path)
    }
}
