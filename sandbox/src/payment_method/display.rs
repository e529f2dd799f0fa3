//! Where the page that saves a card is shown: on its own, or inside a frame of the merchant's page
//! (docs.compago.com/payment-method/save-card, read November 2026).

use serde::{Deserialize, Serialize};

use crate::body::{Fields, RequestProblem};

/// The two display modes. How the button looks can be asked for in a frame only; that it is refused otherwise is ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
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

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Link => "LINK",
            Self::Embedded { .. } => "EMBEDDED",
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

/// A colour as the vendor's sample writes it, `#16A34A`. Other ways to write colours are not documented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Color(String);

impl Color {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
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
