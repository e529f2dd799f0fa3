//! The choices of settings about intents and saved cards.

use serde::{Deserialize, Serialize};

/// The result of cancelling an expired intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ExpiredCancel {
    Refuse,
    Accept,
}

/// Whether refunds of a revoked method are allowed: not documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RevokedRefund {
    Accept,
    Refuse,
}

/// What the return URL contains if there is no external id: not documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReturnWithoutExternalId {
    /// Only `id`.
    Omit,
    /// `externalId=`
    Empty,
    /// `externalId=null`
    Null,
}

/// Which window an embedded page uses for the return URL: not documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum EmbeddedReturn {
    Frame,
    Top,
}

/// The result of a charge to a valid card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ChargeOutcome {
    Confirmed,
    /// Answers PENDING and is settled later.
    Pending,
    /// Answers NOT_INITIALIZED and is settled later.
    NotInitialized,
    /// Answers CANCELLED.
    Declined,
    /// Answers 400.
    DeclinedError,
}

/// How a charge to a declining or expired card fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CardFailure {
    /// Answers CANCELLED.
    Cancelled,
    /// Answers 400.
    Error,
}

/// How the clock settles an open charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SettlesAs {
    Confirmed,
    Cancelled,
}
