//! Amounts converted to and from text and JSON numbers.

use compago::json::{from_str, to_string};
use compago::value::{Amount, amount::Pesos};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn amount(centavos: u64) -> Amount {
    Amount::from_centavos(centavos).unwrap()
}

fn round_trip(centavos: u64) {
    let pesos = Pesos(amount(centavos));
    let json = to_string(&pesos);
    assert_eq!(from_str(&json), Ok(pesos), "{json}");
    let spelled_out = pesos.0.to_string();
    assert_eq!(from_str(&spelled_out), Ok(pesos), "{spelled_out}");
    let rounded: f64 = json.parse().unwrap();
    assert_eq!(from_str(&rounded.to_string()), Ok(pesos), "a double on the way changes nothing: {rounded}");
}

#[test]
fn every_amount_to_twenty_thousand_pesos_survives_a_json_number() {
    (1..=2_000_000).for_each(round_trip);
}

#[test]
fn amounts_all_over_the_range_survive_a_json_number() {
    (1..=9_999_999_999).step_by(99_991).for_each(round_trip);
    (9_999_900_000..=9_999_999_999).for_each(round_trip);
}

#[test]
fn no_amount_has_a_neighbouring_number() {
    for centavos in (1..=9_999_999_999).step_by(999_983) {
        let number: f64 = to_string(&Pesos(amount(centavos))).parse().unwrap();
        assert!(from_str::<Pesos>(&number.next_up().to_string()).is_err(), "{number}");
        assert!(from_str::<Pesos>(&number.next_down().to_string()).is_err(), "{number}");
    }
}

#[test]
fn whole_pesos_are_written_as_integers() {
    for (centavos, json) in [(100, "1"), (35_000, "350"), (35_050, "350.5"), (35_055, "350.55"), (1, "0.01")] {
        assert_eq!(to_string(&Pesos(amount(centavos))), json);
    }
}

#[test]
fn numbers_are_read_however_they_are_spelled() {
    for spelling in ["350.5", "350.50", "350.500000", "3505e-1", "3.505E2", r#""350.50""#, r#""350.5""#] {
        assert_eq!(from_str(spelling), Ok(Pesos(amount(35_050))), "{spelling}");
    }
}

#[test]
fn invalid_amounts_are_refused() {
    for value in [
        "350.505",
        "0.001",
        "0",
        "0.0",
        "-0.0",
        "-1",
        "-350.5",
        "100000000",
        "99999999.991",
        "1e9",
        "18446744073709551615",
        "-9223372036854775808",
        r#""350.505""#,
        r#""1e3""#,
        r#""""#,
        r#"" 1""#,
        "null",
        "true",
        "[1]",
        "{}",
    ] {
        assert!(from_str::<Pesos>(value).is_err(), "{value}");
    }
}

#[test]
fn a_missing_amount_stays_missing() {
    assert_eq!(from_str::<Option<Pesos>>("null"), Ok(None));
    assert_eq!(from_str::<Option<Pesos>>("2.5"), Ok(Some(Pesos(amount(250)))));
    assert!(from_str::<Option<Pesos>>("2.505").is_err());
}

#[test]
fn on_our_own_wire_an_amount_is_text_with_two_decimals() {
    assert_eq!(to_string(&amount(35_050)), r#""350.50""#);
    assert_eq!(from_str::<Amount>(r#""350.5""#).unwrap(), amount(35_050));
    assert!(from_str::<Amount>("350.5").is_err());
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use compago::value::Amount;
    use proptest::prelude::*;

    use super::{amount, round_trip};

    proptest! {
        #[test]
        fn any_amount_survives_a_json_number(centavos in 1..=9_999_999_999_u64) {
            round_trip(centavos);
        }

        #[test]
        fn any_amount_survives_text(centavos in 1..=9_999_999_999_u64) {
            let amount = amount(centavos);
            prop_assert_eq!(amount.to_string().parse::<Amount>(), Ok(amount));
        }

        #[test]
        fn any_text_that_is_accepted_has_its_value(text in "[0-9.]{0,12}|.{0,6}") {
            if let Ok(amount) = text.parse::<Amount>() {
                let written = amount.to_string();
                let shortened = written.trim_end_matches('0').trim_end_matches('.');
                prop_assert_eq!(shortened, if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text });
            }
        }
    }
}
