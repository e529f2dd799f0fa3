//! Which payment links of anonymous orders can still be paid, and whether one more may be made.
//!
//! Every such link costs reads, alarms and in the end a search of Compago's list. So their number is bounded: for each
//! client, for each IPv6 network of 48 bits and for the shop. How fast one client makes them is bounded as well.
//!
//! A link counts from the moment when it is asked for until the request came to nothing ([`OpenLinks::release`]), its order is known to
//! be closed ([`OpenLinks::close`]) or its time is over, whichever comes first. Orders do not report that they are closed: whoever
//! counts asks when a limit is reached, about the links that count for it ([`OpenLinks::to_ask`]). A refusal changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::rate::{Bucket, Limit};
use crate::edge::ClientKey;
use crate::value::{Reference, UnixMillis};

mod closed;
mod link;

pub use link::{LinkChange, LinkRequest, LinkTicket, OpenLink};

/// The limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkLimits {
    /// How often one client may ask for a link.
    pub rate: Limit,
    /// The most open links of one client.
    pub per_client: u32,
    /// The most open links of all clients of one IPv6 network of 48 bits.
    pub per_network: u32,
    /// The most open links of the shop.
    pub per_shop: u32,
}

/// What a link is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkFor {
    /// An order. The same request may come again; then there is no other link.
    Order,
    /// The next attempt of an order.
    NextAttempt,
}

/// Why no link may be made, and for how long at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("too many payment links; wait {seconds} s")]
pub struct LinkRefusal {
    /// Which limit is reached.
    pub reason: LinkRefusalReason,
    /// The least whole seconds to wait, at least one.
    pub seconds: u32,
}

/// A limit that is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkRefusalReason {
    /// The client asks too often.
    Rate,
    /// The client, or its network of 48 bits, has too many open links.
    Client,
    /// The shop has too many open links.
    Shop,
}

/// All open links of a shop.
#[derive(Debug, Clone, Default)]
pub struct OpenLinks {
    links: BTreeMap<Reference, OpenLink>,
    /// By the text of the key: the keys of one network stand together.
    by_client: BTreeMap<String, BTreeSet<Reference>>,
    by_end: BTreeSet<(UnixMillis, Reference)>,
    /// By the text of the key; empty where clients cannot be distinguished.
    rates: BTreeMap<String, Bucket>,
    /// From when on it may be asked again which links of a limit are closed, by the text of the client's network or key; empty for the
    /// shop.
    ask_again: BTreeMap<String, UnixMillis>,
}

impl OpenLinks {
    /// Restores what was stored.
    ///
    /// A link that seems to have been asked for in the future, because the clock was set back, counts as asked for now.
    #[must_use]
    pub fn restore(stored: impl IntoIterator<Item = (Reference, OpenLink)>, now: UnixMillis) -> Self {
        let mut all = Self::default();
        for (reference, link) in stored {
            all.put(reference, link.corrected(now));
        }
        all.end_due(now);
        all
    }

    /// Counts one more link of `life`, or goes on counting that of the order for longer. Returns what is to be stored; `None` if
    /// nothing has changed.
    ///
    /// # Errors
    ///
    /// The first limit that is reached. Nothing has changed then.
    pub fn reserve(
        &mut self,
        reference: Reference,
        purpose: LinkFor,
        client: Option<&ClientKey>,
        life: Duration,
        limits: &LinkLimits,
        now: UnixMillis,
    ) -> Result<Option<OpenLink>, LinkRefusal> {
        self.end_due(now);
        // Where clients cannot be distinguished, one of them must not exhaust the shop's limit for all.
        let rate = if client.is_some() { limits.rate } else { limits.rate.tenfold() };
        let (bucket, taken) = self.bucket(client, rate).take(rate, now);
        if let Err(wait) = taken {
            return Err(LinkRefusal::new(LinkRefusalReason::Rate, Duration::from_secs(wait.seconds())));
        }
        let known = self.links.get(&reference);
        if known.is_none() {
            self.check(client, limits, now)?;
        }
        let ends_at = now.plus(life);
        let link = match (known, purpose) {
            (Some(_), LinkFor::Order) => None,
            (Some(known), LinkFor::NextAttempt) => Some(known.clone().reserved_again(now, ends_at)),
            (None, LinkFor::Order | LinkFor::NextAttempt) => Some(OpenLink::new(client.cloned(), now, ends_at)),
        };
        if self.rates.len() >= MANY_RATES {
            self.rates.retain(|_, bucket| bucket.full_at() > now);
        }
        self.rates.insert(name(client), bucket);
        if let Some(link) = &link {
            self.put(reference, link.clone());
        }
        Ok(link)
    }

    /// Stops counting a request that came to nothing: it was refused, or answered before. Returns what has changed. The link goes on
    /// counting for what else it was asked for.
    pub fn release(&mut self, ticket: &LinkTicket) -> Option<LinkChange> {
        self.retain(&ticket.reference, |request| request.asked_at != ticket.asked_at)
    }

