//! The delivery of a paid order as our own API takes and shows it.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr};

use super::list::spelling;
use crate::body::{self, Fields, string, text};
use crate::json::Json;
use crate::problem::{ProblemCode, Problems, Refusal};
use crate::value::redacted::debug_only;
use crate::value::{Carrier, FulfilmentNote, TrackingNumber, UnixMillis};

pub use crate::value::{FulfilmentState, FulfilmentView};

/// What happened to a paid order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Display, EnumString, IntoStaticStr)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum FulfilmentChange {
    /// It was packed.
    Prepared,
    /// It was handed over to the payer or to a carrier.
    HandedOver,
    /// Neither is true: it was marked so by mistake.
    Undone,
}

/// A report about the delivery of a paid order.
///
/// The body of `POST /api/operator/orders/{reference}/fulfilment`. Serialises to what [`FulfilmentRequest::from_json`] reads.
///
/// ```
/// use compago::edge::fulfilment::{FulfilmentChange, FulfilmentRequest};
/// use compago::json;
///
/// let body = json::parse(r#"{ "status": "handed-over", "carrier": "Estafeta", "trackingNumber": "805 12-7" }"#)?;
/// let request = FulfilmentRequest::from_json(&body).unwrap();
/// assert_eq!(request.status, FulfilmentChange::HandedOver);
///
/// let wrong = json::parse(r#"{ "status": "undone", "note": "por error" }"#)?;
/// assert_eq!(FulfilmentRequest::from_json(&wrong).unwrap_err().first().pointer, "/note");
/// # Ok::<(), json::Malformed>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, bon::Builder)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FulfilmentRequest {
    /// What happened.
    pub status: FulfilmentChange,
    /// The company that carries it, with `handed-over` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<Carrier>,
    /// The carrier's tracking number, with `handed-over` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<TrackingNumber>,
    /// A note for the shop itself, with `prepared` and `handed-over`. The payer and webhooks do not have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<FulfilmentNote>,
}

debug_only!(FulfilmentRequest { status, carrier, tracking_number });

impl FulfilmentRequest {
    /// Reads a request body.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn from_json(body: &Json) -> Result<Self, Problems> {
        body::read(body, |value, pointer, problems| {
            let mut fields = Fields::new(value, pointer, problems)?;
            let status = fields.required("status", read_change);
            // Of a status that cannot be read, nothing can be said about what goes with it.
            let carried = status.is_none_or(|status| status == FulfilmentChange::HandedOver);
            let noted = status.is_none_or(|status| status != FulfilmentChange::Undone);
            let carrier = fields.optional("carrier", |value| with(carried, text::<Carrier>(value)));
            let tracking_number =
                fields.optional("trackingNumber", |value| with(carried, text::<TrackingNumber>(value)));
            let note = fields.optional("note", |value| with(noted, text::<FulfilmentNote>(value)));
            fields.finish();
            Some(Self { status: status?, carrier, tracking_number, note })
        })
    }
}

/// Refuses a field that does not go with the status.
fn with<T>(goes: bool, value: Result<T, Refusal>) -> Result<T, Refusal> {
    if goes { value } else { Err(ProblemCode::NotWithStatus.into()) }
}

fn read_change(value: &Json) -> Result<FulfilmentChange, Refusal> {
    spelling(string(value)?).parse().map_err(|_| ProblemCode::FulfilmentStatus.into())
}

/// How far the delivery of an order has come, as the operator sees it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FulfilmentDetail {
    /// How far it has come.
    pub status: FulfilmentState,
    /// The company that carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<Carrier>,
    /// The carrier's tracking number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<TrackingNumber>,
    /// Since when.
    pub at: UnixMillis,
    /// The shop's own note, until the customer's data is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<FulfilmentNote>,
}

debug_only!(FulfilmentDetail { status, carrier, tracking_number, at });
