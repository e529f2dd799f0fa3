//! Payments as a table: what a reader of RFC 4180 reads, and what a spreadsheet must not run.

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::{ListedPayer, ListedPayment, Page};
use compago::edge::csv::CsvFormat;
use compago::edge::one_time_payment::{PaymentStatus, PaymentView, ReportQuery};
use compago::value::{TimeZone, UnixMillis};
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::unknowns;

const HEADER: &str = "\"createdAt\",\"updatedAt\",\"id\",\"externalId\",\"reference\",\"status\",\"amount\",\"currency\",\
     \"description\",\"payerName\",\"payerEmail\",\"expiresAt\"";

fn zone(name: &str) -> TimeZone {
    name.parse().unwrap()
}

/// A payment's row, in Mexico City's time.
fn row(format: CsvFormat, payment: &PaymentView) -> String {
    format.row(payment, &TimeZone::default())
}

/// The cells of one row.
fn only(row: &str) -> Vec<String> {
    let mut rows =
        parsed(&(row.strip_prefix("\r\n").expect("a row begins on a line of its own").to_owned() + CsvFormat::END));
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

/// Reads a whole table as RFC 4180 has it, and nothing that is not.
fn parsed(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut rest) = (Vec::new(), Vec::new(), table);
    while !rest.is_empty() {
        let mut cell = String::new();
        rest = rest.strip_prefix('"').expect("every cell is quoted");
        loop {
            let (text, behind) = rest.split_once('"').expect("every quote is closed");
            cell.push_str(text);
            rest = behind;
            match rest.strip_prefix('"') {
                Some(behind) => {
                    cell.push('"');
                    rest = behind;
                }
                None => break,
            }
        }
        row.push(cell);
        match rest.strip_prefix(',') {
            Some(behind) => rest = behind,
            None => {
                rest = rest.strip_prefix("\r\n").expect("a row ends with CR LF");
                rows.push(std::mem::take(&mut row));
            }
        }
    }
    assert!(row.is_empty(), "the last row ends");
    rows
}

fn listed() -> ListedPayment {
    let page: Page = crate::wire::from_value(&json!({ "count": 1, "items": [unknowns::item()] })).unwrap();
    page.readable.into_iter().next().unwrap()
}

fn payment() -> PaymentView {
    let reference = "K7Q2-M9XD-3FHT".parse().unwrap();
    PaymentView::of_listed(listed(), Some(reference), "2026-11-06T00:00:00Z".parse().unwrap())
}

fn described(description: &str) -> PaymentView {
    PaymentView { description: Some(description.to_owned()), ..payment() }
}

/// The description as a reader of the table has it.
fn description(row: &str) -> String {
    let cells = only(row);
    assert_eq!(cells.len(), 12);
    cells[8].clone()
}

#[test]
fn a_file_is_called_by_the_day_that_its_rows_show() {
    let late = "2026-11-21T02:30:00Z".parse().unwrap();
    assert_eq!(CsvFormat::Plain.file_name(late, &zone(TimeZone::DEFAULT_NAME)), "one-time-payments-2026-11-21.csv");
    assert_eq!(
        CsvFormat::EsMx.file_name(late, &zone(TimeZone::DEFAULT_NAME)),
        "pagos-2026-11-20.csv",
        "it is still evening in Mexico City"
    );
    assert_eq!(CsvFormat::EsMx.file_name(late, &zone("Asia/Tokyo")), "pagos-2026-11-21.csv");
}

#[test]
fn a_row_for_programs() {
    assert_eq!(CsvFormat::Plain.header(), HEADER);
    assert_eq!(
        row(CsvFormat::Plain, &payment()),
        "\r\n\"2026-11-05T18:00:00.000Z\",\"2026-11-05T18:00:00.000Z\",\"7c9e2b64-3f0a-4d15-9a4e-5b8d1c60f2a7\",\
         \"K7Q2M9XD3FHT-1\",\"K7Q2-M9XD-3FHT\",\"pending\",\"418.75\",\"MXN\",\"Café\",\"Lucía Ortega\",\
         \"lucia@example.com\",\"2026-11-05T18:45:00.000Z\""
    );
}

