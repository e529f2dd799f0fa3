//! How far the delivery of a paid order has come.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::{Carrier, TrackingNumber, UnixMillis};

/// How far the delivery of a paid order has come.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Display, EnumString, IntoStaticStr, VariantArray,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum FulfilmentState {
    /// It is paid, and nothing was done yet.
    Pending,
    /// It is packed.
    Prepared,
    /// The payer or a carrier has it.
    HandedOver,
}

impl FulfilmentState {
    /// Every state.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Returns the state as it is written in JSON.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// How far the delivery of an order has come, as the payer and webhooks see it. There is none while nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Fulfilment"))]
#[serde(rename_all = "camelCase")]
pub struct FulfilmentView {
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
}
