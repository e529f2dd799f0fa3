//! One-time payments: a link to Compago's hosted checkout that can be paid once.
//!
//! Guide: <https://docs.compago.com/one-time-payment/create>, read November 2026.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

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

impl Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(match text.as_str() {
            "PENDING" => Self::Pending,
            "CONFIRMED" => Self::Confirmed,
            "CANCELLED" => Self::Cancelled,
            _ => Self::Unknown(text),
        })
    }
}
