//! The queries of the list of orders and of its table.

use std::borrow::Cow;

use super::{pair, word};
use crate::api::list::PageSize;
use crate::edge::Query;
use crate::edge::csv_format::CsvFormat;
use crate::edge::fulfilment::FulfilmentState;
use crate::edge::list::page_pairs;
use crate::edge::order::OrderStatus;
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
