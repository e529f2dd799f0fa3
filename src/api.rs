//! What Compago offers: one file for each call, grouped by resource.

pub mod one_time_payment;
pub mod payment_intent;
pub mod status;
