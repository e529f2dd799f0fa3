//! The body of `POST /payment-intent` (docs.compago.com/payment-intent/create, read November 2026).

use crate::body::{self, Fields, RequestProblem};
use crate::money::{CURRENCY, Centavos};

/// A well-formed request. The collection checks whether the terminal exists and the external id is unused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewIntent {
    /// Positive; no minimum amount is documented.
    pub(crate) amount: Centavos,
    pub(crate) external_id: String,
    /// The terminal; None: any terminal of the organisation may take it.
    pub(crate) terminal_code: Option<String>,
}

impl NewIntent {
    pub(crate) fn parse(body: &[u8]) -> Result<Self, RequestProblem> {
        let body = body::object(body)?;
        let body = Fields::of(&body);
        let amount = body.amount()?;
        if body.text("currency")? != CURRENCY {
            return Err(RequestProblem::Label("Only MXN currency is supported"));
        }
        let external_id = body.text("externalId")?;
        Ok(Self { amount, external_id, terminal_code: body.optional_text("terminalCode")? })
    }
}
