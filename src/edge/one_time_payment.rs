//! Compago's one-time payments as the operator asks for them and sees them: an order's, and those that other programs of the
//! merchant's have made.

use serde::{Deserialize, Serialize};
use serde_with::{As, DisplayFromStr};
use strum::{EnumString, IntoStaticStr};

use super::csv::CsvFormat;
use super::list::{Filter, ListQuery, spelling, take_status};
use super::query::Query;
use crate::api::one_time_payment::Status;
use crate::api::one_time_payment::get::Reading;
use crate::api::one_time_payment::list::{ListedPayer, ListedPayment};
use crate::value::redacted::debug_only;
use crate::value::{Amount, Currency, PaymentId, Reference, UnixMillis};

/// The status of a one-time payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, EnumString, IntoStaticStr, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum PaymentStatus {
    /// It is not paid yet, or expired.
    Pending,
    /// Paid.
    Confirmed,
    /// Cancelled.
    Cancelled,
    /// Compago returned a state that is not documented.
    Unknown,
}

impl PaymentStatus {
    /// Compago's state in our words.
    pub const fn of(status: &Status) -> Self {
        match status {
            Status::Pending => Self::Pending,
            Status::Confirmed => Self::Confirmed,
            Status::Cancelled => Self::Cancelled,
            Status::Unknown(_) => Self::Unknown,
        }
    }

    /// The state as it is written.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl Filter for Status {
    fn named(word: &str) -> Option<Self> {
        match word.parse().ok()? {
            PaymentStatus::Pending => Some(Self::Pending),
            PaymentStatus::Confirmed => Some(Self::Confirmed),
            PaymentStatus::Cancelled => Some(Self::Cancelled),
            PaymentStatus::Unknown => None,
        }
    }

    fn word(&self) -> String {
        spelling(self.as_str())
    }
}

/// A one-time payment of Compago's. What Compago does not return is null: of a payment that is closed, it returns the state alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Payment"))]
#[serde(rename_all = "camelCase")]
pub struct PaymentView {
    /// Compago's id of the payment.
    pub id: PaymentId,
    /// Its status.
    pub status: PaymentStatus,
    /// Whether it expired unpaid.
    pub expired: bool,
    /// The amount.
    pub amount: Option<Amount>,
    /// The currency's code.
    pub currency: Option<String>,
    /// What the payer reads at the checkout.
    pub description: Option<String>,
    /// The external id, of any form: other programs create payments as well.
    pub external_id: Option<String>,
    /// When it was created.
    pub created_at: Option<UnixMillis>,
    /// When it last changed.
    pub updated_at: Option<UnixMillis>,
    /// When its link expires.
    pub expires_at: Option<UnixMillis>,
    /// The payer. Lists alone have it.
    pub payer: Option<ListedPayer>,
    /// The reference of the order that it was created for; null if another program created it, or if what Compago returns of the payment
    /// does not name one.
    #[serde(serialize_with = "As::<Option<DisplayFromStr>>::serialize")]
    pub reference: Option<Reference>,
}

debug_only!(PaymentView { id, status, expired, amount, currency, created_at, updated_at, expires_at, reference });

impl PaymentView {
    /// A payment of a list.
    pub fn of_listed(listed: ListedPayment, reference: Option<Reference>, now: UnixMillis) -> Self {
        let status = PaymentStatus::of(&listed.status);
        Self {
            id: listed.id,
            status,
            expired: status != PaymentStatus::Confirmed && listed.expires_at.is_some_and(|at| at <= now),
            amount: Some(listed.amount),
            currency: Some(listed.currency),
            description: listed.description,
            external_id: Some(listed.external_id),
            created_at: listed.created_at,
            updated_at: listed.updated_at,
            expires_at: listed.expires_at,
            payer: listed.payer,
            reference,
        }
    }

