//! A charge whose answer was lost: it is looked for in the card's list, and nothing is taken for it that may be another.

use std::time::Duration;

use compago::api::payment_method::payments::AllCardPayments;
use compago::edge::saved_card::ChargeStatus;
use compago::flow::charge::search::{Attribution, Others};
use compago::flow::charge::terms::ChargeTerms;
use compago::flow::charge::{Answer, Charge};
use compago::flow::machine::{Input, Machine as _, Step};
use compago::webhook::EventKind;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::super::START;
use super::bench::{Bench, OTHER, PAYMENT, item, list, terms};
use crate::recording::reply;

#[test]
fn a_lost_answer_is_found_in_the_list() {
    for lost in [None, Some(reply(500, "")), Some(reply(503, "{}")), Some(reply(200, "{")), Some(reply(302, ""))] {
        for (status, expected) in [("CONFIRMED", ChargeStatus::Confirmed), ("CANCELLED", ChargeStatus::Declined)] {
            let mut bench = Bench::placed();
            bench.say(list(&[item(OTHER, "CONFIRMED", -3_600)]));
            match lost.clone() {
                Some(reply) => bench.reply(Ok(reply)),
                None => bench.lose(),
            }
            assert_eq!(bench.charge.status(), ChargeStatus::Unknown);
            assert!(bench.charge.is_under_way());
            bench.next(list(&[item(OTHER, "CONFIRMED", -3_600)]));
            bench.next(list(&[item(OTHER, "CONFIRMED", -3_600), item(PAYMENT, status, 2)]));
            assert_eq!(bench.charge.status(), expected);
            assert_eq!(bench.charge.payment_id().unwrap().to_string(), PAYMENT);
        }
    }
}

/// A clock may differ by half a minute, and a call takes no longer than its answer is waited for.
#[test]
fn what_was_made_while_the_call_was_under_way_is_it() {
    for after in [-30, 0, 25] {
        let mut bench = Bench::lost();
        bench.next(list(&[item(PAYMENT, "CONFIRMED", after), item(OTHER, "CONFIRMED", 60)]));
        assert_eq!(bench.charge.status(), ChargeStatus::Confirmed, "{after}");
        assert_eq!(bench.charge.payment_id().unwrap().to_string(), PAYMENT, "{after}");
    }
}

/// The call was lost on its way, and another program made an equal charge of the card.
#[test]
fn where_other_programs_charge_the_card_a_lost_charge_is_for_a_person() {
    for readable in [true, false] {
        let mut bench = Bench::lost();
        bench.attribution = Attribution::Never;
        bench.wake();
        if readable {
            bench.say(list(&[item(PAYMENT, "CONFIRMED", 1)]))
        } else {
            bench.lose()
        }
        assert_eq!(bench.told(), [EventKind::PaymentOnHold], "readable: {readable}");
        assert_eq!(bench.data()["reason"], "not-attributable");
        assert_eq!((bench.charge.payment_id(), bench.charge.next_wake()), (None, None));
    }
    // One that was put on hold before, and is looked for again.
    let mut bench = Bench::lost();
    while bench.notices.is_empty() {
        bench.next(list(&[]));
    }
    bench.attribution = Attribution::Never;
    bench.next(list(&[item(PAYMENT, "CONFIRMED", 1)]));
    assert_eq!(bench.told(), [EventKind::PaymentOnHold]);
    assert_eq!(bench.charge.next_wake(), None);
}

#[test]
fn a_crash_during_the_call_is_a_lost_answer() {
    let mut bench = Bench::charging();
    bench.pending = None;
    bench.wake();
    assert_eq!(bench.charge.status(), ChargeStatus::Unknown);
    bench.next(list(&[item(PAYMENT, "CONFIRMED", 1)]));
    assert_eq!(bench.charge.status(), ChargeStatus::Confirmed);
}

