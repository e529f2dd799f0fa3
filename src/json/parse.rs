//! A JSON parser: RFC 8259 without extensions.

use super::{Json, Malformed};

/// The maximum nesting depth of arrays and objects.
const MAX_DEPTH: u8 = 128;

/// Parses one JSON value, surrounded by white space only.
///
/// # Errors
/// [`Malformed`] with the byte offset of the error.
pub fn parse(text: &str) -> Result<Json, Malformed> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(MAX_DEPTH);
    reader.skip_space();
    match value {
        Some(value) if reader.at == text.len() => Ok(value),
        // The byte offset may be within a character.
        Some(_) | None => Err(Malformed { at: start_of_character(text, reader.at) }),
    }
}

/// Returns the offset of the first byte of the character that contains byte `at`.
fn start_of_character(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// The remaining text. Each method returns `None` on a syntax error.
struct Reader<'text> {
    text: &'text str,
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: u8) -> Option<Json> {
        self.skip_space();
        match self.peek()? {
            b'{' => self.object(depth.checked_sub(1)?),
            b'[' => self.array(depth.checked_sub(1)?),
            b'"' => self.string().map(Json::Text),
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: u8) -> Option<Json> {
        let mut fields = Vec::new();
        self.at += 1;
        while self.continues(fields.len(), b'}')? {
            self.skip_space();
            let name = self.string()?;
            self.skip_space();
            self.take(b':').then_some(())?;
            fields.push((name, self.value(depth)?));
        }
        Some(Json::Object(fields))
    }

    fn array(&mut self, depth: u8) -> Option<Json> {
        let mut entries = Vec::new();
        self.at += 1;
        while self.continues(entries.len(), b']')? {
            entries.push(self.value(depth)?);
        }
        Some(Json::Array(entries))
    }

    /// Reads the comma or the closing bracket after `count` entries; returns whether another entry follows.
    fn continues(&mut self, count: usize, end: u8) -> Option<bool> {
        self.skip_space();
        if self.take(end) {
            return Some(false);
        }
        (count == 0 || self.take(b',')).then_some(true)
    }

    fn string(&mut self) -> Option<String> {
        self.take(b'"').then_some(())?;
        let mut text = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek()?, b'"' | b'\\' | 0..=0x1F) {
                self.at += 1;
            }
            text.push_str(self.text.get(start..self.at)?);
            match self.next()? {
                b'"' => return Some(text),
                b'\\' => text.push(self.escaped()?),
                _ => return None,
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        match self.next()? {
            symbol @ (b'"' | b'\\' | b'/') => Some(symbol.into()),
            b'b' => Some('\u{8}'),
            b'f' => Some('\u{C}'),
            b'n' => Some('\n'),
            b'r' => Some('\r'),
            b't' => Some('\t'),
            b'u' => self.utf16(),
            _ => None,
        }
    }

    /// Reads a character from one `\u` escape, or from two that form a surrogate pair. JavaScript writes an unpaired
    /// surrogate where text was cut within a character; it becomes U+FFFD so that the rest of the document can still be
    /// read.
    fn utf16(&mut self) -> Option<char> {
        let first = self.code()?;
        let behind = self.at;
        if (0xD800..0xDC00).contains(&first) && self.take(b'\\') && self.take(b'u') {
            let second = self.code()?;
            if let Some(Ok(character)) = char::decode_utf16([first, second]).next() {
                return Some(character);
            }
        }
        self.at = behind;
        Some(char::from_u32(first.into()).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn code(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        // `from_str_radix` would accept a sign.
        digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(())?;
        u16::from_str_radix(digits, 16).ok()
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Some(Json::Number(self.text.get(start..self.at)?.to_owned()))
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        self.text.get(self.at..)?.starts_with(word).then_some(())?;
        self.at += word.len();
        Some(value)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, expected: u8) -> bool {
        let is_next = self.peek() == Some(expected);
        self.at += usize::from(is_next);
        is_next
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}
