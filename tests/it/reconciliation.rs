//! What a disagreement is called, and how a run goes on, ends and is given up.

use std::time::Duration;

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::Page;
use compago::edge::order::OrderStatus;
use compago::edge::order_detail::AttemptEnd;
use compago::edge::reconciliation::{Class, RunView, Stage, StartedBy};
use compago::flow::reconciliation::run::Run;
use compago::flow::reconciliation::{LocalOrder, RemotePayment};
use compago::json;
use compago::value::{PaymentId, UnixMillis};
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const START: UnixMillis = UnixMillis(1_772_388_000_000);
const PAYMENT: &str = "0f0e0d0c-1111-4222-8333-444455556666";
const OTHER: &str = "99999999-1111-4222-8333-444455556666";

const ENDS: [AttemptEnd; 8] = [
    AttemptEnd::Open,
    AttemptEnd::Paid,
    AttemptEnd::PaidAgain,
    AttemptEnd::Expired,
    AttemptEnd::Cancelled,
    AttemptEnd::Refused,
    AttemptEnd::Abandoned,
    AttemptEnd::OnHold,
];

fn id(text: &str) -> PaymentId {
    text.parse().unwrap()
}

fn there(status: &str) -> RemotePayment {
    RemotePayment {
        status: json::from_str(&format!("\"{status}\"")).unwrap(),
        amount: "350.50".parse().unwrap(),
        currency: "MXN".to_owned(),
    }
}

fn here(status: OrderStatus, attempts: &[(&str, AttemptEnd)]) -> LocalOrder {
    LocalOrder {
        status,
        amount: "350.50".parse().unwrap(),
        currency: "MXN".to_owned(),
        paid_at: None,
        attempts: attempts.iter().map(|(payment, end)| (id(payment), *end)).collect(),
        unproved: Vec::new(),
    }
}

fn class(there: Option<&RemotePayment>, here: Option<&LocalOrder>) -> Option<Class> {
    Class::of(id(PAYMENT), there, here)
}

#[test]
fn every_class_has_its_case() {
    use AttemptEnd::{Cancelled, Expired, OnHold, Open, Paid, PaidAgain};
    let confirmed = there("CONFIRMED");
    let cases: [(Option<RemotePayment>, Option<LocalOrder>, Option<Class>); 16] = [
        (Some(confirmed.clone()), None, Some(Class::ConfirmedUnknown)),
        (Some(there("PENDING")), None, None),
        (Some(confirmed.clone()), Some(here(OrderStatus::Paid, &[(PAYMENT, Paid)])), None),
        (
            Some(confirmed.clone()),
            Some(here(OrderStatus::AwaitingPayment, &[(PAYMENT, Open)])),
            Some(Class::ConfirmedNotPaid),
        ),
        (
            Some(confirmed.clone()),
            Some(here(OrderStatus::Expired, &[(PAYMENT, Expired)])),
            Some(Class::ConfirmedNotPaid),
        ),
        (Some(confirmed.clone()), Some(here(OrderStatus::OnHold, &[(PAYMENT, OnHold)])), Some(Class::ConfirmedNotPaid)),
        (Some(confirmed.clone()), Some(here(OrderStatus::OnHold, &[])), Some(Class::ConfirmedNotPaid)),
        (
            Some(confirmed.clone()),
            Some(here(OrderStatus::Cancelled, &[(PAYMENT, Cancelled)])),
            Some(Class::PaidAfterCancel),
        ),
        (
            Some(confirmed.clone()),
            Some(here(OrderStatus::Paid, &[(PAYMENT, Cancelled), (OTHER, Paid)])),
            Some(Class::PaidTwice),
        ),
        (
            Some(confirmed.clone()),
            Some(here(OrderStatus::Paid, &[(PAYMENT, PaidAgain), (OTHER, Paid)])),
            Some(Class::PaidTwice),
        ),
        (Some(confirmed), Some(here(OrderStatus::Paid, &[(OTHER, Paid)])), Some(Class::PaidTwice)),
        (Some(there("PENDING")), Some(here(OrderStatus::Paid, &[(PAYMENT, Paid)])), Some(Class::PaidNotConfirmed)),
        (Some(there("REVERSED")), Some(here(OrderStatus::Paid, &[(PAYMENT, Paid)])), Some(Class::PaidNotConfirmed)),
        (None, Some(here(OrderStatus::Paid, &[(PAYMENT, Paid)])), Some(Class::PaidNotConfirmed)),
        (None, Some(here(OrderStatus::AwaitingPayment, &[(PAYMENT, Open)])), None),
        (Some(there("CANCELLED")), Some(here(OrderStatus::Expired, &[(PAYMENT, Expired)])), None),
    ];
    for (there, here, expected) in cases {
        assert_eq!(class(there.as_ref(), here.as_ref()), expected, "{there:?} {here:?}");
    }
}

