//! Structured logs, one JSON object a line. A line names an event, a route, a reference or a call; it never holds a
//! value that came from a person, a body or a header.

use compago::json::{self, Object, ToJson};
use web_sys::console;

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

/// Writes one line.
pub(crate) fn write(level: Level, event: &str, fields: &[(&str, &dyn ToJson)]) {
    let name = match level {
        Level::Info => "info",
        Level::Warn => "warn",
        Level::Error => "error",
    };
    let line = json::to_string(&Object(&[("level", &name), ("event", &event), ("fields", &Object(fields))]));
    let line = line.into();
    match level {
        Level::Info => console::log_1(&line),
        Level::Warn => console::warn_1(&line),
        Level::Error => console::error_1(&line),
    }
}
