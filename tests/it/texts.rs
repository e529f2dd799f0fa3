//! Normalisation of pasted text: in prose, invisible characters are removed and blank ones become one space.

use compago::value::{Description, PersonName, TextError, characters, clean_code};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Kinds of invisible characters in pasted text: name, first and last character.
const INVISIBLE: &[(&str, char, char)] = &[
    ("soft hyphen", '\u{AD}', '\u{AD}'),
    ("combining grapheme joiner", '\u{34F}', '\u{34F}'),
    ("Arabic letter mark", '\u{61C}', '\u{61C}'),
    ("Mongolian variation selectors and vowel separator", '\u{180B}', '\u{180F}'),
    ("zero-width space", '\u{200B}', '\u{200B}'),
    ("direction marks", '\u{200E}', '\u{200F}'),
    ("embeddings and overrides", '\u{202A}', '\u{202E}'),
    ("word joiner and invisible operators", '\u{2060}', '\u{2064}'),
    ("isolates and deprecated format characters", '\u{2066}', '\u{206F}'),
    ("variation selectors", '\u{FE00}', '\u{FE0F}'),
    ("byte order mark", '\u{FEFF}', '\u{FEFF}'),
    ("interlinear annotations", '\u{FFF9}', '\u{FFFB}'),
    ("tags", '\u{E0000}', '\u{E007F}'),
    ("more variation selectors", '\u{E0100}', '\u{E01EF}'),
];

const JOINERS: [char; 2] = ['\u{200C}', '\u{200D}'];

/// Blank characters: first and last of each range.
const BLANK: &[(char, char)] = &[
    ('\t', '\r'),
    (' ', ' '),
    ('\u{85}', '\u{85}'),
    ('\u{A0}', '\u{A0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200A}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202F}', '\u{202F}'),
    ('\u{205F}', '\u{205F}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{FFA0}', '\u{FFA0}'),
];

/// Undisplayable characters.
const UNDISPLAYABLE: &[(char, char)] = &[
    ('\0', '\u{8}'),
    ('\u{E}', '\u{1F}'),
    ('\u{7F}', '\u{84}'),
    ('\u{86}', '\u{9F}'),
    ('\u{E000}', '\u{F8FF}'),
    ('\u{FDD0}', '\u{FDEF}'),
    ('\u{FFFD}', '\u{FFFF}'),
    ('\u{1FFFE}', '\u{1FFFF}'),
    ('\u{F0000}', '\u{F0010}'),
    ('\u{10FFFE}', '\u{10FFFF}'),
];

fn name(text: &str) -> Result<String, TextError> {
    text.parse::<PersonName>().map(|name| name.to_string())
}

#[test]
fn invisible_characters_are_removed_everywhere() {
    for (kind, first, last) in INVISIBLE {
        for character in *first..=*last {
            let text = format!("{character}A{character}na{character} {character} Ruiz{character}");
            assert_eq!(name(&text).as_deref(), Ok("Ana Ruiz"), "{kind} {character:?}");
            assert_eq!(clean_code(&text), "Ana Ruiz", "{kind} {character:?}");
        }
    }
}

#[test]
fn blank_characters_become_one_space_and_are_trimmed() {
    for (first, last) in BLANK {
        for character in *first..=*last {
            for text in [format!("{character}Ana{character}Ruiz{character}"), format!("Ana{character} {character}Ruiz")]
            {
                assert_eq!(name(&text).as_deref(), Ok("Ana Ruiz"), "{character:?}");
                assert_eq!(clean_code(&text), "Ana Ruiz", "{character:?}");
            }
        }
    }
    assert_eq!(name("Ana\r\n\tRuiz").as_deref(), Ok("Ana Ruiz"));
}

#[test]
fn joiners_are_kept_in_prose_and_removed_from_codes() {
    for text in ["क्\u{200D}ष", "نامه\u{200C}ای", "ജോണ്\u{200D}", "👩\u{200D}🚀"] {
        assert_eq!(name(text).as_deref(), Ok(text));
        assert!(!clean_code(text).contains(JOINERS), "{text}");
    }
    assert_eq!(name("\u{200D} Ana \u{200C}\u{200D} Ruiz \u{200C}").as_deref(), Ok("Ana Ruiz"));
}

#[test]
fn clean_text_is_unchanged() {
    for text in
        ["Ana", "Nu\u{301}ñez", "O'Higgins-Ñuñez", "#7-B, 2º", "🎂", "Nguyễn Thị Hồng", "שָׁלוֹם", "ไม้โท", "김철수", "-"]
    {
        assert_eq!(name(text).as_deref(), Ok(text));
        assert_eq!(clean_code(text), text);
    }
}

