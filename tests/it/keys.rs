//! What the signing key makes and recognises, and what strangers may send in its place.

use compago::edge::{
    Capability, IdempotencyKey, ReturnHint, Role, RoleTokens, Scope, Session, SigningKeys, session_cookie,
    set_session_cookie,
};
use compago::value::UnixMillis;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const KEY: &str = "new-key-new-key-new-key-new-key-1";
const NOW: UnixMillis = UnixMillis(1_772_388_000_000);

fn keys() -> SigningKeys {
    KEY.parse().unwrap()
}

fn tokens() -> RoleTokens {
    RoleTokens::new(Some("operator-token-1".parse().unwrap()), Some("cashier-token-12".parse().unwrap())).unwrap()
}

/// The way of an order through its keys: natively and as WebAssembly the same.
#[test]
fn from_a_request_to_its_capability() {
    let key: IdempotencyKey = r#""key-1""#.parse().unwrap();
    let reference = key.reference(Scope::Shop, &keys());
    assert_eq!(reference.to_string(), "Y05H-KDZ8-KB1B");

    let order = Capability::issue(&reference, &keys());
    let hint = ReturnHint::parse(&format!("?order={}", order.as_str())).unwrap();
    assert_eq!(hint.order.open(&keys()), Some(reference));
    assert_eq!(compago::json::to_string(&order), format!("\"{}\"", order.as_str()));
}

/// From the token that is typed in to the cookie that comes back with each call.
#[test]
fn from_a_token_to_its_session() {
    let role = tokens().role_for("cashier-token-12").unwrap();
    let sealed = Session::begin(role, NOW).seal(&tokens(), &keys()).unwrap();
    let set = set_session_cookie(&sealed);
    let returned = session_cookie(set.split(';').next().unwrap()).unwrap();
    let session = Session::open(returned, NOW, &tokens(), &keys()).unwrap();
    assert_eq!(session.role, Role::Cashier);
    assert!(sealed.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.'), "no cookie needs quoting");
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use compago::edge::Fingerprint;
    use compago::value::Reference;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_reference_opens_with_its_own_capability(bytes: [u8; 8]) {
            let reference = Reference::from_bytes(&bytes);
            let order = Capability::issue(&reference, &keys());
            prop_assert_eq!(order.as_str().parse::<Capability>().unwrap().open(&keys()), Some(reference));
        }

        #[test]
        fn no_other_reference_does(ours: [u8; 8], theirs: [u8; 8]) {
            let (ours, theirs) = (Reference::from_bytes(&ours), Reference::from_bytes(&theirs));
            prop_assume!(ours != theirs);
            let (ours, theirs) = (Capability::issue(&ours, &keys()), Capability::issue(&theirs, &keys()));
            let mixed: Capability = format!("{}{}", &ours.as_str()[..12], &theirs.as_str()[12..]).parse().unwrap();
            prop_assert_eq!(mixed.open(&keys()), None);
        }

        #[test]
        fn no_guess_opens(text in "[0-9a-z]{38}") {
            prop_assert_eq!(text.parse::<Capability>().unwrap().open(&keys()), None);
        }

        #[test]
        fn two_bodies_have_two_fingerprints(one: Vec<u8>, other: Vec<u8>) {
            prop_assert_eq!(Fingerprint::of(&one, &keys()).fits(&other, &keys()), one == other);
        }

        #[test]
        fn quoted_or_bare_is_one_key(key in "[!#-+\\-./0-:<-\\[\\]-~]{1,255}") {
            let bare: IdempotencyKey = key.parse().unwrap();
            let quoted: IdempotencyKey = format!("\"{key}\"").parse().unwrap();
            prop_assert_eq!(&bare, &quoted);
            prop_assert_eq!(bare.as_str(), key);
        }

        #[test]
        fn nothing_that_is_sent_makes_it_panic(text: String, query in "([a-zA-Z%&=?]|order|id|externalId|%[0-9a-f]{2}){0,40}") {
            let _ = text.parse::<Capability>().map(|order| order.open(&keys()));
            let _ = text.parse::<IdempotencyKey>();
            let _ = text.parse::<Fingerprint>();
            let _ = ReturnHint::parse(&text);
            let _ = ReturnHint::parse(&query);
            let _ = session_cookie(&text);
            prop_assert_eq!(Session::open(&text, NOW, &tokens(), &keys()), None);
            prop_assert_eq!(tokens().role_for(&text), None);
        }
    }
}
