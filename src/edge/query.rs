//! Strict parsing of a list's query: unknown and repeated parameters are errors.

use core::{fmt, str::FromStr};

use crate::api::list::PageSize;
use crate::value::{clean_code, percent};

/// The pairs of a query, to be taken one by one. People search for names and addresses: `Debug` shows none of it.
///
/// ```
/// use compago::edge::Query;
///
/// let mut query = Query::parse("status=paid&search=ord%2F1+a").unwrap();
/// assert_eq!(query.text("search").as_deref(), Some("ord/1 a"));
/// assert_eq!(query.value::<String>("status"), Ok(Some("paid".to_owned())));
/// assert_eq!(query.value::<u32>("page"), Ok(None));
/// assert!(query.is_empty());
///
/// let mut pasted = Query::parse("search=%EF%BB%BFord-1%C2%A0").unwrap();
/// assert_eq!(pasted.text("search").as_deref(), Some("ord-1"));
///
/// assert!(Query::parse("status=paid&status=paid").is_none());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Query(redacted)")
    }
}

/// A value that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a value of the query cannot be read")]
pub struct InvalidQuery;

impl Query {
    /// Reads a query without its question mark, and cleans its values; `None` if it is not encoded as it should be, or
    /// a name appears twice.
    pub fn parse(query: &str) -> Option<Self> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, clean_code(&decoded(value)?));
            if pairs.iter().any(|(known, _)| *known == name) {
                return None;
            }
            pairs.push((name, value));
        }
        Some(Self(pairs))
    }

    /// Takes the text of a name; an empty one counts as none.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1).filter(|value| !value.is_empty())
    }

    /// Takes the value of a name.
    ///
    /// # Errors
    /// [`InvalidQuery`].
    pub fn value<T: FromStr>(&mut self, name: &str) -> Result<Option<T>, InvalidQuery> {
        self.text(name).map(|text| text.parse().map_err(|_| InvalidQuery)).transpose()
    }

    /// Takes all pairs whose name is `name[key]`, with their keys, in the order of the query.
    pub fn take_keyed(&mut self, name: &str) -> Vec<(String, String)> {
        let key = |other: &str| {
            let rest = other.strip_prefix(name)?.strip_prefix('[')?;
            rest.strip_suffix(']').map(str::to_owned)
        };
        let (keyed, others) = core::mem::take(&mut self.0).into_iter().partition(|(other, _)| key(other).is_some());
        self.0 = others;
        let keyed: Vec<(String, String)> = keyed;
        keyed.into_iter().filter_map(|(other, value)| Some((key(&other)?, value))).collect()
    }

    /// Takes `page`, counted from 1, and `pageSize`, 1 to 500, 100 if it is missing.
    ///
    /// # Errors
    /// [`InvalidQuery`].
    pub fn page(&mut self) -> Result<(u32, PageSize), InvalidQuery> {
        let page = self.value::<u32>("page")?.unwrap_or(1);
        let size = self.value::<u16>("pageSize")?.map_or(Ok(PageSize::DEFAULT), PageSize::new);
        if page == 0 { Err(InvalidQuery) } else { Ok((page, size.map_err(|_| InvalidQuery)?)) }
    }

    /// Returns whether every pair was taken.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn decoded(text: &str) -> Option<String> {
    let spaced: String = text.chars().map(|character| if character == '+' { ' ' } else { character }).collect();
    String::from_utf8(percent::decode(&spaced)?).ok()
}
