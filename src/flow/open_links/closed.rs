//! Which orders are asked whether they are closed, and the links that no longer count then.

use core::time::Duration;

use super::{CLOCKS, LinkChange, LinkRefusalReason, OpenLinks};
use crate::edge::ClientKey;
use crate::flow::clock::is_due;
use crate::value::{Reference, UnixMillis};

/// How long the links of a limit are not asked about again at least: a client that is refused again and again causes little.
const ASK_GAP: Duration = Duration::from_secs(5);

/// The same for each link that is asked about: a shop with 20,000 links asks every minute.
const ASK_GAP_OF_ONE: Duration = Duration::from_millis(3);

/// With 100,000 links, of which there are never more.
const LONGEST_ASK_GAP: Duration = Duration::from_secs(300);

impl OpenLinks {
    /// Returns the orders whose links count for the limit that refused a client, to be asked whether they are closed. None where the
    /// rate is the reason, or where the links of this limit were asked about less than 5 s before; with more than 1,700 links, less than
    /// 3 ms for each of them.
    pub fn to_ask(&mut self, reason: LinkRefusalReason, client: Option<&ClientKey>, now: UnixMillis) -> Vec<Reference> {
        self.end_due(now);
        let (limit, links): (&str, Vec<Reference>) = match (reason, client) {
            (LinkRefusalReason::Rate, _) | (LinkRefusalReason::Client, None) => return Vec::new(),
            (LinkRefusalReason::Client, Some(client)) => {
                // Where there is a network, the client's own links are among its links.
                let limit = client.network().unwrap_or(client.as_str());
                (limit, self.links_of(limit).copied().collect())
            }
            (LinkRefusalReason::Shop, _) => ("", self.links.keys().copied().collect()),
        };
        if links.is_empty() || self.ask_again.get(limit).is_some_and(|at| !is_due(*at, LONGEST_ASK_GAP, now)) {
            return Vec::new();
        }
        self.ask_again.retain(|_, at| !is_due(*at, LONGEST_ASK_GAP, now));
        let count = u32::try_from(links.len()).unwrap_or(u32::MAX);
        let gap = ASK_GAP.max(ASK_GAP_OF_ONE.saturating_mul(count));
        self.ask_again.insert(limit.to_owned(), now.plus(gap));
        links
    }

    /// Stops counting the links of an order that was closed at `closed_at`. Returns what has changed.
    ///
    /// What was asked for later, or so shortly before that it may have come to the order after it was closed, is the link of the next
    /// attempt, and goes on counting.
    pub fn close(&mut self, reference: &Reference, closed_at: UnixMillis) -> Option<LinkChange> {
        self.retain(reference, |request| request.asked_at.plus(CLOCKS) > closed_at)
    }
}