/// Whatever stands there and here: agreement is only where both say the same of the same money.
#[test]
fn no_disagreement_is_overlooked_and_no_other_amount_is_settled() {
    for status in ["PENDING", "CONFIRMED", "CANCELLED", "REVERSED"] {
        for end in ENDS {
            for &order in OrderStatus::ALL {
                for (amount, currency) in [("350.50", "MXN"), ("350.51", "MXN"), ("350.50", "USD")] {
                    let there = RemotePayment {
                        amount: amount.parse().unwrap(),
                        currency: currency.to_owned(),
                        ..there(status)
                    };
                    let here = here(order, &[(PAYMENT, end)]);
                    let class = class(Some(&there), Some(&here));
                    let paid = matches!(end, AttemptEnd::Paid | AttemptEnd::PaidAgain);
                    let equal = there.amount == here.amount && there.currency == here.currency;
                    let agrees = equal && (status == "CONFIRMED") == paid && end != AttemptEnd::PaidAgain;
                    assert_eq!(class.is_none(), agrees, "{there:?} {here:?} {class:?}");
                    if !equal {
                        assert!(!class.is_some_and(Class::can_settle), "{there:?} {here:?}");
                    }
                    if there.status != Status::Confirmed {
                        assert!(!class.is_some_and(Class::can_settle), "{there:?} {here:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_order_is_read_from_its_listing() {
    let listing = json!({
        "createdAt": "2026-03-01T18:00:00.000Z", "settledAt": null, "needs": null, "names": [],
        "attempts": [
            { "externalId": "a-1", "paymentId": null, "end": "refused" },
            { "externalId": "a-2", "paymentId": PAYMENT, "end": "paid" },
            { "externalId": "a-3", "paymentId": null, "end": "on-hold" }
        ],
        "row": { "status": "awaiting-payment", "amount": "350.50", "currency": "MXN", "paidAt": null }
    });
    let read: LocalOrder = json::from_str(&listing.to_string()).unwrap();
    let unproved = Vec::from(["a-3".to_owned()]);
    assert_eq!(read, LocalOrder { unproved, ..here(OrderStatus::AwaitingPayment, &[(PAYMENT, AttemptEnd::Paid)]) });
    assert!(read.may_own(id(PAYMENT), "a-2") && read.may_own(id(OTHER), "a-3"));
    for name in ["a-1", "a-2", "A-3", ""] {
        assert!(!read.may_own(id(OTHER), name), "{name} is another program's");
    }
}

fn empty() -> Page {
    Page { count: Some(0), ..Page::default() }
}

fn stored(run: &Run) -> Run {
    let read: Run = json::from_str(&json::to_string(run)).unwrap();
    assert_eq!(&read, run, "what is stored can be read back");
    crate::stored::keep_run(run);
    read
}

fn view(run: &Run) -> Value {
    serde_json::from_str(&json::to_string(&RunView::from(run))).unwrap()
}

#[test]
fn a_run_reads_compares_checks_and_is_done() {
    let mut run = Run::begin(StartedBy::Schedule, START);
    assert_eq!((run.stage(), run.page().map(|page| page.page)), (Stage::Reading, Some(1)));
    run.read(&empty(), &[], START);
    assert_eq!((run.stage(), run.page()), (Stage::Comparing, None));
    run.compared(7, 2, None, START);
    assert_eq!(view(&run)["progress"], json!({ "done": 0, "of": 2 }));
    run.checked(START);
    assert_eq!((run.stage(), run.due().is_some()), (Stage::Checking, true));
    let mut run = stored(&run);
    run.checked(START.plus(Duration::from_secs(9)));
    assert_eq!((run.stage(), run.due(), run.needs()), (Stage::Done, None, None));
    let view = view(&run);
    assert_eq!(view["finishedAt"], "2026-03-01T18:00:09.000Z");
    assert_eq!((&view["whole"], &view["orders"], &view["startedBy"]), (&json!(true), &json!(7), &json!("schedule")));
}

#[test]
fn a_run_without_a_suspect_is_done_at_once() {
    let mut run = Run::begin(StartedBy::Operator, START);
    run.read(&empty(), &[], START);
    run.compared(3, 0, None, START);
    assert_eq!(run.stage(), Stage::Done);
}

#[test]
fn what_fails_is_tried_for_hours_and_then_raised() {
    let mut run = Run::begin(StartedBy::Schedule, START);
    let mut now = START;
    let mut tries = 0;
    while let Some(due) = run.due() {
        now = now.max(due);
        run.failed(now);
        tries += 1;
    }
    assert_eq!((run.stage(), run.needs()), (Stage::Failed, Some("failed")));
    assert!(tries >= 10, "{tries}");
    let given_up_after = now.since(START);
    assert!(
        given_up_after >= Duration::from_secs(3600) && given_up_after <= Duration::from_secs(4 * 3600),
        "{given_up_after:?}"
    );

    let mut run = Run::begin(StartedBy::Schedule, START);
    for _ in 0..15 {
        run.failed(START);
        run.read(&Page { count: Some(900), ..Page::default() }, &[], START);
    }
    assert_ne!(run.stage(), Stage::Failed, "what came in between begins the count anew");
}

#[test]
fn what_cannot_be_learnt_is_left_to_a_person_long_before_the_run_is_given_up() {
    let mut run = Run::begin(StartedBy::Schedule, START);
    let mut now = START;
    while run.may_look_up_again() {
        run.failed(now);
        now = run.due().unwrap();
    }
    let patience = now.since(START);
    assert!(patience >= Duration::from_secs(5 * 60) && patience <= Duration::from_secs(20 * 60), "{patience:?}");
    run.checked(now);
    assert_eq!((run.tries(), run.may_look_up_again()), (0, true));
}

#[test]
fn orders_that_cannot_be_read_are_set_aside_one_after_the_other() {
    let impatient = |suspects| {
        let mut run = Run::begin(StartedBy::Schedule, START);
        run.read(&empty(), &[], START);
        run.compared(500, suspects, None, START);
        while run.may_look_up_again() {
            run.failed(run.due().unwrap());
        }
        run
    };

    let mut run = impatient(3);
    run.set_aside(run.due().unwrap());
    assert!(!run.may_look_up_again(), "the next one is not waited for anew");
    assert!(run.due().is_some());
    run.checked(run.due().unwrap());
    assert!(run.may_look_up_again(), "one that answers shows that the others may");
    run.set_aside(run.due().unwrap());
    assert_eq!((run.stage(), run.needs()), (Stage::Done, None), "the run has looked into all");

    let mut run = impatient(400);
    let mut aside = 0;
    while let Some(due) = run.due() {
        run.set_aside(due);
        aside += 1;
    }
    assert_eq!((run.stage(), run.needs()), (Stage::Failed, Some("failed")));
    assert!(aside > 5 && aside < 20, "where none answers, it is no order's fault: {aside}");
}

#[test]
fn a_list_that_could_not_be_read_whole_is_raised() {
    let mut run = Run::begin(StartedBy::Schedule, START);
    while run.page().is_some() {
        run.read(&Page { count: Some(900), ..Page::default() }, &[], START);
    }
    run.compared(0, 0, None, START);
    assert_eq!((run.stage(), run.needs()), (Stage::Done, Some("not-whole")));
}

#[test]
fn one_payment_stands_for_all_that_were_made_elsewhere() {
    let mut run = Run::begin(StartedBy::Schedule, START);
    run.read(&empty(), &[], START);
    assert!(run.is_whole());
    run.compared(9, 2, Some(id(PAYMENT)), START);
    let run = stored(&run);
    assert_eq!(run.class_of(id(PAYMENT), Class::PaidNotConfirmed), Class::PaidElsewhere);
    assert_eq!(run.class_of(id(OTHER), Class::PaidNotConfirmed), Class::PaidNotConfirmed);
    assert_eq!(run.class_of(id(PAYMENT), Class::AmountDiffers), Class::AmountDiffers);
    assert!(!Class::PaidElsewhere.can_settle());
}

#[test]
fn a_run_that_was_stored_before_there_were_payments_from_elsewhere_goes_on() {
    let run = Run::begin(StartedBy::Schedule, START);
    let mut older: Value = serde_json::from_str(&json::to_string(&run)).unwrap();
    older.as_object_mut().unwrap().remove("elsewhere").unwrap();
    assert_eq!(json::from_str::<Run>(&older.to_string()).unwrap(), run);
}
