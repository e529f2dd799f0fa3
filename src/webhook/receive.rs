//! Receives webhooks: verifies the request and reads what it reports.

use core::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::data::{CardPaymentData, OrderData, PaymentIntentData, PaymentMethodData, TestData};
use super::{EventId, EventKind, Received, SigningSecrets, Verified, VerifyError, verify};
use crate::json::{self, Json, JsonError, ShapeError};
use crate::value::{Environment, Extensible, UnixMillis};

/// A verified webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Webhook {
    /// The same for every try of the event. A receiver that has already handled it answers 2xx and does nothing else.
    pub id: EventId,
    /// The time of this try, with a resolution of one second.
    pub sent_at: UnixMillis,
    /// When it happened.
    pub timestamp: UnixMillis,
    /// The environment; only `production` involves real money. Events of earlier versions have none.
    pub environment: Option<Extensible<Environment>>,
    /// What happened, to what.
    pub event: EventData,
}

/// What happened, to what: one variant for each [`EventKind`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventData {
    /// [`EventKind::OrderPaid`].
    OrderPaid(OrderData),
    /// [`EventKind::OrderExpired`].
    OrderExpired(OrderData),
    /// [`EventKind::OrderCancelled`].
    OrderCancelled(OrderData),
    /// [`EventKind::OrderOnHold`].
    OrderOnHold(OrderData),
    /// [`EventKind::OrderFulfilled`].
    OrderFulfilled(OrderData),
    /// [`EventKind::PaymentIntentPaid`].
    PaymentIntentPaid(PaymentIntentData),
    /// [`EventKind::PaymentIntentClosed`].
    PaymentIntentClosed(PaymentIntentData),
    /// [`EventKind::PaymentIntentOnHold`].
    PaymentIntentOnHold(PaymentIntentData),
    /// [`EventKind::PaymentConfirmed`].
    PaymentConfirmed(CardPaymentData),
    /// [`EventKind::PaymentRefunded`].
    PaymentRefunded(CardPaymentData),
    /// [`EventKind::PaymentOnHold`].
    PaymentOnHold(CardPaymentData),
    /// [`EventKind::PaymentMethodActive`].
    PaymentMethodActive(PaymentMethodData),
    /// [`EventKind::WebhookTest`]. A receiver answers 2xx and does nothing else.
    WebhookTest(TestData),
    /// A type of event that this version does not know. A receiver answers 2xx, so that it is not sent again.
    Unknown {
        /// The `type` of the body.
        kind: String,
    },
}

impl EventData {
    /// Reads the data of an event of this type.
    fn read(kind: EventKind, data: &Json) -> Result<Self, ShapeError> {
        fn of<T: DeserializeOwned>(data: &Json, variant: fn(T) -> EventData) -> Result<EventData, ShapeError> {
            Ok(variant(data.read()?))
        }
        match kind {
            EventKind::OrderPaid => of(data, Self::OrderPaid),
            EventKind::OrderExpired => of(data, Self::OrderExpired),
            EventKind::OrderCancelled => of(data, Self::OrderCancelled),
            EventKind::OrderOnHold => of(data, Self::OrderOnHold),
            EventKind::OrderFulfilled => of(data, Self::OrderFulfilled),
            EventKind::PaymentIntentPaid => of(data, Self::PaymentIntentPaid),
            EventKind::PaymentIntentClosed => of(data, Self::PaymentIntentClosed),
            EventKind::PaymentIntentOnHold => of(data, Self::PaymentIntentOnHold),
            EventKind::PaymentConfirmed => of(data, Self::PaymentConfirmed),
            EventKind::PaymentRefunded => of(data, Self::PaymentRefunded),
            EventKind::PaymentOnHold => of(data, Self::PaymentOnHold),
            EventKind::PaymentMethodActive => of(data, Self::PaymentMethodActive),
            EventKind::WebhookTest => of(data, Self::WebhookTest),
        }
    }
}