#[test]
fn a_row_for_a_spreadsheet_in_mexico() {
    let header = CsvFormat::EsMx.header();
    assert_eq!(
        header.strip_prefix('\u{FEFF}').map(|row| parsed(&(row.to_owned() + CsvFormat::END))[0].len()),
        Some(12)
    );
    assert_eq!(
        row(CsvFormat::EsMx, &payment()),
        "\r\n\"05/11/2026 12:00:00\",\"05/11/2026 12:00:00\",\"7c9e2b64-3f0a-4d15-9a4e-5b8d1c60f2a7\",\"K7Q2M9XD3FHT-1\",\
         \"K7Q2-M9XD-3FHT\",\"pendiente\",\"418.75\",\"MXN\",\"Café\",\"Lucía Ortega\",\"lucia@example.com\",\
         \"05/11/2026 12:45:00\""
    );
    for (status, word) in [
        (PaymentStatus::Confirmed, "confirmado"),
        (PaymentStatus::Cancelled, "cancelado"),
        (PaymentStatus::Unknown, "desconocido"),
    ] {
        assert_eq!(only(&row(CsvFormat::EsMx, &PaymentView { status, ..payment() }))[5], word);
    }
}

/// As a table of the zones' rules has them: <https://www.iana.org/time-zones>, release 2026a or later.
#[test]
fn times_of_the_shop() {
    for (name, utc, local) in [
        // Six hours behind UTC in summer as in winter, since the law on time zones of October 2022.
        ("America/Mexico_City", "2026-01-01T05:59:59.999Z", "31/12/2025 23:59:59"),
        ("America/Mexico_City", "2026-01-01T06:00:00Z", "01/01/2026 00:00:00"),
        ("America/Mexico_City", "2026-07-15T18:00:00Z", "15/07/2026 12:00:00"),
        ("America/Mexico_City", "2028-03-01T05:00:00Z", "29/02/2028 23:00:00"),
        ("America/Cancun", "2026-07-15T18:00:00Z", "15/07/2026 13:00:00"),
        // The border towns follow the United States: a day of 23 hours, and one of 25.
        ("America/Tijuana", "2026-03-08T07:59:59Z", "07/03/2026 23:59:59"),
        ("America/Tijuana", "2026-03-08T09:59:59Z", "08/03/2026 01:59:59"),
        ("America/Tijuana", "2026-03-08T10:00:00Z", "08/03/2026 03:00:00"),
        ("America/Tijuana", "2026-03-09T06:59:59Z", "08/03/2026 23:59:59"),
        ("America/Tijuana", "2026-11-01T08:00:00Z", "01/11/2026 01:00:00"),
        ("America/Tijuana", "2026-11-01T09:00:00Z", "01/11/2026 01:00:00"),
        ("America/Tijuana", "2026-11-02T07:59:59Z", "01/11/2026 23:59:59"),
        ("America/Tijuana", "2026-11-02T08:00:00Z", "02/11/2026 00:00:00"),
        // By rule, beyond the years that the table lists.
        ("America/Tijuana", "2060-07-15T18:00:00Z", "15/07/2060 11:00:00"),
        ("Asia/Tokyo", "2026-11-28T15:00:00Z", "29/11/2026 00:00:00"),
    ] {
        let created_at = Some(utc.parse().unwrap());
        let payment = PaymentView { created_at, ..payment() };
        assert_eq!(only(&CsvFormat::EsMx.row(&payment, &zone(name)))[0], local, "{utc} in {name}");
        let plain = created_at.map(|at: UnixMillis| at.to_string()).unwrap();
        assert_eq!(only(&CsvFormat::Plain.row(&payment, &zone(name)))[0], plain, "programs get UTC");
    }
}

