//! Lists are filtered by Compago's words and by ours, however they are spelled.

use compago::api::one_time_payment::Status;
use compago::api::payment_method::{CardPaymentStatus, MethodStatus};
use compago::edge::csv::CsvFormat;
use compago::edge::list::{Filter, ListQuery};
use compago::edge::one_time_payment::{PaymentQuery, ReportQuery};
use compago::operations;
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const PAYMENTS: &[(&str, Status)] =
    &[("pending", Status::Pending), ("confirmed", Status::Confirmed), ("cancelled", Status::Cancelled)];

const METHODS: &[(&str, MethodStatus)] = &[
    ("pending", MethodStatus::Pending),
    ("active", MethodStatus::Active),
    ("expired", MethodStatus::Expired),
    ("revoked", MethodStatus::Revoked),
];

const CHARGES: &[(&str, CardPaymentStatus)] = &[
    ("not_initialized", CardPaymentStatus::NotInitialized),
    ("not-initialized", CardPaymentStatus::NotInitialized),
    ("pending", CardPaymentStatus::Pending),
    ("confirmed", CardPaymentStatus::Confirmed),
    ("declined", CardPaymentStatus::Cancelled),
    ("cancelled", CardPaymentStatus::Cancelled),
    ("refunded", CardPaymentStatus::Refunded),
];

/// The word in every case, and as a paste may bring it.
fn spellings(word: &str) -> Vec<String> {
    let mut mixed = word.to_owned();
    mixed.get_mut(..1).unwrap().make_ascii_uppercase();
    let pasted = format!("+%EF%BB%BF{word}%E2%80%8B+");
    vec![word.to_owned(), word.to_uppercase(), mixed, pasted]
}

fn every<State: Filter + PartialEq + std::fmt::Debug + Clone>(
    words: &[(&str, State)],
    read: impl Fn(&str) -> Option<Option<State>>,
) {
    for (word, state) in words {
        for spelling in spellings(word) {
            assert_eq!(read(&format!("status={spelling}")), Some(Some(state.clone())), "{spelling}");
        }
    }
    assert_eq!(read("status="), Some(None));
    for wrong in ["status=unknown", "status=paid", "status=confirmed,pending", "status=%FF", "state=confirmed"] {
        assert_eq!(read(wrong), None, "{wrong}");
    }
}

#[test]
fn every_list_is_filtered_by_either_spelling() {
    every(PAYMENTS, |query| PaymentQuery::parse(query).map(|asked| asked.list.status));
    every(PAYMENTS, |query| ReportQuery::parse(query).map(|asked| asked.status));
    every(METHODS, |query| ListQuery::parse(query).map(|asked| asked.status));
    every(CHARGES, |query| ListQuery::parse(query).map(|asked| asked.status));
}

#[test]
fn currencies_and_formats_are_read_in_any_case() {
    for text in ["MXN", "mxn", "Mxn", "+mxn%C2%A0"] {
        assert!(
            PaymentQuery::parse(&format!("currency={text}")).is_some_and(|asked| asked.currency.is_some()),
            "{text}"
        );
    }
    assert!(PaymentQuery::parse("currency=usd").is_none());
    for (text, format) in [("plain", CsvFormat::Plain), ("PLAIN", CsvFormat::Plain), ("es-mx", CsvFormat::EsMx)] {
        assert_eq!(ReportQuery::parse(&format!("format={text}")).map(|asked| asked.format), Some(format), "{text}");
    }
}

#[test]
fn an_operation_filters_by_either_spelling() {
    let target = |call: &str, status: &str| {
        let id = "dddd0000-1111-4222-8333-444455556666";
        let input = match call {
            "payment-method.payments" => json!({ "id": id, "status": status }),
            _ => json!({ "status": status }),
        };
        operations::prepare(call, &crate::wire::tree(&input)).unwrap().target
    };
    for (call, spelling, sent) in [
        ("one-time-payment.list", "confirmed", "CONFIRMED"),
        ("one-time-payment.list", "Pending", "PENDING"),
        ("payment-method.list", "active", "ACTIVE"),
        ("payment-method.payments", "declined", "CANCELLED"),
        ("payment-method.payments", "not-initialized", "NOT_INITIALIZED"),
        ("payment-method.payments", "DISPUTED", "DISPUTED"),
    ] {
        assert!(target(call, spelling).contains(&format!("status={sent}")), "{call} {spelling}");
    }
}
