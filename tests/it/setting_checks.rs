//! What the operator reads of the checks of the settings.

use compago::edge::settings::{Check, CheckCode, CheckStatus, Checks};
use compago::edge::{Catalog, CatalogRules, Languages};
use compago::endpoint::{CallError, Compago, DecodeError, Host, Reply, Undelivered};
use compago::flow::outbox::Answer;
use compago::flow::record;
use compago::flow::setting_checks::{
    Asked, CheckFacts, CheckRecords, CompagoFinding, FileFact, Findings, Progress, WebhookFinding,
};
use compago::problem::Locale;
use compago::value::{Environment, Origin, UnixMillis};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const NOW: UnixMillis = UnixMillis(1_772_388_000_000);
const COMPAGO: &str = "https://demo.api.harmony.compago.com";
const BACKEND: &str = "https://backend.example/webhooks";
const ELSEWHERE: &str = "https://elsewhere.example";

fn later(seconds: i64) -> UnixMillis {
    UnixMillis(NOW.millis() + seconds * 1_000)
}

fn facts(checkout_origins: &[Origin]) -> CheckFacts<'_> {
    CheckFacts {
        environment: Environment::Demo,
        compago: COMPAGO,
        checkout_origins,
        webhook: Some(BACKEND),
        signs: true,
        shop_file: FileFact::Good,
        catalog: FileFact::Good,
        progress: Some(Progress::default()),
    }
}

fn origins() -> Vec<Origin> {
    vec!["https://app.compago.com".parse().unwrap()]
}

fn checks(records: &CheckRecords, facts: &CheckFacts<'_>) -> Checks {
    Checks::of(records, facts, Locale::En)
}

fn found(compago: CompagoFinding, answer: Answer) -> CheckRecords {
    CheckRecords::default().with(Findings {
        compago: Some(Asked { at: NOW, url: COMPAGO.to_owned(), finding: compago }),
        webhook: Some(Asked { at: NOW, url: BACKEND.to_owned(), finding: WebhookFinding::of(answer) }),
    })
}

const fn status(status: u16) -> Answer {
    Answer::Status { status, retry_after: None }
}

#[test]
fn of_a_new_shop_nothing_is_claimed() {
    let known = checks(&CheckRecords::default(), &facts(&origins()));
    for check in [&known.compago, &known.checkout_origin, &known.webhook, &known.purchase] {
        assert_eq!((check.status, check.checked_at, check.code), (CheckStatus::Unknown, None, None));
        assert!(check.detail.is_some());
    }
    assert_eq!([known.shop_file, known.catalog], [ok(), ok()]);

    let without = checks(&CheckRecords::default(), &CheckFacts { webhook: None, progress: None, ..facts(&[]) });
    assert_eq!(without.webhook.status, CheckStatus::NotConfigured);
    assert_eq!(without.purchase.status, CheckStatus::Unknown);
}

#[test]
fn webhooks_wait_until_somebody_knows_their_secret() {
    let records = found(CompagoFinding::Accepted, status(204));
    let origins = origins();
    let unseen = checks(&records, &CheckFacts { signs: false, ..facts(&origins) }).webhook;
    assert_eq!((unseen.status, unseen.code), (CheckStatus::Failed, Some(CheckCode::SecretNotShown)));
    assert!(unseen.detail.unwrap().contains("choose “Show the webhook secret”"));
    let without = CheckFacts { signs: false, webhook: None, ..facts(&origins) };
    assert_eq!(checks(&records, &without).webhook.status, CheckStatus::NotConfigured);
}

fn ok() -> Check {
    Check { status: CheckStatus::Ok, ..Check::default() }
}