    fn retain(&mut self, reference: &Reference, holds: impl Fn(&LinkRequest) -> bool) -> Option<LinkChange> {
        let link = self.links.get(reference)?;
        let kept = link.retaining(holds);
        if kept.as_ref() == Some(link) {
            return None;
        }
        self.remove(reference);
        Some(match kept {
            Some(kept) => {
                self.put(*reference, kept.clone());
                LinkChange::Kept(kept)
            }
            None => LinkChange::Ended,
        })
    }

    fn remove(&mut self, reference: &Reference) -> bool {
        let Some(link) = self.links.remove(reference) else { return false };
        self.by_end.remove(&(link.ends_at, *reference));
        if let Some(client) = link.client
            && let Some(own) = self.by_client.get_mut(client.as_str())
        {
            own.remove(reference);
            if own.is_empty() {
                self.by_client.remove(client.as_str());
            }
        }
        true
    }

    /// How many links count.
    #[must_use]
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// Whether no link counts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Stops counting the links whose time is over.
    pub fn end_due(&mut self, now: UnixMillis) {
        while let Some((_, reference)) = self.by_end.first().copied().filter(|(at, _)| *at <= now) {
            self.remove(&reference);
        }
    }

    fn check(&self, client: Option<&ClientKey>, limits: &LinkLimits, now: UnixMillis) -> Result<(), LinkRefusal> {
        if let Some(client) = client {
            let own = self.by_client.get(client.as_str()).into_iter().flatten();
            self.check_count(own, limits.per_client, LinkRefusalReason::Client, now)?;
            if let Some(network) = client.network() {
                self.check_count(self.links_of(network), limits.per_network, LinkRefusalReason::Client, now)?;
            }
        }
        match self.by_end.first() {
            Some((end, _)) if self.links.len() >= usize::try_from(limits.per_shop).unwrap_or(usize::MAX) => {
                Err(LinkRefusal::new(LinkRefusalReason::Shop, end.since(now)))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The links of all clients whose keys begin like this: those of one client, or of one network.
    fn links_of(&self, key: &str) -> impl Iterator<Item = &Reference> {
        let from = (Bound::Included(key), Bound::Unbounded);
        self.by_client
            .range::<str, _>(from)
            .take_while(move |(other, _)| other.starts_with(key))
            .flat_map(|(_, links)| links)
    }

    /// Refuses if there are as many links as the limit allows, until the first of them ends.
    fn check_count<'a>(
        &self,
        links: impl Iterator<Item = &'a Reference>,
        limit: u32,
        reason: LinkRefusalReason,
        now: UnixMillis,
    ) -> Result<(), LinkRefusal> {
        let mut count = 0;
        let mut first_end = None;
        for link in links.filter_map(|reference| self.links.get(reference)) {
            count += 1;
            first_end = Some(first_end.map_or(link.ends_at, |end: UnixMillis| end.min(link.ends_at)));
        }
        match first_end {
            Some(end) if count >= limit => Err(LinkRefusal::new(reason, end.since(now))),
            Some(_) | None => Ok(()),
        }
    }

    /// What is left to the client; after a restart as far as its open links tell when they were asked for.
    fn bucket(&self, client: Option<&ClientKey>, rate: Limit) -> Bucket {
        if let Some(bucket) = self.rates.get(&name(client)) {
            return *bucket;
        }
        let own = client.and_then(|client| self.by_client.get(client.as_str())).into_iter().flatten();
        let links = own.filter_map(|reference| self.links.get(reference));
        let mut asked: Vec<UnixMillis> = links.flat_map(OpenLink::requests).map(|request| request.asked_at).collect();
        asked.sort_unstable();
        asked.into_iter().fold(Bucket::full(UnixMillis(i64::MIN)), |bucket, at| bucket.take(rate, at).0)
    }

    fn put(&mut self, reference: Reference, link: OpenLink) {
        self.remove(&reference);
        self.by_end.insert((link.ends_at, reference));
        if let Some(client) = &link.client {
            self.by_client.entry(client.as_str().to_owned()).or_default().insert(reference);
        }
        self.links.insert(reference, link);
    }
}

impl LinkRefusal {
    fn new(reason: LinkRefusalReason, wait: Duration) -> Self {
        let begun = u64::from(wait.subsec_nanos() > 0);
        let seconds = u32::try_from(wait.as_secs().saturating_add(begun)).unwrap_or(u32::MAX);
        Self { reason, seconds: seconds.max(1) }
    }
}

fn name(client: Option<&ClientKey>) -> String {
    client.map_or_else(String::new, ToString::to_string)
}

/// How far the clocks of two machines may differ, and how long a request may take from here to its order: an order and its link are
/// dated by different machines.
const CLOCKS: Duration = Duration::from_secs(1);

/// So many clients' rates are kept before those that are full again are dropped.
const MANY_RATES: usize = 1_000;
