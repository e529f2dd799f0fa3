//! Amounts, numbers and currencies in answers.

use compago::endpoint::CallError;
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{full, get, item, list, page, page_ok, read_ok, with};
use crate::recording::{answer, reply};

#[test]
fn decimals_of_amounts() {
    for (amount, expected) in [
        ("418.75", "418.75"),
        ("418.750", "418.75"),
        ("4.1875e2", "418.75"),
        ("41875E-2", "418.75"),
        ("418", "418.00"),
        ("418.0", "418.00"),
        ("0.01", "0.01"),
        ("99999999.99", "99999999.99"),
        // An older sample of the reference has text.
        ("\"418.75\"", "418.75"),
        ("\"100.00\"", "100.00"),
    ] {
        let body = full().to_string().replace("418.75", amount);
        let reading = answer(&get(), reply(200, body)).unwrap();
        assert_eq!(reading.amount.unwrap().to_string(), expected, "{amount}");
    }
}

#[test]
fn invalid_amounts() {
    let huge = "9".repeat(400);
    for amount in [
        "0",
        "-1",
        "-418.75",
        "418.755",
        "1e9",
        "1e308",
        "1e309",
        "-0.0",
        "18446744073709551616",
        "\"\"",
        "\"418,75\"",
        "\"MXN 418.75\"",
        "true",
        "[418.75]",
        "{\"value\":418.75}",
        "NaN",
        "Infinity",
        "0x10",
        "01",
        &huge,
    ] {
        let body = full().to_string().replace("418.75", amount);
        assert!(matches!(answer(&get(), reply(200, body)), Err(CallError::Decode(_))), "{amount}");
    }
}

#[test]
fn maximum_of_numbers() {
    for count in [json!(0), json!(u64::MAX), json!(null)] {
        assert_eq!(page_ok(&with(page(&[item()]), "count", count.clone())).count, count.as_u64());
    }
    for count in ["-1", "1.5", "1e400", "18446744073709551616", "\"31\"", "[]"] {
        let body = page(&[item()]).to_string().replace("\"count\":1", &format!("\"count\":{count}"));
        assert!(matches!(answer(&list(), reply(200, body)), Err(CallError::Decode(_))), "{count}");
    }
}

/// The reference lists USD, all other pages document MXN only: an answer in another currency is read, but is not what
/// was requested.
#[test]
fn another_currency() {
    assert_eq!(read_ok(&with(full(), "currency", json!("USD"))).currency.as_deref(), Some("USD"));
    assert_eq!(page_ok(&page(&[with(item(), "currency", json!("USD"))])).readable[0].currency, "USD");
}
