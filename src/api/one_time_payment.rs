//! One-time payments: a link to Compago's hosted checkout that can be paid once.
//!
//! Guide: <https://docs.compago.com/one-time-payment/create>, read November 2026.

use std::fmt;

use crate::json::{FromJson, Json, ToJson, Unexpected, Writer};

pub mod cancel;
pub mod create;
pub mod find;
pub mod get;
pub mod link;
pub mod list;

/// The state of a one-time payment. That its link has run out is not a state but a flag beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The link waits to be paid, or has run out.
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
