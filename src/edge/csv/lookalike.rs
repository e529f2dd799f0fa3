//! Which texts a spreadsheet takes for a number, a date, a time or a truth value, and changes.

/// Words that numbers, dates and times are written with, in lower case, in Spanish and in English: whole words alone.
const WORDS: &str = "e a p m am pm h hrs t z de del of st nd rd th ene enero jan january feb febrero february mar marzo \
    march abr abril apr april may mayo jun junio june jul julio july ago agosto aug august sep sept set \
    septiembre setiembre september oct octubre october nov noviembre november dic diciembre dec december \
    mxn usd eur mx us gmt utc cst pst";

/// Truth values.
const TRUTHS: [&str; 4] = ["verdadero", "falso", "true", "false"];

/// Whether a spreadsheet may make something else of a text: `00123` becomes 123, `1E5` 100000, `3-4` a day in April, a long row
/// of digits loses its last ones. Any text with a digit counts whose words, if it has some, are all such as numbers and dates are
/// written with: one too many is shown with an apostrophe, one too few is lost.
pub(super) fn is_taken_for_a_value(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    if TRUTHS.contains(&text.as_str()) {
        return true;
    }
    let mut words = text.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty());
    text.contains(char::is_numeric) && words.all(|word| WORDS.split(' ').any(|known| known == word))
}

#[cfg(test)]
mod tests {
    use super::is_taken_for_a_value;

    #[test]
    fn numbers_dates_and_times_are_known_however_they_are_written() {
        for text in [
            "0",
            "007",
            "00123",
            "1E5",
            "1e-5",
            "2E10",
            "3-4",
            "12/11",
            "12-11-2026",
            "2026-11-12",
            "1.5",
            "1,250.00",
            ".5",
            "5%",
            "$50",
            "50 MXN",
            "(5)",
            "1 1/2",
            "1/2",
            "10:30",
            "10:30 p.m.",
            "10:30PM",
            "2026-11-12T10:30:00Z",
            "12345678901234567890",
            "4111 1111 1111 1111",
            "55 1234 5678",
            "mar-5",
            "MAR5",
            "3 mar",
            "5 de marzo de 2026",
            "Sept 2",
            "1st",
            "１２",
            "١٢",
            "½",
            " 7 ",
            "5.",
            "-",
            "VERDADERO",
            "true",
            "Falso",
        ] {
            assert_eq!(is_taken_for_a_value(text), text != "-", "{text}");
        }
    }

    #[test]
    fn text_is_text() {
        for text in [
            "",
            " ",
            "Café",
            "Mesa 4",
            "2 cafés",
            "K7Q2M9XD3FHT-1",
            "7c9e2b64-3f0a-4d15-9a4e-5b8d1c60f2a7",
            "marzo",
            "a@e.com",
            "Ana",
            "e",
            "12 tablillas",
            "true story",
            "N° 5",
        ] {
            assert!(!is_taken_for_a_value(text), "{text}");
        }
    }
}
