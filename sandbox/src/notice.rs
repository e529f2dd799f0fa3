//! The card that shows a result, and the icons that pages share.

use maud::{Markup, Render, html};

/// A decorative icon for a text with the same meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Tick,
    Cross,
    Clock,
    Question,
    /// The waves of a contactless card.
    Waves,
}

impl Render for Icon {
    fn render(&self) -> Markup {
        html! {
            svg viewBox="0 0 24 24" aria-hidden="true" {
                @match self {
                    Self::Tick => { path d="M5 12.5l4.5 4.5L19 7.5" {} }
                    Self::Cross => { path d="M7 7l10 10M17 7L7 17" {} }
                    Self::Clock => {
                        circle cx="12" cy="12" r="8.5" {}
                        path d="M12 7.5V12l3 2" {}
                    }
                    Self::Question => { path d="M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 1.9M12 17v.1" {} }
                    Self::Waves => { path d="M6.5 9.5a6 6 0 0 1 0 5M10 7.5a10 10 0 0 1 0 9M13.5 5.5a14 14 0 0 1 0 13" {} }
                }
            }
        }
    }
}

/// Whether a notice reports a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Quiet,
}

impl Tone {
    /// Returns the class in the style sheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Quiet => "quiet",
        }
    }
}

/// Returns a whole page's notice.
pub(crate) fn notice(tone: Tone, icon: Icon, title: &str, content: &Markup) -> Markup {
    html! {
        section.state {
            span.icon.(tone.class()) { (icon) }
            h1 { (title) }
            (content)
        }
    }
}
