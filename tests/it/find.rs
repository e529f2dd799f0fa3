//! Finding a payment in a list whose order is not documented and that changes while it is read.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::find::{Search, find};
use compago::api::one_time_payment::list::{Page, Pages};
use compago::endpoint::{CallError, Compago, DecodeError, Reply, Request, Transport, Undelivered};
use compago::error::Reason;
use compago::value::PaymentId;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::recording::{Recording, now, reply};
use crate::unknowns;

type Change = fn(items: &mut Vec<Value>, pages_read: usize);

/// A list on a server, whose content may change between two pages.
struct List {
    items: Mutex<Vec<Value>>,
    change: Change,
    page_size: usize,
    read: AtomicUsize,
}

impl List {
    fn new(items: Vec<Value>) -> Self {
        Self { items: Mutex::new(items), change: |_, _| (), page_size: 500, read: AtomicUsize::new(0) }
    }

    fn pages_read(&self) -> usize {
        self.read.load(Ordering::Relaxed)
    }

    fn search(&self, external_id: &str) -> Search {
        now(find(&external_id.parse().unwrap(), self)).unwrap()
    }
}

impl Transport<Compago> for List {
    async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
        let page: usize = request.target.split_once("page=").unwrap().1.split('&').next().unwrap().parse().unwrap();
        let mut items = self.items.lock().unwrap();
        let shown: Vec<&Value> = items.iter().skip((page - 1) * self.page_size).take(self.page_size).collect();
        let body = json!({ "count": items.len(), "page": page, "pageSize": self.page_size, "items": shown });
        let read = self.read.fetch_add(1, Ordering::Relaxed) + 1;
        (self.change)(&mut items, read);
        Ok(reply(200, body.to_string()))
    }
}

#[test]
fn anywhere_in_either_order() {
    for place in [0, 499, 500, 1_233] {
        let mut newest_first = payments(1_234);
        newest_first[place] = wanted();
        let oldest_first = newest_first.iter().rev().cloned().collect();
        for items in [newest_first, oldest_first] {
            let list = List::new(items);
            assert!(matches!(list.search("wanted-1"), Search::Found(payment) if payment.external_id == "wanted-1"));
            assert_eq!(list.pages_read(), 3);
        }
    }
}

#[test]
fn not_there() {
    for (count, calls) in [(0, 1), (1, 1), (499, 1), (500, 2), (501, 2), (1_000, 3), (1_234, 3)] {
        let list = List::new(payments(count));
        assert_eq!(list.search("wanted-1"), Search::Missing, "{count}");
        assert_eq!(list.pages_read(), calls, "{count}");
    }
}

#[test]
fn a_payment_that_moves_to_the_next_page_counts_once() {
    let mut items = payments(600);
    items[499] = wanted();
    let list = List { change: |items, _| items.insert(0, payment(9_999)), ..List::new(items) };
    assert!(matches!(list.search("wanted-1"), Search::Found(_)));
}

#[test]
fn the_later_of_two_readings_of_one_payment_counts() {
    let mut items = payments(600);
    items[499] = wanted();
    let list = List {
        change: |items, _| {
            items[499]["status"] = json!("CONFIRMED");
            items.insert(0, payment(9_999));
        },
        ..List::new(items)
    };
    assert!(matches!(list.search("wanted-1"), Search::Found(payment) if payment.status == Status::Confirmed));
}

#[test]
fn a_payment_that_moves_to_a_later_page_is_found() {
    let mut items = payments(600);
    items.insert(0, wanted());
    let list = List { change: |items, _| items.rotate_left(1), ..List::new(items) };
    assert!(matches!(list.search("wanted-1"), Search::Found(_)));
}

/// Offset pagination cannot detect this, so one miss is no proof, and a search without a match is repeated.
#[test]
fn a_payment_that_moves_to_an_earlier_page_is_found_by_the_next_search() {
    let mut items = payments(600);
    items[550] = wanted();
    let to_front: Change = |items, pages_read| {
        if pages_read == 1 {
            let moved = items.remove(550);
            items.insert(0, moved);
        }
    };
    let list = List { change: to_front, ..List::new(items) };
    assert_eq!(list.search("wanted-1"), Search::Missing);
    assert!(matches!(list.search("wanted-1"), Search::Found(_)));
}

#[test]
fn a_list_that_shrinks_while_it_is_read_ends() {
    let list = List { change: |items, _| items.truncate(300), ..List::new(payments(1_600)) };
    assert_eq!(list.search("wanted-1"), Search::Missing);
    assert_eq!(list.pages_read(), 2);
}

#[test]
fn pages_smaller_than_requested() {
    let mut items = payments(250);
    items[249] = wanted();
    let list = List { page_size: 100, ..List::new(items) };
    assert!(matches!(list.search("wanted-1"), Search::Found(_)));
    assert_eq!(list.pages_read(), 3);
}

