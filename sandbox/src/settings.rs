//! Settings for behaviour that Compago does not document or configures per account.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::clock::Fraction;
use crate::link;
use crate::money::Centavos;

mod choices;

pub(crate) use choices::{
    CardFailure, ChargeOutcome, EmbeddedReturn, ExpiredCancel, ReturnWithoutExternalId, RevokedRefund, SettlesAs,
};

/// The sandbox's settings, as in `/_sandbox/settings`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Settings {
    /// The account's minimum amount. Compago sets it per account and publishes no value.
    #[serde(with = "pesos")]
    pub(crate) minimum_amount: Centavos,
    /// The format of the minimum amount in the error text.
    pub(crate) minimum_amount_style: AmountStyle,
    /// The merchant's name, shown on the checkout page and in the answers of get.
    pub(crate) organization_name: String,
    /// The merchant's site in the answers of get, as `organization.business.websiteURL`.
    pub(crate) website_url: String,
    /// Answers `organization.business` and `billingInformation.phoneNumber` with null.
    pub(crate) null_organization: bool,
    /// Refuses every call with `Missing organization context`.
    pub(crate) missing_organization: bool,
    /// The success code of creates and charges.
    pub(crate) create_status: CreateStatus,
    /// The status of an expired unpaid payment.
    pub(crate) expired_status: ExpiredStatus,
    /// The order of all lists.
    pub(crate) list_order: ListOrder,
    /// The delay in milliseconds before a new payment or method appears in its list.
    pub(crate) list_delay_ms: u32,
    /// Returns `homepageUrl` normalised like by a URL library.
    pub(crate) homepage_normalised: bool,
    /// Writes times with milliseconds.
    pub(crate) fractional_seconds: bool,
    /// Replaces the origin of checkout links.
    pub(crate) checkout_origin: Option<String>,
    /// Replaces the path of checkout links; `{id}` is replaced by the payment's id.
    pub(crate) checkout_path: Option<String>,
    /// The codes of the terminals that the organisation has.
    pub(crate) terminals: Vec<String>,
    /// How a successful card payment appears in the answers of get.
    pub(crate) intent_summary: IntentSummary,
    /// Returns `paymentSummary: null` if there is no summary, instead of omitting it.
    pub(crate) null_intent_summary: bool,
    /// Whether get returns an intent's amount, currency and external id.
    pub(crate) intent_facts: bool,
    /// Returns `cardInformation` in the summary of a successful payment.
    pub(crate) intent_card_fields: bool,
    /// Returns a summary with the status `DECLINED` after a declined card.
    pub(crate) declined_summary: bool,
    /// The result of cancelling an expired intent.
    pub(crate) expired_intent_cancel: ExpiredCancel,
    /// Replaces the path of the links for saving cards; `{id}` is replaced by the method's id.
    pub(crate) card_checkout_path: Option<String>,
    /// Returns null for a method's missing `card` and `externalId`, instead of omitting them.
    pub(crate) null_method_fields: bool,
    /// What the return URL contains if a method has no external id.
    pub(crate) return_without_external_id: ReturnWithoutExternalId,
    /// Which window an embedded page uses for the return URL.
    pub(crate) embedded_return: EmbeddedReturn,
    /// Lists the voided verification among a method's payments.
    pub(crate) verification_listed: bool,
    /// The result of a charge to a valid card.
    pub(crate) charge_outcome: ChargeOutcome,
    /// The time in seconds after which the clock settles an open charge that is made from now on; null leaves it to the
    /// control API.
    pub(crate) charge_settle_seconds: Option<u32>,
    /// How the clock settles it.
    pub(crate) charge_settles_as: SettlesAs,
    /// How a charge to a declining or expired card fails.
    pub(crate) card_failure: CardFailure,
    /// Lists a charge that was answered with an error as CANCELLED among the method's payments.
    pub(crate) declined_error_listed: bool,
    /// The delay in seconds before a new charge appears in the list of its method's payments.
    pub(crate) charge_list_delay_seconds: u32,
    /// Whether a charge can be refunded once its method is revoked.
    pub(crate) revoked_refund: RevokedRefund,
}

impl Settings {
    /// Returns the settings with the given ones replaced, or one sentence about the first invalid one.
    pub(crate) fn with(&self, changes: Map<String, Value>) -> Result<Self, String> {
        let Ok(Value::Object(mut all)) = serde_json::to_value(self) else {
            return Err("the settings cannot be read".to_owned());
        };
        if let Some(unknown) = changes.keys().find(|name| !all.contains_key(*name)) {
            let known: Vec<&str> = all.keys().map(String::as_str).collect();
            return Err(format!("there is no setting {unknown:?}; the settings are {}", known.join(", ")));
        }
        for (name, value) in changes {
            let mut one = all.clone();
            one.insert(name.clone(), value.clone());
            serde_json::from_value::<Self>(Value::Object(one)).map_err(|problem| format!("{name}: {problem}"))?;
            all.insert(name, value);
        }
        let settings: Self = serde_json::from_value(Value::Object(all)).map_err(|problem| problem.to_string())?;
        settings.checked()
    }

