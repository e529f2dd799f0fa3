//! Where a picture or a page is that a file names.

use core::fmt;
use core::str::FromStr;

use super::FileProblemKind;
use crate::value::{HttpsUrl, Loopback, Origin, percent};

/// The longest path or URL as written, in characters.
const MAX_CHARS: usize = 200;

/// The path of a picture on the shop's own site, such as `/img/logo.svg`: its pages load pictures from nowhere else. At most 200
/// characters as written; what a URL cannot have, such as spaces and accents, is percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePath(String);

impl SitePath {
    /// The longest path as written, in characters.
    pub const MAX_CHARS: usize = MAX_CHARS;

    /// The endings of pictures that the site serves, in lower case.
    pub const ENDINGS: [&'static str; 7] = ["svg", "png", "jpg", "jpeg", "webp", "avif", "gif"];

    /// Returns the path, percent-encoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SitePath {
    type Err = FileProblemKind;

    fn from_str(text: &str) -> Result<Self, FileProblemKind> {
        check_length(text)?;
        let is_shown = text.chars().all(|character| !character.is_control() && character != '\\');
        if !is_path(text) || !is_shown {
            return Err(FileProblemKind::PicturePath);
        }
        let path = percent::encode_url(text);
        let decoded = decoded_path(&path)?;
        if !is_served_as_written(&path, &decoded) {
            return Err(FileProblemKind::PicturePath);
        }
        let ending = decoded.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
        let is_picture =
            ending.is_some_and(|ending| Self::ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)));
        if is_picture { Ok(Self(path)) } else { Err(FileProblemKind::PictureType) }
    }
}

/// A page that the shop's pages link to: a path on its own site, such as `/terminos.html`, or an https URL, either with a query and a
/// fragment. At most 200 characters as written; what a URL cannot have, such as spaces and accents, is percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteLink(String);

impl SiteLink {
    /// The longest link as written, in characters.
    pub const MAX_CHARS: usize = MAX_CHARS;

    /// Returns the link, percent-encoded.
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

        check_length(text)?;
        if text.chars().any(|character| character.is_control() || character == '\\') {
            return Err(FileProblemKind::PageLink);
        }
        let link = percent::encode_url(text);
        let url = if is_path(text) {
            let decoded = decoded_path(&link)?;
            if !is_served_as_written(&link, &decoded) {
                return Err(FileProblemKind::PageLink);
            }
            format!("{ANY_ORIGIN}{link}")
        } else {
            percent::decode(&link).ok_or(FileProblemKind::PercentEncoding)?;
            link.clone()
        };
        let (target, fragment) = url.split_once('#').unwrap_or((&url, ""));
        match HttpsUrl::parse(target, Loopback::Refused) {
            Ok(_) if !fragment.contains('#') => Ok(Self(link)),
            Ok(_) | Err(_) => Err(FileProblemKind::PageLink),
        }
    }
}

fn check_length(text: &str) -> Result<(), FileProblemKind> {
    if text.chars().count() > MAX_CHARS { Err(FileProblemKind::TooLong { limit: MAX_CHARS }) } else { Ok(()) }
}

fn is_path(text: &str) -> bool {
    text.starts_with('/') && !text.starts_with("//") && text.len() > 1
}

/// Returns the path of an encoded address without its query and its fragment, as files are named.
fn decoded_path(address: &str) -> Result<String, FileProblemKind> {
    percent::decode(address).ok_or(FileProblemKind::PercentEncoding)?;
    let path = path_of(address);
    let decoded = percent::decode(path).and_then(|bytes| String::from_utf8(bytes).ok());
    let decoded = decoded.ok_or(FileProblemKind::PercentEncoding)?;
    if decoded.split(['/', '\\']).any(|segment| segment.starts_with('.') && !is_dots(segment)) {
        return Err(FileProblemKind::HiddenPath);
    }
    Ok(decoded)
}

fn path_of(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

fn is_dots(segment: &str) -> bool {
    matches!(segment, "." | "..")
}

/// Whether the path goes straight to a file, none of whose names has a slash or what cannot be shown.
fn is_served_as_written(address: &str, decoded: &str) -> bool {
    let slashes = |text: &str| text.matches('/').count();
    let is_shown = decoded.chars().all(|character| !character.is_control() && character != '\\');
    is_shown && slashes(decoded) == slashes(path_of(address)) && !decoded.split('/').any(is_dots)
}