/// The count may be that of the page, as lists for sales partners seem to report it.
#[test]
fn a_count_that_is_missing_or_that_of_the_page() {
    let pages = |count: Option<usize>| {
        let mut second = payments(100);
        second[7] = wanted();
        let body = |items: &[Value]| match count {
            Some(count) => json!({ "count": count, "items": items }),
            None => json!({ "items": items }),
        };
        let bodies = [body(&payments(500)), body(&second), body(&[])];
        Recording::new(bodies.map(|body| reply(200, body.to_string())))
    };
    for transport in [pages(None), pages(Some(500))] {
        assert!(matches!(now(find(&"wanted-1".parse().unwrap(), &transport)), Ok(Search::Found(_))));
    }
}

#[test]
fn two_payments_with_the_external_id() {
    let mut other = wanted();
    other["id"] = json!("00000000-0000-4000-8000-00000000ffff");
    assert_eq!(List::new(vec![wanted(), other.clone()]).search("wanted-1"), Search::Ambiguous);
    let mut far = payments(700);
    far[3] = wanted();
    far[650] = other;
    assert_eq!(List::new(far).search("wanted-1"), Search::Ambiguous);
}

#[test]
fn the_external_id_is_compared_exactly() {
    for near in ["WANTED-1", "wanted-10", "wanted-", " wanted-1", "wanted-1 ", "wanted\u{2010}1"] {
        let mut item = wanted();
        item["externalId"] = json!(near);
        assert_eq!(List::new(vec![item]).search("wanted-1"), Search::Missing, "{near}");
    }
}

#[test]
fn an_unreadable_item_makes_a_search_inconclusive() {
    let limited = json!({ "status": "CONFIRMED", "homepageUrl": "https://tienda.example/", "expired": false });
    assert_eq!(List::new(vec![payment(1), limited.clone()]).search("wanted-1"), Search::Inconclusive);
    assert!(matches!(List::new(vec![limited, wanted()]).search("wanted-1"), Search::Found(_)));
    let mut wrong_amount = wanted();
    wrong_amount["amount"] = json!("a lot");
    assert_eq!(List::new(vec![wrong_amount]).search("wanted-1"), Search::Inconclusive);
}

#[test]
fn a_list_without_end_ends_the_search() {
    struct Endless(AtomicUsize);
    impl Transport<Compago> for Endless {
        async fn send(&self, _: Request) -> Result<Reply, Undelivered> {
            self.0.fetch_add(1, Ordering::Relaxed);
            Ok(reply(200, json!({ "count": u64::MAX, "items": [payment(1)] }).to_string()))
        }
    }
    let list = Endless(AtomicUsize::new(0));
    assert_eq!(now(find(&"wanted-1".parse().unwrap(), &list)), Ok(Search::Inconclusive));
    assert_eq!(list.0.into_inner(), 1_000);
}

#[test]
fn a_page_that_fails_fails_the_search() {
    let first = || reply(200, json!({ "count": 900, "items": payments(500) }).to_string());
    let id = "wanted-1".parse().unwrap();
    let lost = now(find(&id, &Recording::new([first()])));
    assert_eq!(lost, Err(CallError::Undelivered(Undelivered::Network)));
    let refused = now(find(&id, &Recording::new([first(), reply(503, "")])));
    assert!(matches!(refused, Err(CallError::Refused(refusal)) if refusal.reason == Reason::Busy));
    let cut = now(find(&id, &Recording::new([first(), reply(200, "{\"count\":900,\"items\":[")])));
    assert_eq!(cut, Err(CallError::Decode(DecodeError::Json)));
}

#[test]
fn each_page_is_requested_once() {
    let transport = Recording::new([
        reply(200, json!({ "count": 501, "items": payments(500) }).to_string()),
        reply(200, json!({ "count": 501, "items": payments(1) }).to_string()),
    ]);
    now(find(&"wanted-1".parse().unwrap(), &transport)).unwrap();
    let targets: Vec<String> = transport.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/one-time-payment?page=1&pageSize=500", "/one-time-payment?page=2&pageSize=500"]);
}

#[test]
fn pages_keep_their_filter() {
    let mut pages = Pages::new(Some(Status::Confirmed));
    let page = |size| Page { unreadable: size, ..Page::default() };
    for number in 1..=3 {
        let request = pages.next().unwrap();
        assert_eq!((request.page, request.status), (number, Some(Status::Confirmed)));
        pages.accept(&page(500));
    }
    pages.accept(&page(0));
    assert!(pages.next().is_none());
    pages.accept(&page(500));
    assert!(pages.next().is_none(), "the end is the end");
}

fn item() -> Value {
    let mut item = unknowns::item();
    item.as_object_mut().unwrap().remove("billingInformation");
    item
}

fn wanted() -> Value {
    let mut item = item();
    item["externalId"] = json!("wanted-1");
    item
}

fn payment(number: u16) -> Value {
    let mut bytes = [0; 16];
    bytes[..2].copy_from_slice(&number.to_be_bytes());
    let mut item = item();
    item["id"] = crate::wire::to_value(&PaymentId::from_bytes(bytes));
    item["externalId"] = json!(format!("other-{number}"));
    item
}

fn payments(count: u16) -> Vec<Value> {
    (0..count).map(payment).collect()
}
