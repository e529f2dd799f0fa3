//! What Compago offers: one file for each call, grouped by resource.

mod card;
pub mod list;
pub mod one_time_payment;
pub mod payment_intent;
pub mod payment_method;
pub mod status;
