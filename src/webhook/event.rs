//! Events: the content of webhooks.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use crate::value::{Environment, Reference, UnixMillis};

/// The body of a webhook: `{ "type", "timestamp", "data", "environment" }`.
///
/// ```
/// use compago::value::{Environment, UnixMillis};
/// use compago::webhook::{Event, EventKind};
///
/// let event = Event {
///     kind: EventKind::OrderPaid,
///     timestamp: UnixMillis(1_772_388_000_000),
///     data: "K7Q2-M9XD-3FHT",
///     environment: Some(Environment::Production),
/// };
/// assert_eq!(
///     compago::json::to_string(&event),
///     concat!(
///         r#"{"type":"order.paid","timestamp":"2026-03-01T18:00:00.000Z","data":"K7Q2-M9XD-3FHT","#,
///         r#""environment":"production"}"#
///     )
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Event<Data> {
    /// What happened. It determines the shape of `data`.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// When it happened. The time of sending is in the `webhook-timestamp` header.
    pub timestamp: UnixMillis,
    /// The order, charge or saved card concerned.
    pub data: Data,
    /// The environment; only `production` involves real money. Events enqueued by earlier versions have none.
    ///
    /// The state machines do not know it, so the Durable Object adds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Environment>,
}

/// The type of an event.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    SerializeDisplay,
    DeserializeFromStr,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[strum(parse_err_ty = UnknownEventKind, parse_err_fn = UnknownEventKind::of)]
pub enum EventKind {
    /// `order.paid`: Compago confirmed the payment that is bound to the order. Sent once per order.
    #[strum(serialize = "order.paid")]
    OrderPaid,
    /// `order.expired`: the payment link expired and nothing was paid.
    #[strum(serialize = "order.expired")]
    OrderExpired,
    /// `order.cancelled`: the order was cancelled before anything was paid.
    #[strum(serialize = "order.cancelled")]
    OrderCancelled,
    /// `order.on-hold`: a person has to review the order, for instance because of a second payment.
    #[strum(serialize = "order.on-hold")]
    OrderOnHold,
    /// `order.fulfilled`: a paid order was handed over to the payer or to a carrier. Sent once per order.
    #[strum(serialize = "order.fulfilled")]
    OrderFulfilled,
    /// `payment-intent.paid`: a terminal charged the card. Sent once per intent, possibly after
    /// `payment-intent.closed`.
    #[strum(serialize = "payment-intent.paid")]
    PaymentIntentPaid,
    /// `payment-intent.closed`: the intent expired or was cancelled, and was not paid.
    #[strum(serialize = "payment-intent.closed")]
    PaymentIntentClosed,
    /// `payment-intent.on-hold`: it is unknown whether the intent was paid; a person has to check the terminal.
    #[strum(serialize = "payment-intent.on-hold")]
    PaymentIntentOnHold,
    /// `payment.confirmed`: a saved card was charged. Sent once per charge.
    #[strum(serialize = "payment.confirmed")]
    PaymentConfirmed,
    /// `payment.refunded`: a charge of a saved card was refunded.
    #[strum(serialize = "payment.refunded")]
    PaymentRefunded,
    /// `payment.on-hold`: it is unknown whether a saved card was charged or a charge was refunded; a person has to
    /// check.
    #[strum(serialize = "payment.on-hold")]
    PaymentOnHold,
    /// `payment-method.active`: a card was saved.
    #[strum(serialize = "payment-method.active")]
    PaymentMethodActive,
    /// `webhook.test`: the operator checks whether webhooks arrive. It is sent once, reports nothing, and is not repeated.
    #[strum(serialize = "webhook.test")]
    WebhookTest,
}

impl EventKind {
    /// All types, in the order of their declaration.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Returns the `type` of the body.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The text is not an event type of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no event of this project has this type")]
pub struct UnknownEventKind;

impl UnknownEventKind {
    const fn of(_: &str) -> Self {
        Self
    }
}

/// The `webhook-id`: the same for every try of an event, so that a receiver can handle the event once.
///
/// 1 to 64 characters of `A-Z a-z 0-9 _ -`. A full stop is excluded because it separates the id from the rest of the
/// signed content.
///
/// ```
/// use compago::webhook::{EventId, EventIdError};
///
/// let id: EventId = "msg_p5jXN8AQM9LWM0D4loKWxJek".parse()?;
/// assert_eq!(id.as_str(), "msg_p5jXN8AQM9LWM0D4loKWxJek");
/// assert_eq!("msg.1".parse::<EventId>(), Err(EventIdError::Character));
/// # Ok::<(), EventIdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct EventId(String);

impl EventId {
    /// The longest legal id, in characters.
    pub const MAX_CHARS: usize = 64;

    /// Derives the id of the `nth` event of a type, counted from 1, about an order or an intent.
    ///
    /// The id depends only on the arguments, so a crash, a replay or a repeated delivery cannot create a second id for
    /// the same event.
    ///
    /// ```
    /// use compago::value::Reference;
    /// use compago::webhook::{EventId, EventKind};
    ///
    /// let order: Reference = "K7Q2-M9XD-3FHT".parse()?;
    /// assert_eq!(EventId::of(&order, EventKind::OrderPaid, 1).as_str(), "evt_k7q2m9xd3fht_order-paid_1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(subject: &Reference, kind: EventKind, nth: u32) -> Self {
        let kind = kind.as_str().replace('.', "-");
        Self(format!("evt_{}_{kind}_{nth}", subject.compact().to_ascii_lowercase()))
    }

    /// Returns the text of the header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EventId {
    type Err = EventIdError;

    fn from_str(text: &str) -> Result<Self, EventIdError> {
        if !(1..=Self::MAX_CHARS).contains(&text.len()) {
            return Err(EventIdError::Length);
        }
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
            return Err(EventIdError::Character);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for EventId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<EventId> for String {
    fn from(id: EventId) -> Self {
        id.0
    }
}

impl TryFrom<&str> for EventId {
    type Error = EventIdError;

    fn try_from(text: &str) -> Result<Self, EventIdError> {
        text.parse()
    }
}

impl TryFrom<String> for EventId {
    type Error = EventIdError;

    fn try_from(text: String) -> Result<Self, EventIdError> {
        text.parse()
    }
}

/// The reason why a text is not an [`EventId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EventIdError {
    /// Empty, or more than 64 characters.
    #[error("the id of an event has 1 to 64 characters")]
    Length,
    /// A character other than letters, digits, `_` and `-`.
    #[error("the id of an event is made of A-Z, a-z, 0-9, _ and -")]
    Character,
}
