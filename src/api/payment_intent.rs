//! Payment intents: charges to be made at a Compago terminal, with the card present.
//!
//! Guide: <https://docs.compago.com/payment-intent/create>, read November 2026. Compago has no list of intents or of
//! terminals, so an intent whose id is not known cannot be found again.

use std::time::Duration;

use crate::value::PaymentIntentId;

pub use super::status::Status;

pub mod cancel;
pub mod create;
pub mod get;

/// How long after its creation a terminal can charge an intent: ten minutes. It cannot be changed, and no answer
/// contains the expiry time.
pub const LIFETIME: Duration = Duration::from_secs(10 * 60);

/// What every link to an intent in Compago's app begins with.
pub(crate) const DEEP_LINK: &str = "compago-pos-app:///charge/payment-intent/";

/// Returns the deep link that opens an intent in Compago's app on the same Android device. Without the app the link
/// does nothing.
///
/// ```
/// use compago::api::payment_intent::deep_link;
///
/// let id = "12121212-3434-4565-8787-909090909090".parse()?;
/// assert_eq!(deep_link(id), "compago-pos-app:///charge/payment-intent/12121212-3434-4565-8787-909090909090");
/// # Ok::<(), compago::value::UuidError>(())
/// ```
pub fn deep_link(id: PaymentIntentId) -> String {
    format!("{DEEP_LINK}{id}")
}
