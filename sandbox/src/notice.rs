//! The card that tells how something ended, and the icons that pages share.

use std::fmt;

/// A picture beside a text that says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Tick,
    Cross,
    Clock,
    Question,
    /// The waves of a contactless card.
    Waves,
}

impl fmt::Display for Icon {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let strokes = match self {
            Self::Tick => r#"<path d="M5 12.5l4.5 4.5L19 7.5"/>"#,
            Self::Cross => r#"<path d="M7 7l10 10M17 7L7 17"/>"#,
            Self::Clock => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>"#,
            Self::Question => r#"<path d="M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 1.9M12 17v.1"/>"#,
            Self::Waves => r#"<path d="M6.5 9.5a6 6 0 0 1 0 5M10 7.5a10 10 0 0 1 0 9M13.5 5.5a14 14 0 0 1 0 13"/>"#,
        };
        write!(formatter, r#"<svg viewBox="0 0 24 24" aria-hidden="true">{strokes}</svg>"#)
    }
}

/// Whether a notice brings good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Quiet,
}

impl Tone {
    /// The class in the style sheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Quiet => "quiet",
        }
    }
}

/// A whole page's notice; `text` is HTML already.
pub(crate) fn notice(tone: Tone, icon: Icon, title: &str, text: &str) -> String {
    let tone = tone.class();
    format!(
        "<section class=\"state\"><span class=\"icon {tone}\">{icon}</span>\n<h1>{title}</h1>\n{text}\n</section>\n"
    )
}