#[test]
fn what_cannot_be_this_charge_is_never_taken_for_it() {
    let of = |field: &str, value: Value| {
        let mut item = item(PAYMENT, "CONFIRMED", 1);
        item[field] = value;
        item
    };
    let two = [item(PAYMENT, "CONFIRMED", 1), item(OTHER, "CONFIRMED", 2)];
    for (what, items, reason) in [
        ("nothing new", vec![], "not-listed"),
        ("another amount", vec![of("amount", json!(121))], "not-listed"),
        ("another currency", vec![of("currency", json!("USD"))], "not-listed"),
        ("long before", vec![item(PAYMENT, "CONFIRMED", -3_600)], "not-listed"),
        ("just before", vec![item(PAYMENT, "CONFIRMED", -31)], "not-listed"),
        ("just after", vec![item(PAYMENT, "CONFIRMED", 26)], "not-listed"),
        ("long after", vec![item(PAYMENT, "CONFIRMED", 3_600)], "not-listed"),
        ("two of them", two.to_vec(), "ambiguous"),
        ("no time", vec![of("createdAt", Value::Null)], "ambiguous"),
        ("one that cannot be read", vec![json!({})], "ambiguous"),
    ] {
        let mut bench = Bench::lost();
        while bench.notices.is_empty() {
            bench.next(list(&items));
        }
        assert_eq!(bench.charge.status(), ChargeStatus::OnHold, "{what}");
        assert_eq!(bench.data()["reason"], reason, "{what}");
        assert!(bench.now.since(START) >= Duration::from_secs(15 * 60), "{what}: not before it had time to appear");
    }
}

#[test]
fn what_was_there_before_or_is_another_charges_is_not_this_one() {
    let mut bench = Bench::placed();
    bench.say(list(&[item(PAYMENT, "CONFIRMED", 0)]));
    bench.lose();
    while bench.notices.is_empty() {
        bench.next(list(&[item(PAYMENT, "CONFIRMED", 0)]));
    }
    let mut bench = Bench::lost();
    bench.others.taken.push(PAYMENT.parse().unwrap());
    while bench.notices.is_empty() {
        bench.next(list(&[item(PAYMENT, "CONFIRMED", 1)]));
    }
    let mut bench = Bench::lost();
    bench.others.rivals = true;
    while bench.notices.is_empty() {
        bench.next(list(&[item(PAYMENT, "CONFIRMED", 1)]));
    }
    assert_eq!(bench.data()["reason"], "ambiguous");
    bench.others.rivals = false;
    bench.next(list(&[item(PAYMENT, "CONFIRMED", 1)]));
    assert_eq!(bench.told(), [EventKind::PaymentOnHold, EventKind::PaymentConfirmed]);
}

#[test]
fn a_card_whose_charges_were_not_all_known_before_proves_nothing_later() {
    let mut bench = Bench::placed();
    bench.say(list(&[json!({ "odd": true })]));
    bench.lose();
    while bench.notices.is_empty() {
        bench.next(list(&[item(PAYMENT, "CONFIRMED", 1)]));
    }
    assert_eq!(bench.data()["reason"], "list-unreadable");
}

#[test]
fn others_are_told_from_the_ledger_of_the_card() {
    let lost = Bench::lost().charge;
    let rival = |mut terms: ChargeTerms, amount: &str| {
        terms.key = "000000000001".parse().unwrap();
        terms.amount = amount.parse().unwrap();
        let Step { machine: charge, call, .. } = Charge::place(terms, START);
        let listed = Ok(AllCardPayments { payments: Vec::new(), complete: true });
        let (others, attribution) = (Others::default(), Attribution::SoleCharger);
        let answer = Answer::Listed { result: listed, others, attribution };
        charge.step(Input::Completed { call: call.unwrap().number, answer }, START).machine
    };
    let (same, dearer) = (rival(terms(), "120"), rival(terms(), "121"));
    assert!(Others::to(&lost, [&lost, &same]).rivals);
    assert!(!Others::to(&lost, [&lost, &dearer]).rivals);
    assert_eq!(Others::to(&lost, [&lost]), Others::default());
}
