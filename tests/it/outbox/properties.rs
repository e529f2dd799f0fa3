//! What no sequence of events can break, and where every delivery ends.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Happening {
    ClockMoves(i64),
    Begun,
    Answered { which: prop::sample::Index, answer: Answer, jitter: u16 },
    Crashed,
    PutBack,
}

fn answers() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::Unreachable),
        Just(Answer::TimedOut),
        (any::<u16>(), prop::option::of(any::<u64>().prop_map(Duration::from_secs)))
            .prop_map(|(status, retry_after)| Answer::Status { status, retry_after }),
        prop::sample::select(vec![200, 204, 302, 404, 410, 429, 500, 503]).prop_map(status),
    ]
}

fn failures() -> impl Strategy<Value = Option<Answer>> {
    prop::option::of(answers().prop_filter("a failure", |answer| match answer {
        Answer::Status { status, .. } => !(200..300).contains(status) && *status != 410,
        Answer::Unreachable | Answer::TimedOut => true,
    }))
}

fn happenings() -> impl Strategy<Value = Happening> {
    prop_oneof![
        3 => (-100_000_i64..100_000_000).prop_map(Happening::ClockMoves),
        4 => Just(Happening::Begun),
        3 => (any::<prop::sample::Index>(), answers(), any::<u16>())
            .prop_map(|(which, answer, jitter)| Happening::Answered { which, answer, jitter }),
        1 => Just(Happening::Crashed),
        1 => Just(Happening::PutBack),
    ]
}

proptest! {
    /// Whatever happens in whatever order: one id, at most ten tries, what was delivered stays so, and what is not
    /// closed has a next time.
    #[test]
    fn always(happenings in prop::collection::vec(happenings(), 1..80)) {
        let mut delivery = new();
        let mut now = START;
        let mut open: Vec<Try> = Vec::new();
        let mut tries = 0;
        for happening in happenings {
            let before = delivery.clone();
            match happening {
                Happening::ClockMoves(millis) => now = UnixMillis(now.millis() + millis),
                Happening::Begun => {
                    let (after, begun) = delivery.begin(now);
                    delivery = after;
                    if let Some(begun) = begun {
                        tries += 1;
                        prop_assert!(before.next_at().unwrap() <= now);
                        prop_assert!(delivery.next_at().unwrap() > now.plus(TIMEOUT));
                        open.push(begun);
                    }
                }
                Happening::Answered { which, answer, jitter } => {
                    if open.is_empty() {
                        continue;
                    }
                    let begun = open.swap_remove(which.index(open.len()));
                    delivery = delivery.answered(begun, answer, now, Jitter::from_random(jitter));
                    if let (Some(next_at), Some(last)) = (delivery.next_at(), delivery.last_try()) {
                        prop_assert!(next_at >= last.at);
                    }
                    if matches!(answer, Answer::Status { status: 200..=299, .. }) {
                        let delivered = matches!(delivery.state(), DeliveryState::Delivered { .. });
                        prop_assert!(delivered);
                    }
                }
                Happening::Crashed => {
                    delivery = compago::json::from_str(&compago::json::to_string(&before)).unwrap();
                    prop_assert_eq!(&delivery, &before);
                    open.clear();
                }
                Happening::PutBack => {
                    delivery = delivery.redeliver(now);
                    tries = 0;
                    continue;
                }
            }
            prop_assert_eq!(delivery.id().as_str(), ID);
            prop_assert!(tries <= MAX_TRIES);
            prop_assert_eq!(delivery.tries(), tries);
            if matches!(before.state(), DeliveryState::Delivered { .. }) {
                prop_assert_eq!(delivery.state(), before.state());
            }
            let pending = matches!(delivery.state(), DeliveryState::Pending { .. });
            prop_assert_eq!(delivery.next_at().is_some(), pending);
        }
    }

    /// A shell that comes back whenever it is told to, and may lose any answer, ends after ten tries, each later than the
    /// one before, spread over at least three days.
    #[test]
    fn an_end_is_reached(failures in prop::collection::vec((failures(), any::<u16>()), 10)) {
        let mut delivery = new();
        let mut times = Vec::new();
        for (answer, jitter) in failures {
            let due = delivery.next_at().unwrap();
            times.push(due);
            let (sent, begun) = begin(delivery, due);
            delivery = match answer {
                Some(answer) => sent.answered(begun, answer, due, Jitter::from_random(jitter)),
                None => sent,
            };
        }
        if let Some(due) = delivery.next_at() {
            delivery = delivery.begin(due).0;
        }
        let parked = matches!(delivery.state(), DeliveryState::DeadLettered { reason: DeadLetterReason::Exhausted, .. });
        prop_assert!(parked);
        prop_assert!(times.windows(2).all(|pair| pair[0].plus(Duration::from_secs(5)) <= pair[1]));
        prop_assert!(times[9].since(START) >= Duration::from_secs(SCHEDULE[9]));
    }

    /// At whichever try the receiver comes back, the event arrives.
    #[test]
    fn it_arrives_when_the_receiver_is_back(lost_tries in 0..MAX_TRIES, code in 200..300_u16) {
        let delivery = lost(lost_tries);
        let due = delivery.next_at().unwrap();
        let (delivery, begun) = begin(delivery, due);
        let delivery = delivery.answered(begun, status(code), due, Jitter::NONE);
        prop_assert_eq!(delivery.state(), DeliveryState::Delivered { at: due });
    }
}
