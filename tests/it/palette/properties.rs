//! Whatever the merchant chooses: if text and accent can be read on the background, so can all that follows from them.

use compago::edge::palette::{Color, Theme, TooClose};
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};

use super::unreadable;

type Parts = [u8; 3];

fn color([red, green, blue]: Parts) -> Color {
    Color::new(red, green, blue)
}

/// Returns the parts moved to black or to white by so many 255ths of the way.
fn moved(parts: Parts, to: u8, share: u8) -> Parts {
    parts.map(|part| {
        let sum = u32::from(part) * u32::from(255 - share) + u32::from(to) * u32::from(share);
        u8::try_from(sum / 255).unwrap()
    })
}

/// Returns the color that is moved no further than it takes to be read on the background: to black or to white, if that can be read.
fn just_readable(parts: Parts, to_white: bool, background: Color) -> Color {
    let ends = if to_white { [255, 0] } else { [0, 255] };
    let shades = ends.into_iter().flat_map(|to| (0..=255).map(move |share| color(moved(parts, to, share))));
    shades.into_iter().find(|shade| TooClose::of(*shade, background).is_none()).unwrap()
}

fn themes() -> impl Strategy<Value = Theme> {
    any::<([Parts; 3], bool, bool)>().prop_map(|([accent, background, text], accent_to_white, text_to_white)| {
        let background = color(background);
        Theme {
            accent: just_readable(accent, accent_to_white, background),
            background,
            text: just_readable(text, text_to_white, background),
        }
    })
}

proptest! {
    #[test]
    fn what_follows_from_readable_colors_is_readable(theme in themes()) {
        prop_assert_eq!(unreadable(&theme), []);
    }

    /// What the message says helps: on the way to black or to white there is a color that can be read.
    #[test]
    fn a_color_that_is_too_close_can_be_moved_as_it_is_said(parts in any::<Parts>(), fixed in any::<Parts>()) {
        let Some(close) = TooClose::of(color(parts), color(fixed)) else { return Ok(()) };
        let end = if close.must_be_darker { Color::BLACK } else { Color::WHITE };
        prop_assert!(end.contrast(color(fixed)) >= 4.5);
        prop_assert!((100..450).contains(&close.hundredths));
    }

    #[test]
    fn a_color_is_read_as_it_is_written(parts in any::<Parts>()) {
        let written = color(parts).to_string();
        prop_assert_eq!(written.len(), 7);
        prop_assert_eq!(written.parse::<Color>(), Ok(color(parts)));
    }
}
