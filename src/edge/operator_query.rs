//! The queries of the operator's lists, as clients write them and the Worker reads them.
//!
//! Each `parse` reads the text behind the question mark and returns `None` if that holds anything else, something twice, or a value out
//! of range: the Worker then answers 400 `invalid-query`. Each `pairs` writes what `parse` reads as the same value.

use core::str::FromStr;
use std::borrow::Cow;

use super::Query;
use super::charge_answers::{Channel, ChargeType};
use super::csv_format::CsvFormat;
use super::delivery::DeliveryStatus;
use super::fulfilment::FulfilmentState;
use super::list::{page_pairs, spelling};
use super::order::OrderStatus;
use super::reconciliation::Class;
use crate::api::list::PageSize;
use crate::value::redacted::debug_only;
use crate::value::{Metadata, MetadataKey, MetadataValue, UnixMillis};

/// The query of the list of orders. People search for names: `Debug` does not show the text.
///
/// ```
/// use compago::edge::operator_query::OrderQuery;
/// use compago::edge::order::OrderStatus;
///
/// let asked = OrderQuery::parse("status=ON_HOLD&search=k7q2").unwrap();
/// assert_eq!((asked.status, asked.search.as_deref()), (Some(OrderStatus::OnHold), Some("k7q2")));
/// assert!(OrderQuery::parse("limit=5").is_none());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct OrderQuery {
    /// Only orders in this state.
    pub status: Option<OrderStatus>,
    /// Only orders whose delivery has come that far.
    pub fulfilment: Option<FulfilmentState>,
    /// Only orders that have all these entries of metadata; at most [`Metadata::MAX_ENTRIES`], each key once.
    pub metadata: Vec<(MetadataKey, MetadataValue)>,
    /// The beginning of a reference, an external id or a payment id, or a whole SKU or text of metadata.
    pub search: Option<String>,
    /// Only orders placed at this time or later.
    pub from: Option<UnixMillis>,
    /// Only orders placed before this time.
    pub to: Option<UnixMillis>,
    /// Only orders paid at this time or later.
    pub settled_from: Option<UnixMillis>,
    /// Only orders paid before this time.
    pub settled_to: Option<UnixMillis>,
    /// Counted from 1.
    pub page: u32,
    /// The most orders of the page.
    pub page_size: PageSize,
}

debug_only!(OrderQuery { status, fulfilment, from, to, settled_from, settled_to, page, page_size });

impl Default for OrderQuery {
    fn default() -> Self {
        Self {
            status: None,
            fulfilment: None,
            metadata: Vec::new(),
            search: None,
            from: None,
            to: None,
            settled_from: None,
            settled_to: None,
            page: 1,
            page_size: PageSize::DEFAULT,
        }
    }
}

impl OrderQuery {
    /// Reads a query.
    pub fn parse(query: &str) -> Option<Self> {
        let mut query = Query::parse(query)?;
        let asked = Self::take(&mut query)?;
        query.is_empty().then_some(asked)
    }

    fn take(query: &mut Query) -> Option<Self> {
        let status = word(query, "status")?;
        let fulfilment = word(query, "fulfilment")?;
        let metadata = metadata(query)?;
        let search = query.text("search");
        let (from, to) = (query.value("from").ok()?, query.value("to").ok()?);
        let (settled_from, settled_to) = (query.value("settledFrom").ok()?, query.value("settledTo").ok()?);
        let (page, page_size) = query.page().ok()?;
        Some(Self { status, fulfilment, metadata, search, from, to, settled_from, settled_to, page, page_size })
    }

    /// Returns the pairs of the query.
    pub fn pairs(&self) -> Vec<(Cow<'static, str>, String)> {
        let optional = [
            self.status.map(|status| ("status", status.to_string())),
            self.fulfilment.map(|state| ("fulfilment", state.to_string())),
            self.search.clone().map(|search| ("search", search)),
            pair("from", self.from),
            pair("to", self.to),
            pair("settledFrom", self.settled_from),
            pair("settledTo", self.settled_to),
        ];
        let plain = optional.into_iter().flatten().chain(page_pairs(self.page, self.page_size));
        let metadata = self.metadata.iter();
        let metadata = metadata.map(|(key, value)| (Cow::Owned(format!("{METADATA}[{key}]")), value.to_string()));
        plain.map(|(name, value)| (Cow::Borrowed(name), value)).chain(metadata).collect()
    }
}

/// The query of a table of orders: that of the list, and the format.
///
/// ```
/// use compago::edge::csv::CsvFormat;
/// use compago::edge::operator_query::OrderExportQuery;
///
/// let asked = OrderExportQuery::parse("fulfilment=pending&metadata%5Btable%5D=4&format=es-MX").unwrap();
/// assert_eq!((asked.orders.metadata.len(), asked.format), (1, CsvFormat::EsMx));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderExportQuery {
    /// The filters and the page.
    pub orders: OrderQuery,
    /// How the table is written.
    pub format: CsvFormat,
}

impl OrderExportQuery {
    /// Reads a query.
    pub fn parse(query: &str) -> Option<Self> {
        let mut query = Query::parse(query)?;
        let orders = OrderQuery::take(&mut query)?;
        let format = query.value("format").ok()?.unwrap_or_default();
        query.is_empty().then_some(Self { orders, format })
    }

    /// Returns the pairs of the query.
    pub fn pairs(&self) -> Vec<(Cow<'static, str>, String)> {
        let mut pairs = self.orders.pairs();
        pairs.push((Cow::Borrowed("format"), self.format.as_str().to_owned()));
        pairs
    }
}

/// What precedes a key in the name of a parameter.
const METADATA: &str = "metadata";

/// Takes all parameters `metadata[key]`; `None` if one cannot be read, or there are too many.
fn metadata(query: &mut Query) -> Option<Vec<(MetadataKey, MetadataValue)>> {
    let named = query.take_keyed(METADATA);
    if named.len() > Metadata::MAX_ENTRIES {
        return None;
    }
    named.into_iter().map(|(key, value)| Some((key.parse().ok()?, value.parse().ok()?))).collect()
}

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
