//! A local stand-in for Compago: its API under `/api`, its hosted checkout pages under `/checkout/`, card terminals under
//! `/terminal/`, and a control surface under `/_sandbox/` for tests and demonstrations. No money moves and no card is read.
//!
//! It is written from Compago's public pages alone and shares no code with the `compago` crate, so that a misreading there
//! cannot hide behind the same misreading here.
//!
//! | module | what it is |
//! |---|---|
//! | `one_time_payment`, `payment_intent`, `payment_method` | the resources: rules, request, answers, collection |
//! | `api` | Compago's API over it; `guard` and `mishap` are the key, the log and planned faults |
//! | `checkout`, `terminal`, `index`; `page`, `notice` | what a person sees; what the pages share |
//! | `control` | clock, state, acts, faults, calls, settings |
//! | `world`, `data_file` | everything behind one lock, saved after each change |
//!
//! A further resource is a module beside `payment_intent`, one beside `api::payment_intent`, one beside
//! `control::payment_intent`, and its endpoints' names in `endpoint`.

mod amendment;
mod api;
mod body;
mod call;
mod checkout;
mod clock;
mod control;
mod data_file;
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