    /// The payment that was asked for, as far as the answer tells.
    pub fn of_read(id: PaymentId, reading: Reading, reference: Option<Reference>, now: UnixMillis) -> Self {
        let status = PaymentStatus::of(&reading.status);
        let passed = reading.expired.unwrap_or_else(|| reading.expires_at.is_some_and(|at| at <= now));
        Self {
            id,
            status,
            expired: status != PaymentStatus::Confirmed && passed,
            amount: reading.amount,
            currency: reading.currency,
            description: reading.description,
            external_id: reading.external_id,
            created_at: None,
            updated_at: None,
            expires_at: reading.expires_at,
            payer: None,
            reference,
        }
    }

    /// Whether its link can be paid, and so be cancelled.
    pub fn is_payable(&self) -> bool {
        self.status == PaymentStatus::Pending && !self.expired
    }
}

/// The query of the list of payments: that of any list, and `currency`.
///
/// ```
/// use compago::api::one_time_payment::Status;
/// use compago::edge::one_time_payment::PaymentQuery;
///
/// let asked = PaymentQuery::parse("status=CONFIRMED&currency=mxn&pageSize=20").unwrap();
/// assert_eq!(asked.list.status, Some(Status::Confirmed));
/// assert!(PaymentQuery::parse("currency=USD").is_none());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentQuery {
    /// The page and the status.
    pub list: ListQuery<Status>,
    /// Only payments in this currency.
    pub currency: Option<Currency>,
}

impl PaymentQuery {
    /// Reads a query; `None` if it holds anything else, or something twice.
    pub fn parse(query: &str) -> Option<Self> {
        let mut query = Query::parse(query)?;
        let list = ListQuery::take(&mut query)?;
        let currency = query.text("currency").map(|text| text.to_ascii_uppercase().parse()).transpose().ok()?;
        query.is_empty().then_some(Self { list, currency })
    }

    /// Returns the pairs of the query, as [`Self::parse`] reads them. The Worker refuses a status that Compago does not
    /// document.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.list.pairs();
        pairs.extend(self.currency.map(|currency| ("currency", currency.as_str().to_owned())));
        pairs
    }
}

/// The query of a report of payments: `status`, `from` and `to` as instants, and `format`.
///
/// ```
/// use compago::edge::csv::CsvFormat;
/// use compago::edge::one_time_payment::ReportQuery;
///
/// let asked = ReportQuery::parse("from=2026-11-01T06:00:00Z&format=es-MX").unwrap();
/// assert_eq!((asked.status, asked.format), (None, CsvFormat::EsMx));
/// assert!(ReportQuery::parse("page=2").is_none());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportQuery {
    /// Only payments in this state.
    pub status: Option<Status>,
    /// Only payments that were made then or later.
    pub from: Option<UnixMillis>,
    /// Only payments that were made before.
    pub to: Option<UnixMillis>,
    /// How the report is written.
    pub format: CsvFormat,
}

impl ReportQuery {
    /// Reads a query; `None` if it holds anything else, or something twice.
    pub fn parse(query: &str) -> Option<Self> {
        let mut query = Query::parse(query)?;
        let asked = Self {
            status: take_status(&mut query)?,
            from: query.value("from").ok()?,
            to: query.value("to").ok()?,
            format: query.value("format").ok()?.unwrap_or(CsvFormat::Plain),
        };
        query.is_empty().then_some(asked)
    }

    /// Returns the pairs of the query, as [`Self::parse`] reads them. The Worker refuses a status that Compago does not
    /// document.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let status = self.status.as_ref().map(|status| ("status", status.word()));
        let from = self.from.map(|from| ("from", from.to_string()));
        let to = self.to.map(|to| ("to", to.to_string()));
        [status, from, to, Some(("format", self.format.as_str().to_owned()))].into_iter().flatten().collect()
    }

    /// Returns whether a payment belongs in the report. One without a creation time is always included, so that no
    /// report silently omits it.
    pub fn takes(&self, payment: &ListedPayment) -> bool {
        let after = |from| payment.created_at.is_none_or(|at| at >= from);
        let before = |to| payment.created_at.is_none_or(|at| at < to);
        self.status.as_ref().is_none_or(|status| *status == payment.status)
            && self.from.is_none_or(after)
            && self.to.is_none_or(before)
    }
}
