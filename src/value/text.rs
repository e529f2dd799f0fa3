//! What short texts have in common. Prose is trimmed, has single spaces and nothing that
//! steers a terminal or the reading direction; a word is taken as it is or not at all.

use thiserror::Error;

/// Why a short text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing is left once surrounding space is removed.
    #[error("text is empty")]
    Empty,
    /// More characters than the field holds.
    #[error("text has more than {limit} characters")]
    TooLong {
        /// The most characters the field holds.
        limit: usize,
    },
    /// A line break, tab, other control character, or one that is invisible or turns the reading direction.
    #[error("text has a control character or one that changes the reading direction")]
    ControlCharacter,
}

/// Trims, turns runs of space (also no-break space) into one, and refuses what [`TextError`] names.
pub(crate) fn clean(text: &str, limit: usize) -> Result<String, TextError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(TextError::Empty);
    }
    if trimmed.chars().any(is_unwelcome) {
        return Err(TextError::ControlCharacter);
    }
    let mut cleaned = String::with_capacity(trimmed.len());
    for word in trimmed.split_whitespace() {
        if !cleaned.is_empty() {
            cleaned.push(' ');
        }
        cleaned.push_str(word);
    }
    if cleaned.chars().count() > limit {
        return Err(TextError::TooLong { limit });
    }
    Ok(cleaned)
}

/// Why a single word was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WordError {
    /// No characters.
    #[error("the text is empty")]
    Empty,
    /// More characters than the field holds.
    #[error("the text has more than {limit} characters")]
    TooLong {
        /// The most characters the field holds.
        limit: usize,
    },
    /// One that is not a letter, digit, underscore, hyphen or dot, or a first one that is no letter or digit.
    #[error("the text is not made of letters, digits, underscores, hyphens and dots after a letter or digit")]
    Character,
}

/// Takes a word as it is, or refuses what [`WordError`] names.
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

/// Control characters, line separators, direction marks and overrides, invisible spaces, language tags, and what stands
/// for a character that was not readable. The joiners
/// U+200C and U+200D stay legal: some scripts need them to be read at all.
fn is_unwelcome(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFD}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::{TextError, clean};

    #[test]
    fn surrounding_and_repeated_space_goes() {
        assert_eq!(clean("  Ana \u{A0}  María ", 20).unwrap(), "Ana María");
    }

    #[test]
    fn the_limit_counts_characters_after_cleaning() {
        assert_eq!(clean("  ñandú  ", 5).unwrap(), "ñandú");
        assert_eq!(clean("ñandúes", 5), Err(TextError::TooLong { limit: 5 }));
    }

    #[test]
    fn what_steers_a_reader_is_refused() {
        for character in [
            '\n',
            '\t',
            '\0',
            '\u{7F}',
            '\u{85}',
            '\u{61C}',
            '\u{200B}',
            '\u{200E}',
            '\u{200F}',
            '\u{2028}',
            '\u{2029}',
            '\u{202A}',
            '\u{202E}',
            '\u{2060}',
            '\u{2066}',
            '\u{2069}',
            '\u{FEFF}',
            '\u{E0000}',
            '\u{E007F}',
        ] {
            assert_eq!(clean(&format!("a{character}b"), 20), Err(TextError::ControlCharacter), "{character:?}");
        }
    }

    #[test]
    fn what_a_script_needs_is_kept() {
        for text in ["क्\u{200D}ष", "نامه\u{200C}ای", "Nu\u{301}ñez", "#7-B, 2º", "🎂"] {
            assert_eq!(clean(text, 20).unwrap(), text);
        }
    }

    #[test]
    fn nothing_but_space_is_empty() {
        for text in ["", " ", "\u{A0}\u{3000}", "\n"] {
            assert_eq!(clean(text, 20), Err(TextError::Empty), "{text:?}");
        }
    }
}
