//! When Compago is asked: every three seconds for those who watch, and never more often.

use compago::flow::intent::Event;
use compago::flow::machine::{Input, Machine as _};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, LIFETIME, START, refused, seconds, success, told};
use crate::recording::reply;

/// Lets a charge run for its whole life, with as many tills asking every 1.5 s, and answers that it waits.
fn run(tills: usize) -> Bench {
    let mut bench = Bench::open();
    let mut asked = START;
    let end = START.plus(LIFETIME);
    loop {
        let wake = bench.intent.next_wake().unwrap();
        let next = if tills > 0 && asked < wake { asked } else { wake };
        if next > end {
            return bench;
        }
        bench.now = next.max(bench.now);
        if next == wake {
            bench.take(Input::AlarmFired);
        } else {
            for _ in 0..tills {
                bench.feed(Event::Watched);
            }
            asked = asked.plus(std::time::Duration::from_millis(1_500));
        }
        if bench.in_flight() == Some("read") {
            bench.say(told("PENDING", false));
        }
    }
}

#[test]
fn any_number_of_tills_cost_one_read_in_three_seconds() {
    for tills in [1, 50] {
        let bench = run(tills);
        let reads: Vec<_> = bench.calls.iter().filter(|(name, _)| *name == "read").map(|(_, at)| *at).collect();
        assert!(reads.windows(2).all(|pair| pair[1].since(pair[0]) >= seconds(3)));
        assert!(reads.windows(2).all(|pair| pair[1].since(pair[0]) < seconds(4)), "soon enough for who watches");
        assert!((190..=201).contains(&reads.len()), "{} reads", reads.len());
    }
}

#[test]
fn nobody_watching_costs_a_few_reads() {
    let bench = run(0);
    assert!((10..=30).contains(&bench.count("read")), "{} reads", bench.count("read"));
    let reads: Vec<_> = bench.calls.iter().map(|(_, at)| *at).collect();
    assert!(reads.windows(2).all(|pair| pair[1].since(pair[0]) <= seconds(60)));
}

#[test]
fn its_end_is_noticed_within_seconds() {
    for before in [1, 20, 50] {
        let mut bench = Bench::open();
        bench.now = START.plus(LIFETIME - seconds(before));
        bench.take(Input::AlarmFired);
        bench.look(told("PENDING", false));
        bench.look(told("PENDING", true));
        assert!(bench.now <= START.plus(LIFETIME).plus(seconds(5)), "{}", bench.now);
    }
}

#[test]
fn an_upstream_that_asks_for_patience_gets_it() {
    let mut bench = Bench::open();
    bench.wake();
    let mut busy = refused(429, "");
    busy.retry_after = Some(60);
    bench.reply(Ok(busy));
    let asked = bench.now;
    bench.feed(Event::Watched);
    bench.wake();
    assert!(bench.now >= asked.plus(seconds(60)));
    let mut endless = refused(503, "");
    endless.retry_after = Some(u32::MAX);
    bench.reply(Ok(endless));
    assert!(bench.intent.next_wake().unwrap() <= bench.now.plus(seconds(120)));
}

#[test]
fn late_answers_of_an_earlier_call_are_ignored() {
    let mut bench = Bench::open();
    bench.wake();
    let (number, call) = bench.pending.clone().unwrap();
    bench.now = bench.now.plus(seconds(30));
    bench.take(Input::AlarmFired);
    let late = super::bench::answer_of(&call, Ok(reply(200, success("CONFIRMED", false).to_string())));
    let before = bench.intent.clone();
    bench.take(Input::Completed { call: number, answer: late });
    assert_eq!(bench.intent, before);
}
