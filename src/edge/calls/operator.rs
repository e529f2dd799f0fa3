//! The calls of the operator's page and of the merchant's backend. They need the role of an operator.

pub mod attention;
pub mod charges;
pub mod index;
pub mod one_time_payments;
pub mod orders;
pub mod payment_methods;
pub mod reconciliation;
pub mod reports;
pub mod settings;
pub mod webhooks;
