//! Which secrets a configuration may have.

use compago::edge::{NamedSecret, Weakness, weaknesses};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn weakness(value: &str) -> Option<Weakness> {
    weaknesses(&[NamedSecret::list("SECRET", value)]).first().map(|(_, weakness)| *weakness)
}

#[test]
fn what_can_be_guessed() {
    for (value, expected) in [
        ("aaaaaaaaaaaaaaaa", Weakness::FewCharacters),
        ("00000000000000000000000000000000", Weakness::FewCharacters),
        ("abababababababab", Weakness::FewCharacters),
        ("abcdeabcdeabcdeabcde", Weakness::FewCharacters),
        ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", Weakness::FewCharacters),
        ("changemechangeme", Weakness::Repetition),
        ("changemechangemechang", Weakness::Repetition),
        ("1234567812345678", Weakness::Repetition),
        ("abcdefghijklmnop", Weakness::Sequence),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", Weakness::Sequence),
        ("0123456789abcdef", Weakness::Sequence),
        ("0123456789ABCDEFGHIJabcdefghij", Weakness::Sequence),
        ("9876543210fedcba", Weakness::Sequence),
        ("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Weakness::FewCharacters),
        // The bytes 0 to 23, and the text "changeme" three times.
        ("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", Weakness::Sequence),
        ("whsec_Y2hhbmdlbWVjaGFuZ2VtZWNoYW5nZW1l", Weakness::Repetition),
        ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", Weakness::Sequence),
        ("Y2hhbmdlbWVjaGFuZ2VtZWNoYW5nZW1l", Weakness::Repetition),
        ("N3w-key-of-november-2026-0123456789 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", Weakness::FewCharacters),
    ] {
        assert_eq!(weakness(value), Some(expected), "{value}");
    }
}

#[test]
fn what_cannot() {
    for value in [
        "P0zjkD4Ry1f8qv1uYw6lHkXo2s5nA7cEbT9gMiVrKQU=",
        "4Zs2pRk0VtXw7QbJ",
        "9f1c03a7e52b8d46",
        "operator-token-1",
        "correct horse battery staple",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDx2Qe8Yp3+Eg=, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "N3w-key-of-november-2026-0123456789 0ld-key-of-november-2025-0123456789",
        // Malformed, and told as such elsewhere.
        "whsec_?!",
    ] {
        let one = weaknesses(&[NamedSecret::one("SECRET", value)]);
        assert_eq!(one, [], "{value}");
    }
}

#[test]
fn two_secrets_are_two() {
    const ONE: &str = "4Zs2pRk0VtXw7QbJ";
    const OTHER: &str = "9f1c03a7e52b8d46";
    const THIRD: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    fn pair(one: &str, other: &str) -> Vec<(&'static str, Weakness)> {
        weaknesses(&[NamedSecret::list("ONE", one), NamedSecret::list("OTHER", other)])
    }

    assert_eq!(pair(ONE, OTHER), []);
    assert_eq!(pair(ONE, ONE), [("OTHER", Weakness::SameAs("ONE"))]);
    assert_eq!(pair(THIRD, &format!("whsec_{THIRD}")), [("OTHER", Weakness::SameAs("ONE"))]);
    assert_eq!(pair(&format!("{OTHER} {ONE}"), &format!("{THIRD},{ONE}")), [("OTHER", Weakness::SameAs("ONE"))]);
    assert_eq!(pair(&format!("{ONE} {ONE}"), OTHER), [], "a rotation that is over but not cleaned up");
    assert_eq!(
        weaknesses(&[NamedSecret::one("A", ONE), NamedSecret::one("B", ONE), NamedSecret::one("C", ONE)]),
        [("B", Weakness::SameAs("A")), ("C", Weakness::SameAs("A"))]
    );
    assert_eq!(weaknesses(&[]), []);
}

#[test]
fn reasons_hold_no_secret() {
    for (value, expected) in [
        ("aaaaaaaaaaaaaaaa", "it has too few different characters"),
        ("changemechangeme", "it repeats itself"),
        ("abcdefghijklmnop", "its characters follow one another in order"),
    ] {
        assert_eq!(weakness(value).unwrap().to_string(), expected);
    }
    assert_eq!(Weakness::SameAs("SIGNING_KEY").to_string(), "it is the same as SIGNING_KEY");
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// As README and `npm start` make them.
        #[test]
        fn what_is_random_is_strong(bytes in prop::collection::vec(any::<u8>(), 32)) {
            use std::fmt::Write as _;
            let hex = bytes.iter().fold(String::new(), |mut text, byte| { let _ = write!(text, "{byte:02x}"); text });
            prop_assert_eq!(weakness(&hex), None);
        }

        #[test]
        fn what_repeats_is_weak(part in "[!-+\\--~]{1,12}", times in 2_usize..6) {
            prop_assert!(weakness(&part.repeat(times)).is_some());
        }

        #[test]
        fn any_text(text: String) {
            let _ = weakness(&text);
        }
    }
}
