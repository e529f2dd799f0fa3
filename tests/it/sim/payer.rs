//! What people do with an order, at any time and in any order.

use std::time::Duration;

use compago::value::UnixMillis;

use super::compago::Amendment;
use super::rng::Rng;

/// Something that a person, or their browser, does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Asks for the link, and sees it if there is one.
    OpenLink,
    /// Pays the payment whose link was shown as the nth, in whatever tab is still open.
    Pay(usize),
    /// Lets the status page ask.
    Poll,
    /// Comes back with the pair of the nth attempt.
    Return(usize),
    /// Comes back with a pair that somebody made up out of true ids.
    Forge,
    Retry,
    Cancel,
    /// The merchant cancels the last payment in Compago's own pages.
    CancelElsewhere,
    /// An alarm that nobody set.
    StrayAlarm,
    /// Someone amends the last payment in Compago's books.
    Amend(Amendment),
    /// Reconciliation reads Compago's list, and the order is told some time later.
    Reconcile,
}

/// A person's plan for one order, by time.
pub(crate) fn plan(rng: &mut Rng, start: UnixMillis, ttl: Duration) -> Vec<(UnixMillis, Act)> {
    let mut plan = vec![(start.plus(Duration::from_secs(3)), Act::OpenLink), (start.plus(ttl / 3), Act::OpenLink)];
    let hot = ttl + Duration::from_secs(10 * 60);
    for _ in 0..3 + rng.below(12) {
        let at = start.plus(match rng.below(5) {
            0 => rng.between(Duration::ZERO, Duration::from_secs(60)),
            1 | 2 => rng.between(Duration::ZERO, hot),
            // About the end of the link.
            3 => rng.between(ttl.saturating_sub(Duration::from_secs(30)), ttl + Duration::from_secs(200)),
            _ => rng.between(hot, hot * 2 + Duration::from_secs(80 * 3_600)),
        });
        let act = match rng.below(24) {
            0..=3 => Act::OpenLink,
            4..=6 => Act::Pay(usize::try_from(rng.below(3)).unwrap()),
            7 | 8 => Act::Return(usize::try_from(rng.below(3)).unwrap()),
            9 | 10 => Act::Forge,
            11..=13 => Act::Retry,
            14 => Act::Cancel,
            15 => Act::CancelElsewhere,
            16 => Act::StrayAlarm,
            20 => Act::Amend(rng.one_of(&[Amendment::Amount, Amendment::Currency, Amendment::ExternalId])),
            21 => Act::Amend(Amendment::Back),
            22 => Act::Reconcile,
            _ => Act::Poll,
        };
        plan.push((at, act));
        match act {
            Act::Poll => plan.extend((1..=rng.below(20)).map(|n| (at.plus(Duration::from_secs(2 * n)), Act::Poll))),
            // Who tries again wants the link.
            Act::Retry => {
                plan.push((at.plus(rng.between(Duration::from_secs(1), Duration::from_secs(90))), Act::OpenLink))
            }
            Act::OpenLink
            | Act::Pay(_)
            | Act::Return(_)
            | Act::Forge
            | Act::Cancel
            | Act::CancelElsewhere
            | Act::StrayAlarm
            | Act::Amend(_)
            | Act::Reconcile => {}
        }
    }
    plan
}

/// When somebody who has just seen a link pays it: soon, at leisure, or in the last second.
pub(crate) fn pay_at(rng: &mut Rng, now: UnixMillis, expires_at: UnixMillis) -> Option<UnixMillis> {
    let left = expires_at.since(now);
    let second = Duration::from_secs(1);
    match rng.below(10) {
        0..=3 => Some(now.plus(rng.between(second, Duration::from_secs(120)))),
        4 | 5 => Some(now.plus(rng.between(Duration::ZERO, left))),
        6 => Some(expires_at.minus(rng.between(Duration::ZERO, second))),
        _ => None,
    }
}
