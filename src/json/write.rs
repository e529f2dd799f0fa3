//! Values into text, without space.

use core::fmt::{Display, Write as _};

use super::Json;

/// What can be written as JSON.
pub trait ToJson {
    /// Writes the value.
    fn to_json(&self, out: &mut Writer);

    /// Whether an object leaves out a field with this value, see [`IfSome`].
    fn is_left_out(&self) -> bool {
        false
    }
}

/// The text of a value.
pub fn to_string(value: &dyn ToJson) -> String {
    let mut out = Writer(String::new());
    value.to_json(&mut out);
    out.0
}

/// An object of these fields.
#[derive(Clone, Copy)]
pub struct Object<'a>(pub &'a [(&'a str, &'a dyn ToJson)]);

/// A field that is left out, rather than null, if there is no value.
#[derive(Debug, Clone, Copy)]
pub struct IfSome<'a, T>(pub &'a Option<T>);

/// Text under way.
#[derive(Debug)]
pub struct Writer(String);

impl Writer {
    /// A string.
    pub fn text(&mut self, text: &str) {
        self.0.push('"');
        for character in text.chars() {
            let short = match character {
                '"' | '\\' => character,
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                '\0'..=' ' if character != ' ' => {
                    // Writing to a `String` cannot fail.
                    let _ = write!(self.0, "\\u{:04x}", u32::from(character));
                    continue;
                }
                _ => {
                    self.0.push(character);
                    continue;
                }
            };
            self.0.push('\\');
            self.0.push(short);
        }
        self.0.push('"');
    }

    /// What a value displays, as a string.
    pub fn text_of(&mut self, value: &dyn Display) {
        self.text(&value.to_string());
    }

    /// A number, a truth value or null: what a value displays, as it is.
    pub fn literal(&mut self, value: &dyn Display) {
        // Writing to a `String` cannot fail.
        let _ = write!(self.0, "{value}");
    }

    /// An object of these fields, but for those that are left out.
    pub fn object(&mut self, fields: &[(&str, &dyn ToJson)]) {
        let mut joint = '{';
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_left_out()) {
            self.0.push(joint);
            self.text(name);
            self.0.push(':');
            value.to_json(self);
            joint = ',';
        }
        self.0.push_str(if joint == '{' { "{}" } else { "}" });
    }

    /// A variant of an enum with what it holds: one payload, or none.
    pub fn variant(&mut self, name: &str, payload: &[&dyn ToJson]) {
        match payload {
            [payload, ..] => self.object(&[(name, payload)]),
            [] => self.text(name),
        }
    }

    /// An array of these entries.
    pub fn array<'a>(&mut self, entries: impl Iterator<Item = &'a dyn ToJson>) {
        let mut joint = '[';
        for entry in entries {
            self.0.push(joint);
            entry.to_json(self);
            joint = ',';
        }
        self.0.push_str(if joint == '[' { "[]" } else { "]" });
    }
}

impl ToJson for Object<'_> {
    fn to_json(&self, out: &mut Writer) {
        out.object(self.0);
    }
}

impl<T: ToJson> ToJson for IfSome<'_, T> {
    fn to_json(&self, out: &mut Writer) {
        self.0.to_json(out);
    }

    fn is_left_out(&self) -> bool {
        self.0.is_none()
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self, out: &mut Writer) {
        match self {
            Some(value) => value.to_json(out),
            None => out.literal(&"null"),
        }
    }
}

impl<T: ToJson> ToJson for [T] {
    fn to_json(&self, out: &mut Writer) {
        out.array(self.iter().map(|entry| entry as &dyn ToJson));
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self, out: &mut Writer) {
        self.as_slice().to_json(out);
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn to_json(&self, out: &mut Writer) {
        (**self).to_json(out);
    }

    fn is_left_out(&self) -> bool {
        (**self).is_left_out()
    }
}

impl<T: ToJson + ?Sized> ToJson for Box<T> {
    fn to_json(&self, out: &mut Writer) {
        (**self).to_json(out);
    }

    fn is_left_out(&self) -> bool {
        (**self).is_left_out()
    }
}

impl ToJson for str {
    fn to_json(&self, out: &mut Writer) {
        out.text(self);
    }
}

impl ToJson for String {
    fn to_json(&self, out: &mut Writer) {
        out.text(self);
    }
}

macro_rules! literal_to_json {
    ($($type:ty),*) => {
        $(impl ToJson for $type {
            fn to_json(&self, out: &mut Writer) {
                out.literal(self);
            }
        })*
    };
}

literal_to_json!(bool, u8, u16, u32, u64, usize, i64);

impl ToJson for Json {
    fn to_json(&self, out: &mut Writer) {
        match self {
            Self::Null => out.literal(&"null"),
            Self::Bool(truth) => out.literal(truth),
            Self::Number(number) => out.literal(number),
            Self::Text(text) => out.text(text),
            Self::Array(entries) => entries.to_json(out),
            Self::Object(fields) => {
                let fields: Vec<(&str, &dyn ToJson)> =
                    fields.iter().map(|(name, value)| (name.as_str(), value as &dyn ToJson)).collect();
                out.object(&fields);
            }
        }
    }
}
