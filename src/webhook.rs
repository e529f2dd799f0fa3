//! Webhooks, signed according to [Standard Webhooks] 1.0 (read November 2026).
//!
//! The signature is the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}` with a secret that the receiver
//! shares. The id is the same for every try, so a receiver that remembers ids handles each event once. The timestamp is
//! the time of the try, which prevents an old request from being replayed later.
//!
//! | header | value |
//! |---|---|
//! | [`ID_HEADER`] | [`EventId`] |
//! | [`TIMESTAMP_HEADER`] | seconds since 1970 |
//! | [`SIGNATURE_HEADER`] | `v1,` and base64; two of them, separated by a space, while the secret is rotated |
//!
//! A receiver calls [`receive`], which verifies a request and returns what it reports as [`EventData`].
//!
//! [Standard Webhooks]: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
//!
//! ```
//! use compago::value::UnixMillis;
//! use compago::webhook::{DEFAULT_TOLERANCE, EventId, Received, SigningSecrets, sign, verify};
//!
//! let secrets: SigningSecrets = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse()?;
//! let id: EventId = "msg_p5jXN8AQM9LWM0D4loKWxJek".parse()?;
//! let now = UnixMillis(1_614_265_330_000);
//! let body = br#"{"test": 2432232314}"#;
//!
//! let signed = sign(&id, now, body, &secrets);
//! assert_eq!(signed.timestamp, "1614265330");
//! assert_eq!(signed.signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
//!
//! let received =
//!     Received { id: Some(&signed.id), timestamp: Some(&signed.timestamp), signature: Some(&signed.signature) };
//! let verified = verify(received, body, &secrets, now, DEFAULT_TOLERANCE)?;
//! assert_eq!(verified.id, id);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod data;
mod event;
mod receive;
mod secret;
mod signature;

pub use data::{
    CardPaymentData, HoldReason, IntentOutcome, OrderData, PaymentIntentData, PaymentMethodData, ShippingData, TestData,
};
pub use event::{Event, EventId, EventIdError, EventKind, UnknownEventKind};
pub use receive::{EventData, ReceiveError, Webhook, receive};
pub use secret::{SigningSecrets, WebhookSecret, WebhookSecretError};
pub use signature::{
    DEFAULT_TOLERANCE, ID_HEADER, Received, SIGNATURE_HEADER, Signed, TIMESTAMP_HEADER, Verified, VerifyError, sign,
    verify,
};
