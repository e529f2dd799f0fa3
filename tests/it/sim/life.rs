//! One life: events in the order of their times, until nothing is left to happen.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use compago::api::one_time_payment::list::{ListOneTimePayments, Page};
use compago::endpoint::Undelivered;
use compago::flow::machine::{CallNumber, Input, PendingCall};
use compago::flow::order::terms::Terms;
use compago::flow::order::{Answer, Call, Event, Order};
use compago::value::amount::Pesos;
use compago::value::{Amount, PaymentId, Ttl, UnixMillis};

mod acts;
mod watch;

use super::compago::{Compago, State};
use super::index::{Index, Listing};
use super::named::NamedFacts;
use super::network::{TIMEOUT, Weather, arrive};
use super::oracle;
use super::payer::{Act, plan};
use super::rng::Rng;
use super::shell::{Crash, Shell};
use super::steps::OrderSteps;
use crate::order::bench::{START, answer_of, name, terms};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What happens next, to the order of this number.
#[derive(Debug, Clone)]
enum What {
    Alarm {
        armed: UnixMillis,
    },
    Request {
        number: CallNumber,
        call: Call,
        sent: UnixMillis,
        incarnation: u32,
    },
    Answer {
        number: CallNumber,
        answer: Answer,
        incarnation: u32,
    },
    /// A message of the list watcher or of reconciliation.
    Told(Event),
    /// What an order publishes comes to the index.
    Publish {
        revision: u64,
    },
    /// The index answers that it has it.
    Published {
        revision: u64,
    },
    /// The index asks for everything again.
    Relist,
    IndexAlarm {
        armed: UnixMillis,
    },
    PageRequest {
        request: ListOneTimePayments,
        sent: UnixMillis,
        incarnation: u32,
    },
    Page {
        page: Option<Page>,
        sent: UnixMillis,
        incarnation: u32,
    },
    LoseIndex,
    Act(Act),
}

/// What an order has published.
#[derive(Debug, Default)]
struct Published {
    listing: Listing,
    revision: u64,
    at: Option<UnixMillis>,
    /// The index has it.
    is_taken: bool,
    /// The index had something of it once, and so its address.
    is_registered: bool,
}

/// For how long the index knew nothing of an order's links, which its loss of storage had made it forget.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Forgotten {
    pub(crate) since: UnixMillis,
    /// When the order had published again by itself.
    pub(crate) until: Option<UnixMillis>,
}

#[derive(Debug)]
pub(crate) struct Life {
    pub(crate) seed: u64,
    rng: Rng,
    pub(crate) now: UnixMillis,
    queue: BTreeMap<(UnixMillis, u64), (usize, What)>,
    queued: u64,
    pub(crate) compago: Compago,
    pub(crate) weather: Weather,
    pub(crate) shells: Vec<Shell<Order, OrderSteps>>,
    /// The alarm of each shell that is in the queue.
    armed: Vec<Option<UnixMillis>>,
    pub(crate) index: Index,
    index_armed: Option<UnixMillis>,
    published: Vec<Published>,
    /// The orders that are not in the object directory when the index loses its storage.
    pub(crate) forgotten: Vec<Option<Forgotten>>,
    /// The payments whose link a payer has seen, for each order.
    pub(crate) shown: Vec<Vec<PaymentId>>,
    /// What each order was told of the facts of its payments.
    pub(crate) named: Vec<NamedFacts>,
    story: Option<String>,
}

