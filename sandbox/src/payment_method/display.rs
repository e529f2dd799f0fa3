//! Where the page that saves a card is shown: standalone, or in a frame of the merchant's page
//! (docs.compago.com/payment-method/save-card, read November 2026).

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::body::{Fields, RequestProblem};

/// The two display modes. Only in a frame the button's style can be set; refusing it otherwise is our choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[strum(serialize_all = "UPPERCASE", const_into_str)]
pub(crate) enum Display {
    Link,
    Embedded { button_text: Option<String>, button_color: Option<Color> },
}

impl Display {
    pub(crate) fn parse(body: &Fields<'_>) -> Result<Self, RequestProblem> {
        let (button_text, button_color) = (body.optional_text("buttonText")?, body.optional_text("buttonColor")?);
        match body.optional_text("displayMode")?.as_deref() {
            None | Some("LINK") => match (button_text, button_color) {
                (None, None) => Ok(Self::Link),
                (Some(_), _) => Err(body.malformed("buttonText", ONLY_EMBEDDED)),
                (None, Some(_)) => Err(body.malformed("buttonColor", ONLY_EMBEDDED)),
            },
            Some("EMBEDDED") => {
                let color = button_color.map(Color::try_from).transpose();
                let button_color = color.map_err(|expected| body.malformed("buttonColor", expected))?;
                Ok(Self::Embedded { button_text, button_color })
            }
            Some(_) => Err(body.malformed("displayMode", "LINK or EMBEDDED")),
        }
    }

    pub(crate) fn button_text(&self) -> Option<&str> {
        match self {
            Self::Link => None,
            Self::Embedded { button_text, .. } => button_text.as_deref(),
        }
    }

    pub(crate) fn button_color(&self) -> Option<&Color> {
        match self {
            Self::Link => None,
            Self::Embedded { button_color, .. } => button_color.as_ref(),
        }
    }
}

/// A colour in the format of Compago's sample, `#16A34A`. Other formats are not documented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Color(String);

impl Color {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns black or white, whichever is easier to read on the colour: one of them always has a contrast of 4.5 or
    /// more.
    pub(crate) fn text(&self) -> &'static str {
        if self.luminance() > EVEN { "#000000" } else { "#ffffff" }
    }

    /// Returns the relative luminance of WCAG 2.2.
    fn luminance(&self) -> f64 {
        let part = |at: usize| {
            let digits = self.0.get(at..at + 2).unwrap_or_default();
            let share = f64::from(u8::from_str_radix(digits, 16).unwrap_or_default()) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }
}

impl TryFrom<String> for Color {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            Ok(Self(text))
        } else {
            Err("a hex colour such as #16A34A")
        }
    }
}

impl From<Color> for String {
    fn from(Color(text): Color) -> Self {
        text
    }
}

const ONLY_EMBEDDED: &str = "left out unless displayMode is EMBEDDED";

/// The luminance at which black and white have the same contrast.
const EVEN: f64 = 0.179;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap is the test's failure")]
mod tests {
    use super::*;

    #[test]
    fn text_can_be_read_on_every_colour() {
        for (color, text) in [
            ("#000000", "#ffffff"),
            ("#FFFFFF", "#000000"),
            ("#16A34A", "#000000"),
            ("#0f766e", "#ffffff"),
            ("#ffff00", "#000000"),
            ("#0000FF", "#ffffff"),
        ] {
            assert_eq!(Color::try_from(color.to_owned()).unwrap().text(), text, "{color}");
        }
        for grey in 0..=255_u8 {
            let color = Color::try_from(format!("#{grey:02x}{grey:02x}{grey:02x}")).unwrap();
            let contrast = match color.text() {
                "#000000" => (color.luminance() + 0.05) / 0.05,
                _ => 1.05 / (color.luminance() + 0.05),
            };
            assert!(contrast >= 4.5, "{}: {contrast}", color.as_str());
        }
    }
}
