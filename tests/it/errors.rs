//! Whatever a public function returns as an error implements `Error`, says what happened at its own level, and names its
//! cause as its source. `tests/scripts/errors.test.mjs` compares the table with the sources.

use std::error::Error;

use compago::api::list::PageSizeError;
use compago::api::one_time_payment::link::LinkError;
use compago::edge::palette::ColorError;
use compago::edge::{self, ProblemDetails};
use compago::edge::{FileError, FileProblemKind};
use compago::endpoint::{CallError, DecodeError, Host, Reply, Undelivered, UnknownMethod};
use compago::error::{Reason, Refusal};
use compago::flow::generated_secrets::RotationRefusal;
use compago::flow::open_links::LinkRefusal;
use compago::flow::order::{CancelRefusal, FulfilmentRefusal, RetryRefusal};
use compago::flow::rate::{LimitError, RetryAfter};
use compago::flow::record::RecordError;
use compago::flow::setting_checks::CheckRefusal;
use compago::json::{JsonError, Malformed, ShapeError};
use compago::operations::PrepareError;
use compago::problem::problems::NoProblems;
use compago::problem::{self, Problem, ProblemCode, Problems, UnknownProblemCode};
use compago::value::{
    AmountError, ButtonColorError, ChargeAmountError, CurrencyError, EmailError, EnvironmentError, ExternalIdError,
    FormTtlError, MetadataError, MetadataKeyError, PhoneError, QuantityError, ReferenceError, RetainDaysError,
    RfcError, SecretError, ShippingMethodCodeError, SkuError, StateCodeError, TextError, TimeError, TimeRangeError,
    TimeZoneError, TrackingNumberError, TtlError, UrlError, UuidError, WordError, ZipError,
};
use compago::webhook::{EventIdError, ReceiveError, UnknownEventKind, VerifyError, WebhookSecretError};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

macro_rules! table {
    ($($type:ty),+ $(,)?) => {
        #[test]
        fn every_error_is_an_error() {
            fn holds<E: Error + Send + Sync + 'static>() {}
            $(holds::<$type>();)+
        }
    };
}

table! {
    AmountError,
    ButtonColorError,
    ColorError,
    CallError<ProblemDetails>,
    CallError<Refusal>,
    CancelRefusal,
    CheckRefusal,
    FileError,
    FileProblemKind,
    ChargeAmountError,
    CurrencyError,
    DecodeError,
    EmailError,
    EnvironmentError,
    EventIdError,
    ExternalIdError,
    FormTtlError,
    JsonError,
    LimitError,
    LinkError,
    LinkRefusal,
    Malformed,
    RfcError,
    RotationRefusal,
    TrackingNumberError,
    MetadataError,
    MetadataKeyError,
    RetainDaysError,
    FulfilmentRefusal,
    ShippingMethodCodeError,
    NoProblems,
    PageSizeError,
    PhoneError,
    PrepareError,
    Problem,
    ProblemDetails,
    Problems,
    QuantityError,
    Reason,
    ReceiveError,
    RecordError,
    ReferenceError,
    Refusal,
    RetryAfter,
    RetryRefusal,
    SecretError,
    ShapeError,
    SkuError,
    StateCodeError,
    TextError,
    TimeError,
    TimeRangeError,
    TimeZoneError,
    TtlError,
    Undelivered,
    UnknownEventKind,
    UnknownMethod,
    UnknownProblemCode,
    UrlError,
    UuidError,
    VerifyError,
    WebhookSecretError,
    WordError,
    ZipError,
    edge::CapabilityError,
    edge::ClientKeyError,
    edge::FingerprintError,
    edge::IdempotencyKeyError,
    edge::InvalidQuery,
    edge::Misdirected<'static>,
    edge::RoleTokenError,
    edge::SessionIdError,
    edge::total::SumError,
    edge::SigningKeyError,
    edge::UnknownRole,
    edge::WrongOrigin,
    problem::Refusal,
}

