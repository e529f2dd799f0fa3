//! Names and contact data of payers, and their redaction.

use compago::value::{
    Address, AddressLine, BillingInformation, City, Email, EmailError, PersonName, PhoneError, PhoneNumber, StateCode,
    TextError, Zip, ZipError,
};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn valid_addresses_are_accepted() {
    for text in [
        "ana@example.com",
        "Ana.Ruiz+tienda@correo.example.mx",
        "o'brien@example.com",
        "a@b.co",
        "1@2.x3",
        "ana@xn--caf-dma.example",
    ] {
        assert_eq!(text.parse::<Email>().unwrap().as_str(), text);
    }
    for text in [" ana@example.com\n", "mailto:ana@example.com", "Mailto: ana@example.com", "an\u{200D}a@example.com"] {
        assert_eq!(text.parse::<Email>().unwrap().as_str(), "ana@example.com", "{text:?}");
    }
}

#[test]
fn typing_errors_in_an_address_are_found() {
    for text in [
        "ana",
        "ana@",
        "@example.com",
        "ana@example",
        "ana@@example.com",
        "ana@b@example.com",
        "ana@.com",
        "ana@example.",
        "ana@example..com",
        "ana ruiz@example.com",
        "ana@exam ple.com",
        "ana,@example.com",
        "ana@example,com",
        "<ana@example.com>",
        "ana@-example.com",
        "ana@example-.com",
        "ana@example_x.com",
        "josé@example.com",
        "ana@café.mx",
        "ana@127.0.0.1",
        "ana\0@example.com",
        "ana@example.com\u{202E} x",
        "mailto:mailto:ana@example.com",
        "ana@example.com\u{3164}x",
    ] {
        assert_eq!(text.parse::<Email>(), Err(EmailError::Format), "{text:?}");
    }
    for text in [".ana@example.com", "ana.@example.com", "a..b@example.com", ".@example.com", "...@example.com"] {
        assert_eq!(text.parse::<Email>(), Err(EmailError::Dots), "{text:?}");
    }
    assert_eq!(" ".parse::<Email>(), Err(EmailError::Empty));
    let local = "a".repeat(64);
    assert!(format!("{local}@example.com").parse::<Email>().is_ok());
    assert_eq!(format!("{local}a@example.com").parse::<Email>(), Err(EmailError::TooLong));
    let domain = format!("{0}.{0}.{0}", "d".repeat(62));
    assert_eq!(format!("{local}@{domain}.mx").len(), 256);
    assert_eq!(format!("{local}@{domain}.mx").parse::<Email>(), Err(EmailError::TooLong));
    assert!(format!("{}@{domain}.mx", "a".repeat(62)).parse::<Email>().is_ok());
}

#[test]
fn every_format_of_a_mexican_number_is_the_same_number() {
    for text in [
        "5512345678",
        "55 1234 5678",
        "(55) 1234-5678",
        "55.1234.5678",
        "525512345678",
        "5215512345678",
        "+525512345678",
        "+52 55 1234 5678",
        "+52 1 55 1234 5678",
        "+5215512345678",
        "0052 55 1234 5678",
        "00 52 1 55 1234 5678",
        "01 55 1234 5678",
        "044 55 1234 5678",
        "045 55 1234 5678",
        "+52 01 55 1234 5678",
        " 55\u{A0}1234\u{2011}5678 ",
        "\u{202A}+52 55 1234 5678\u{202C}",
        "+52\u{200B} 55 1234 5678",
        "\u{FEFF}55\u{FE0D}-1234-5678",
        "55\u{200C}1234\u{200D}5678",
        "55\u{2212}1234\u{2013}5678",
        "55/1234/5678",
        "55·1234·5678",
        "55,1234,5678",
        "5,512,345,678",
        "tel:+525512345678",
        "TEL: 55 1234 5678",
        "Tel. 55 1234 5678",
        "+52 (0) 55 1234 5678",
        "(+52) (0)55 1234 5678",
    ] {
        assert_eq!(text.parse::<PhoneNumber>().expect(text).as_str(), "+525512345678", "{text:?}");
    }
}

