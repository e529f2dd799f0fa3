#![cfg_attr(all(feature = "reqwest", not(target_family = "wasm")), doc = include_str!("../README.md"))]
#![cfg_attr(
    not(all(feature = "reqwest", not(target_family = "wasm"))),
    doc = "A client for Compago and for a compago-edge Worker, with transports that are ready to use; one feature each."
)]

mod base_url;
mod limits;
mod outgoing;
mod retry;
mod settings;
pub mod transport;

mod client;
mod edge_client;

pub use base_url::BaseUrl;
pub use client::{Client, OneTimePayments, PaymentIntents, PaymentMethods};
pub use edge_client::{
    EdgeClient, Operator, OperatorOrders, OperatorPaymentMethods, OperatorPayments, Reports, SessionCalls, Shop, Till,
};
pub use limits::Limits;
pub use outgoing::Outgoing;
pub use retry::{RetryReads, Timer};
pub use settings::Settings;