#[test]
fn what_compago_answers() {
    let refused = |status| {
        let reply = Reply { status, retry_after: None, body: Vec::new() };
        Err::<(), _>(CallError::Refused(Box::new(Compago::refusal(&reply))))
    };
    for (outcome, code) in [
        (Ok(()), None),
        (refused(401), Some(CheckCode::KeyRefused)),
        (refused(403), Some(CheckCode::KeyRefused)),
        (refused(404), Some(CheckCode::UnexpectedAnswer)),
        (refused(302), Some(CheckCode::UnexpectedAnswer)),
        (refused(429), Some(CheckCode::Unreachable)),
        (refused(503), Some(CheckCode::Unreachable)),
        (Err(CallError::Decode(DecodeError::Json)), Some(CheckCode::UnexpectedAnswer)),
        (Err(CallError::Undelivered(Undelivered::TooLarge)), Some(CheckCode::UnexpectedAnswer)),
        (Err(CallError::Undelivered(Undelivered::Timeout)), Some(CheckCode::Unreachable)),
        (Err(CallError::Undelivered(Undelivered::Network)), Some(CheckCode::Unreachable)),
    ] {
        let check = checks(&found(CompagoFinding::of(&outcome), status(204)), &facts(&origins())).compago;
        let expected = if code.is_some() { CheckStatus::Failed } else { CheckStatus::Ok };
        assert_eq!((check.status, check.code, check.checked_at), (expected, code, Some(NOW)), "{outcome:?}");
        assert_eq!(check.detail.is_some(), code.is_some());
    }
}

#[test]
fn what_the_backend_answers() {
    for (answer, code, said) in [
        (status(204), None, ""),
        (
            status(401),
            Some(CheckCode::Status),
            "Your system answered with the status 401. Check WEBHOOK_URL, that your system verifies the signature with the same \
             WEBHOOK_SECRET, and that it answers 2xx to types that it does not know as well.",
        ),
        (
            status(308),
            Some(CheckCode::RedirectNotFollowed),
            "Your system answered with a redirect (status 308), which is not followed. Set WEBHOOK_URL to the final address.",
        ),
        (
            Answer::Unreachable,
            Some(CheckCode::NoConnection),
            "We could not connect to your system. Check WEBHOOK_URL, and that this address can be reached from the internet.",
        ),
        (
            Answer::TimedOut,
            Some(CheckCode::TimedOut),
            "Your system did not answer within 20 seconds. Have it answer as soon as it receives the webhook, and work afterwards.",
        ),
    ] {
        let check = checks(&found(CompagoFinding::Accepted, answer), &facts(&origins())).webhook;
        assert_eq!((check.code, check.checked_at), (code, Some(NOW)), "{answer:?}");
        assert_eq!(check.detail.unwrap_or_default(), said, "{answer:?}");
    }
}

#[test]
fn what_was_found_of_another_url_says_nothing_of_this_one() {
    let records = found(CompagoFinding::KeyRefused, status(500));
    let origins = origins();
    let moved =
        CheckFacts { compago: "https://other.example", webhook: Some("https://new.example/"), ..facts(&origins) };
    let known = checks(&records, &moved);
    assert_eq!([known.compago.status, known.webhook.status], [CheckStatus::Unknown; 2]);
}

#[test]
fn a_refused_link_counts_until_it_is_allowed_or_a_later_one_is_accepted() {
    let records = CheckRecords::default().with_refused(Some(ELSEWHERE), NOW).unwrap();
    let of = |origins: &[Origin], linked_at| {
        let progress = Some(Progress { linked_at, sold: false });
        checks(&records, &CheckFacts { progress, ..facts(origins) }).checkout_origin
    };
    let refused = of(&origins(), None);
    assert_eq!((refused.status, refused.code), (CheckStatus::Failed, Some(CheckCode::CheckoutOriginRefused)));
    assert_eq!(refused.checked_at, Some(NOW));
    let detail = refused.detail.unwrap();
    assert!(detail.contains(ELSEWHERE) && detail.contains("CHECKOUT_ORIGINS"), "{detail}");

    assert_eq!(of(&origins(), Some(later(-60))).status, CheckStatus::Failed);
    assert_eq!(of(&origins(), Some(NOW)).status, CheckStatus::Failed);
    assert_eq!(of(&origins(), Some(later(60))).status, CheckStatus::Ok);
    assert_eq!(of(&[ELSEWHERE.parse().unwrap()], None).status, CheckStatus::Unknown);
    assert_eq!(of(&[ELSEWHERE.parse().unwrap()], Some(later(-60))).status, CheckStatus::Ok);

    let records = CheckRecords::default().with_refused(None, NOW).unwrap();
    let invalid = checks(&records, &facts(&[])).checkout_origin;
    assert_eq!((invalid.code, invalid.checked_at), (Some(CheckCode::CheckoutLinkInvalid), Some(NOW)));
    assert!(invalid.detail.unwrap().contains("not an https address"));
}

