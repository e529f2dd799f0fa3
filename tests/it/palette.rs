//! The colors of the pages: whatever the merchant chooses, text can be read.

use compago::edge::palette::{Color, Theme, TooClose};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[cfg(not(target_family = "wasm"))]
mod properties;

/// Each text and what is behind it on some page.
const READ: [(&str, &[&str]); 8] = [
    ("ink", &["paper", "surface", "sunken", "accent-soft", "good-soft", "warn-soft", "bad-soft"]),
    ("ink-soft", &["paper", "surface", "sunken", "accent-soft", "good-soft", "warn-soft", "bad-soft"]),
    ("accent", &["paper", "surface", "sunken", "accent-soft", "good-soft", "warn-soft", "bad-soft"]),
    ("accent-hover", &["paper", "surface", "sunken"]),
    ("on-accent", &["accent", "accent-hover"]),
    ("good", &["paper", "surface", "sunken", "good-soft"]),
    ("warn", &["paper", "surface", "sunken", "warn-soft"]),
    ("bad", &["paper", "surface", "sunken", "bad-soft"]),
];

fn color(text: &str) -> Color {
    text.parse().unwrap()
}

fn theme([accent, background, text]: [&str; 3]) -> Theme {
    Theme { accent: color(accent), background: color(background), text: color(text) }
}

/// Returns the pairs that cannot be told apart, and their contrast.
fn unreadable(theme: &Theme) -> Vec<(&'static str, &'static str, f32)> {
    let tokens = theme.tokens();
    let token = |name| tokens.iter().find(|(other, _)| *other == name).unwrap().1;
    let texts = READ.iter().flat_map(|(text, behind)| behind.iter().map(|behind| (*text, *behind, 4.5)));
    let outlines = ["paper", "surface", "sunken"].map(|behind| ("line-strong", behind, 3.0));
    let pairs =
        texts.chain(outlines).map(|(text, behind, least)| (text, behind, token(text).contrast(token(behind)), least));
    pairs
        .filter(|(.., contrast, least)| contrast < least)
        .map(|(text, behind, contrast, _)| (text, behind, contrast))
        .collect()
}

#[test]
fn each_text_can_be_read_on_what_is_behind_it() {
    for colors in [
        ["#5b3f85", "#fbf7f1", "#2b221c"],
        ["#cbb4ec", "#171310", "#f3ebe2"],
        // As close to the background as text may be, in light and in dark.
        ["#767676", "#ffffff", "#767676"],
        ["#757575", "#000000", "#757575"],
        // On a middle gray, where text and accent are on two sides of it.
        ["#ffffff", "#757575", "#000000"],
        ["#000000", "#757575", "#ffffff"],
    ] {
        assert_eq!(unreadable(&theme(colors)), [], "{colors:?}");
    }
    assert_eq!(unreadable(&Theme::LIGHT), []);
    assert_eq!(unreadable(&Theme::DARK), []);
}

#[test]
fn what_the_merchant_chooses_stays_as_it_is() {
    let tokens = theme(["#5b3f85", "#fbf7f1", "#2b221c"]).tokens();
    for (name, chosen) in [("accent", "#5b3f85"), ("paper", "#fbf7f1"), ("ink", "#2b221c")] {
        assert!(tokens.contains(&(name, color(chosen))), "{name}");
    }
}

/// Surfaces are told from the page, and text that matters less from other text, as long as there is room.
#[test]
fn what_differs_looks_different() {
    for theme in [Theme::LIGHT, Theme::DARK, theme(["#5b3f85", "#fbf7f1", "#2b221c"])] {
        let mut colors = theme.tokens().map(|(_, color)| color.to_string());
        colors.sort();
        assert!(colors.windows(2).all(|pair| pair[0] != pair[1]), "{colors:?}");
    }
}

#[test]
fn the_contrast_is_that_of_wcag() {
    for (color_, other, contrast) in
        [("#000000", "#ffffff", 21.0), ("#767676", "#ffffff", 4.54), ("#ff0000", "#ffffff", 4.0)]
    {
        let found = color(color_).contrast(color(other));
        assert!((found - contrast).abs() < 0.01, "{color_} {other} {found}");
        assert_eq!(color(other).contrast(color(color_)).to_bits(), found.to_bits());
    }
}

#[test]
fn a_color_is_a_number_sign_and_six_digits() {
    assert_eq!(color("#5B3F85").to_string(), "#5b3f85");
    for text in ["5b3f85", "#5b3f8", "#5b3f855", "#fff", "##5b3f8", "#5b3f8g", "purple", "", "#+12345", "#5b3f8é"] {
        assert!(text.parse::<Color>().is_err(), "{text}");
    }
}

#[test]
fn a_color_that_is_too_close_says_how_close_and_where_to_go() {
    let close = |text, background| TooClose::of(color(text), color(background));
    assert_eq!(close("#767676", "#ffffff"), None);
    assert_eq!(close("#777777", "#ffffff"), Some(TooClose { hundredths: 447, must_be_darker: true }));
    assert_eq!(close("#ffffff", "#ffffff"), Some(TooClose { hundredths: 100, must_be_darker: true }));
    assert_eq!(close("#333333", "#000000"), Some(TooClose { hundredths: 166, must_be_darker: false }));
}

/// Pages without the sheet of a shop's own colors look like those of a shop that chooses none.
#[test]
fn the_sheet_of_all_pages_has_the_colors_of_a_shop_that_chooses_none() {
    let (light, dark) = include_str!("../../www/tokens.css").split_once("prefers-color-scheme: dark").unwrap();
    for (sheet, theme) in [(light, Theme::LIGHT), (dark, Theme::DARK)] {
        for (name, color) in theme.tokens() {
            assert!(sheet.contains(&format!("  --{name}: {color};\n")), "--{name}: {color};");
        }
    }
}
