//! What the operator reads of the Worker's settings: never a secret's value, where each secret comes from, and whether what is set works.

use serde::{Deserialize, Serialize};

use crate::value::redacted::debug_only;
use crate::value::{Environment, UnixMillis};

/// The settings of the Worker, without any secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The version of the Worker.
    pub version: String,
    /// In which world payments are made: in `demo` and `local` no real money moves.
    pub environment: Environment,
    /// The origin of the shop's pages.
    pub shop_origin: String,
    /// The origin of the operator's desk and the till.
    pub staff_origin: String,
    /// The origins of other pages that sell.
    pub embed_origins: Vec<String>,
    /// The base URL of Compago's API.
    pub compago_base_url: String,
    /// Where a payment link may point.
    pub checkout_origins: Vec<String>,
    /// Where webhooks are sent; absent for a shop without a backend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// For how many days the personal data of a paid order is kept at most.
    pub retain_days: u32,
    /// Whether saved cards are charged through this Worker alone.
    pub sole_charger: bool,
    /// How much visitors and tills may cause.
    pub limits: LimitSettings,
    /// The secrets: where each comes from.
    #[cfg_attr(test, schemars(length(equal = 5)))]
    pub secrets: Vec<SecretSetting>,
    /// Whether what is set works.
    pub checks: Checks,
}

/// How much visitors and tills may cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
pub struct LimitSettings {
    /// Orders and other attempts that one address may ask for in a minute.
    pub create_per_minute: u32,
    /// Unpaid links of shop orders that one address may hold open.
    pub open_per_address: u32,
    /// Unpaid links of shop orders that one network may hold open.
    pub open_per_network: u32,
    /// Unpaid links of shop orders that can be open at once.
    pub open_per_shop: u32,
    /// Charges at terminals in a minute, for each of the two roles.
    pub charge_per_minute: u32,
    /// Wrong tokens of one address in a minute.
    pub failures_per_minute: u32,
}

/// A secret and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
pub struct SecretSetting {
    /// The name of the secret.
    pub name: SecretName,
    /// Where its newest value comes from.
    pub source: SecretSource,
    /// How many values are in use: more than one while it is rotated, or if one was generated before it was configured.
    pub values: u32,
    /// When the Worker generated the newest of the values that it generated, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generated_at: Option<UnixMillis>,
    /// Until when the value that a rotation has replaced is in use, if one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_ends_at: Option<UnixMillis>,
}

/// The name of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SecretName {
    /// The key of Compago's API.
    CompagoApiKey,
    /// The token of the operator's role.
    OperatorToken,
    /// The token of the cashier's role.
    CashierToken,
    /// The key of capabilities, references and sessions.
    SigningKey,
    /// The secret that webhooks are signed with.
    WebhookSecret,
}

/// Where a secret comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
pub enum SecretSource {
    /// It is set in the Worker's environment.
    Configured,
    /// The Worker has generated it.
    Generated,
    /// There is none.
    Missing,
}

/// Whether what is set works, part by part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
pub struct Checks {
    /// Whether Compago accepts the API key.
    pub compago: Check,
    /// Whether payment links point to one of the `checkoutOrigins`.
    pub checkout_origin: Check,
    /// Whether the merchant's backend accepts a test event.
    pub webhook: Check,
    /// Whether the shop's file can be read.
    pub shop_file: Check,
    /// Whether the catalog can be read.
    pub catalog: Check,
    /// Whether an order was paid in this environment.
    pub purchase: Check,
}

/// What is known of one part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Whether it works.
    pub status: CheckStatus,
    /// When that was found out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<UnixMillis>,
    /// Why it does not work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<CheckCode>,
    /// What to do, in the language of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// Whether a part works.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
pub enum CheckStatus {
    /// It works.
    Ok,
    /// It does not work: `code` says why.
    Failed,
    /// It was not checked yet.
    #[default]
    Unknown,
    /// It is not set, and need not be.
    NotConfigured,
}

/// Why a part does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
pub enum CheckCode {
    /// Compago refuses the API key: it is wrong, or that of another environment.
    KeyRefused,
    /// Compago does not answer, or is too busy to.
    Unreachable,
    /// Compago answers otherwise than documented.
    UnexpectedAnswer,
    /// A payment link pointed to an origin that is not among the `checkoutOrigins`.
    CheckoutOriginRefused,
    /// A payment link was no https URL.
    CheckoutLinkInvalid,
    /// Nobody has been shown the webhook secret yet, so webhooks wait.
    SecretNotShown,
    /// The merchant's backend answered the test event with a status that is no success.
    Status,
    /// The merchant's backend answered the test event with a redirect, which is not followed.
    RedirectNotFollowed,
    /// There was no connection to the merchant's backend.
    NoConnection,
    /// The merchant's backend did not answer in time.
    TimedOut,
    /// The file has mistakes.
    FileUnreadable,
}

/// A webhook secret, shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RotatedWebhookSecret {
    /// The secret that webhooks are signed with from now on.
    pub secret: String,
    /// Until when they are signed with the former one as well, if the operator was shown one before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_ends_at: Option<UnixMillis>,
}

debug_only!(RotatedWebhookSecret { previous_ends_at });
