//! The data file: payments, intents, saved cards and the clock's offset, so that they survive a restart.
//!
//! It is one JSON object:
//! `{"version":1,"clockOffsetMs":0,"oneTimePayments":[...],"paymentIntents":[...],"paymentMethods":[...]}`, with
//! amounts in centavos. It is written to a temporary file and renamed, so that a reader finds either the old or the new
//! state. Settings, faults and calls are not saved. A file from a version without intents or saved cards is read as one
//! that has none.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::World;
use crate::clock::Clock;
use crate::one_time_payment::Payment;
use crate::payment_intent::Intent;
use crate::payment_method::Method;

/// The file in which the state is saved.
#[derive(Clone, Debug)]
pub(crate) struct DataFile {
    path: PathBuf,
}

impl DataFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Loads the saved state; a new one if there is no file yet.
    pub(crate) fn load(&self) -> Result<World, LoadProblem> {
        let problem = |what: String| LoadProblem { path: self.path.display().to_string(), what };
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(World::default()),
            Err(other) => return Err(problem(other.to_string())),
        };
        let saved: Saved = serde_json::from_slice(&text).map_err(|malformed| problem(malformed.to_string()))?;
        if saved.version != VERSION {
            return Err(problem(format!("it has version {}, this program reads version {VERSION}", saved.version)));
        }
        let clock = Clock::with_offset_ms(saved.clock_offset_ms).map_err(|far| problem(far.to_string()))?;
        Ok(World {
            clock,
            one_time_payments: saved.one_time_payments.into(),
            payment_intents: saved.payment_intents.into(),
            payment_methods: saved.payment_methods.into(),
            ..World::default()
        })
    }

    pub(crate) fn save(&self, world: &World) -> Result<(), SaveProblem> {
        let saved = Saving {
            version: VERSION,
            clock_offset_ms: world.clock.offset_ms(),
            one_time_payments: world.one_time_payments.oldest_first(),
            payment_intents: world.payment_intents.oldest_first(),
            payment_methods: world.payment_methods.oldest_first(),
        };
        let text = serde_json::to_vec(&saved).map_err(|problem| SaveProblem(problem.to_string()))?;
        self.replace(&text).map_err(|problem| SaveProblem(problem.to_string()))
    }

    fn replace(&self, text: &[u8]) -> io::Result<()> {
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        let mut temporary = self.path.clone().into_os_string();
        temporary.push(".new");
        fs::write(&temporary, text)?;
        fs::rename(&temporary, &self.path)
    }
}

/// The data file exists but cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("The data file {path} cannot be read: {what}")]
pub(crate) struct LoadProblem {
    path: String,
    what: String,
}

/// The data file could not be written; the change is in memory only.
#[derive(Debug, thiserror::Error)]
#[error("The sandbox could not save its data file: {0}")]
pub(crate) struct SaveProblem(String);

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
