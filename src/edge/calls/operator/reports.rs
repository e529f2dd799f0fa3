//! Reports: sums by status, the figures of a period, and a table of all one-time payments.

use std::borrow::Cow;

use crate::edge::Edge;
use crate::edge::calls::edge_call;
use crate::edge::csv::CsvFormat;
use crate::edge::index_answers::Figures;
use crate::edge::one_time_payment::ReportQuery;
use crate::edge::operator_query::FiguresQuery;
use crate::edge::status_answers::Summary;
use crate::endpoint::{DecodeError, Endpoint, Method};

/// `GET /api/operator/reports/summary`: how many one-time payments there are in each status, and how much they are together.
///
/// Refused with 502 `provider-refused` and 503 `provider-unavailable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadSummary;

edge_call!(ReadSummary: Get "operator.report.summary" -> Summary {
    path: |_| "/api/operator/reports/summary".to_owned(),
});

/// `GET /api/operator/reports/figures`: what was paid and refunded in a period, in hours or in days.
///
/// Refused with 400 `invalid-query`, also for a period that is empty or longer than 366 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadFigures {
    /// The period.
    pub query: FiguresQuery,
}

edge_call!(ReadFigures: Get "operator.report.figures" -> Figures {
    path: |_| "/api/operator/reports/figures".to_owned(),
    query: |call| call.query.pairs(),
});

/// `GET /api/operator/reports/one-time-payments.csv`: a table of one-time payments as CSV.
///
/// A table of which the end is missing, because Compago's list could not be read to its end, is [`DecodeError::Shape`]. The table of
/// many payments may be larger than the transport accepts: then ask for shorter periods.
///
/// Refused with 400 `invalid-query`, 502 `provider-refused` and 503 `provider-unavailable`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadPaymentTable {
    /// The filter and the format.
    pub query: ReportQuery,
}

impl Endpoint for ReadPaymentTable {
    type Host = Edge;
    type Answer = String;

    const NAME: &'static str = "operator.report.one-time-payments";
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/api/operator/reports/one-time-payments.csv".to_owned()
    }

    fn query(&self) -> Vec<(Cow<'static, str>, String)> {
        self.query.pairs().into_iter().map(|(name, value)| (name.into(), value)).collect()
    }

    fn read(&self, body: &[u8]) -> Result<String, DecodeError> {
        let table = core::str::from_utf8(body).map_err(|_| DecodeError::Shape)?;
        // Only the final line break distinguishes a whole table from one that was cut off.
        if table.ends_with(CsvFormat::END) { Ok(table.to_owned()) } else { Err(DecodeError::Shape) }
    }
}
