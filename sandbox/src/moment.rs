//! Times as a payer reads them.

use jiff::{SignedDuration, Timestamp, tz};

use crate::page::Language;

/// `22 nov 2026, 17:30`, in Mexico City's time. It has been UTC-6 all year round since October 2022, so no table of time
/// zones is needed.
pub(crate) fn date_and_time(at: Timestamp, language: Language) -> String {
    let local = tz::Offset::constant(-6).to_datetime(at);
    let month = usize::try_from(local.month() - 1).ok();
    let names = language.pick(MONTHS_ES, MONTHS_EN);
    let month = month.and_then(|month| names.get(month)).copied().unwrap_or_default();
    format!("{} {month} {}, {:02}:{:02}", local.day(), local.year(), local.hour(), local.minute())
}

/// `47 h 59 min` from one hour up, `29:05` below. The countdown script writes the same.
pub(crate) fn time_left(left: SignedDuration) -> String {
    let seconds = left.as_secs().max(0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours} h {minutes:02} min") } else { format!("{minutes}:{rest:02}") }
}

const MONTHS_ES: [&str; 12] = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];
const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

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
