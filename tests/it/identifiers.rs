//! Ids of payments, orders and products.

use compago::value::{
    Currency, ExternalId, ExternalIdError, PaymentId, Quantity, Reference, ReferenceError, Sku, UuidError,
};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn two_spellings_of_a_payment_id_are_one_id() {
    let lower: PaymentId = "0f0e0d0c-1111-4222-8333-4444555566af".parse().unwrap();
    let upper: PaymentId = "0F0E0D0C-1111-4222-8333-4444555566AF".parse().unwrap();
    assert_eq!(lower, upper);
    assert_eq!(upper.to_string(), "0f0e0d0c-1111-4222-8333-4444555566af");
    assert_eq!(upper.to_bytes()[..4], [0x0f, 0x0e, 0x0d, 0x0c]);
    assert_eq!(compago::json::to_string(&upper), r#""0f0e0d0c-1111-4222-8333-4444555566af""#);
    assert_eq!(compago::json::from_str::<PaymentId>(r#""0F0E0D0C-1111-4222-8333-4444555566AF""#).unwrap(), lower);
}

#[test]
fn only_a_hyphenated_uuid_is_a_payment_id() {
    use UuidError::{Digit, Hyphen, Length};
    for (text, error) in [
        ("", Length),
        ("0f0e0d0c111142228333444455556666", Length),
        ("{0f0e0d0c-1111-4222-8333-444455556666}", Length),
        ("0f0e0d0c-1111-4222-8333-44445555666", Length),
        ("0f0e0d0c-1111-4222-8333-444455556666 ", Length),
        ("0f0e0d0c_1111-4222-8333-444455556666", Hyphen),
        ("0f0e0d0c1-111-4222-8333-444455556666", Hyphen),
        ("0f0e0d0c-1111-4222-8333-44445555666g", Digit),
        ("0f0e0d0c-1111-4222-8333-4444555566/.", Digit),
        ("-f0e0d0c-1111-4222-8333-444455556666", Digit),
        ("0f0e0d0c-1111-4222-8333-4444555566é", Digit),
    ] {
        assert_eq!(text.parse::<PaymentId>(), Err(error), "{text:?}");
    }
}

#[test]
fn external_ids_need_no_escaping_anywhere() {
    for text in ["a", "K7Q2M9XD3FHT-1", "ord_881-A1", &"x".repeat(64)] {
        assert_eq!(text.parse::<ExternalId>().unwrap().as_str(), text);
    }
    use ExternalIdError::{Character, Empty, TooLong};
    assert_eq!("".parse::<ExternalId>(), Err(Empty));
    assert_eq!("x".repeat(65).parse::<ExternalId>(), Err(TooLong));
    for text in ["a b", "a/b", "a.b", "a&b", "ñ", "a\n", "a%20"] {
        assert_eq!(text.parse::<ExternalId>(), Err(Character), "{text:?}");
    }
}

#[test]
fn a_reference_is_understood_as_it_is_read_out() {
    let reference: Reference = "K7Q2-M9XD-3FHT".parse().unwrap();
    for text in ["k7q2m9xd3fht", "K7Q2 M9XD 3FHT", "k7q2-M9xd3-fht", "-K7Q2M9XD3FHT-"] {
        assert_eq!(text.parse::<Reference>(), Ok(reference), "{text}");
    }
    assert_eq!("OIL0-0000-000o".parse::<Reference>().unwrap().to_string(), "0110-0000-0000");
    assert_eq!(compago::json::to_string(&reference), r#""K7Q2M9XD3FHT""#);
    assert_eq!(compago::json::from_str::<Reference>(r#""K7Q2-M9XD-3FHT""#).unwrap(), reference);
}

#[test]
fn invalid_references_are_refused() {
    for text in ["", "K7Q2-M9XD-3FH", "K7Q2-M9XD-3FHTT", "0000000000000000000000000000000000"] {
        assert_eq!(text.parse::<Reference>(), Err(ReferenceError::Length), "{text}");
    }
    for text in ["U7Q2-M9XD-3FHT", "K7Q2_M9XD_3FHT", "K7Q2-M9XD-3FHÑ", "K7Q2\nM9XD3FHT"] {
        assert_eq!(text.parse::<Reference>(), Err(ReferenceError::Character), "{text}");
    }
}

#[test]
fn a_reference_takes_the_first_sixty_bits() {
    assert_eq!(Reference::from_bytes(&[0; 8]).compact(), "000000000000");
    assert_eq!(Reference::from_bytes(&[0xFF; 8]).compact(), "ZZZZZZZZZZZZ");
    assert_eq!(Reference::from_bytes(&[0, 0, 0, 0, 0, 0, 0, 0x10]).compact(), "000000000001");
    assert_eq!(Reference::from_bytes(&[0x08, 0, 0, 0, 0, 0, 0, 0x0F]).compact(), "100000000000");
}

#[test]
fn skus_and_quantities_have_their_limits() {
    for text in ["a", "cafe_500-G", &"x".repeat(40)] {
        assert_eq!(text.parse::<Sku>().unwrap().as_str(), text);
    }
    for text in ["", "a b", "café", "a/b", &"x".repeat(41)] {
        assert!(text.parse::<Sku>().is_err(), "{text}");
    }
    assert!(Quantity::new(1).is_ok() && Quantity::new(99).is_ok());
    assert!(Quantity::new(0).is_err() && Quantity::new(100).is_err());
    assert!(compago::json::from_str::<Quantity>("0").is_err());
}

#[test]
fn pesos_are_the_only_currency() {
    assert_eq!(compago::json::from_str::<Currency>(r#""MXN""#).unwrap(), Currency::Mxn);
    assert_eq!(compago::json::to_string(&Currency::Mxn), r#""MXN""#);
    for text in ["USD", "mxn", "", "MXN "] {
        assert!(text.parse::<Currency>().is_err(), "{text}");
    }
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use compago::value::{PaymentId, Reference};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_payment_id_survives_text(bytes: [u8; 16]) {
            let id = PaymentId::from_bytes(bytes);
            prop_assert_eq!(id.to_string().parse::<PaymentId>(), Ok(id));
        }

        #[test]
        fn any_reference_survives_both_forms(bytes: [u8; 8]) {
            let reference = Reference::from_bytes(&bytes);
            prop_assert_eq!(reference.to_string().parse::<Reference>(), Ok(reference));
            prop_assert_eq!(reference.compact().parse::<Reference>(), Ok(reference));
        }
    }
}
