//! The state as it is saved: payments, intents, saved cards and the clock's offset, so that they survive a restart.
//!
//! It is one JSON object:
//! `{"version":1,"clockOffsetMs":0,"oneTimePayments":[...],"paymentIntents":[...],"paymentMethods":[...]}`, with
//! amounts in centavos. Settings, faults and calls are not saved. A state from a version without intents or saved cards
//! is read as one that has none.

use serde::{Deserialize, Serialize};

use super::World;
use crate::clock::Clock;
use crate::one_time_payment::Payment;
use crate::payment_intent::Intent;
use crate::payment_method::Method;

/// Where the state is saved.
pub trait Store: Send + Sync {
    /// Replaces the state that was saved before. A reader finds either the old or the new one.
    ///
    /// # Errors
    /// The reason why it could not be written.
    fn save(&self, state: &[u8]) -> Result<(), SaveProblem>;
}

/// The state could not be saved; the change is in memory only.
#[derive(Debug, thiserror::Error)]
#[error("The sandbox could not save its state: {0}")]
pub struct SaveProblem(String);

impl SaveProblem {
    /// Returns the problem with its reason.
    pub fn new(reason: impl ToString) -> Self {
        Self(reason.to_string())
    }
}

/// A saved state that cannot be read: the reason, as the end of a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ReadProblem(String);

const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Saving<'a> {
    version: u32,
    clock_offset_ms: i64,
    one_time_payments: &'a [Payment],
    payment_intents: &'a [Intent],
    payment_methods: &'a [Method],
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Saved {
    version: u32,
    clock_offset_ms: i64,
    one_time_payments: Vec<Payment>,
    #[serde(default)]
    payment_intents: Vec<Intent>,
    #[serde(default)]
    payment_methods: Vec<Method>,
}

impl World {
    /// Reads what [`World::saved`] has written.
    pub(crate) fn read(state: &[u8]) -> Result<Self, ReadProblem> {
        let saved: Saved = serde_json::from_slice(state).map_err(|malformed| ReadProblem(malformed.to_string()))?;
        if saved.version != VERSION {
            let (version, known) = (saved.version, VERSION);
            return Err(ReadProblem(format!("it has version {version}, this program reads version {known}")));
        }
        let clock = Clock::with_offset_ms(saved.clock_offset_ms).map_err(|far| ReadProblem(far.to_string()))?;
        Ok(Self {
            clock,
            one_time_payments: saved.one_time_payments.into(),
            payment_intents: saved.payment_intents.into(),
            payment_methods: saved.payment_methods.into(),
            ..Self::default()
        })
    }

    /// Returns what is to be saved.
    pub(super) fn saved(&self) -> Result<Vec<u8>, SaveProblem> {
        serde_json::to_vec(&Saving {
            version: VERSION,
            clock_offset_ms: self.clock.offset_ms(),
            one_time_payments: self.one_time_payments.oldest_first(),
            payment_intents: self.payment_intents.oldest_first(),
            payment_methods: self.payment_methods.oldest_first(),
        })
        .map_err(SaveProblem::new)
    }
}
