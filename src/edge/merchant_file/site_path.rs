//! Where a picture or a page is that a file names.

use core::fmt;
use core::str::FromStr;

use super::FileProblemKind;
use crate::value::{HttpsUrl, Loopback, Origin};

/// The longest path or URL, in characters.
const MAX_CHARS: usize = 200;

/// The path of a picture on the shop's own site, such as `/img/logo.svg`: its pages load pictures from nowhere else. At most 200
/// characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePath(String);

impl SitePath {
    /// The longest path, in characters.
    pub const MAX_CHARS: usize = MAX_CHARS;

    /// Returns the path as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SitePath {
    type Err = FileProblemKind;

    fn from_str(text: &str) -> Result<Self, FileProblemKind> {
        if text.chars().count() > MAX_CHARS {
            return Err(FileProblemKind::TooLong { limit: MAX_CHARS });
        }
        let is_path = text.starts_with('/') && !text.starts_with("//") && text.len() > 1;
        let is_plain = text.chars().all(|character| !character.is_control() && character != '\\');
        if is_path && is_plain { Ok(Self(text.to_owned())) } else { Err(FileProblemKind::PicturePath) }
    }
}

/// A page that the shop's pages link to: a path on its own site, such as `/terminos.html`, or an https URL. At most 200 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteLink(String);

impl SiteLink {
    /// The longest link, in characters.
    pub const MAX_CHARS: usize = MAX_CHARS;

    /// Returns the link as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the absolute URL of the page on a site of that origin.
    #[must_use]
    pub fn on(&self, origin: &Origin) -> String {
        if self.0.starts_with('/') { format!("{}{}", origin.as_str(), self.0) } else { self.0.clone() }
    }
}

impl fmt::Display for SiteLink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for SiteLink {
    type Err = FileProblemKind;

    fn from_str(text: &str) -> Result<Self, FileProblemKind> {
        /// Stands before a path while it is checked.
        const ANY_ORIGIN: &str = "https://shop.invalid";

        if text.chars().count() > MAX_CHARS {
            return Err(FileProblemKind::TooLong { limit: MAX_CHARS });
        }
        let is_path = text.starts_with('/') && !text.starts_with("//") && text.len() > 1;
        let url = if is_path { format!("{ANY_ORIGIN}{text}") } else { text.to_owned() };
        match HttpsUrl::parse(&url, Loopback::Refused) {
            Ok(_) => Ok(Self(text.to_owned())),
            Err(_) => Err(FileProblemKind::PageLink),
        }
    }
}
