//! A payment link that counts, and the requests that it counts for.

use serde::{Deserialize, Serialize};

use crate::edge::ClientKey;
use crate::flow::record::Record;
use crate::value::{Reference, UnixMillis};

/// A link that counts: until each request for it came to nothing, or its attempt is closed, or its time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenLink {
    /// The client that requested it; `None` where clients cannot be distinguished.
    pub client: Option<ClientKey>,
    /// When it was last asked for.
    pub asked_at: UnixMillis,
    /// Until when it counts.
    pub ends_at: UnixMillis,
    /// The requests before the last one of which neither is known yet, the oldest first. Records of before there could be more than one
    /// request do not name them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<LinkRequest>,
}

impl Record for OpenLink {
    const VERSION: u32 = 1;
}

impl OpenLink {
    /// A link that is asked for now.
    pub(super) const fn new(client: Option<ClientKey>, asked_at: UnixMillis, ends_at: UnixMillis) -> Self {
        Self { client, asked_at, ends_at, earlier: Vec::new() }
    }

    /// The link after one more request for it. It counts no shorter than before.
    pub(super) fn reserved_again(mut self, asked_at: UnixMillis, ends_at: UnixMillis) -> Self {
        self.earlier.push(self.last());
        Self { asked_at, ends_at: ends_at.max(self.ends_at), ..self }
    }

    /// Every request that it counts for.
    pub(super) fn requests(&self) -> impl Iterator<Item = LinkRequest> {
        self.earlier.iter().copied().chain([self.last()])
    }

    /// The link with the requests of which this holds; `None` if there is none.
    pub(super) fn retaining(&self, holds: impl Fn(&LinkRequest) -> bool) -> Option<Self> {
        let mut earlier: Vec<LinkRequest> = self.requests().filter(holds).collect();
        let LinkRequest { asked_at, ends_at } = earlier.pop()?;
        Some(Self { client: self.client.clone(), asked_at, ends_at, earlier })
    }

    /// The link as it counts where it is `now`: what seems to have been asked for in the future, because the clock was set back,
    /// counts as asked for now.
    pub(super) fn corrected(self, now: UnixMillis) -> Self {
        let LinkRequest { asked_at, ends_at } = self.last().corrected(now);
        let earlier = self.earlier.into_iter().map(|request| request.corrected(now)).collect();
        Self { client: self.client, asked_at, ends_at, earlier }
    }

    const fn last(&self) -> LinkRequest {
        LinkRequest { asked_at: self.asked_at, ends_at: self.ends_at }
    }
}

/// A request that a link counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkRequest {
    /// When it came.
    pub asked_at: UnixMillis,
    /// Until when the link counts for it.
    pub ends_at: UnixMillis,
}

impl LinkRequest {
    fn corrected(self, now: UnixMillis) -> Self {
        let asked_at = self.asked_at.min(now);
        Self { asked_at, ends_at: self.ends_at.min(asked_at.plus(self.ends_at.since(self.asked_at))) }
    }
}

/// Names the request that a link counts for, so that it can be released if it comes to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkTicket {
    /// The order whose link it is.
    pub reference: Reference,
    /// When it was asked for.
    pub asked_at: UnixMillis,
}

impl LinkTicket {
    /// Whether an attempt that was begun at `started_at` may be what was asked for. An older one is not, and the request came to nothing
    /// unless another attempt follows.
    #[must_use]
    pub fn may_be_for(&self, started_at: UnixMillis) -> bool {
        self.asked_at <= started_at.plus(super::CLOCKS)
    }
}

/// What becomes of a link that has lost a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkChange {
    /// It counts for others, and is to be stored like this.
    Kept(OpenLink),
    /// It counts no more.
    Ended,
}