    pub(crate) fn fraction(&self) -> Fraction {
        if self.fractional_seconds { Fraction::Milliseconds } else { Fraction::None }
    }

    /// Formats the minimum amount for the error text.
    pub(crate) fn minimum_in_words(&self) -> String {
        match self.minimum_amount_style {
            AmountStyle::Plain => self.minimum_amount.plain(),
            AmountStyle::TwoDecimals => self.minimum_amount.two_decimals(),
        }
    }

    fn checked(self) -> Result<Self, String> {
        if self.organization_name.trim().is_empty() {
            return Err("organizationName: must not be empty".to_owned());
        }
        if self.checkout_origin.as_deref().is_some_and(|origin| !link::is_origin(origin)) {
            return Err("checkoutOrigin: must be an origin such as https://pay.example, or null".to_owned());
        }
        for (name, path) in [("checkoutPath", &self.checkout_path), ("cardCheckoutPath", &self.card_checkout_path)] {
            if path.as_deref().is_some_and(|path| !path.starts_with('/')) {
                return Err(format!("{name}: must start with /, or be null"));
            }
        }
        if self.terminals.iter().any(|code| code.trim().is_empty() || code == RESERVED_CODE) {
            return Err(format!("terminals: a code must not be empty or {RESERVED_CODE:?}"));
        }
        Ok(self)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            minimum_amount: Centavos::TEN_PESOS,
            minimum_amount_style: AmountStyle::Plain,
            organization_name: "Tienda Demo".to_owned(),
            website_url: "https://tienda-demo.example".to_owned(),
            null_organization: false,
            missing_organization: false,
            create_status: CreateStatus::Created,
            expired_status: ExpiredStatus::Pending,
            list_order: ListOrder::Newest,
            list_delay_ms: 0,
            homepage_normalised: false,
            fractional_seconds: false,
            checkout_origin: None,
            checkout_path: None,
            terminals: ["TERM-01", "TERM-02", "TERM-03"].map(str::to_owned).into(),
            intent_summary: IntentSummary::WithStatus,
            null_intent_summary: false,
            intent_facts: false,
            intent_card_fields: true,
            declined_summary: false,
            expired_intent_cancel: ExpiredCancel::Refuse,
            card_checkout_path: None,
            null_method_fields: false,
            return_without_external_id: ReturnWithoutExternalId::Omit,
            embedded_return: EmbeddedReturn::Frame,
            verification_listed: false,
            charge_outcome: ChargeOutcome::Confirmed,
            charge_settle_seconds: None,
            charge_settles_as: SettlesAs::Confirmed,
            card_failure: CardFailure::Cancelled,
            declined_error_listed: false,
            charge_list_delay_seconds: 0,
            revoked_refund: RevokedRefund::Accept,
        }
    }
}

/// `10` or `10.00`: the number format of the error text is not documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AmountStyle {
    Plain,
    TwoDecimals,
}

/// 200 or 201: Compago does not document success codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub(crate) enum CreateStatus {
    Ok,
    Created,
}

impl TryFrom<u16> for CreateStatus {
    type Error = &'static str;

    fn try_from(code: u16) -> Result<Self, Self::Error> {
        match code {
            200 => Ok(Self::Ok),
            201 => Ok(Self::Created),
            _ => Err("must be 200 or 201"),
        }
    }
}

impl From<CreateStatus> for u16 {
    fn from(status: CreateStatus) -> Self {
        match status {
            CreateStatus::Ok => 200,
            CreateStatus::Created => 201,
        }
    }
}

/// The status of an expired unpaid payment: not documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ExpiredStatus {
    Pending,
    Cancelled,
}

/// Newest or oldest first, last updated first or last: not documented. Items without an update time are ordered by
/// their creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ListOrder {
    Newest,
    Oldest,
    Updated,
    UpdatedOldest,
}

impl ListOrder {
    pub(crate) fn by_update(self) -> bool {
        match self {
            Self::Newest | Self::Oldest => false,
            Self::Updated | Self::UpdatedOldest => true,
        }
    }

    pub(crate) fn opposite(self) -> Self {
        match self {
            Self::Newest => Self::Oldest,
            Self::Oldest => Self::Newest,
            Self::Updated => Self::UpdatedOldest,
            Self::UpdatedOldest => Self::Updated,
        }
    }
}

/// When a successful card payment appears in status and summary: not documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum IntentSummary {
    /// CONFIRMED and SUCCESS together.
    WithStatus,
    /// SUCCESS while the status is still PENDING.
    BeforeStatus,
    /// CONFIRMED without a summary.
    WithoutSummary,
}

/// A terminal with this code would have the URL of `/terminal/open/{id}`.
const RESERVED_CODE: &str = "open";

/// The minimum amount is written as text, `"10.00"`.
mod pesos {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::money::Centavos;

    pub(super) fn serialize<S: Serializer>(amount: &Centavos, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&amount.two_decimals())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Centavos, D::Error> {
        Centavos::from_pesos(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
