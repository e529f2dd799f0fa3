//! Keys and tokens: parsing and redaction.

use compago::value::{ApiKey, Secret, SecretError};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn secrets_are_redacted_and_compared_in_full() {
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
fn copying_errors_in_a_secret_are_found() {
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
