//! Refusals in Compago's only documented error format, `{"message": "..."}` (docs.compago.com/one-time-payment/create,
//! read November 2026). The control API uses it as well.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::body::RequestProblem;
use crate::clock::ClockProblem;
use crate::list::QueryProblem;
use crate::one_time_payment::collection::CreateProblem;
use crate::one_time_payment::seed::SeedProblem;
use crate::payment_intent;
use crate::world::state::SaveProblem;

/// A call that was refused.
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

    /// Returns the refusal for an unknown one-time payment, whose code and text are not documented.
    pub(crate) fn no_such_payment() -> Self {
        Self::new(StatusCode::NOT_FOUND, "One time payment not found")
    }

    /// Returns the refusal for an unknown intent. The text is a label of the documentation
    /// (docs.compago.com/payment-intent/cancel, read November 2026).
    pub(crate) fn no_such_intent() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Payment intent not found")
    }

    /// Returns the refusal for an unknown method. The text is a label of the documentation, like the next one
    /// (docs.compago.com/payment-method/manage, read November 2026).
    pub(crate) fn no_such_method() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Payment method not found")
    }

    pub(crate) fn no_such_charge() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Payment not found")
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

impl From<SeedProblem> for Refusal {
    fn from(problem: SeedProblem) -> Self {
        Self::bad_request(problem)
    }
}

impl From<payment_intent::collection::CreateProblem> for Refusal {
    fn from(problem: payment_intent::collection::CreateProblem) -> Self {
        use payment_intent::collection::CreateProblem::{Duplicate, UnknownTerminal};

        let status = match &problem {
            UnknownTerminal => StatusCode::NOT_FOUND,
            Duplicate(_) => StatusCode::BAD_REQUEST,
        };
        Self::new(status, problem.to_string())
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
