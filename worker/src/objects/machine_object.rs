//! The Durable Object that keeps state machines of the core.
//!
//! A machine decides everything. The object loads it, steps it, stores it with its webhooks and the alarm in one transaction, and only
//! then makes the call that the step asks for and feeds the answer back as the next input. Its projection is kept in memory until it is
//! published, see [`super::durable::projection`]. The machine is
//! loaded again for each input, because other inputs come in between while a call is in flight. A step that may be stored with the
//! answer to its call stays in memory until then, for all that read or step the machine ([`compago::flow::machine::Storing::WithAnswer`]).
//!
//! What sets one class apart is its [`ObjectHandler`], what sets one machine apart its [`StoredMachine`]; [`machine_object`]
//! declares the class for the runtime.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::ready;
use std::rc::Rc;

use compago::flow::machine::Machine;
use compago::flow::projection::Projection;
use serde::de::DeserializeOwned;
use worker::{Env, Request, Response, State};

use super::database::{Database, Result as Stored};
use super::durable::changes::Deadline;
use super::durable::outbox::PendingDelivery;
use super::durable::{Durable, ObjectClass};
use super::envelope::{self, Envelope, Message};
use crate::http::error::ApiError;
use crate::runtime::clock::now;

mod keys_in_flight;
mod step;

pub(crate) use keys_in_flight::KeysInFlight;

/// One class of objects that keep machines.
pub(crate) trait ObjectHandler: Sized + 'static {
    /// What an object of the class is asked.
    type Command: DeserializeOwned;
    /// What the requests and alarms of one object share in memory.
    type Memory: Default;
    /// The name, binding and tables of the class.
    const CLASS: &'static ObjectClass;

    /// Answers a command as the API does.
    async fn handle(object: &Rc<MachineObject<Self>>, command: Self::Command) -> Result<Response, ApiError>;

    /// Steps the machines that are due, and publishes and delivers what is due.
    async fn on_alarm(object: &Rc<MachineObject<Self>>) -> Result<(), ApiError>;
}

/// A machine that objects of the class `H` store under a key.
pub(crate) trait StoredMachine<H: ObjectHandler>: Machine + Clone + PartialEq + 'static {
    /// Tells the machine from others of its type in the same object.
    type Key: Copy + 'static;

    /// Returns the machine's key.
    fn key(&self) -> Self::Key;

    /// Returns the name under which [`ObjectClass::wake_at`] knows the machine.
    fn name(key: Self::Key) -> String;

    /// Reads the machine.
    fn load(database: &Database, key: Self::Key) -> Stored<Option<Self>>;

    /// Writes the machine, when it must be woken, and the answer to the request that created it.
    fn store(&self, database: &Database) -> Stored<()>;

    /// Returns its projection, if the operator's index knows such machines.
    fn projected(&self) -> Option<Projection>;

    /// Returns the webhook of a notice, and logs it if it needs a person.
    fn delivery(notice: Self::Notice) -> PendingDelivery;

    /// Makes a call.
    async fn execute(key: Self::Key, call: Self::Call, object: &MachineObject<H>) -> Result<Self::Answer, ApiError>;

    /// Takes the machine out of memory, if [`keep`](Self::keep) left it there and it was not stored since.
    fn take_kept(memory: &H::Memory) -> Option<Self> {
        let _ = memory;
        None
    }

    /// Leaves a machine as it is stored in memory for the next reader.
    fn keep(self, memory: &H::Memory) {
        let _ = memory;
    }
}

/// An object of the class `H`.
pub(crate) struct MachineObject<H: ObjectHandler> {
    /// Storage, alarm, outbox and projections.
    pub(crate) durable: Durable,
    /// What its requests and alarms share.
    pub(crate) memory: H::Memory,
    /// The machines that are stored with the answer to their call, by their names.
    unstored: RefCell<BTreeMap<String, Box<dyn Any>>>,
}

impl<H: ObjectHandler> MachineObject<H> {
    /// Starts the object.
    pub(crate) fn new(state: State, env: Env) -> Rc<Self> {
        let durable = Durable::new(H::CLASS, state, env);
        Rc::new(Self { durable, memory: H::Memory::default(), unstored: RefCell::default() })
    }

