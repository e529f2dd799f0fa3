//! `GET /api/operator/reports/one-time-payments.csv`: all payments as a table, written while the list is read.
//!
//! A page is asked for when the client has taken the one before. If the list cannot be read to its end, the table says so and the
//! connection is broken off. Not every runtime lets a client see that: `workerd` ends the answer as if nothing had been. So
//! what tells a whole table is its last line break.

use std::rc::Rc;

use compago::api::one_time_payment::list::ListedPayment;
use compago::edge::csv::CsvFormat;
use compago::edge::one_time_payment::{PaymentView, ReportQuery};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response, WritableStreamDefaultWriter};

use super::pages::Pages;
use super::reference_in;
use super::summary::count;
use crate::clock::now;
use crate::env::Config;
use crate::fault::Fault;
use crate::log::{self, Level};
use crate::respond::head;
use crate::runtime::{Pipe, promise};
use crate::transport::CompagoApi;

/// How many pages a report asks for at most: half a million payments that nobody adds to meanwhile. Cloudflare's free plan
/// allows 50 calls a request, and ends a longer report by itself.
const CALLS: u32 = 1_000;

/// A report under way.
struct Report {
    wanted: ReportQuery,
    pages: Pages,
    config: Rc<Config>,
}

/// Answers when the first page has been read.
///
/// # Errors
/// What Compago said to the first page.
pub(super) async fn answer(
    wanted: ReportQuery,
    api: CompagoApi,
    request: &Request,
    config: Rc<Config>,
) -> Result<Response, Fault> {
    let format = wanted.format;
    let counted = match &wanted.status {
        Some(status) => count(Some(status.clone()), &api).await?,
        None => None,
    };
    let mut report = Report { wanted, pages: Pages::new(api, CALLS), config };
    let first = report.pages.next().await.map_err(|error| Fault::of_list(&error))?.unwrap_or_default();
    let total = counted.or(report.pages.sweep().count()).map(|count| count.to_string());
    let named = format!("attachment; filename=\"{}\"", format.file_name(now(), &report.config.zone));
    let mut headers = Vec::from([
        ("content-type", "text/csv; charset=utf-8"),
        ("content-disposition", named.as_str()),
        ("cache-control", "no-store"),
    ]);
    headers.extend(total.as_deref().map(|total| ("x-total-count", total)));
    let head = head(200, &headers)?;
    if request.method() == "HEAD" {
        return Ok(Response::new_with_opt_str_and_init(None, &head)?);
    }
    let pipe = Pipe::new()?;
    let answer = Response::new_with_opt_readable_stream_and_init(Some(&pipe.readable()), &head)?;
    let out = pipe.writable().get_writer()?;
    // Nobody waits for it but the client.
    let _ = promise(async move {
        let text = format.header() + &report.rows(first);
        if let Err(reason) = report.write(text, &out).await {
            log::write(Level::Warn, "report-broken-off", &[("reason", &reason)]);
            // A client that has gone hears nothing of it.
            let _ = send(&format.incomplete(), &out).await;
            let _ = out.abort_with_reason(&reason.into());
        }
        Ok(JsValue::UNDEFINED)
    });
    Ok(answer)
}

impl Report {
    fn rows(&self, payments: Vec<ListedPayment>) -> String {
        let taken = payments.into_iter().filter(|payment| self.wanted.takes(payment));
        let rows = taken.map(|payment| {
            let reference = reference_in(payment.redirect_url.as_deref(), &self.config);
            self.wanted.format.row(&PaymentView::of_listed(payment, reference, now()), &self.config.zone)
        });
        rows.collect()
    }

    /// Writes this text, then the rest of the list.
    async fn write(&mut self, text: String, out: &WritableStreamDefaultWriter) -> Result<(), &'static str> {
        send(&text, out).await?;
        while let Some(payments) = self.pages.next().await.map_err(|_| "the list could not be read")? {
            send(&self.rows(payments), out).await?;
        }
        let sweep = self.pages.sweep();
        if !sweep.is_whole() {
            return Err("the list did not come to rest, or is too long for one request");
        }
        for _ in 0..sweep.unreadable() {
            send(&self.wanted.format.unreadable(), out).await?;
        }
        send(CsvFormat::END, out).await?;
        JsFuture::from(out.close()).await.map_err(|_| GONE)?;
        Ok(())
    }
}

const GONE: &str = "the client has gone";

/// Writes, and waits until the client has taken it.
async fn send(text: &str, out: &WritableStreamDefaultWriter) -> Result<(), &'static str> {
    if text.is_empty() {
        return Ok(());
    }
    JsFuture::from(out.write_with_chunk(&Uint8Array::from(text.as_bytes()))).await.map_err(|_| GONE)?;
    Ok(())
}
