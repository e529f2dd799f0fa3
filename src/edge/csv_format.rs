//! The formats of the table of payments. The table itself is written by [`csv`](super::csv).

use std::str::FromStr;

use super::list::spelling;
use super::query::InvalidQuery;

/// The reader for which a table is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CsvFormat {
    /// For programs: the words of our API, times in UTC.
    #[default]
    Plain,
    /// For a spreadsheet in Mexico: Spanish words, `dd/mm/aaaa hh:mm:ss` as the clocks of the shop show it, text that stays text,
    /// and the mark by which spreadsheets know UTF-8.
    EsMx,
}

impl CsvFormat {
    /// Returns the name of the format in a query.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::EsMx => "es-MX",
        }
    }
}

impl FromStr for CsvFormat {
    type Err = InvalidQuery;

    fn from_str(text: &str) -> Result<Self, InvalidQuery> {
        match spelling(text).as_str() {
            "plain" => Ok(Self::Plain),
            "es-mx" => Ok(Self::EsMx),
            _ => Err(InvalidQuery),
        }
    }
}