#[test]
fn other_numbers_need_their_country() {
    for (text, expected) in [
        ("+1 (415) 555-0100", "+14155550100"),
        ("0034 912 345 678", "+34912345678"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+521234567890", "+521234567890"),
        ("5212345678", "+525212345678"),
        ("+12345678", "+12345678"),
        ("+44 (0)7911 123456", "+447911123456"),
        ("(+44)( 0 )7911 123456", "+447911123456"),
        ("0044 (0)7911 123456", "+447911123456"),
        ("+49 (0) 151 12345678", "+4915112345678"),
        ("+49 (0)30/123456", "+4930123456"),
        ("+353 (0)85 123 4567", "+353851234567"),
        ("+39 (0)6 1234 5678", "+390612345678"),
        ("+378 (0)549 123456", "+3780549123456"),
        ("+1 415 (0) 5550100", "+141505550100"),
        ("+39 06 1234 5678", "+390612345678"),
        ("+123456789012345", "+123456789012345"),
    ] {
        assert_eq!(text.parse::<PhoneNumber>().expect(text).as_str(), expected);
    }
}

/// The payer may be a company.
#[test]
fn toll_free_numbers_are_numbers() {
    assert_eq!("800 123 4567".parse::<PhoneNumber>().unwrap().as_str(), "+528001234567");
    assert_eq!("01 800 123 4567".parse::<PhoneNumber>().unwrap().as_str(), "+528001234567");
}

#[test]
fn typing_errors_in_a_number_are_found() {
    use PhoneError::{Character, CountryCode, Empty, Extension, Length, Repeated};
    for (text, error) in [
        ("", Empty),
        (" - ", Empty),
        ("+", Character),
        ("00", Character),
        ("55 1234 567x", Character),
        ("55+1234567", Character),
        ("++525512345678", Character),
        ("٥٥١٢٣٤٥٦٧٨", Character),
        ("1234", CountryCode),
        ("551234567", CountryCode),
        ("55123456789", CountryCode),
        ("0512345678", CountryCode),
        ("14155550100", CountryCode),
        ("+52551234567", Length),
        ("+52 55 1234 56789", Length),
        ("+52 2 55 1234 5678", Length),
        ("+1234567", Length),
        ("+1234567890123456", Length),
        ("+0123456789", Length),
        ("(0) 55 1234 5678", CountryCode),
        ("55 1234 5678 ext. 102", Extension),
        ("55 1234 5678 Ext 102", Extension),
        ("55 1234 5678 extensión 102", Extension),
        ("55 1234 5678 int. 5", Extension),
        ("5512345678x102", Extension),
        ("5512345678 #102", Extension),
        ("5512345678,102", Extension),
        ("+1 415 555 0100,22", Extension),
        ("+1 415 555 0100 x22", Extension),
        ("tel:+52-55-1234-5678;ext=102", Extension),
        ("55 1234 5678 casa 2", Character),
        ("5512345678, 5587654321", CountryCode),
        ("+1 415 555 0100, 415 555 0101", Character),
        ("+1 415 555 0100/01", Character),
        ("+49 30/1234/5678", Character),
        ("1111111111", Repeated),
        ("+52 5555555555", Repeated),
        ("+1 999 999 9999", Repeated),
        ("+33333333333", Repeated),
    ] {
        assert_eq!(text.parse::<PhoneNumber>(), Err(error), "{text:?}");
    }
}

#[test]
fn names_and_places_keep_their_letters_within_their_limits() {
    assert_eq!(" Ma. del  Carmen ".parse::<PersonName>().unwrap().as_str(), "Ma. del Carmen");
    assert_eq!("O'Higgins-Ñuñez".parse::<PersonName>().unwrap().as_str(), "O'Higgins-Ñuñez");
    assert_eq!("ñ".repeat(81).parse::<PersonName>(), Err(TextError::TooLong { limit: 80 }));
    assert!("ñ".repeat(80).parse::<City>().is_ok());
    assert!("é".repeat(200).parse::<AddressLine>().is_ok());
    assert_eq!("é".repeat(201).parse::<AddressLine>(), Err(TextError::TooLong { limit: 200 }));
    assert_eq!("Calle 5\n# 10".parse::<AddressLine>().unwrap().as_str(), "Calle 5 # 10");
    assert_eq!("  ".parse::<City>(), Err(TextError::Empty));
}

#[test]
fn a_postal_code_keeps_its_zeros() {
    for text in [" 03100 ", "\u{FEFF}03100", "031\u{200D}00\n"] {
        assert_eq!(text.parse::<Zip>().unwrap().as_str(), "03100");
    }
    assert_eq!("".parse::<Zip>(), Err(ZipError::Empty));
    for text in ["3100", "031000", "0310O", "03 100", "٠٣١٠٠", "-3100"] {
        assert_eq!(text.parse::<Zip>(), Err(ZipError::Format), "{text}");
    }
}

fn billing() -> BillingInformation {
    BillingInformation {
        email: "marker@example.com".parse().unwrap(),
        first_name: "Marker".parse().unwrap(),
        last_name: "Marker".parse().unwrap(),
        phone_number: "+525500009999".parse().unwrap(),
        address: Address {
            address_line: "Marker 9999".parse().unwrap(),
            city: "Marker".parse().unwrap(),
            state: StateCode::Puebla,
            zip: "99990".parse().unwrap(),
        },
    }
}

#[test]
fn billing_information_has_compagos_names_on_the_wire() {
    let json = serde_json::json!({
        "email": "marker@example.com",
        "firstName": "Marker",
        "lastName": "Marker",
        "phoneNumber": "+525500009999",
        "address": { "addressLine": "Marker 9999", "city": "Marker", "state": "PUE", "zip": "99990" },
    });
    assert_eq!(crate::wire::to_value(&billing()), json);
    assert_eq!(crate::wire::from_value::<BillingInformation>(&json).unwrap(), billing());
}

#[test]
fn personal_data_does_not_show_in_debug() {
    let shown = format!("{:?}", billing()).to_lowercase();
    assert!(!shown.contains("marker") && !shown.contains("999"), "{shown}");
}

#[test]
fn text_stored_by_older_versions_is_still_read() {
    let json = serde_json::json!({
        "email": ".ana..ruiz@example.com",
        "firstName": "\u{3164}",
        "lastName": "Ru\u{E000}iz",
        "phoneNumber": "+521111111111",
        "address": { "addressLine": "Calle\u{FFFE} 5", "city": "Puebla", "state": "PUE", "zip": "72000" },
    });
    let stored: BillingInformation = crate::wire::from_value(&json).unwrap();
    assert_eq!(crate::wire::to_value(&stored), json);
    for (field, wrong) in [("email", "ana"), ("phoneNumber", "+52"), ("firstName", " ")] {
        let mut json = json.clone();
        json[field] = serde_json::json!(wrong);
        assert!(crate::wire::from_value::<BillingInformation>(&json).is_err(), "{field}");
    }
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use compago::value::{Email, PersonName, PhoneNumber};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parsing_is_idempotent(text in "[0-9 +().-]{0,22}|[a-z@. ]{0,20}|.{0,30}") {
            if let Ok(phone) = text.parse::<PhoneNumber>() {
                prop_assert!((9..=16).contains(&phone.as_str().len()));
                prop_assert_eq!(&phone.as_str().parse::<PhoneNumber>(), &Ok(phone.clone()));
            }
            if let Ok(email) = text.parse::<Email>() {
                prop_assert_eq!(&email.as_str().parse::<Email>(), &Ok(email.clone()));
            }
            if let Ok(name) = text.parse::<PersonName>() {
                prop_assert_eq!(&name.as_str().parse::<PersonName>(), &Ok(name.clone()));
            }
        }
    }
}
