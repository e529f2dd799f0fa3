//! HTTP: what a request brings, what may be refused and why, and how an answer is written.

pub(crate) mod auth;
pub(crate) mod cors;
pub(crate) mod error;
pub(crate) mod hosts;
pub(crate) mod methods;
pub(crate) mod order_urls;
pub(crate) mod origins;
pub(crate) mod outgoing;
mod page;
pub(crate) mod problems;
pub(crate) mod rate_limit;
pub(crate) mod request;
pub(crate) mod respond;
pub(crate) mod security_log;
pub(crate) mod site_files;