#[test]
fn a_zone_is_one_of_the_database() {
    assert_eq!(TimeZone::default().name(), "America/Mexico_City");
    assert_eq!(zone("america/TIJUANA").name(), "America/Tijuana");
    for wrong in [
        "",
        " ",
        "America/Atlantis",
        "Mexico City",
        "GMT-6",
        "-06:00",
        "UTC+1",
        "America/Tijuana ",
        "CST6CDT,M4.1.0,M10.5.0",
    ] {
        assert!(wrong.parse::<TimeZone>().is_err(), "{wrong:?}");
    }
    let tokyo = zone("Asia/Tokyo");
    for end in [i64::MIN, i64::MAX] {
        assert!(!tokyo.local(UnixMillis(end)).to_string().is_empty());
    }
}

/// What a spreadsheet would change stays text for it, and is untouched for programs.
#[test]
fn text_that_looks_like_a_value_stays_text() {
    for text in ["00123", "1E5", "3-4", "12/11", "12345678901234567890", "55 1234 5678", "10:30", "VERDADERO", "mar-5"]
    {
        let typed = PaymentView { external_id: Some(text.to_owned()), ..described(text) };
        let cells = only(&row(CsvFormat::EsMx, &typed));
        assert_eq!([&cells[3], &cells[8]], [&format!("'{text}"), &format!("'{text}")]);
        let cells = only(&row(CsvFormat::Plain, &typed));
        assert_eq!([&cells[3], &cells[8]], [text, text], "programs get it as it is");
    }
    let reference = "2345-6789-2345".parse().ok();
    let id = "12345678-1234-1234-1234-123456789012".parse().unwrap();
    let cells = only(&row(CsvFormat::EsMx, &PaymentView { id, reference, ..payment() }));
    assert_eq!([&cells[2], &cells[4]], ["'12345678-1234-1234-1234-123456789012", "'2345-6789-2345"]);
    assert_eq!([&cells[0], &cells[6], &cells[11]], ["05/11/2026 12:00:00", "418.75", "05/11/2026 12:45:00"], "values");
    for (text, cell) in [("+52 55 1234 5678", "'+52 55 1234 5678"), ("'3-4", "''3-4"), ("Mesa 4", "Mesa 4")] {
        assert_eq!(description(&row(CsvFormat::EsMx, &described(text))), cell, "one apostrophe is enough");
    }
}

#[test]
fn what_is_not_known_is_an_empty_cell() {
    let bare = PaymentView {
        amount: None,
        currency: None,
        description: None,
        external_id: None,
        created_at: None,
        updated_at: None,
        expires_at: None,
        payer: None,
        reference: None,
        ..payment()
    };
    for format in [CsvFormat::Plain, CsvFormat::EsMx] {
        let row = only(&row(format, &bare));
        assert_eq!(row.iter().filter(|cell| cell.is_empty()).count(), 10, "{row:?}");
    }
    let named = |first: Option<&str>, last: Option<&str>| {
        let text = |name: Option<&str>| name.map(str::to_owned);
        let mut payer = ListedPayer::default();
        (payer.first_name, payer.last_name) = (text(first), text(last));
        only(&row(CsvFormat::Plain, &PaymentView { payer: Some(payer), ..payment() }))[9].clone()
    };
    assert_eq!([named(Some("Ana"), None), named(None, Some("Ruiz")), named(None, None)], ["Ana", "Ruiz", ""]);
}

