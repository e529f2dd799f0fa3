//! Normalises text that people type or paste before it is validated, by one rule for prose and one for codes. In prose,
//! such as names and descriptions, invisible characters are removed, every run of blank characters (space, no-break
//! space, tab, line end) becomes one space, the ends are trimmed, and the joiners that some scripts need are kept. In
//! codes, such as telephone numbers and ids, joiners are removed as well.

use thiserror::Error;

use super::characters::{
    is_blank, is_direction_control, is_invisible, is_joiner, is_mark, is_syllable_filler, is_undisplayable,
};

/// The reason why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TextError {
    /// No visible characters are left after cleaning.
    #[error("text is empty, or shows nothing")]
    Empty,
    /// More characters than the limit.
    #[error("text has more than {limit} characters")]
    TooLong {
        /// The maximum number of characters.
        limit: usize,
    },
    /// A control character other than tab and line ends, a private-use character, a noncharacter or U+FFFD.
    #[error("text has a control character or one that cannot be shown")]
    ControlCharacter,
    /// More than six combining marks on one character.
    #[error("text has more than 6 combining marks on one character")]
    StackedMarks,
}

/// The maximum number of consecutive combining marks and joiners. Vietnamese and Greek need three, Hebrew and Tibetan
/// up to five; longer stacks overlap adjacent lines.
const MAX_STACKED: usize = 6;

/// Cleans prose, or returns a [`TextError`].
pub(crate) fn clean(text: &str, limit: usize) -> Result<String, TextError> {
    let mut cleaned = String::with_capacity(text.len());
    let mut shows = false;
    let visible = text.chars().filter(|character| !is_invisible(*character));
    let shown: String = visible.map(|character| if is_blank(character) { ' ' } else { character }).collect();
    for word in shown.split(' ').filter(|word| !word.chars().all(is_joiner)) {
        if !cleaned.is_empty() {
            cleaned.push(' ');
        }
        let mut stacked = 0;
        for character in word.chars() {
            if is_undisplayable(character) {
                return Err(TextError::ControlCharacter);
            }
            let attached = is_mark(character) || is_joiner(character);
            stacked = if attached { stacked + 1 } else { 0 };
            if stacked > MAX_STACKED {
                return Err(TextError::StackedMarks);
            }
            shows |= !attached && !is_syllable_filler(character);
            cleaned.push(character);
        }
    }
    if !shows {
        return Err(TextError::Empty);
    }
    if cleaned.chars().count() > limit {
        return Err(TextError::TooLong { limit });
    }
    Ok(cleaned)
}

/// Cleans a code: a telephone number, an e-mail address, an id or a search term. The code's own type then validates the
/// result.
///
/// ```
/// use compago::value::clean_code;
///
/// assert_eq!(clean_code("\u{FEFF}K7Q2-\u{200B}M9XD-3FHT\u{A0}\n"), "K7Q2-M9XD-3FHT");
/// ```
#[must_use]
pub fn clean_code(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.chars() {
        if is_blank(character) {
            gap = !cleaned.is_empty();
        } else if !is_invisible(character) && !is_joiner(character) && !is_syllable_filler(character) {
            if gap {
                cleaned.push(' ');
            }
            gap = false;
            cleaned.push(character);
        }
    }
    cleaned
}

/// Removes a leading prefix such as `mailto:` in upper or lower case.
pub(crate) fn without_prefix<'text>(text: &'text str, prefix: &str) -> &'text str {
    match text.split_at_checked(prefix.len()) {
        Some((start, rest)) if start.eq_ignore_ascii_case(prefix) => rest.trim_start(),
        Some(_) | None => text,
    }
}

/// Cleans the text of an amount like a code. Text with a bidirectional control character is returned unchanged, so that
/// it is refused: its digits may appear in another order than they have.
pub(crate) fn clean_amount(text: &str) -> String {
    if text.chars().any(is_direction_control) { text.to_owned() } else { clean_code(text) }
}

/// Reads stored prose, including text stored by a version that refused fewer characters.
pub(crate) fn stored(text: &str, limit: usize) -> Result<String, TextError> {
    clean(text, limit).or_else(|error| {
        let legal = !text.trim().is_empty() && !text.chars().any(char::is_control) && text.chars().count() <= limit;
        if legal { Ok(text.to_owned()) } else { Err(error) }
    })
}

/// The reason why a single word was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WordError {
    /// No characters.
    #[error("the text is empty")]
    Empty,
    /// More characters than the limit.
    #[error("the text has more than {limit} characters")]
    TooLong {
        /// The maximum number of characters.
        limit: usize,
    },
    /// A character other than a letter, digit, underscore, hyphen or dot, or a first one that is neither letter nor
    /// digit.
    #[error("the text is not made of letters, digits, underscores, hyphens and dots after a letter or digit")]
    Character,
}

/// Accepts a word unchanged, or returns a [`WordError`].
pub(crate) fn word(text: &str, limit: usize) -> Result<String, WordError> {
    let first = text.bytes().next().ok_or(WordError::Empty)?;
    if text.len() > limit {
        return Err(WordError::TooLong { limit });
    }
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    if !first.is_ascii_alphanumeric() || !text.bytes().all(legal) {
        return Err(WordError::Character);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::{TextError, clean, clean_amount, clean_code, stored};

    #[test]
    fn the_limit_counts_characters_after_cleaning() {
        assert_eq!(clean("  ñan\u{AD}dú\u{FEFF}  ", 5).unwrap(), "ñandú");
        assert_eq!(clean("ñandúes", 5), Err(TextError::TooLong { limit: 5 }));
    }

    #[test]
    fn stored_text_is_read_even_if_rules_have_changed() {
        for text in ["\u{3164}", "a\u{E000}b", "a\u{FFFE}", &format!("e{}", "\u{301}".repeat(70))] {
            assert!(clean(text, 80).is_err(), "{text:?}");
            assert_eq!(stored(text, 80).unwrap(), text);
        }
        assert_eq!(stored(" \n", 80), Err(TextError::Empty));
        assert_eq!(stored("a\0b", 80), Err(TextError::ControlCharacter));
        assert_eq!(stored("ab", 1), Err(TextError::TooLong { limit: 1 }));
    }

    #[test]
    fn an_amount_with_a_direction_control_is_unchanged() {
        assert_eq!(clean_amount("\u{A0}350\u{200B}.50\n"), "350.50");
        for control in ['\u{61C}', '\u{200E}', '\u{200F}', '\u{202A}', '\u{202E}', '\u{2066}', '\u{2069}'] {
            let text = format!("12{control}34");
            assert_eq!(clean_amount(&text), text);
            assert_eq!(clean_code(&text), "1234");
        }
    }
}
