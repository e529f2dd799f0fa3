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

    /// Begins an object: its fields come next, then its [`end`](Self::end).
    pub fn object(&mut self) -> &mut Self {
        self.0.push('{');
        self
    }

    /// A field of the object that was begun last, unless the field is left out.
    pub fn field(&mut self, name: &str, value: &dyn ToJson) -> &mut Self {
        if !value.is_left_out() {
            value.to_json(self.name(name));
        }
        self
    }

    /// The name of a field, whose value comes next.
    pub fn name(&mut self, name: &str) -> &mut Self {
        // No value ends so.
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        self.text(name);
        self.0.push(':');
        self
    }

    /// Ends the object that was begun last.
    pub fn end(&mut self) -> &mut Self {
        self.0.push('}');
        self
    }

    /// An entry of the array that was begun last.
    fn entry(&mut self, value: &dyn ToJson) {
        // No value ends so.
        if !self.0.ends_with('[') {
            self.0.push(',');
        }
        value.to_json(self);
    }
}

impl ToJson for Object<'_> {
    fn to_json(&self, out: &mut Writer) {
        let Self(fields) = self;
        out.object();
        for (name, value) in *fields {
            out.field(name, *value);
        }
        out.end();
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
        out.0.push('[');
        for entry in self {
            out.entry(entry);
        }
        out.0.push(']');
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
                out.object();
                for (name, value) in fields {
                    out.field(name, value);
                }
                out.end();
            }
        }
    }
}
