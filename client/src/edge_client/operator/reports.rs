//! Reports, for the operator.

use compago::edge::calls::operator::reports::{ReadFigures, ReadPaymentTable, ReadSummary};
use compago::edge::index_answers::Figures;
use compago::edge::one_time_payment::ReportQuery;
use compago::edge::operator_query::FiguresQuery;
use compago::edge::status_answers::Summary;
use compago::edge::{Edge, ProblemDetails};
use compago::endpoint::{CallError, Transport};

use crate::EdgeClient;

/// The operator's reports; see [`Operator::reports`](super::Operator::reports).
#[derive(Debug, Clone, Copy)]
pub struct OperatorReports<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<T: Transport<Edge>> OperatorReports<'_, T> {
    /// Reads the number and the sum of all one-time payments by status.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadSummary`].
    pub async fn summary(&self) -> Result<Summary, CallError<ProblemDetails>> {
        self.client.call(&ReadSummary).await
    }

    /// Reads what was paid and refunded in a period.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadFigures`].
    pub async fn figures(&self, query: FiguresQuery) -> Result<Figures, CallError<ProblemDetails>> {
        self.client.call(&ReadFigures { query }).await
    }

    /// Reads one-time payments as a table in CSV.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadPaymentTable`]; a table that was cut off is [`CallError::Decode`].
    pub async fn one_time_payments_csv(&self, query: ReportQuery) -> Result<String, CallError<ProblemDetails>> {
        self.client.call(&ReadPaymentTable { query }).await
    }
}
