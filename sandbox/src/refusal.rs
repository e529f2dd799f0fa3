//! Refusals in Compago's one documented error shape, `{"message": "..."}`
//! (docs.compago.com/one-time-payment/create, read November 2026). The control surface uses it as well.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::body::RequestProblem;
use crate::clock::ClockProblem;
use crate::data_file::SaveProblem;
use crate::one_time_payment::collection::CreateProblem;
use crate::one_time_payment::query::QueryProblem;

/// A call that was understood and not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    pub(crate) fn bad_request(message: impl ToString) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message.to_string())
    }

    /// Neither code nor text is documented for an unknown one-time payment.
    pub(crate) fn no_such_payment() -> Self {
        Self::new(StatusCode::NOT_FOUND, "One time payment not found")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "message": self.message }))).into_response()
    }
}

impl From<SaveProblem> for Refusal {
    fn from(problem: SaveProblem) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, problem.to_string())
    }
}

impl From<RequestProblem> for Refusal {
    fn from(problem: RequestProblem) -> Self {
        Self::bad_request(problem)
    }
}

impl From<CreateProblem> for Refusal {
    fn from(problem: CreateProblem) -> Self {
        Self::bad_request(problem)
    }
}

impl From<QueryProblem> for Refusal {
    fn from(problem: QueryProblem) -> Self {
        Self::bad_request(problem)
    }
}

impl From<ClockProblem> for Refusal {
    fn from(problem: ClockProblem) -> Self {
        Self::bad_request(problem)
    }
}