#[test]
fn no_cell_is_a_formula() {
    for (text, cell) in [
        ("=HYPERLINK(\"https://evil.example\")", "'=HYPERLINK(\"https://evil.example\")"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "' =1"),
        ("\n=1", "' =1"),
        (" \u{A0}=1", "' \u{A0}=1"),
        ("\u{202E}=1", "'=1"),
        ("\u{FEFF}\u{200B}\u{1}=1", "'=1"),
        ("\u{202E}00.1$ Café", "00.1$ Café"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠1", "'＠1"),
        ("'=1", "''=1"),
        ("'", "''"),
        ("", ""),
        ("1+1=2", "1+1=2"),
        ("Café, \"grande\"\r\nsin azúcar", "Café, \"grande\" sin azúcar"),
        ("🧾 ñandú\u{0}", "🧾 ñandú"),
    ] {
        assert_eq!(description(&row(CsvFormat::Plain, &described(text))), cell, "{text:?}");
    }
    let mut payer = ListedPayer::default();
    (payer.first_name, payer.email) = (Some("=1".to_owned()), Some("@x".to_owned()));
    let typed = PaymentView {
        payer: Some(payer),
        external_id: Some("-1".to_owned()),
        currency: Some("+".to_owned()),
        ..payment()
    };
    let row = only(&row(CsvFormat::EsMx, &typed));
    assert_eq!([&row[3], &row[7], &row[9], &row[10]], ["'-1", "'+", "'=1", "'@x"]);
}

#[test]
fn what_is_missing_is_a_row() {
    for (row, word) in [
        (CsvFormat::Plain.unreadable(), "unreadable"),
        (CsvFormat::EsMx.unreadable(), "ilegible"),
        (CsvFormat::Plain.incomplete(), "incomplete"),
        (CsvFormat::EsMx.incomplete(), "incompleto"),
    ] {
        let row = only(&row);
        assert_eq!((row.len(), row[5].as_str(), row.concat().as_str()), (12, word, word));
    }
}

#[test]
fn what_belongs_into_a_report() {
    let at = |text: &str| Some(text.parse().unwrap());
    let wanted =
        ReportQuery::parse("status=pending&from=2026-11-05T18%3A00%3A00Z&to=2026-11-06T00:00:00%2B06:00").unwrap();
    assert_eq!(
        (wanted.status.clone(), wanted.to, wanted.format),
        (Some(Status::Pending), at("2026-11-05T18:00:00Z"), CsvFormat::Plain)
    );
    let to = at("2026-11-05T18:00:01Z");
    let wanted = ReportQuery { to, ..wanted };
    assert!(wanted.takes(&listed()), "made at the first moment");
    for (created_at, taken) in [
        (at("2026-11-05T17:59:59.999Z"), false),
        (at("2026-11-05T18:00:00.999Z"), true),
        (at("2026-11-05T18:00:01Z"), false),
        (None, true),
    ] {
        let mut payment = listed();
        payment.created_at = created_at;
        assert_eq!(wanted.takes(&payment), taken, "{created_at:?}");
    }
    let mut payment = listed();
    payment.status = Status::Confirmed;
    assert!(!wanted.takes(&payment));
    for wrong in ["status=OPEN", "from=2026-11-05", "to=now", "format=csv", "format=plain&format=plain", "page=1"] {
        assert_eq!(ReportQuery::parse(wrong), None, "{wrong}");
    }
    let everything = ReportQuery::parse("").unwrap();
    let mut payment = listed();
    payment.created_at = Some(UnixMillis(i64::MIN));
    assert!(everything.takes(&payment));
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use compago::edge::shown_text::shown;
    use proptest::prelude::*;

    use super::*;

    /// What stood in the cell: one apostrophe is taken off.
    fn unguarded(cell: &str) -> &str {
        cell.strip_prefix('\'').unwrap_or(cell)
    }

    proptest! {
        #[test]
        fn what_was_typed_can_be_read_again(text in "[\"',;=+@\t\r\n -~＝－áñ🧾\u{0}\u{202E}\u{FEFF}-]{0,12}|.{0,40}") {
            for format in [CsvFormat::Plain, CsvFormat::EsMx] {
                let cell = description(&row(format, &described(&text)));
                prop_assert_eq!(unguarded(&cell), shown(&text));
                let begins_a_formula = |character: char| "=+-@\t\r\n＝＋－＠".contains(character);
                prop_assert!(!cell.starts_with(begins_a_formula), "{cell:?}");
            }
        }

        #[test]
        fn rows_that_follow_each_other_are_rows(texts in prop::collection::vec(".{0,20}", 0..8)) {
            let rows: String = texts.iter().map(|text| row(CsvFormat::Plain, &described(text))).collect();
            let table = parsed(&(CsvFormat::Plain.header() + &rows + CsvFormat::END));
            prop_assert_eq!(table.len(), texts.len() + 1);
            prop_assert!(table.iter().all(|row| row.len() == 12));
        }
    }
}
