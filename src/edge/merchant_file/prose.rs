//! Text in sentences.

use core::str::FromStr;

use crate::value::TextError;
use crate::value::text::clean;

/// A text of at most that many characters.
pub(in crate::edge) struct Prose<const MAX_CHARS: usize>(pub(in crate::edge) String);

impl<const MAX_CHARS: usize> FromStr for Prose<MAX_CHARS> {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        clean(text, MAX_CHARS).map(Self)
    }
}