#[test]
fn a_text_without_visible_characters_is_refused() {
    for text in [
        "",
        " ",
        "\n",
        "\u{A0}\u{3000}",
        "\u{200B}",
        "\u{200D}",
        "\u{200C}\u{200D} \u{200D}",
        "\u{FEFF}\u{FE0F}",
        "\u{3164}",
        "\u{FFA0}\u{2800}",
        "\u{115F}",
        "\u{1160}\u{115F}",
        "\u{301}",
        "\u{301} \u{20DD}\u{93F}",
        "\u{E0020}\u{E007F}",
    ] {
        assert_eq!(name(text), Err(TextError::Empty), "{text:?}");
    }
}

#[test]
fn undisplayable_characters_are_refused() {
    for (first, last) in UNDISPLAYABLE {
        for character in *first..=*last {
            assert_eq!(name(&format!("A{character}na")), Err(TextError::ControlCharacter), "{character:?}");
            assert_eq!(name(&character.to_string()), Err(TextError::ControlCharacter), "{character:?}");
        }
    }
}

#[test]
fn stacked_marks_are_limited() {
    let piled = |marks: usize| format!("Zo{}e", "\u{301}".repeat(marks));
    assert_eq!(name(&piled(6)).as_deref(), Ok(piled(6).as_str()));
    assert_eq!(name(&piled(7)), Err(TextError::StackedMarks));
    assert_eq!(name(&piled(70)), Err(TextError::StackedMarks));
    assert_eq!(name(&format!("a{}b", "\u{301}\u{200D}".repeat(4))), Err(TextError::StackedMarks));
    let spread = "e\u{301}".repeat(40);
    assert_eq!(name(&spread).as_deref(), Ok(spread.as_str()));
}

#[test]
fn limits_apply_after_cleaning() {
    let invisible = "\u{200B}".repeat(500);
    assert!(format!("{}{invisible}", "a".repeat(200)).parse::<Description>().is_ok());
    assert_eq!("a".repeat(201).parse::<Description>(), Err(TextError::TooLong { limit: 200 }));
}

#[test]
fn the_tables_agree_with_the_rules_here() {
    let listed =
        |table: &[(char, char)], character| table.iter().any(|(first, last)| (*first..=*last).contains(&character));
    for (_, first, last) in INVISIBLE {
        assert!((*first..=*last).all(characters::is_invisible));
    }
    for character in '\0'..='\u{FFFF}' {
        assert_eq!(characters::is_blank(character), listed(BLANK, character), "{character:?}");
    }
    assert!(JOINERS.into_iter().all(characters::is_joiner));
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use compago::value::{PersonName, characters, clean_code};
    use proptest::prelude::*;

    /// Text with many characters that cleaning removes or replaces.
    fn pasted() -> impl Strategy<Value = String> {
        let character = prop_oneof![
            any::<char>(),
            prop::sample::select(vec!['a', 'ñ', ' ', '\t', '\u{301}', '\u{200D}', '\u{1160}']),
            prop::sample::select(vec!['\u{A0}', '\u{200B}', '\u{202E}', '\u{3164}', '\u{FE0F}', '\u{FEFF}']),
        ];
        prop::collection::vec(character, 0..30).prop_map(|characters| characters.into_iter().collect())
    }

    proptest! {
        #[test]
        fn cleaning_is_idempotent(text in pasted()) {
            let code = clean_code(&text);
            prop_assert_eq!(&clean_code(&code), &code);
            prop_assert!(!code.chars().any(|character| characters::is_invisible(character) || characters::is_joiner(character)));
            if let Ok(name) = text.parse::<PersonName>() {
                let name = name.as_str();
                prop_assert_eq!(name.parse::<PersonName>().map(|again| again.to_string()), Ok(name.to_owned()));
                prop_assert!(!name.chars().any(|character| characters::is_invisible(character) || characters::is_undisplayable(character)));
                prop_assert!(name.chars().filter(|character| characters::is_blank(*character)).all(|blank| blank == ' '));
                prop_assert_eq!(name.trim(), name);
                prop_assert!(!name.contains("  "));
            }
        }

        #[test]
        fn invisible_characters_change_nothing(text in "[a-zñ' ]{0,20}", at in 0..20_usize, invisible in "[\u{AD}\u{200B}\u{200E}\u{2066}\u{FE0F}\u{FEFF}]{1,3}") {
            let mut characters: Vec<char> = text.chars().collect();
            let at = at.min(characters.len());
            characters.splice(at..at, invisible.chars());
            let pasted: String = characters.into_iter().collect();
            prop_assert_eq!(pasted.parse::<PersonName>(), text.parse::<PersonName>());
            prop_assert_eq!(clean_code(&pasted), clean_code(&text));
        }
    }
}