impl Life {
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let minutes = if rng.percent(4) { 2_880 } else { 10 + u32::try_from(rng.below(50)).unwrap() };
        let ttl = Ttl::from_minutes(minutes).unwrap();
        let calm_from = match rng.below(4) {
            0 => START,
            1 | 2 => START.plus(rng.between(Duration::ZERO, ttl.duration() * 2)),
            _ => START.plus(rng.between(Duration::ZERO, Duration::from_secs(40 * 3_600))),
        };
        let down_until = if rng.percent(20) { calm_from } else { START };
        let trouble = 2 + rng.below(25);
        let compago = Compago::new(&mut rng, ttl.duration());
        let told = std::env::var("SIM_SEED").is_ok().then(String::new);
        let index = Index::new(&mut rng);
        let mut life = Self {
            seed,
            rng,
            now: START,
            queue: BTreeMap::new(),
            queued: 0,
            compago,
            weather: Weather { trouble, down_until, calm_from },
            shells: Vec::new(),
            armed: vec![None; 2],
            index,
            index_armed: None,
            published: vec![Published::default(), Published::default()],
            forgotten: vec![None; 2],
            shown: vec![Vec::new(); 2],
            named: vec![NamedFacts::default(); 2],
            story: told,
        };
        for number in 0..2 {
            life.place(number, ttl);
        }
        if calm_from > START && life.rng.percent(if ttl.duration() > DAY { 60 } else { 20 }) {
            let at = START.plus(life.rng.between(Duration::ZERO, calm_from.since(START)));
            life.queue(at, 0, What::LoseIndex);
        }
        life
    }

    fn place(&mut self, number: usize, ttl: Ttl) {
        let reference = ["K7Q2M9XD3FHT", "0000000000ZZ"][number];
        let homepage = format!("https://shop.example/?o={reference}");
        let terms = Terms {
            reference: reference.parse().unwrap(),
            amount: Amount::from_centavos(1 + self.rng.below(1_000_000)).unwrap(),
            ttl,
            redirect_url: format!("https://shop.example/api/shop/return?order={reference}").parse().unwrap(),
            homepage_url: homepage.parse().unwrap(),
            ..terms()
        };
        if self.rng.percent(5) {
            let amount = crate::wire::to_value(&Pesos(terms.amount));
            self.compago.add_foreign(&format!("{reference}-1"), amount, START.minus(Duration::from_secs(60)));
        }
        let skew_ms = skew(&mut self.rng);
        let clock = UnixMillis(START.0 + skew_ms);
        let (shell, call) = Shell::start(Order::place(terms, clock).unwrap(), OrderSteps::default(), skew_ms, START);
        self.shells.push(shell);
        self.send(number, call);
        self.arm(number);
        for (at, act) in plan(&mut self.rng, START, ttl.duration()) {
            self.queue(at, number, What::Act(act));
        }
    }

    /// To the end.
    pub(crate) fn live(mut self) -> Self {
        while let Some(((at, _), (number, what))) = self.queue.pop_first() {
            self.now = at;
            self.tell(number, &what);
            match what {
                What::Alarm { armed } => self.ring(number, armed),
                What::Request { number: call_number, call, sent, incarnation } => {
                    let answer = arrive(&mut self.compago, &self.weather, &call, &mut self.rng, at);
                    let back = at.plus(self.rng.between(Duration::from_millis(10), Duration::from_secs(1)));
                    let given_up = sent.plus(TIMEOUT);
                    let (at, answer) = if back < given_up { (back, answer) } else { (given_up, lost(&call)) };
                    self.queue(at.max(self.now), number, What::Answer { number: call_number, answer, incarnation });
                }
                What::Answer { number: call_number, answer, incarnation } => {
                    if self.shells[number].incarnation == incarnation {
                        self.take(number, Input::Completed { call: call_number, answer });
                    }
                }
                What::Told(event) => _ = self.take(number, Input::Event(event)),
                What::Publish { revision } => self.publish(number, revision),
                What::Published { revision } => {
                    let published = &mut self.published[number];
                    published.is_taken |= published.revision == revision;
                    published.is_registered = true;
                }
                What::Relist => self.publish_again(number),
                What::IndexAlarm { armed } => self.fire_index(armed),
                What::PageRequest { request, sent, incarnation } => self.read_page(&request, sent, incarnation),
                What::Page { page, sent, incarnation } => {
                    if self.index.incarnation == incarnation {
                        let doing = self.index.answered(page.as_ref(), sent, at);
                        self.go_on(doing);
                    }
                }
                What::LoseIndex => self.lose_index(),
                What::Act(act) => self.act(number, act),
            }
        }
        self
    }

    fn ring(&mut self, number: usize, armed: UnixMillis) {
        let shell = &mut self.shells[number];
        // An alarm that was set anew since does not ring at the old time.
        if shell.alarm != Some(armed) {
            return;
        }
        shell.alarms += 1;
        self.armed[number] = None;
        oracle::check(self.shells[number].alarms < 3_000, "a hot loop");
        let twice = self.weather.strikes(&mut self.rng, self.now);
        let input = self.alarm_input(number);
        self.take(number, input);
        if twice {
            self.take(number, Input::AlarmFired);
        }
    }

    /// Feeds an input to an order. Returns whether it was received.
    fn take(&mut self, number: usize, input: Input<Order>) -> bool {
        let crash = if self.weather.strikes(&mut self.rng, self.now) && self.rng.percent(30) {
            Crash::drawn(&mut self.rng)
        } else {
            Crash::Never
        };
        // What a crash forgets was not received.
        if crash != Crash::BeforeSaving {
            self.named[number].hear(self.shells[number].machine(), &input, self.shells[number].clock(self.now));
        }
        let told = self.shells[number].outbox.len();
        let call = self.shells[number].take(input, crash, self.now);
        self.named[number].check(&self.shells[number].outbox[told..]);
        self.send(number, call);
        self.arm(number);
        self.publish_changes(number);
        crash != Crash::BeforeSaving
    }

    fn send(&mut self, number: usize, call: Option<PendingCall<Order>>) {
        let Some(PendingCall { number: call_number, call }) = call else { return };
        let incarnation = self.shells[number].incarnation;
        match self.weather.way_there(&mut self.rng, self.now) {
            Some(delay) => {
                let sent = self.now;
                self.queue(
                    self.now.plus(delay),
                    number,
                    What::Request { number: call_number, call, sent, incarnation },
                );
            }
            None => {
                let answer = lost(&call);
                self.queue(self.now.plus(TIMEOUT), number, What::Answer { number: call_number, answer, incarnation });
            }
        }
    }

    fn arm(&mut self, number: usize) {
        let Some(armed) = self.shells[number].alarm.filter(|at| self.armed[number] != Some(*at)) else { return };
        self.armed[number] = Some(armed);
        let late = if self.weather.strikes(&mut self.rng, self.now) { 60 } else { 2 };
        let at = armed.max(self.now).plus(self.rng.between(Duration::ZERO, Duration::from_secs(late)));
        self.queue(at, number, What::Alarm { armed });
    }

    fn queue(&mut self, at: UnixMillis, number: usize, what: What) {
        self.queued += 1;
        self.queue.insert((at, self.queued), (number, what));
    }

    fn tell(&mut self, number: usize, what: &What) {
        let Some(story) = &mut self.story else { return };
        let text = match what {
            What::Alarm { armed } if self.shells[number].alarm != Some(*armed) => return,
            What::Alarm { .. } => "alarm".to_owned(),
            What::Request { call, .. } => format!("{} arrives", name(call)),
            What::Answer { answer, .. } => format!("{answer:?}"),
            What::Told(event) => format!("{event:?}"),
            What::Publish { .. }
            | What::Published { .. }
            | What::Relist
            | What::PageRequest { .. }
            | What::IndexAlarm { .. }
            | What::LoseIndex => format!("{what:?}"),
            What::Page { page, .. } => {
                let shown = page.as_ref().map(|page| (page.count, page.readable.len(), page.unreadable));
                format!("page {shown:?} {:?}", self.index)
            }
            What::Act(act) => format!("{act:?}"),
        };
        let order = self.shells[number].machine();
        let stage = compago::json::to_string(&order.current().stage);
        writeln!(story, "{} order {number} {text}  [{} {stage}]", self.now, order.status()).unwrap();
    }

    /// What happened, when one seed is repeated.
    fn story(&self) -> String {
        let Some(story) = &self.story else { return String::new() };
        let payments = self.compago.payments.iter().map(|payment| format!("{payment:?}\n")).collect::<String>();
        let outbox = self.shells.iter().flat_map(|shell| &shell.outbox).map(|told| format!("{told:?}\n"));
        format!("{story}{:?}\n{:?}\n{payments}{}", self.compago.habits, self.weather, outbox.collect::<String>())
    }

    /// The payments of order `number` that were truly paid.
    pub(crate) fn paid(&self, number: usize) -> Vec<&super::compago::Payment> {
        let order = self.shells[number].machine();
        let own = |external_id: &str| order.attempts().any(|attempt| attempt.external_id.as_str() == external_id);
        let payments = self.compago.payments.iter();
        payments
            .filter(|payment| payment.state == State::Confirmed && !payment.foreign && own(&payment.made_as))
            .collect()
    }
}

impl Drop for Life {
    #[allow(clippy::print_stderr, reason = "a life that fails tells how to repeat it")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}repeat this life with SIM_SEED={}", self.story(), self.seed);
        }
    }
}

/// How a clock differs from Compago's.
pub(super) fn skew(rng: &mut Rng) -> i64 {
    i64::try_from(rng.below(60_000)).unwrap() - 30_000
}

fn lost(call: &Call) -> Answer {
    answer_of(call, Err(Undelivered::Timeout))
}
