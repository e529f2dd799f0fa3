//! The state that one-time payments and payment intents have in common
//! (<https://docs.compago.com/one-time-payment/create>, <https://docs.compago.com/payment-intent/create>, read November 2026).

use std::fmt;

use crate::json::{FromJson, Json, ToJson, Unexpected, Writer};

/// The state of a one-time payment or of a payment intent. That its time has passed is not a state but a flag beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It waits to be paid, or its time has passed.
    Pending,
    /// Paid. Final.
    Confirmed,
    /// Cancelled. Final.
    Cancelled,
    /// A state that is not documented: kept as it came, taken for not final.
    Unknown(String),
}

impl Status {
    /// The state as Compago writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "PENDING",
            Self::Confirmed => "CONFIRMED",
            Self::Cancelled => "CANCELLED",
            Self::Unknown(text) => text,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl ToJson for Status {
    fn to_json(&self, out: &mut Writer) {
        out.text(self.as_str());
    }
}

impl FromJson for Status {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        Ok(match json.text()? {
            "PENDING" => Self::Pending,
            "CONFIRMED" => Self::Confirmed,
            "CANCELLED" => Self::Cancelled,
            text => Self::Unknown(text.to_owned()),
        })
    }
}
