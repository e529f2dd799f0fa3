//! The calls of Compago's API: one file per call, grouped by resource.

mod card;
pub mod list;
pub mod one_time_payment;
pub mod payment_intent;
pub mod payment_method;
pub mod status;