/// The texts of an error and of its sources, outermost first.
fn levels(error: &dyn Error) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut source = error.source();
    while let Some(cause) = source {
        texts.push(cause.to_string());
        source = cause.source();
    }
    texts
}

#[test]
fn each_level_says_its_own_part() {
    let body = br#"{"message":"One time payment with externalId ana@example.com already exists."}"#.to_vec();
    let refusal = compago::endpoint::Compago::refusal(&Reply { status: 400, retry_after: None, body });
    assert_eq!(
        levels(&CallError::Refused(Box::new(refusal))),
        [
            "the call was refused",
            "Compago answered with the HTTP status 400",
            "a payment of the organisation has this external id: find it if an earlier call had no answer, otherwise use \
             a new one",
        ]
    );
    let lost = CallError::<Refusal>::Decode(DecodeError::Shape);
    assert_eq!(levels(&lost), ["the answer to the call cannot be read", "not of the documented shape"]);
    assert_eq!(
        levels(&ReceiveError::from(VerifyError::from(EventIdError::Length))),
        [
            "the request is not verified",
            "the header webhook-id is not the id of an event",
            "the id of an event has 1 to 64 characters",
        ]
    );
    let unknown = Problem::new("/ana@example.com", ProblemCode::UnknownField);
    let problems = Problems::new(Problem::new("/billingInformation/zip", ProblemCode::ZipFormat), vec![unknown]);
    let levels = levels(&PrepareError::Input(problems));
    assert_eq!(levels.len(), 2);
    assert!(
        levels[1].starts_with("the body has 2 problems: /billingInformation/zip: Enter the five-digit postal code")
    );
    assert!(!levels[1].contains("ana"), "{levels:?}");
}

#[test]
fn a_refusal_can_be_found_among_the_sources() {
    let refusal = compago::endpoint::Compago::refusal(&Reply { status: 404, retry_after: None, body: Vec::new() });
    let error: Box<dyn Error + Send + Sync> = CallError::Refused(Box::new(refusal.clone())).into();
    assert_eq!(error.source().and_then(|source| source.downcast_ref::<Refusal>()), Some(&refusal));
}

#[test]
fn only_a_definite_refusal_proves_that_nothing_happened() {
    let problem = |status: u16, body: &str| {
        CallError::Refused(Box::new(ProblemDetails::read(&Reply {
            status,
            retry_after: None,
            body: body.as_bytes().to_vec(),
        })))
    };
    for lost in [Undelivered::Timeout, Undelivered::Network, Undelivered::TooLarge] {
        assert!(!CallError::<Refusal>::Undelivered(lost).did_nothing());
    }
    assert!(!CallError::<Refusal>::Decode(DecodeError::Json).did_nothing());
    let refusal = |status| Refusal::read(&Reply { status, retry_after: None, body: Vec::new() });
    for (status, expected) in
        [(400, true), (404, true), (422, true), (0, false), (101, false), (302, false), (408, false), (409, false)]
    {
        assert_eq!(CallError::Refused(Box::new(refusal(status))).did_nothing(), expected, "{status}");
    }
    let ours = r#"{"code":"invalid-body","title":"Invalid body"}"#;
    let reused = r#"{"code":"idempotency-key-reused","title":"Key used for another request"}"#;
    let taken = r#"{"code":"external-id-taken","title":"External id taken"}"#;
    let refused = r#"{"code":"payment-refused","title":"Payment refused"}"#;
    for (status, body, expected) in [
        (400, ours, true),
        (422, ours, true),
        (429, ours, true),
        (408, ours, false),
        (409, ours, false),
        (422, reused, false),
        (422, taken, false),
        (422, refused, true),
        (503, ours, false),
        (400, "<html>", false),
    ] {
        assert_eq!(problem(status, body).did_nothing(), expected, "{status} {body}");
    }
}