/// Verifies a request like [`verify`] and reads its event.
///
/// The handler of a merchant's backend, in any web framework:
///
/// ```
/// use compago::value::{Environment, UnixMillis};
/// use compago::webhook::{DEFAULT_TOLERANCE, EventData, Received, SigningSecrets, receive};
///
/// /// Returns the status to answer. `header` returns the value of a header, `body` holds the bytes as received.
/// fn handle<'a>(
///     header: impl Fn(&str) -> Option<&'a str>,
///     body: &[u8],
///     secrets: &SigningSecrets,
///     shipped: &mut Vec<String>,
/// ) -> u16 {
///     let received = Received {
///         id: header("webhook-id"),
///         timestamp: header("webhook-timestamp"),
///         signature: header("webhook-signature"),
///     };
///     let now = UnixMillis::from(std::time::SystemTime::now());
///     # let now = UnixMillis(1_772_388_000_000);
///     let Ok(webhook) = receive(received, body, secrets, now, DEFAULT_TOLERANCE) else { return 400 };
///     if webhook.environment != Some(Environment::Production.into()) {
///         return 204; // no real money
///     }
///     // A real handler stores `webhook.id` with what it does, and does nothing for an id that it has stored.
///     match webhook.event {
///         EventData::OrderPaid(order) => shipped.push(order.reference.to_string()),
///         EventData::OrderOnHold(order) => eprintln!("look at {}: {:?}", order.reference, order.reason),
///         _ => {}
///     }
///     204
/// }
/// # use compago::webhook::sign;
/// # let secrets: SigningSecrets = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse()?;
/// # let body = br#"{"type":"order.paid","timestamp":"2026-03-01T18:00:00.000Z","environment":"production","data":{"reference":"K7Q2-M9XD-3FHT",
/// #     "externalId":"a-1","paymentId":null,"amount":"350.50","currency":"MXN","attempt":1}}"#;
/// # let signed = sign(&"evt_1".parse()?, UnixMillis(1_772_388_000_000), body, &secrets);
/// # let header = |name: &str| match name {
/// #     "webhook-id" => Some(&*signed.id),
/// #     "webhook-timestamp" => Some(&*signed.timestamp),
/// #     _ => Some(&*signed.signature),
/// # };
/// # let mut shipped = Vec::new();
/// # assert_eq!(handle(header, body, &secrets, &mut shipped), 204);
/// # assert_eq!(shipped, ["K7Q2-M9XD-3FHT"]);
/// # assert_eq!(handle(|_| None, body, &secrets, &mut shipped), 400);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// The request is not signed as it should be, or its body is not an event.
pub fn receive(
    received: Received<'_>,
    body: &[u8],
    secrets: &SigningSecrets,
    now: UnixMillis,
    tolerance: Duration,
) -> Result<Webhook, ReceiveError> {
    let Verified { id, sent_at } = verify(received, body, secrets, now, tolerance)?;
    let body = core::str::from_utf8(body).map_err(|_| ReceiveError::Encoding)?;
    let Body { kind, timestamp, environment, data } = json::from_str(body)?;
    let event = match kind.parse() {
        Ok(kind) => EventData::read(kind, &data).map_err(JsonError::from)?,
        Err(_) => EventData::Unknown { kind },
    };
    Ok(Webhook { id, sent_at, timestamp, environment, event })
}

/// A body whose data is not read yet, since its type decides what it is.
#[derive(Deserialize)]
struct Body {
    #[serde(rename = "type")]
    kind: String,
    timestamp: UnixMillis,
    environment: Option<Extensible<Environment>>,
    data: Json,
}

/// The reason why a request is not a webhook that can be read. It contains nothing of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReceiveError {
    /// The request is not proved to come from the Worker.
    #[error("the request is not verified")]
    Verify(#[from] VerifyError),
    /// The body is not UTF-8.
    #[error("the body is not UTF-8")]
    Encoding,
    /// The body is not an event.
    #[error("the body is not an event")]
    Body(#[from] JsonError),
}
