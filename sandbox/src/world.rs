//! The whole state of the sandbox behind one lock, saved after each change if there is a data file.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::call::Calls;
use crate::clock::Clock;
use crate::fault::Faults;
use crate::one_time_payment::collection::OneTimePayments;
use crate::payment_intent::collection::PaymentIntents;
use crate::payment_method::collection::PaymentMethods;
use crate::settings::Settings;

pub(crate) mod data_file;

use data_file::{DataFile, SaveProblem};

/// The sandbox's whole state.
#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) settings: Settings,
    pub(crate) faults: Faults,
    pub(crate) calls: Calls,
    pub(crate) one_time_payments: OneTimePayments,
    pub(crate) payment_intents: PaymentIntents,
    pub(crate) payment_methods: PaymentMethods,
}

/// Shared by all handlers: the state, where it is saved, and the origin of links.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

struct Shared {
    origin: String,
    world: Mutex<World>,
    data: Option<DataFile>,
}

impl App {
    pub(crate) fn new(origin: String, world: World, data: Option<DataFile>) -> Self {
        Self(Arc::new(Shared { origin, world: Mutex::new(world), data }))
    }

    pub(crate) fn origin(&self) -> &str {
        &self.0.origin
    }

    /// Reads the state, or changes what is not saved: faults, calls, settings.
    pub(crate) fn with<T>(&self, access: impl FnOnce(&mut World) -> T) -> T {
        access(&mut self.lock())
    }

    /// Changes payments, intents, saved cards or the clock. The change is on disk before the call is answered. The lock
    /// is held meanwhile, so that changes are saved in the order in which they happened.
    pub(crate) fn change<T, E>(&self, change: impl FnOnce(&mut World) -> Result<T, E>) -> Result<T, E>
    where
        E: From<SaveProblem>,
    {
        let mut world = self.lock();
        let outcome = change(&mut world)?;
        if let Some(data) = &self.0.data {
            data.save(&world)?;
        }
        Ok(outcome)
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
