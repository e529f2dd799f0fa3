//! The transports, one module for each feature.

#[cfg(all(any(feature = "gloo-net", feature = "worker"), target_family = "wasm"))]
pub mod bounds;
#[cfg(all(feature = "gloo-net", target_family = "wasm"))]
pub mod gloo_net;
#[cfg(feature = "http")]
pub mod http;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
pub mod reqwest;
#[cfg(all(feature = "worker", target_family = "wasm"))]
pub mod worker;
