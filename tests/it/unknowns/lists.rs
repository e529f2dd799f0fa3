//! Items of the list.

use compago::api::one_time_payment::Status;
use compago::endpoint::{CallError, DecodeError};
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{ID, full, item, limited, list, page, page_ok, read_ok, with, without};
use crate::recording::{answer, reply};

#[test]
fn list_items_of_final_states() {
    let limited = limited("CONFIRMED", false);
    let mut whole = item();
    whole["status"] = json!("CONFIRMED");
    let fields = json!([ID, "CONFIRMED", 418.75, "MXN", "K7Q2M9XD3FHT-1", null, null, null]);
    let listed = page_ok(&page(&[limited, whole, json!(null), json!(7), json!("x"), fields, json!({})]));
    assert_eq!((listed.readable.len(), listed.unreadable), (1, 6));
    assert_eq!(listed.readable[0].status, Status::Confirmed);
}

#[test]
fn required_fields_of_list_items() {
    for field in ["id", "status", "amount", "currency", "externalId"] {
        for broken in [without(item(), field), with(item(), field, json!(null)), with(item(), field, json!([]))] {
            let listed = page_ok(&page(&[broken, item()]));
            assert_eq!((listed.readable.len(), listed.unreadable), (1, 1), "{field}");
        }
    }
    let others =
        ["expiresAt", "redirectUrl", "homepageUrl", "description", "createdAt", "updatedAt", "billingInformation"];
    for field in others {
        for fewer in [without(item(), field), with(item(), field, json!(null))] {
            assert_eq!(page_ok(&page(&[fewer])).readable.len(), 1, "{field}");
        }
    }
}

#[test]
fn required_fields_of_pages() {
    for field in ["count", "page", "pageSize"] {
        let listed = page_ok(&without(page(&[item()]), field));
        assert_eq!(listed.readable.len(), 1, "{field}");
    }
    for items in [json!(null), json!({}), json!("none")] {
        assert!(matches!(
            answer(&list(), reply(200, with(page(&[]), "items", items).to_string())),
            Err(CallError::Decode(DecodeError::Shape))
        ));
    }
}

/// A sample of the reference has California as the state. Fields for display only never make a payment unreadable.
#[test]
fn display_only_fields_of_any_form() {
    for person in [json!(null), json!({}), json!({ "address": { "state": "California" } }), json!("Ana"), json!([[]])] {
        assert_eq!(page_ok(&page(&[with(item(), "billingInformation", person)])).unreadable, 0);
    }
    for field in ["description", "createdAt", "updatedAt"] {
        for value in [json!(7), json!({}), json!([]), json!("")] {
            assert_eq!(page_ok(&page(&[with(item(), field, value)])).unreadable, 0, "{field}");
        }
    }
    let listed = page_ok(&page(&[with(item(), "billingInformation", json!({ "email": 7, "lastName": "Ortega" }))]));
    let payer = listed.readable[0].payer.clone().unwrap();
    assert_eq!((payer.email, payer.last_name.as_deref()), (None, Some("Ortega")));
}

#[test]
fn the_payer_is_not_printed() {
    let listed = page_ok(&page(&[item()]));
    let printed = format!("{listed:?}");
    assert!(!printed.contains("Ortega"), "{printed}");
    assert_eq!(format!("{:?}", listed.readable[0].payer), "Some(ListedPayer(redacted))");
}

#[test]
fn length_characters_and_case_of_external_ids() {
    for id in ["", " ", "ABC", "abc", "order 7/á?&#", "🧾", "\u{0}\n", &"x".repeat(10_000)] {
        let (read, list) = (with(full(), "externalId", json!(id)), with(item(), "externalId", json!(id)));
        assert_eq!(read_ok(&read).external_id.as_deref(), Some(id));
        assert_eq!(page_ok(&page(&[list])).readable[0].external_id, id);
    }
}
