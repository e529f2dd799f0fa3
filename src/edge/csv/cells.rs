//! Cells of a table: quoted, and guarded against spreadsheets that evaluate or change them.

use super::CsvFormat;
use super::lookalike::is_taken_for_a_value;
use crate::edge::shown_text::shown;
use crate::value::{LocalTime, TimeZone, UnixMillis};

/// What ends a row.
pub(in crate::edge) const LINE_BREAK: &str = "\r\n";

impl CsvFormat {
    /// Writes a time, in the shop's time zone for a spreadsheet.
    pub(in crate::edge) fn time(self, at: UnixMillis, zone: &TimeZone) -> String {
        match self {
            Self::Plain => at.to_string(),
            Self::EsMx => {
                let LocalTime { year, month, day, hour, minute, second } = zone.local(at);
                format!("{day:02}/{month:02}/{year:04} {hour:02}:{minute:02}:{second:02}")
            }
        }
    }

    /// Writes cells behind the text that precedes them. `values` are the columns that a spreadsheet is to read as values.
    pub(in crate::edge) fn cells(self, before: &str, cells: &[&str], values: &[usize]) -> String {
        let mut out = String::from(before);
        let mut joint = "\"";
        for (column, cell) in cells.iter().enumerate() {
            out.push_str(joint);
            joint = "\",\"";
            let cell = shown(cell);
            let changed = self == Self::EsMx && !values.contains(&column) && is_taken_for_a_value(&cell);
            if changed || cell.trim_start().starts_with(is_guarded) {
                out.push('\'');
            }
            for character in cell.chars() {
                if character == '"' {
                    out.push('"');
                }
                out.push(character);
            }
        }
        out.push('"');
        out
    }
}

/// What a spreadsheet may take for the beginning of a formula, and what marks that there was one.
fn is_guarded(first: char) -> bool {
    matches!(first, '=' | '+' | '-' | '@' | '\'' | '＝' | '＋' | '－' | '＠')
}
