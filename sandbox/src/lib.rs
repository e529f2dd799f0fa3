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
//! | `world`, `data_file` | the whole state behind one lock, saved after each change |
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
mod line;
mod link;
mod list;
mod moment;
mod money;
mod notice;
mod one_time_payment;
mod options;
mod page;
mod payment_intent;
mod payment_method;
mod refusal;
mod server;
mod settings;
mod terminal;
mod world;

pub use options::{Command, HELP, Options};
pub use server::{Sandbox, StartProblem};
