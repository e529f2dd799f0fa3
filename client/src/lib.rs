#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(all(feature = "reqwest", not(target_family = "wasm")), doc = include_str!("../README.md"))]
#![cfg_attr(not(all(feature = "reqwest", not(target_family = "wasm"))), doc = include_str!("front_page.md"))]

pub use compago;

mod base_url;
mod checkout;
mod limits;
mod outgoing;
mod retry;
mod settings;
pub mod transport;

mod client;
mod edge_client;
mod edge_settings;

pub use base_url::BaseUrl;
pub use checkout::checkout_origin;
pub use client::{Client, OneTimePayments, PaymentIntents, PaymentMethods};
pub use edge_client::{
    EdgeClient, Operator, OperatorAttention, OperatorCharges, OperatorIndex, OperatorOneTimePayments, OperatorOrders,
    OperatorPaymentMethods, OperatorReconciliation, OperatorReports, OperatorSettings, OperatorWebhooks, Session, Shop,
    Till,
};
pub use edge_settings::EdgeSettings;
pub use limits::{Limits, MAX_PAGES};
pub use outgoing::Outgoing;
pub use retry::{RetryReads, Timer};
pub use settings::Settings;
