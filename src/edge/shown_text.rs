//! Text of others, made safe to show: to people in lists and details, and in tables.
//!
//! A description or a name at Compago was typed by strangers, and by programs other than ours. In it, direction controls such as
//! U+202E can show an amount or a name in another order than it has; other control and format characters are invisible, or
//! steer a terminal. They are removed where text goes out: from every JSON answer of our API and every cell of a table. What is
//! stored or compared, above all an external id, is left as it was sent.

use crate::value::characters::is_invisible;

/// The text without characters that are not seen: control characters, format characters and variation selectors. A line break or
/// a tab becomes a space. The joiners U+200C and U+200D stay, since some scripts and emoji need them.
///
/// ```
/// use compago::edge::shown_text::shown;
///
/// assert_eq!(shown("Caf\u{e9} \u{202E}00.01\u{202C}\u{200B}"), "Café 00.01");
/// assert_eq!(shown("two\r\nlines\u{1B}[31m"), "two lines[31m");
/// ```
#[must_use]
pub fn shown(text: &str) -> String {
    let mut out = Shown::of(text.len());
    text.chars().for_each(|character| out.push(character));
    out.text
}

/// The JSON document with each of its strings as [`shown`] has it, also where a character is written as an escape.
///
/// ```
/// use compago::edge::shown_text::shown_json;
///
/// let json = r#"{"a":"\u202e1\u202c\n\"2\"\\u202e"}"#;
/// assert_eq!(shown_json(json.to_owned()), r#"{"a":"1 \"2\"\\u202e"}"#);
/// ```
#[must_use]
pub fn shown_json(json: String) -> String {
    if json.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'\\') {
        return json;
    }
    let mut out = Shown::of(json.len());
    let mut rest = json.as_str();
    while let Some(character) = rest.chars().next() {
        let escape = if character == '\\' { Escape::first_of(rest) } else { None };
        let length = match escape {
            Some(Escape { length, character }) if is_hidden(character) => {
                out.push(character);
                length
            }
            // The character behind a backslash is taken with it: it begins no escape of its own.
            Some(Escape { length, .. }) => {
                out.push_as_written(rest.get(..length).unwrap_or_default());
                length
            }
            None => {
                out.push(character);
                character.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    out.text
}

/// Text that is written character by character.
struct Shown {
    text: String,
    /// The last character was a break, so that CR LF is one space.
    broke: bool,
}

impl Shown {
    fn of(length: usize) -> Self {
        Self { text: String::with_capacity(length), broke: false }
    }

    fn push(&mut self, character: char) {
        let breaks = is_break(character);
        if !is_hidden(character) {
            self.text.push(character);
        } else if breaks && !self.broke {
            self.text.push(' ');
        }
        self.broke = breaks;
    }

    fn push_as_written(&mut self, text: &str) {
        self.text.push_str(text);
        self.broke = false;
    }
}

/// An escape in a JSON string.
struct Escape {
    /// Its length in bytes.
    length: usize,
    /// What it stands for. Half of a surrogate pair stands for U+FFFD here, which is left as it is.
    character: char,
}

impl Escape {
    /// The escape at the beginning of the text.
    fn first_of(text: &str) -> Option<Self> {
        let kind = text.chars().nth(1)?;
        let character = match kind {
            'b' => '\u{8}',
            'f' => '\u{C}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let code = u32::from_str_radix(text.get(2..6)?, 16).ok()?;
                return Some(Self { length: 6, character: char::from_u32(code).unwrap_or('\u{FFFD}') });
            }
            other => other,
        };
        Some(Self { length: 1 + kind.len_utf8(), character })
    }
}

/// Whether the character is not shown as it is.
fn is_hidden(character: char) -> bool {
    character.is_control() || is_invisible(character) || is_break(character)
}

/// Whether the hidden character parts what stands before it from what stands behind it.
const fn is_break(character: char) -> bool {
    matches!(character, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
