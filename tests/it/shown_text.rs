//! Text that strangers typed, as our answers and tables show it.

use compago::edge::csv::CsvFormat;
use compago::edge::shown_text::{shown, shown_json};
use compago::json::{self, Json};
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Each text with what is shown of it.
const TEXTS: &[(&str, &str)] = &[
    ("", ""),
    ("Café 🎂 ñandú ¿$1.00?", "Café 🎂 ñandú ¿$1.00?"),
    ("\u{202E}00.01$ latoT", "00.01$ latoT"),
    ("a\u{202A}b\u{202B}c\u{202D}d\u{202C}e", "abcde"),
    ("a\u{2066}b\u{2067}c\u{2068}d\u{2069}e", "abcde"),
    ("a\u{200E}b\u{200F}c\u{61C}d", "abcd"),
    ("a\u{0}b\u{8}c\u{1B}[2Jd\u{7F}e\u{9B}f", "abc[2Jdef"),
    ("a\u{AD}b\u{200B}c\u{2060}d\u{FEFF}e\u{FE0F}f\u{E0041}g", "abcdefg"),
    ("one\ntwo\r\nthree\tfour\u{85}five\u{2028}six\u{2029}seven", "one two three four five six seven"),
    ("one \n two\n\nthree", "one   two three"),
    ("क्\u{200D}ष نامه\u{200C}ای", "क्\u{200D}ष نامه\u{200C}ای"),
    ("שלום", "שלום"),
    (r#"a "b" \n \u202e /"#, r#"a "b" \n \u202e /"#),
    ("\\", "\\"),
    ("\\\u{202E}n", "\\n"),
];

#[test]
fn text_is_shown_as_it_reads() {
    for (text, expected) in TEXTS {
        assert_eq!(shown(text), *expected, "{text:?}");
        assert_eq!(shown(&shown(text)), *expected, "twice: {text:?}");
    }
}

/// Raw, escaped with short escapes, and with each character as `\uXXXX`.
fn spellings(text: &str) -> [String; 3] {
    let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let short = serde_json::to_string(text).unwrap();
    [json::to_string(&text), short, format!("\"{escaped}\"")]
}

#[test]
fn a_document_is_shown_as_its_strings_are() {
    for (text, expected) in TEXTS {
        // A pair of escapes beyond U+FFFF is left alone: no writer of ours makes one.
        let beyond = text.chars().any(|character| character > '\u{FFFF}' && shown(&character.to_string()).is_empty());
        for spelling in spellings(text).iter().take(if beyond { 2 } else { 3 }) {
            let document = format!("{{\"a\":[{spelling},1.50,true,null],\"b\":{spelling}}}");
            let read = json::parse(&shown_json(document)).unwrap();
            assert_eq!(read.field::<String>("b").as_deref(), Ok(*expected), "{spelling}");
            let entries = read.get("a").unwrap().entries().unwrap().to_vec();
            assert!(
                entries
                    == [Json::Text((*expected).to_owned()), Json::Number("1.50".into()), Json::Bool(true), Json::Null]
            );
        }
    }
}

#[test]
fn every_character_leaves_a_document_that_can_be_read() {
    let mut hidden = 0;
    for character in '\0'..='\u{FFFF}' {
        let text = format!("a{character}b");
        let document = shown_json(json::to_string(&json!({ "text": text })));
        assert_eq!(json::parse(&document).unwrap().field::<String>("text"), Ok(shown(&text)), "{character:?}");
        hidden += u32::from(shown(&text) != text);
    }
    assert!(hidden < 200, "nearly all characters are shown: {hidden} are not");
}

#[test]
fn a_table_has_headers_that_are_shown_whole() {
    for header in [CsvFormat::Plain.header(), CsvFormat::EsMx.header()] {
        let header = header.trim_start_matches('\u{FEFF}');
        assert_eq!(shown(header), header);
    }
}
