//! A local stand-in for Compago: its API under `/api`, its hosted checkout pages under `/checkout/`, card terminals
//! under `/terminal/`, and a control API under `/_sandbox/` for tests and demonstrations. No money moves and no card is
//! read.
//!
//! It is written from Compago's public pages only and shares no code with the `compago` crate, so that a misreading
//! there is not hidden by the same misreading here.
//!
//! | module | contents |
//! |---|---|
//! | `one_time_payment`, `payment_intent`, `payment_method` | the resources: rules, requests, answers, collections |
//! | `api` | Compago's API for the resources; `guard` and `mishap` handle the key, the log and planned faults |
//! | `checkout`, `terminal`, `index`; `page`, `notice` | the pages; what they share |
//! | `control` | the control API: clock, state, actions, faults, calls, settings |
//! | `world` | the whole state behind one lock, saved after each change |
//! | `service` | the sandbox without a network, from requests to answers; it compiles to wasm |
//! | `server` | the program: the port, the command line, the data file, faults of the connection |
//!
//! To add a resource, add one module each next to `payment_intent`, `api::payment_intent` and
//! `control::payment_intent`, and the names of its endpoints in `endpoint`.

mod amendment;
mod api;
mod body;
mod call;
mod checkout;
mod clock;
mod control;
mod endpoint;
mod fault;
mod index;
mod link;
mod list;
mod moment;
mod money;
mod notice;
mod one_time_payment;
mod page;
mod payment_intent;
mod payment_method;
mod refusal;
#[cfg(feature = "server")]
mod server;
mod service;
mod settings;
mod terminal;
mod world;

#[cfg(feature = "server")]
pub use server::options::{Command, HELP, Options};
#[cfg(feature = "server")]
pub use server::{Sandbox, StartProblem};
pub use service::{Reply, Service};
pub use world::state::{ReadProblem, SaveProblem, Store};
