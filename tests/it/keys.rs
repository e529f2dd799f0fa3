//! What the signing key makes and recognises, and what strangers may send in its place.

use compago::edge::CapabilityPurpose::Order;
use compago::edge::{
    Capability, IdempotencyKey, ReturnParams, Role, RoleTokens, Scope, Session, SessionCookie, SigningKeys,
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

    let order = Capability::issue(Order, &reference, &keys());
    let params = ReturnParams::parse(&format!("?order={}", order.as_str())).unwrap();
    assert_eq!(params.order.open(Order, &keys()), Some(reference));
    assert_eq!(compago::json::to_string(&order), format!("\"{}\"", order.as_str()));
}

/// From the token that is typed in to the cookie that comes back with each call.
#[test]
fn from_a_token_to_its_session() {
    let (role, token) = tokens().holder_of("cashier-token-12").unwrap();
    let id = "3f1c9f0e-6f0a-4c55-9a3b-0d8a4f0f7c11".parse().unwrap();
    let begun = Session::begin(role, token, id, NOW);
    let sealed = begun.seal(&tokens(), &keys()).unwrap();
    let cookie = SessionCookie::for_origin(&"https://shop.example".parse().unwrap());
    let set = cookie.set(&sealed, begun.remaining(NOW));
    let returned = cookie.read(set.split(';').next().unwrap()).unwrap();
    let session = Session::open(returned, NOW, &tokens(), &keys()).unwrap();
    assert_eq!(session.role, Role::Cashier);
    assert!(
        sealed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte)),
        "no cookie needs quoting"
    );
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use compago::edge::CapabilityPurpose::Card;
    use compago::edge::Fingerprint;
    use compago::value::Reference;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_reference_opens_with_its_own_capability(bytes: [u8; 8]) {
            let reference = Reference::from_bytes(&bytes);
            let order = Capability::issue(Order, &reference, &keys());
            prop_assert_eq!(order.as_str().parse::<Capability>().unwrap().open(Order, &keys()), Some(reference));
        }

        #[test]
        fn no_capability_of_a_card_opens_an_order(bytes: [u8; 8]) {
            let card = Capability::issue(Card, &Reference::from_bytes(&bytes), &keys());
            prop_assert_eq!(card.open(Order, &keys()), None);
            prop_assert!(card.open(Card, &keys()).is_some());
        }

        /// Whatever stands around the order in its parameter, it is that order or none.
        #[test]
        fn a_return_url_names_its_own_order_or_none(bytes: [u8; 8], before in "[^0-9a-zA-Z%&?]{0,4}", after in "([^0-9a-zA-Z].{0,20})?") {
            let order = Capability::issue(Order, &Reference::from_bytes(&bytes), &keys());
            let params = ReturnParams::parse(&format!("order={before}{}{after}", order.as_str()));
            prop_assert!(params.is_none_or(|params| params.order == order));
        }

        #[test]
        fn no_other_reference_does(ours: [u8; 8], theirs: [u8; 8]) {
            let (ours, theirs) = (Reference::from_bytes(&ours), Reference::from_bytes(&theirs));
            prop_assume!(ours != theirs);
            let (ours, theirs) = (Capability::issue(Order, &ours, &keys()), Capability::issue(Order, &theirs, &keys()));
            let mixed: Capability = format!("{}{}", &ours.as_str()[..12], &theirs.as_str()[12..]).parse().unwrap();
            prop_assert_eq!(mixed.open(Order, &keys()), None);
        }

        #[test]
        fn no_guess_opens(text in "[0-9a-z]{38}") {
            prop_assert_eq!(text.parse::<Capability>().unwrap().open(Order, &keys()), None);
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
            let _ = text.parse::<Capability>().map(|order| order.open(Order, &keys()));
            let _ = text.parse::<IdempotencyKey>();
            let _ = text.parse::<Fingerprint>();
            let _ = ReturnParams::parse(&text);
            let _ = ReturnParams::parse(&query);
            let _ = SessionCookie::for_origin(&"https://shop.example".parse().unwrap()).read(&text);
            prop_assert_eq!(Session::open(&text, NOW, &tokens(), &keys()), None);
            prop_assert_eq!(tokens().role_for(&text), None);
        }
    }
}
