//! Classes of Unicode characters: visible, invisible, blank, controls. Used both to clean input and to neutralise
//! output.
//!
//! The tables are those of Unicode 17.0 (<https://www.unicode.org/Public/17.0.0/ucd/>): `DerivedCoreProperties.txt` for
//! Default_Ignorable_Code_Point, `PropList.txt` for Bidi_Control, Join_Control and Noncharacter_Code_Point.

mod marks;

use core::cmp::Ordering;

/// The first and the last character of a range.
type Range = (char, char);

/// Default_Ignorable_Code_Point without the joiners and the Hangul fillers, and the interlinear annotations U+FFF9 to
/// U+FFFB, which are format characters (General_Category Cf) as well: soft hyphen, combining grapheme joiner, direction
/// marks, embeddings, overrides and isolates, zero-width space, word joiner, invisible operators, variation selectors,
/// byte order mark and tags.
const INVISIBLE: &[Range] = &[
    ('\u{AD}', '\u{AD}'),
    ('\u{34F}', '\u{34F}'),
    ('\u{61C}', '\u{61C}'),
    ('\u{17B4}', '\u{17B5}'),
    ('\u{180B}', '\u{180F}'),
    ('\u{200B}', '\u{200B}'),
    ('\u{200E}', '\u{200F}'),
    ('\u{202A}', '\u{202E}'),
    ('\u{2060}', '\u{206F}'),
    ('\u{FE00}', '\u{FE0F}'),
    ('\u{FEFF}', '\u{FEFF}'),
    ('\u{FFF0}', '\u{FFFB}'),
    ('\u{1BCA0}', '\u{1BCA3}'),
    ('\u{1D173}', '\u{1D17A}'),
    ('\u{E0000}', '\u{E0FFF}'),
];

/// Returns whether the character is invisible and not part of text that people type: a format character or a variation
/// selector. The joiners are a class of their own, see [`is_joiner`].
///
/// ```
/// use compago::value::characters::is_invisible;
///
/// assert!(['\u{AD}', '\u{200B}', '\u{202E}', '\u{FE0F}', '\u{FEFF}'].into_iter().all(is_invisible));
/// assert!(![' ', 'a', '\u{301}', '\u{200D}'].into_iter().any(is_invisible));
/// ```
#[must_use]
pub fn is_invisible(character: char) -> bool {
    is_within(INVISIBLE, character)
}

/// Returns whether the character controls the reading direction (Bidi_Control). It can make text appear in another
/// order than it has.
///
/// ```
/// use compago::value::characters::is_direction_control;
///
/// assert!(is_direction_control('\u{202E}'));
/// assert!(!is_direction_control('ש'));
/// ```
#[must_use]
pub const fn is_direction_control(character: char) -> bool {
    matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether the character is U+200C or U+200D (Join_Control), which some scripts and emoji need.
#[must_use]
pub const fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}')
}

/// Returns whether the character is displayed as a gap: White_Space including tabs and line ends, the blank braille
/// pattern, and the standalone Hangul fillers.
#[must_use]
pub fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{2800}' | '\u{3164}' | '\u{FFA0}')
}

/// Returns whether the character replaces a missing letter of a Hangul syllable and is invisible by itself.
#[must_use]
pub const fn is_syllable_filler(character: char) -> bool {
    matches!(character, '\u{115F}' | '\u{1160}')
}

/// Returns whether the character is a combining mark, which is displayed on the preceding character.
#[must_use]
pub fn is_mark(character: char) -> bool {
    is_within(marks::MARKS, character)
}

/// Returns whether the character cannot be displayed: a control character, one for private use, a noncharacter, or
/// U+FFFD, which replaces unreadable text.
#[must_use]
pub const fn is_undisplayable(character: char) -> bool {
    let code = character as u32;
    let is_noncharacter = matches!(code, 0xFDD0..=0xFDEF) || code & 0xFFFE == 0xFFFE;
    let is_private = matches!(code, 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF);
    is_noncharacter || is_private || matches!(character, '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFD}')
}

fn is_within(table: &[Range], character: char) -> bool {
    let place = |(first, last): &Range| match (last.cmp(&character), first.cmp(&character)) {
        (Ordering::Less, _) => Ordering::Less,
        (Ordering::Equal | Ordering::Greater, Ordering::Greater) => Ordering::Greater,
        (Ordering::Equal | Ordering::Greater, Ordering::Less | Ordering::Equal) => Ordering::Equal,
    };
    table.binary_search_by(place).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{
        INVISIBLE, Range, is_blank, is_direction_control, is_invisible, is_joiner, is_mark, is_within, marks::MARKS,
    };

    fn all() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    #[test]
    fn tables_are_in_order() {
        for table in [INVISIBLE, MARKS] {
            assert!(table.iter().all(|(first, last)| first <= last));
            assert!(table.windows(2).all(|pair| matches!(pair, [(_, last), (next, _)] if last < next)));
        }
    }

    #[test]
    fn ranges_are_searched_to_their_ends() {
        let holds =
            |table: &[Range], character| table.iter().any(|(first, last)| (*first..=*last).contains(&character));
        for table in [INVISIBLE, MARKS] {
            for (first, last) in table {
                let before = char::from_u32(u32::from(*first) - 1).unwrap_or_default();
                let after = char::from_u32(u32::from(*last) + 1).unwrap_or_default();
                for character in [before, *first, *last, after] {
                    assert_eq!(is_within(table, character), holds(table, character), "{character:?}");
                }
            }
        }
    }

    #[test]
    fn classes_do_not_overlap() {
        for character in all() {
            let classes = [is_invisible(character), is_joiner(character), is_blank(character)];
            assert!(classes.into_iter().filter(|is| *is).count() <= 1, "{character:?}");
            assert!(!is_direction_control(character) || is_invisible(character), "{character:?}");
            assert!(!character.is_ascii() || !is_invisible(character) && !is_mark(character), "{character:?}");
        }
    }
}
