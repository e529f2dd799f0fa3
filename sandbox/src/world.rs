//! The whole state of the sandbox behind one lock, saved after each change if there is a store.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::call::Calls;
use crate::clock::Clock;
use crate::fault::{Carrier, Faults};
use crate::one_time_payment::collection::OneTimePayments;
use crate::payment_intent::collection::PaymentIntents;
use crate::payment_method::collection::PaymentMethods;
use crate::settings::Settings;

pub(crate) mod state;

use state::{SaveProblem, Store};

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

/// Shared by all handlers: the state, where it is saved, the origin of links, what carries the answers.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

struct Shared {
    origin: String,
    carrier: Carrier,
    world: Mutex<World>,
    store: Option<Box<dyn Store>>,
}

impl App {
    pub(crate) fn new(origin: String, carrier: Carrier, world: World, store: Option<Box<dyn Store>>) -> Self {
        Self(Arc::new(Shared { origin, carrier, world: Mutex::new(world), store }))
    }

    pub(crate) fn origin(&self) -> &str {
        &self.0.origin
    }

    pub(crate) fn carrier(&self) -> Carrier {
        self.0.carrier
    }

    /// Reads the state, or changes what is not saved: faults, calls, settings.
    pub(crate) fn with<T>(&self, access: impl FnOnce(&mut World) -> T) -> T {
        access(&mut self.lock())
    }

    /// Changes payments, intents, saved cards or the clock. The change is saved before the call is answered. The lock is
    /// held meanwhile, so that changes are saved in the order in which they happened.
    pub(crate) fn change<T, E>(&self, change: impl FnOnce(&mut World) -> Result<T, E>) -> Result<T, E>
    where
        E: From<SaveProblem>,
    {
        let mut world = self.lock();
        let outcome = change(&mut world)?;
        if let Some(store) = &self.0.store {
            store.save(&world.saved()?)?;
        }
        Ok(outcome)
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
