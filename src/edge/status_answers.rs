//! What our own API answers about the Worker itself, about a session, and about all payments together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Role;
use super::merchant_file::FileProblemView;
use super::one_time_payment::PaymentStatus;
use super::total::Sum;
use crate::value::{Environment, UnixMillis};

/// Whether the Worker is configured and can take orders. It names settings and never shows their values.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Health<'a> {
    /// `ok` if nothing is missing or malformed, and the catalog and the shop's file can be read.
    #[cfg_attr(test, schemars(extend("enum" = ["ok", "misconfigured"])))]
    pub status: &'a str,
    /// The version of the Worker.
    pub version: &'a str,
    /// The value of `MODE`, if valid. In `demo` and `local` no real money moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Environment>,
    /// The settings that are missing.
    #[cfg_attr(test, schemars(inner(regex(pattern = "^[A-Z_]+$"))))]
    pub missing: Vec<&'a str>,
    /// The settings that cannot be used, including secrets that can be guessed or that equal another one.
    #[cfg_attr(test, schemars(inner(regex(pattern = "^[A-Z_]+$"))))]
    pub malformed: Vec<&'a str>,
    /// Why secrets among them cannot be used, by their names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(test, schemars(transform = crate::openapi::tidy::names_of_settings))]
    pub reasons: BTreeMap<&'a str, String>,
    /// The state of the catalog. While it is not `ok`, the shop shows and sells nothing.
    pub catalog: FileHealth<'a>,
    /// The state of the shop's file. While it is not `ok`, the shop sells nothing.
    pub shop: FileHealth<'a>,
}

/// Whether a file that the merchant edits can be read.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FileHealth<'a> {
    /// `unknown` if the site's files cannot be read now.
    #[cfg_attr(test, schemars(extend("enum" = ["ok", "unreadable", "unknown"])))]
    pub status: &'a str,
    /// The first 100 mistakes in the file, in its order, if it is `unreadable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(length(min = 1, max = super::FileError::MAX_PROBLEMS)))]
    pub problems: Option<Vec<FileProblemView<'a>>>,
}

/// A session as a page reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Session"))]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// The role of the session.
    pub role: Role,
    /// When it ends; null for a caller that sends a token with each request.
    pub expires_at: Option<UnixMillis>,
    /// The shop's time zone, `timeZone` of the shop's file: a name of the IANA time zone database, such as `America/Mexico_City`. Days begin and end by its
    /// clock, and the pages for staff and files for spreadsheets show its times.
    pub time_zone: String,
}

/// The number and the sum of all one-time payments by their status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Summary {
    /// When the list was read.
    pub at: UnixMillis,
    /// The payments in each status.
    #[cfg_attr(test, schemars(length(equal = 3)))]
    pub statuses: Vec<StatusSummary>,
    /// The number of payments that are not of the documented shape, and are in no sum.
    pub unreadable: u64,
    /// Whether every payment that existed at the beginning was read.
    pub whole: bool,
    /// Which reading of the list was summed. Counts are always current.
    pub source: SummarySource,
}

/// The payments in one status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
pub struct StatusSummary {
    /// The status.
    #[cfg_attr(
        test,
        schemars(
            with = "String",
            extend("enum" = [PaymentStatus::Pending, PaymentStatus::Confirmed, PaymentStatus::Cancelled])
        )
    )]
    pub status: PaymentStatus,
    /// How many there are, if Compago returned it.
    pub count: Option<u64>,
    /// The sum in pesos of those that were read.
    #[cfg_attr(test, schemars(with = "crate::openapi::values::WrittenAmount"))]
    pub amount: Sum,
    /// How many were read.
    pub read: u64,
}

/// Which reading of the list was summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
pub enum SummarySource {
    /// That of this request.
    List,
    /// That of the last reconciliation.
    Reconciliation,
}
