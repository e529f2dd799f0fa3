//! The calls of Compago's API, grouped by resource: one file per call, and helpers for lists, links, states and
//! searches.

mod card;
pub mod list;
pub mod one_time_payment;
pub mod payment_intent;
pub mod payment_method;
pub mod status;