#[test]
fn a_refused_origin_is_written_once_in_a_minute() {
    let noted = CheckRecords::default().with_refused(Some(ELSEWHERE), NOW).unwrap();
    assert_eq!(noted.clone().with_refused(Some(ELSEWHERE), later(59)), None);
    assert!(noted.clone().with_refused(Some(ELSEWHERE), later(60)).is_some());
    assert!(noted.clone().with_refused(Some("https://third.example"), later(1)).is_some());
    assert!(noted.with_refused(Some(ELSEWHERE), later(-60)).is_some(), "the clock was set back");
}

#[test]
fn checks_have_a_pause() {
    let begun = CheckRecords::default().begin("one", NOW).unwrap();
    assert_eq!(begun.clone().begin("one", later(1)), Ok(begun.clone()), "a call that is repeated has begun it");
    for (after, seconds) in [(0, Some(10)), (1, Some(9)), (9, Some(1)), (10, None), (-60, None)] {
        let again = begun.clone().begin("two", later(after));
        assert_eq!(again.err().map(|refusal| refusal.seconds), seconds, "after {after} s");
    }
}

#[test]
fn a_file_with_mistakes_names_the_first() {
    let rules = CatalogRules { languages: Languages::Spanish, shipping_required: false };
    let error = Catalog::parse_file(Some("{"), rules).unwrap_err();
    let origins = origins();
    let wrong = CheckFacts { catalog: FileFact::Unreadable(&error, "shop/catalog.json"), ..facts(&origins) };
    let catalog = checks(&CheckRecords::default(), &wrong).catalog;
    assert_eq!(catalog.code, Some(CheckCode::FileUnreadable));
    let detail = catalog.detail.unwrap();
    assert!(detail.starts_with("shop/catalog.json, line 1"), "{detail}");
    assert!(detail.ends_with("Correct shop/catalog.json and deploy the shop again."), "{detail}");

    let unknown = CheckFacts { shop_file: FileFact::Unknown, ..facts(&origins) };
    assert_eq!(checks(&CheckRecords::default(), &unknown).shop_file.status, CheckStatus::Unknown);
}

#[test]
fn a_purchase_is_done_once_something_was_paid() {
    let origins = origins();
    let sold = CheckFacts { progress: Some(Progress { linked_at: Some(NOW), sold: true }), ..facts(&origins) };
    assert_eq!(checks(&CheckRecords::default(), &sold).purchase, ok());
    let money = CheckFacts { environment: Environment::Production, ..facts(&origins) };
    let [real, play] = [&money, &facts(&origins)]
        .map(|facts| Checks::of(&CheckRecords::default(), facts, Locale::EsMx).purchase.detail.unwrap());
    assert!(real.contains("se cobra dinero real") && play.contains("no se cobra dinero real"), "{real} {play}");
}

#[test]
fn what_was_not_asked_again_stays_known() {
    let records = found(CompagoFinding::Accepted, status(204)).with(Findings {
        compago: Some(Asked { at: later(60), url: COMPAGO.to_owned(), finding: CompagoFinding::Unreachable }),
        webhook: None,
    });
    let known = checks(&records, &facts(&origins()));
    assert_eq!((known.compago.status, known.webhook.status), (CheckStatus::Failed, CheckStatus::Ok));
    assert_eq!(record::from_str::<CheckRecords>(&record::to_string(&records)), Ok(records));
}
