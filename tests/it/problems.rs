//! Messages for people, in each language.

use compago::problem::{Locale, Problem, ProblemCode, Refusal};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The fields of our bodies, and places in them.
const POINTERS: &[&str] = &[
    "",
    "/amount",
    "/description",
    "/externalId",
    "/homepageUrl",
    "/returnUrl",
    "/ttlMinutes",
    "/items",
    "/items/0",
    "/items/0/sku",
    "/items/11/quantity",
    "/billingInformation",
    "/billingInformation/email",
    "/billingInformation/firstName",
    "/billingInformation/lastName",
    "/billingInformation/phoneNumber",
    "/billingInformation/address",
    "/billingInformation/address/addressLine",
    "/billingInformation/address/city",
    "/billingInformation/address/state",
    "/billingInformation/address/zip",
];

#[test]
fn every_code_has_a_message_in_each_language() {
    for code in ProblemCode::ALL {
        for pointer in POINTERS {
            let problem = Problem::new(*pointer, Refusal { code: *code, limit: Some(80) });
            let [es, en] = [Locale::EsMx, Locale::En].map(|locale| problem.detail(locale));
            assert_ne!(es, en, "{code}");
            for detail in [es, en] {
                assert!(detail.ends_with('.') && !detail.contains(['{', '}']), "{code} at {pointer}: {detail}");
                assert!(detail.starts_with(char::is_uppercase), "{code} at {pointer}: {detail}");
            }
        }
    }
}

#[test]
fn every_field_is_named_in_plain_words() {
    for pointer in POINTERS {
        let problem = Problem::new(*pointer, ProblemCode::Required);
        assert!(!problem.detail(Locale::EsMx).contains("este campo"), "{pointer}");
        assert!(!problem.detail(Locale::En).contains("this field"), "{pointer}");
    }
}

#[test]
fn codes_are_kebab_case_and_differ() {
    for (at, code) in ProblemCode::ALL.iter().enumerate() {
        let text = code.as_str();
        assert!(text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{text}");
        assert!(ProblemCode::ALL[..at].iter().all(|other| other.as_str() != text), "{text}");
    }
}

#[test]
fn a_line_of_a_list_is_counted_from_one() {
    let problem = Problem::new("/items/1/quantity", ProblemCode::QuantityRange);
    assert_eq!(problem.detail(Locale::En), "Choose the quantity in line 2 between 1 and 99.");
    assert_eq!(problem.detail(Locale::EsMx), "Elige la cantidad del renglón 2 entre 1 y 99.");
}

#[test]
fn a_message_contains_its_limit() {
    let problem = Problem::new("/description", Refusal::too_long(200));
    assert_eq!(problem.detail(Locale::En), "Shorten the description to 200 characters or fewer.");
}

#[test]
fn the_name_of_an_unknown_field_is_not_repeated_in_words() {
    let problem = Problem::new("/marker<script>", ProblemCode::UnknownField);
    for locale in Locale::ALL {
        assert!(!problem.detail(*locale).contains("marker"));
    }
}

#[test]
fn a_localized_problem_has_the_form_of_the_http_api() {
    let localized = Problem::new("/billingInformation/email", ProblemCode::EmailFormat).localized(Locale::En);
    assert_eq!(
        crate::wire::to_value(&localized),
        serde_json::json!({
            "pointer": "/billingInformation/email",
            "code": "email-format",
            "detail": "Enter the email address in full, for example name@example.com.",
        })
    );
}

#[test]
fn the_preferred_language_is_found() {
    use Locale::{En, EsMx};
    for (header, locale) in [
        ("", EsMx),
        ("es-MX", EsMx),
        ("es", EsMx),
        ("ES-419", EsMx),
        ("en", En),
        ("EN-us", En),
        ("en-US,en;q=0.9", En),
        ("es-MX,es;q=0.9,en;q=0.8", EsMx),
        ("fr,en;q=0.4,es;q=0.3", En),
        ("en;q=0.5, es;q=0.7", EsMx),
        ("en;q=0.5,es;q=0.5", En),
        ("en;q=0", EsMx),
        ("en;q=0.000,es;q=0.001", EsMx),
        ("de;q=1.0, en;q=0.001", En),
        ("*", EsMx),
        ("*;q=0.1,en;q=0.5", En),
        ("en;q=2", EsMx),
        ("en;q=1.5", EsMx),
        ("en;q=x", EsMx),
        ("en;q=0.1234", EsMx),
        ("en;q=-1", EsMx),
        ("enx", EsMx),
        (",;,en", En),
        ("fr-FR", EsMx),
    ] {
        assert_eq!(Locale::from_accept_language(header), locale, "{header:?}");
    }
}
