//! The supported languages.

use serde::{Deserialize, Serialize};
use strum::{Display, IntoStaticStr, VariantArray};

/// A language of messages for people.
///
/// ```
/// use compago::problem::Locale;
///
/// assert_eq!(Locale::from_accept_language("en-GB,en;q=0.9,es;q=0.5"), Locale::En);
/// assert_eq!(Locale::from_accept_language("es-ES"), Locale::EsMx);
/// assert_eq!(Locale::from_accept_language("fr"), Locale::EsMx);
/// ```
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    Display,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
pub enum Locale {
    /// Mexican Spanish: the default when no supported language is requested.
    #[default]
    #[serde(rename = "es-MX")]
    #[strum(serialize = "es-MX")]
    EsMx,
    /// English.
    #[strum(serialize = "en")]
    En,
}

impl Locale {
    /// All languages, in the order of their declaration.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Returns the language tag for `lang` and `Content-Language`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns the preferred language of an `Accept-Language` header. Any Spanish maps to `es-MX`, any English to `en`.
    /// Of two languages with the same weight the first one wins; malformed entries are ignored.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (Self::EsMx, 0);
        for range in header.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let language = parts.next().and_then(|tag| tag.split('-').next()).unwrap_or_default();
            let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1_000), parse_quality);
            let locale = match language {
                _ if language.eq_ignore_ascii_case("es") || language == "*" => Self::EsMx,
                _ if language.eq_ignore_ascii_case("en") => Self::En,
                _ => continue,
            };
            if let Some(quality) = quality.filter(|quality| *quality > best.1) {
                best = (locale, quality);
            }
        }
        best.0
    }
}

/// Parses a weight of RFC 9110, `0` to `1` with up to three decimals, and returns it in thousandths.
fn parse_quality(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1_000),
        _ => None,
    }
}
