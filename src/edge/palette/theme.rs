//! The colors of the pages in light or in dark mode.

use super::Color;

/// The least contrast of text.
const OF_TEXT: f32 = 4.5;

/// The least contrast of the outline of a control.
const OF_OUTLINE: f32 = 3.0;

/// In how many steps a color is moved.
const STEPS: u8 = 32;

/// The three colors that the others are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Of links and buttons.
    pub accent: Color,
    /// Of the page.
    pub background: Color,
    /// Of the text.
    pub text: Color,
}

/// Colors of states.
struct States {
    good: Color,
    warn: Color,
    bad: Color,
}

/// What is seen well on light ground, and tints dark ground.
const DEEP: States = States {
    good: Color::new(0x1d, 0x6a, 0x4d),
    warn: Color::new(0x7d, 0x4e, 0x00),
    bad: Color::new(0xa3, 0x21, 0x1d),
};

/// What is seen well on dark ground, and tints light ground.
const PALE: States = States {
    good: Color::new(0x86, 0xd3, 0xae),
    warn: Color::new(0xf0, 0xc2, 0x74),
    bad: Color::new(0xff, 0xaa, 0xa0),
};

impl Theme {
    /// The colors in light mode of a shop that chooses none.
    pub const LIGHT: Self = Self {
        accent: Color::new(0x1f, 0x5a, 0x8c),
        background: Color::new(0xfa, 0xfa, 0xfa),
        text: Color::new(0x22, 0x26, 0x2b),
    };

    /// The colors in dark mode of a shop that chooses none.
    pub const DARK: Self = Self {
        accent: Color::new(0x9c, 0xc4, 0xea),
        background: Color::new(0x15, 0x17, 0x1a),
        text: Color::new(0xec, 0xee, 0xf1),
    };

    /// Returns the colors by the names of the custom properties in `tokens.css`.
    #[must_use]
    pub fn tokens(&self) -> [(&'static str, Color); 17] {
        let Self { accent, background: paper, text: ink } = *self;
        let is_dark = ink.luminance() > paper.luminance();
        let read = [ink, accent];
        let surface = if is_dark { tinted(paper, ink, 0.05, &read) } else { tinted(paper, Color::WHITE, 0.65, &read) };
        let sunken = tinted(paper, ink, if is_dark { 0.09 } else { 0.045 }, &read);
        let (states, tints, ground, share) =
            if is_dark { (PALE, DEEP, paper, 0.35) } else { (DEEP, PALE, surface, 0.28) };
        let accent_soft = tinted(ground, accent, if is_dark { 0.2 } else { 0.11 }, &read);
        let [good_soft, warn_soft, bad_soft] =
            [tints.good, tints.warn, tints.bad].map(|tint| tinted(ground, tint, share, &read));
        let plain = [paper, surface, sunken];
        let all = [paper, surface, sunken, accent_soft, good_soft, warn_soft, bad_soft];
        // Nothing contrasts with the page more on this side of it.
        let strongest = if is_dark { Color::WHITE } else { Color::BLACK };
        let state = |color, soft| seen(color, strongest, &[paper, surface, sunken, soft], OF_TEXT);
        let (on_accent, away) = if accent.luminance() > paper.luminance() {
            (seen(accent.mixed(Color::BLACK, 0.75), Color::BLACK, &[accent], OF_TEXT), Color::WHITE)
        } else {
            (Color::WHITE, Color::BLACK)
        };
        let accent_hover = tinted(accent, away, 0.18, &[on_accent, paper, surface, sunken]);
        let (line, strong) = if is_dark { (0.16, 0.5) } else { (0.12, 0.4) };
        [
            ("paper", paper),
            ("surface", surface),
            ("sunken", sunken),
            ("ink", ink),
            ("ink-soft", seen(ink.mixed(paper, 0.3), ink, &all, OF_TEXT)),
            ("line", paper.mixed(ink, line)),
            ("line-strong", seen(paper.mixed(ink, strong), ink, &plain, OF_OUTLINE)),
            ("accent", accent),
            ("accent-hover", accent_hover),
            ("on-accent", on_accent),
            ("accent-soft", accent_soft),
            ("good", state(states.good, good_soft)),
            ("good-soft", good_soft),
            ("warn", state(states.warn, warn_soft)),
            ("warn-soft", warn_soft),
            ("bad", state(states.bad, bad_soft)),
            ("bad-soft", bad_soft),
        ]
    }
}

/// Returns the first color with that share of another one, or with as much of it as leaves each of these texts readable.
fn tinted(color: Color, with: Color, share: f32, read: &[Color]) -> Color {
    let tints = (1..=STEPS).rev().map(|step| color.mixed(with, share * f32::from(step) / f32::from(STEPS)));
    let mut tints = tints.filter(|tint| contrasts(*tint, read, OF_TEXT));
    tints.next().unwrap_or(color)
}

/// Returns the color, or with as little of the strongest one as makes it contrast with all that is behind it.
fn seen(color: Color, strongest: Color, on: &[Color], least: f32) -> Color {
    let mut shades = (0..STEPS).map(|step| color.mixed(strongest, f32::from(step) / f32::from(STEPS)));
    shades.find(|shade| contrasts(*shade, on, least)).unwrap_or(strongest)
}

fn contrasts(color: Color, others: &[Color], least: f32) -> bool {
    others.iter().all(|other| color.contrast(*other) >= least)
}

/// Why text of a color cannot be read on another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooClose {
    /// Their contrast in hundredths, rounded down.
    pub hundredths: u32,
    /// Whether the first color must be darker; else it must be lighter.
    pub must_be_darker: bool,
}

impl TooClose {
    /// Compares a color with another one that stays as it is. Nothing if text can be read.
    #[must_use]
    pub fn of(color: Color, fixed: Color) -> Option<Self> {
        let contrast = color.contrast(fixed);
        if contrast >= OF_TEXT {
            return None;
        }
        // Only in one of the two directions is there always a color with enough contrast.
        let must_be_darker = fixed.contrast(Color::BLACK) > fixed.contrast(Color::WHITE);
        Some(Self { hundredths: hundredths(contrast), must_be_darker })
    }
}

/// A contrast below the least of text has at most 449 of them.
fn hundredths(contrast: f32) -> u32 {
    (100..450).rev().find(|hundredths| f32::from(*hundredths) <= contrast * 100.0).unwrap_or(100_u16).into()
}
