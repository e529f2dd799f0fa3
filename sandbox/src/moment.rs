//! Times formatted for payers.

use jiff::{SignedDuration, Timestamp, tz};
use maud::{Markup, html};

use crate::page::Language;

/// Formats a time such as `22 nov 2026, 17:30` in Mexico City's time. It has been UTC-6 all year round since October
/// 2022, so no time zone data is needed.
pub(crate) fn date_and_time(at: Timestamp, language: Language) -> String {
    let local = tz::Offset::constant(-6).to_datetime(at);
    let month = match language {
        Language::Spanish => usize::try_from(local.month() - 1).ok().and_then(|month| MONTHS.get(month)),
        Language::English => Some(&"%b"),
    };
    local.strftime(&format!("%-d {} %Y, %H:%M", month.copied().unwrap_or_default())).to_string()
}

/// Returns the remaining time as markup for the countdown script; `next` is the URL to open at its end.
pub(crate) fn timer(left: SignedDuration, next: Option<&str>) -> Markup {
    let seconds_left = left.as_secs().saturating_add(i64::from(left.subsec_nanos() > 0));
    html! { span role="timer" data-seconds-left=(seconds_left) data-next=[next] { (time_left(left)) } }
}

/// Formats the remaining time as `47 h 59 min` from one hour up and `29:05` below, like the countdown script.
fn time_left(left: SignedDuration) -> String {
    let seconds = left.as_secs().max(0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours} h {minutes:02} min") } else { format!("{minutes}:{rest:02}") }
}

/// English month names come from jiff.
const MONTHS: [&str; 12] = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap is the test's failure")]
mod tests {
    use super::*;

    #[test]
    fn writes_dates_in_mexico_citys_time() {
        let at: Timestamp = "2026-03-01T02:05:00Z".parse().unwrap();
        assert_eq!(date_and_time(at, Language::Spanish), "28 feb 2026, 20:05");
        assert_eq!(date_and_time(at, Language::English), "28 Feb 2026, 20:05");
    }

    #[test]
    fn writes_the_time_left() {
        for (seconds, text) in
            [(172_800, "48 h 00 min"), (3_600, "1 h 00 min"), (3_599, "59:59"), (5, "0:05"), (-3, "0:00")]
        {
            assert_eq!(time_left(SignedDuration::from_secs(seconds)), text);
        }
    }
}
