//! What becomes of a call on its way.

use std::time::Duration;

use compago::endpoint::{Reply, Undelivered};
use compago::flow::order::{Answer, Call};
use compago::value::UnixMillis;

use super::compago::Compago;
use super::garbage::garbage;
use super::rng::Rng;
use crate::order::bench::answer_of;

/// After how long the shell gives up waiting.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(20);

/// How bad things are.
#[derive(Debug, Clone)]
pub(crate) struct Weather {
    /// Of a hundred calls or events, how many go wrong.
    pub(crate) trouble: u64,
    /// Nothing is reachable until then.
    pub(crate) down_until: UnixMillis,
    /// Nothing goes wrong from then on.
    pub(crate) calm_from: UnixMillis,
}

impl Weather {
    pub(crate) fn strikes(&self, rng: &mut Rng, now: UnixMillis) -> bool {
        now < self.calm_from && rng.percent(self.trouble)
    }

    /// How long the request takes, or `None` if it never arrives.
    pub(crate) fn way_there(&self, rng: &mut Rng, now: UnixMillis) -> Option<Duration> {
        if now < self.down_until && rng.percent(50) || self.strikes(rng, now) {
            return None;
        }
        let slow = self.strikes(rng, now);
        Some(rng.between(Duration::from_millis(20), Duration::from_secs(if slow { 60 } else { 1 })))
    }
}

/// The request arrives: Compago does what is asked, or not, and what it says may be lost.
pub(crate) fn arrive(compago: &mut Compago, weather: &Weather, call: &Call, rng: &mut Rng, now: UnixMillis) -> Answer {
    if now < weather.down_until {
        let down = if rng.percent(50) { Err(Undelivered::Network) } else { Ok(crate::recording::reply(503, "{}")) };
        return answer_of(call, down);
    }
    let does_nothing = weather.strikes(rng, now) && rng.percent(50);
    if does_nothing {
        return answer_of(call, Ok(crate::recording::reply(500, "")));
    }
    let reply = carry_out(compago, call, now);
    if !weather.strikes(rng, now) {
        return answer_of(call, Ok(reply));
    }
    match rng.below(3) {
        0 => answer_of(call, Err(Undelivered::Network)),
        1 => answer_of(call, Err(Undelivered::TooLarge)),
        _ => answer_of(call, Ok(garbage(rng, &reply))),
    }
}

fn carry_out(compago: &mut Compago, call: &Call, now: UnixMillis) -> Reply {
    match call {
        Call::Create(create) => compago.create(create, now),
        Call::Read(read) => compago.get(read.id, now),
        Call::Search(_) => compago.list(now),
        Call::Cancel(cancel) => compago.cancel(cancel.id, now),
    }
}
