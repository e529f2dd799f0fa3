//! Structured logs, one JSON object a line. A line names an event, a route, a reference or a call; it never holds a
//! value that came from a person, a body or a header.

use core::error::Error;

use compago::json;
use serde::Serialize;
use serde_json::Value;
use worker::{console_error, console_log, console_warn};

/// How much somebody should mind.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Level {
    /// The ordinary course of things.
    Info,
    /// Something was refused or has to be tried again.
    Warn,
    /// A person should look.
    Error,
}

#[derive(Serialize)]
struct Line<'a> {
    level: &'a str,
    event: &'a str,
    fields: Value,
}

/// Writes one line, with an object of fields. A field that is null is left out.
pub(crate) fn write(level: Level, event: &str, mut fields: Value) {
    let name = match level {
        Level::Info => "info",
        Level::Warn => "warn",
        Level::Error => "error",
    };
    if let Value::Object(fields) = &mut fields {
        fields.retain(|_, value| !value.is_null());
    }
    let line = json::to_string(&Line { level: name, event, fields });
    match level {
        Level::Info => console_log!("{line}"),
        Level::Warn => console_warn!("{line}"),
        Level::Error => console_error!("{line}"),
    }
}

/// Returns an error with all of its causes, as a line has it.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
