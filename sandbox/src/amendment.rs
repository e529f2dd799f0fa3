//! What of a payment, an intent or a charge is replaced in Compago's own books, which no documented call does.

use serde::Deserialize;
use serde_json::Number;

use crate::money::{AmountProblem, Centavos, is_currency_code};

/// What is replaced; what is not named stays.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Wanted")]
pub(crate) struct Amendment {
    pub(crate) amount: Option<Centavos>,
    pub(crate) currency: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) redirect_url: Option<String>,
}

/// As the body has it.
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

/// Why nothing can be replaced so.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AmendProblem {
    #[error("currency must be three capital letters")]
    Currency,
    #[error("{0}")]
    Amount(#[from] AmountProblem),
}