    /// Answers a message as the API does.
    pub(crate) async fn fetch(self: &Rc<Self>, request: Request) -> worker::Result<Response> {
        let (locale, message) = Envelope::open(request).await?;
        let answer = match message {
            Message::Maintenance(work) => self.durable.handle_maintenance(&work).await,
            Message::Command(command) => self.handle(command).await,
        };
        envelope::respond(answer, locale, H::CLASS.name)
    }

    /// Goes on with what is due.
    pub(crate) async fn alarm(self: &Rc<Self>) -> worker::Result<Response> {
        let handler = self.durable.start_alarm();
        self.durable.finish_alarm(handler, self.on_alarm().await);
        Response::empty()
    }

    async fn handle(self: &Rc<Self>, command: H::Command) -> Result<Response, ApiError> {
        self.durable.ensure_alarm().await?;
        H::handle(self, command).await
    }

    async fn on_alarm(self: &Rc<Self>) -> Result<(), ApiError> {
        // An object that has lost its storage has nothing to do.
        if self.durable.existing()?.is_none() {
            return Ok(());
        }
        self.durable.ensure_alarm().await?;
        H::on_alarm(self).await
    }

    /// Returns the database.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if the object stores nothing.
    pub(crate) fn database(&self) -> Result<Database, ApiError> {
        self.durable.existing()?.ok_or(ApiError::NotFound)
    }

    /// Returns a machine.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if there is none with this key.
    pub(crate) fn machine<M: StoredMachine<H>>(&self, key: M::Key) -> Result<M, ApiError> {
        if let Some(machine) = self.unstored.borrow().get(&M::name(key)).and_then(|machine| machine.downcast_ref::<M>())
        {
            return Ok(machine.clone());
        }
        match M::take_kept(&self.memory) {
            Some(machine) => Ok(machine),
            None => M::load(&self.database()?, key)?.ok_or(ApiError::NotFound),
        }
    }

    /// Publishes projections and delivers webhooks in the background.
    pub(crate) fn spawn_deliveries(self: &Rc<Self>) {
        let (object, following) = (Rc::clone(self), self.durable.follow());
        self.durable.in_background(async move { object.durable.finish(following, ready(Ok(()))).await });
    }

    /// Waits until a machine fulfils a condition, at most until the deadline, and returns it as it is then.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if there is no such machine.
    pub(crate) async fn wait_for<M: StoredMachine<H>>(
        &self,
        key: M::Key,
        condition: impl Fn(&M) -> bool,
        deadline: &mut Deadline,
    ) -> Result<M, ApiError> {
        loop {
            let machine: M = self.machine(key)?;
            if condition(&machine) {
                return Ok(machine);
            }
            machine.keep(&self.memory);
            if !self.durable.changes.changed(deadline).await {
                return self.machine(key);
            }
        }
    }
}

/// Returns the machine with the times corrected that a clock which was set back would make wait too long, or `None` if there are
/// none.
pub(crate) fn with_corrected_times<M: Machine + Clone + PartialEq>(machine: &M) -> Option<M> {
    let mut corrected = machine.clone();
    corrected.correct_times(now());
    (corrected != *machine).then_some(corrected)
}

/// Declares a class of machine objects. The runtime's macro takes no generics, so each class is a type of its own.
macro_rules! machine_object {
    ($(#[$attribute:meta])* $object:ident, $handler:ty) => {
        $(#[$attribute])*
        #[worker::durable_object(alarm)]
        pub struct $object(std::rc::Rc<$crate::objects::machine_object::MachineObject<$handler>>);

        impl worker::DurableObject for $object {
            fn new(state: worker::State, env: worker::Env) -> Self {
                Self($crate::objects::machine_object::MachineObject::new(state, env))
            }

            async fn fetch(&self, request: worker::Request) -> worker::Result<worker::Response> {
                self.0.fetch(request).await
            }

            async fn alarm(&self) -> worker::Result<worker::Response> {
                self.0.alarm().await
            }
        }
    };
}
pub(crate) use machine_object;
