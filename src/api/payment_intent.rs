//! Payment intents: a charge that a Compago terminal is to make, with the card present.
//!
//! Guide: <https://docs.compago.com/payment-intent/create>, read November 2026. There is no list of intents and none of
//! terminals: an intent whose id was never learnt cannot be found again.

use std::time::Duration;

use crate::value::PaymentIntentId;

pub use super::status::Status;

pub mod cancel;
pub mod create;
pub mod get;

/// How long after its creation a terminal can take an intent. It cannot be changed, and no answer names its end.
pub const LIFETIME: Duration = Duration::from_secs(10 * 60);

/// The link that opens an intent in Compago's app on the same Android device; it does nothing where there is no such app.
///
/// ```
/// use compago::api::payment_intent::deep_link;
///
/// let id = "12121212-3434-4565-8787-909090909090".parse()?;
/// assert_eq!(deep_link(id), "compago-pos-app:///charge/payment-intent/12121212-3434-4565-8787-909090909090");
/// # Ok::<(), compago::value::UuidError>(())
/// ```
pub fn deep_link(id: PaymentIntentId) -> String {
    format!("compago-pos-app:///charge/payment-intent/{id}")
}
