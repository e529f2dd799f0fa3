//! `GET /api/operator/reports/one-time-payments.csv`: all payments as a table, written while the list is read.
//!
//! A page is asked for when the client has taken the one before. If the list cannot be read to its end, the table says so and the
//! connection is broken off. Not every runtime lets a client see that: `workerd` ends the answer normally. So only a
//! final line break marks a complete table.

use compago::api::one_time_payment::list::ListedPayment;
use compago::edge::csv::CsvFormat;
use compago::edge::one_time_payment::{PaymentView, ReportQuery};
use compago::endpoint::CallError;
use compago::error::Refusal;
use compago::value::TimeZone;
use futures_util::stream::try_unfold;
use serde_json::json;
use thiserror::Error;
use worker::{Env, Response};

use super::pages::Pages;
use super::reference_in;
use super::summary::count;
use crate::compago::CompagoApi;
use crate::config::KeyedConfig;
use crate::http::error::ApiError;
use crate::http::request::Incoming;
use crate::http::respond::head;
use crate::routes::shop_file;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// How many pages a report asks for at most: half a million payments that nobody adds to meanwhile. Cloudflare's free plan
/// allows 50 calls a request, and ends a longer report by itself.
const CALLS: u32 = 1_000;

/// A report under way.
struct Report {
    wanted: ReportQuery,
    pages: Pages,
    config: KeyedConfig,
    zone: TimeZone,
    next: Next,
}

/// What of a report comes next.
enum Next {
    /// What was read before the answer began.
    Begin(String),
    /// The rows of a page.
    Page,
    /// Nothing: the table has its end.
    End,
    /// Nothing: the table has said that it is not whole.
    BreakOff(NotWhole),
}

/// Why a report is not whole.
#[derive(Debug, Error)]
enum NotWhole {
    #[error("the list could not be read")]
    List(#[from] CallError<Refusal>),
    #[error("the list did not come to rest, or is too long for one request")]
    Restless,
}

impl From<NotWhole> for worker::Error {
    fn from(reason: NotWhole) -> Self {
        Self::RustError(reason.to_string())
    }
}

/// Answers when the first page has been read.
///
/// # Errors
/// What Compago said to the first page.
pub(super) async fn answer(
    wanted: ReportQuery,
    api: CompagoApi,
    request: &Incoming,
    config: KeyedConfig,
    env: &Env,
) -> Result<Response, ApiError> {
    let format = wanted.format;
    let counted = match &wanted.status {
        Some(status) => count(Some(status.clone()), &api).await?,
        None => None,
    };
    let zone = shop_file::zone(env).await;
    let mut report = Report { wanted, pages: Pages::new(api, CALLS), config, zone, next: Next::Page };
    let first = report.pages.next().await.map_err(|error| ApiError::from_list_error(&error))?.unwrap_or_default();
    let total = counted.or(report.pages.sweep().count()).map(|count| count.to_string());
    let named = format!("attachment; filename=\"{}\"", format.file_name(now(), &report.zone));
    let mut headers = Vec::from([("content-type", "text/csv; charset=utf-8"), ("content-disposition", named.as_str())]);
    headers.extend(total.as_deref().map(|total| ("x-total-count", total)));
    let head = head(200, &headers)?;
    if request.method() == "HEAD" {
        return Ok(head.empty());
    }
    report.next = Next::Begin(format.header() + &report.rows(first));
    Ok(head.from_stream(try_unfold(report, Report::go_on))?)
}

impl Report {
    fn rows(&self, payments: Vec<ListedPayment>) -> String {
        let taken = payments.into_iter().filter(|payment| self.wanted.takes(payment));
        let rows = taken.map(|payment| {
            let reference = reference_in(payment.redirect_url.as_deref(), &self.config);
            self.wanted.format.row(&PaymentView::of_listed(payment, reference, now()), &self.zone)
        });
        rows.collect()
    }

    /// Returns what is written next, once the client has taken what was written before.
    async fn go_on(mut self) -> Result<Option<(String, Self)>, NotWhole> {
        let text = match core::mem::replace(&mut self.next, Next::Page) {
            Next::Begin(text) => text,
            Next::Page => match self.read_on().await {
                Ok(text) => text,
                Err(reason) => {
                    log::write(Level::Warn, "report-broken-off", json!({ "reason": log::chain(&reason) }));
                    self.next = Next::BreakOff(reason);
                    self.wanted.format.incomplete()
                }
            },
            Next::End => return Ok(None),
            Next::BreakOff(reason) => return Err(reason),
        };
        Ok(Some((text, self)))
    }

    /// Reads pages until one has rows; behind the last one comes the end of the table.
    async fn read_on(&mut self) -> Result<String, NotWhole> {
        while let Some(payments) = self.pages.next().await? {
            let rows = self.rows(payments);
            if !rows.is_empty() {
                return Ok(rows);
            }
        }
        let sweep = self.pages.sweep();
        if !sweep.is_whole() {
            return Err(NotWhole::Restless);
        }
        let mut rest: String = (0..sweep.unreadable()).map(|_| self.wanted.format.unreadable()).collect();
        rest.push_str(CsvFormat::END);
        self.next = Next::End;
        Ok(rest)
    }
}
