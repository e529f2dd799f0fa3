//! Replaces facts of a payment, an intent or a charge in Compago's own records, which no documented call can do.

use serde::Deserialize;
use serde_json::Number;

use crate::money::{AmountProblem, Centavos, is_currency_code};

/// The values to replace; `None` leaves a value unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Wanted")]
pub(crate) struct Amendment {
    pub(crate) amount: Option<Centavos>,
    pub(crate) currency: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) redirect_url: Option<String>,
}

/// The body of the request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wanted {
    amount: Option<Number>,
    currency: Option<String>,
    external_id: Option<String>,
    redirect_url: Option<String>,
}

impl TryFrom<Wanted> for Amendment {
    type Error = AmendProblem;

    fn try_from(wanted: Wanted) -> Result<Self, Self::Error> {
        let Wanted { amount, currency, external_id, redirect_url } = wanted;
        if currency.as_deref().is_some_and(|code| !is_currency_code(code)) {
            return Err(AmendProblem::Currency);
        }
        let amount = amount.as_ref().map(Centavos::from_number).transpose()?;
        Ok(Self { amount, currency, external_id, redirect_url })
    }
}

/// The reason why an amendment is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AmendProblem {
    #[error("currency must be three capital letters")]
    Currency,
    #[error("{0}")]
    Amount(#[from] AmountProblem),
}
