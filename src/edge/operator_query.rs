//! The queries of the operator's lists, as clients write them and the Worker reads them.
//!
//! Each `parse` reads the text behind the question mark and returns `None` if that holds anything else, something twice, or a value out
//! of range: the Worker then answers 400 `invalid-query`. Each `pairs` writes what `parse` reads as the same value.

use core::str::FromStr;

use super::Query;
use super::charge_answers::{Channel, ChargeType};
use super::delivery::DeliveryStatus;
use super::list::{page_pairs, spelling};
use super::reconciliation::Class;
use crate::api::list::PageSize;
use crate::value::UnixMillis;
use crate::value::redacted::debug_only;

mod orders;

pub use orders::{OrderExportQuery, OrderQuery};

/// The query of a list that has a filter by one word, or none, and pages.
macro_rules! word_query {
    ($(#[$doc:meta])+ $name:ident { $field:ident: $word:ty = $parameter:literal }) => {
        $(#[$doc])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            /// The filter; everything if it is missing.
            pub $field: Option<$word>,
            /// Counted from 1.
            pub page: u32,
            /// The most items of the page.
            pub page_size: PageSize,
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $field: None, page: 1, page_size: PageSize::DEFAULT }
            }
        }

        impl $name {
            /// Reads a query.
            pub fn parse(query: &str) -> Option<Self> {
                let mut query = Query::parse(query)?;
                let $field = word(&mut query, $parameter)?;
                let (page, page_size) = query.page().ok()?;
                query.is_empty().then_some(Self { $field, page, page_size })
            }

            /// Returns the pairs of the query.
            pub fn pairs(&self) -> Vec<(&'static str, String)> {
                let filter = self.$field.map(|word| ($parameter, word.as_str().to_owned()));
                filter.into_iter().chain(page_pairs(self.page, self.page_size)).collect()
            }
        }
    };
}

word_query! {
    /// The query of the list of webhooks: those in one state, or all.
    WebhookQuery { state: DeliveryStatus = "state" }
}

word_query! {
    /// The query of the findings of the last reconciliation: those of one class, or all.
    FindingQuery { class: Class = "class" }
}

/// The query of the list of what a person has to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttentionQuery {
    /// Counted from 1.
    pub page: u32,
    /// The most items of the page.
    pub page_size: PageSize,
}

impl Default for AttentionQuery {
    fn default() -> Self {
        Self { page: 1, page_size: PageSize::DEFAULT }
    }
}

impl AttentionQuery {
    /// Reads a query.
    pub fn parse(query: &str) -> Option<Self> {
        let mut query = Query::parse(query)?;
        let (page, page_size) = query.page().ok()?;
        query.is_empty().then_some(Self { page, page_size })
    }

    /// Returns the pairs of the query.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        page_pairs(self.page, self.page_size).into()
    }
}

/// The query of the figures of a period: up to 366 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiguresQuery {
    /// Start of the period.
    pub from: UnixMillis,
    /// End of the period, exclusive.
    pub to: UnixMillis,
}

impl FiguresQuery {
    /// Reads a query. Its period may be empty or too long: that is checked where it is summed.
    pub fn parse(query: &str) -> Option<Self> {
        let mut query = Query::parse(query)?;
        let (from, to) = (query.value("from").ok()??, query.value("to").ok()??);
        query.is_empty().then_some(Self { from, to })
    }

    /// Returns the pairs of the query.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        Vec::from([("from", self.from.to_string()), ("to", self.to.to_string())])
    }
}

/// The times by which charges are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChargePeriod {
    /// When they were requested; each bound is optional.
    Created {
        /// At this time or later.
        from: Option<UnixMillis>,
        /// Before this time.
        to: Option<UnixMillis>,
    },
    /// When the money came in, over at most 366 days; the answer has their sum.
    Settled {
        /// At this time or later.
        from: UnixMillis,
        /// Before this time.
        to: UnixMillis,
    },
}

impl Default for ChargePeriod {
    fn default() -> Self {
        Self::Created { from: None, to: None }
    }
}

/// The query of the list of charges and refunds. `Debug` shows neither the search text nor the cursor.
///
/// ```
/// use compago::edge::charge_answers::{Channel, ChargeType};
/// use compago::edge::operator_query::ChargeQuery;
///
/// let asked = ChargeQuery::parse("channel=card&limit=20").unwrap();
/// assert_eq!((asked.kind, asked.channel, asked.limit), (ChargeType::Charge, Some(Channel::Card), Some(20)));
/// assert!(ChargeQuery::parse("limit=201").is_none());
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ChargeQuery {
    /// Charges or refunds.
    pub kind: ChargeType,
    /// Only those of this channel. Terminals have no refunds.
    pub channel: Option<Channel>,
    /// The times by which they are listed.
    pub period: ChargePeriod,
    /// The beginning of a reference, an external id or Compago's id.
    pub search: Option<String>,
    /// The `next` of the part before; the first part needs none.
    pub cursor: Option<String>,
    /// The most items, 1 to [`ChargeQuery::MAX_LIMIT`]; 50 if it is missing.
    pub limit: Option<u8>,
}

debug_only!(ChargeQuery { kind, channel, period, limit });

impl ChargeQuery {
    /// The most items of a part of the list.
    pub const MAX_LIMIT: u8 = 200;

    /// Reads a query.
    pub fn parse(query: &str) -> Option<Self> {
        let mut query = Query::parse(query)?;
        let kind = query.value("type").ok()?.unwrap_or_default();
        let channel = query.value("channel").ok()?;
        if (kind, channel) == (ChargeType::Refund, Some(Channel::Terminal)) {
            return None;
        }
        let created = (query.value("from").ok()?, query.value("to").ok()?);
        let settled = (query.value("settledFrom").ok()?, query.value("settledTo").ok()?);
        let period = match (created, settled) {
            ((None, None), (Some(from), Some(to))) => ChargePeriod::Settled { from, to },
            ((from, to), (None, None)) => ChargePeriod::Created { from, to },
            _ => return None,
        };
        let (search, cursor) = (query.text("search"), query.text("cursor"));
        let limit = query.value("limit").ok()?;
        let in_range = limit.is_none_or(|limit| (1..=Self::MAX_LIMIT).contains(&limit));
        (in_range && query.is_empty()).then_some(Self { kind, channel, period, search, cursor, limit })
    }

    /// Returns the pairs of the query.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let kind: &'static str = self.kind.into();
        let channel = self.channel.map(|channel| ("channel", <&'static str>::from(channel).to_owned()));
        let [from, to] = match self.period {
            ChargePeriod::Created { from, to } => [pair("from", from), pair("to", to)],
            ChargePeriod::Settled { from, to } => [pair("settledFrom", Some(from)), pair("settledTo", Some(to))],
        };
        let search = self.search.clone().map(|search| ("search", search));
        let cursor = self.cursor.clone().map(|cursor| ("cursor", cursor));
        let limit = self.limit.map(|limit| ("limit", limit.to_string()));
        [Some(("type", kind.to_owned())), channel, from, to, search, cursor, limit].into_iter().flatten().collect()
    }
}

/// Takes the word of a filter, in any spelling; `None` if it is unknown.
fn word<T: FromStr>(query: &mut Query, name: &str) -> Option<Option<T>> {
    match query.text(name) {
        Some(text) => spelling(&text).parse().ok().map(Some),
        None => Some(None),
    }
}

fn pair(name: &'static str, at: Option<UnixMillis>) -> Option<(&'static str, String)> {
    at.map(|at| (name, at.to_string()))
}
