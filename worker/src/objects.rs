//! The Durable Objects, and how the Worker talks to each of them.

pub(crate) mod call;
pub(crate) mod database;
pub(crate) mod durable;
pub(crate) mod envelope;
pub(crate) mod idempotency;
pub(crate) mod index_client;
pub(crate) mod key_index;
pub(crate) mod machine_object;
pub(crate) mod object_directory;
pub(crate) mod open_links;
pub(crate) mod operator_index;
pub(crate) mod order;
pub(crate) mod payment_method;
pub(crate) mod rate_limit;
pub(crate) mod refused_link;
pub(crate) mod secrets;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod stored;
pub(crate) mod terminal;
pub(crate) mod test_event;
/// The machine of a test, in a build for tests only.
#[cfg(feature = "voucher")]
#[path = "../../tests/voucher/object.rs"]
mod voucher;
