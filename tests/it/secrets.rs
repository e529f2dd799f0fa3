//! Keys and tokens as they are handed in, and that they do not show.

use compago::value::{ApiKey, Secret, SecretError};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn secrets_do_not_show_and_compare_whole() {
    let key: ApiKey = "marker-key".parse().unwrap();
    let token: Secret = "marker-token".parse().unwrap();
    assert!(!format!("{key:?} {token:?}").contains("marker"));
    assert_eq!(key.expose(), "marker-key");
    assert!(token.matches("marker-token"));
    for candidate in ["", "marker-toke", "marker-tokenx", "Marker-token", "xarker-token"] {
        assert!(!token.matches(candidate), "{candidate}");
    }
}

#[test]
fn slips_of_copying_a_secret_are_found() {
    for (text, error) in [
        ("", SecretError::Empty),
        ("key\n", SecretError::Character),
        (" key", SecretError::Character),
        ("clé", SecretError::Character),
        ("k\0", SecretError::Character),
    ] {
        assert_eq!(text.parse::<ApiKey>().unwrap_err(), error, "{text:?}");
        assert_eq!(text.parse::<Secret>().unwrap_err(), error, "{text:?}");
    }
    assert!("k".repeat(512).parse::<ApiKey>().is_ok());
    assert_eq!("k".repeat(513).parse::<ApiKey>().unwrap_err(), SecretError::TooLong);
}
