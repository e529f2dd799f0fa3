//! The transports, one for each feature.

#[cfg(feature = "http")]
pub mod http;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
pub mod reqwest;
