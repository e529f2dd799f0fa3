//! The Durable Object that keeps state machines of the core.
//!
//! A machine decides everything. The object loads it, steps it, stores it with its webhooks, its projection and the alarm in one
//! transaction, and only then makes the call that the step asks for and feeds the answer back as the next input. The machine is
//! loaded again for each input, because other inputs come in between while a call is in flight. A step that may be stored with the
//! answer to its call stays in memory until then, for all that read or step the machine ([`Storing::WithAnswer`]).
//!
//! What sets one class apart is its [`ObjectHandler`], what sets one machine apart its [`StoredMachine`]; [`machine_object`]
//! declares the class for the runtime.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::ready;
use std::rc::Rc;

use compago::flow::machine::{InFlight as _, Input, Machine, PendingCall, Step, Storing};
use compago::flow::projection::{Projection, RETRY};
use compago::value::{Reference, UnixMillis};
use serde::de::DeserializeOwned;
use worker::{Env, Request, Response, State};

use super::database::{Database, Result as Stored};
use super::durable::changes::Deadline;
use super::durable::outbox::PendingDelivery;
use super::durable::{Change, Durable, Following, ObjectClass, Size};
use super::envelope::{self, Envelope, Message};
use crate::http::error::ApiError;
use crate::runtime::clock::now;

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

/// What came of an input.
pub(crate) enum Stepped<M: Machine> {
    /// Nothing.
    Unchanged,
    /// The machine was stored, or is kept until it is. The call is to be made.
    Changed(Option<PendingCall<M>>),
}

impl<M: Machine> Stepped<M> {
    /// Returns the call that is to be made.
    pub(crate) fn into_call(self) -> Option<PendingCall<M>> {
        match self {
            Self::Unchanged => None,
            Self::Changed(call) => call,
        }
    }
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
        self.durable.start_alarm();
        self.durable.finish_alarm(self.on_alarm().await);
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

    /// Feeds an event to a machine, and makes the calls that follow in the background.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if there is no such machine.
    pub(crate) fn on_event<M: StoredMachine<H>>(self: &Rc<Self>, key: M::Key, event: M::Event) -> Result<(), ApiError> {
        self.on_input::<M>(key, Input::Event(event))
    }

    /// Feeds an input to a machine, and makes the calls that follow in the background.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if there is no such machine.
    pub(crate) fn on_input<M: StoredMachine<H>>(self: &Rc<Self>, key: M::Key, input: Input<M>) -> Result<(), ApiError> {
        let following = self.durable.follow();
        if let Stepped::Changed(call) = self.step(key, input)? {
            self.spawn_calls(key, call, following);
        }
        Ok(())
    }

    /// Feeds the alarm to a machine, and makes the calls that follow in the background. Returns the machine if nothing came of it: it
    /// was woken early.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if there is no such machine.
    pub(crate) fn wake<M: StoredMachine<H>>(self: &Rc<Self>, key: M::Key) -> Result<Option<M>, ApiError> {
        let following = self.durable.follow();
        match self.step::<M>(key, Input::AlarmFired)? {
            Stepped::Changed(call) => {
                self.spawn_calls(key, call, following);
                Ok(None)
            }
            Stepped::Unchanged => self.machine(key).map(Some),
        }
    }

    /// Returns when a machine is to be woken, also for being published.
    pub(crate) fn next_wake<M: StoredMachine<H>>(&self, machine: &M) -> Option<UnixMillis> {
        let publishes = || machine.projected().filter(|projection| self.durable.is_unpublished(&projection.id));
        machine.next_wake().or_else(|| publishes().map(|_| now().plus(RETRY)))
    }

    /// Feeds an input to a machine, stores what it changes, and returns the call that it asks for. Writes nothing if nothing
    /// changes.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if there is no such machine.
    pub(crate) fn step<M: StoredMachine<H>>(&self, key: M::Key, input: Input<M>) -> Result<Stepped<M>, ApiError> {
        let before: M = self.machine(key)?;
        let step = before.clone().step(input, now());
        if step.notices.is_empty() && step.call.is_none() && step.machine == before {
            before.keep(&self.memory);
            return Ok(Stepped::Unchanged);
        }
        match step.storing {
            Storing::BeforeCall => self.store(step, |_| Ok(())).map(Stepped::Changed),
            Storing::WithAnswer => {
                let Step { machine, call, .. } = step;
                let (name, lost_at) = (M::name(key), machine.in_flight().map(|call| call.lost_at()));
                self.durable.set_calling(&name, lost_at);
                self.unstored.borrow_mut().insert(name, Box::new(machine));
                self.durable.changes.notify_all();
                Ok(Stepped::Changed(call))
            }
        }
    }

    /// Stores a step together with what `also` writes, and makes the calls that follow in the background.
    ///
    /// # Errors
    /// Those of the storage; then nothing was written.
    pub(crate) fn apply<M: StoredMachine<H>>(
        self: &Rc<Self>,
        step: impl Into<Step<M>>,
        also: impl FnOnce(&Database) -> Stored<()>,
    ) -> Result<(), ApiError> {
        let step = step.into();
        let key = step.machine.key();
        let following = self.durable.follow();
        let call = self.store(step, also)?;
        self.spawn_calls(key, call, following);
        Ok(())
    }

    /// Makes a call and those that follow from its answer, one after the other.
    ///
    /// # Errors
    /// Those of the storage and of the configuration. The call in flight then counts as lost after its time-out.
    pub(crate) async fn run_calls<M: StoredMachine<H>>(
        &self,
        key: M::Key,
        mut next: Option<PendingCall<M>>,
    ) -> Result<(), ApiError> {
        while let Some(PendingCall { number, call }) = next {
            let answer = M::execute(key, call, self).await?;
            next = self.step(key, Input::Completed { call: number, answer })?.into_call();
        }
        Ok(())
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

    /// Makes the calls in the background, and then publishes and delivers.
    fn spawn_calls<M: StoredMachine<H>>(
        self: &Rc<Self>,
        key: M::Key,
        call: Option<PendingCall<M>>,
        following: Following,
    ) {
        let object = Rc::clone(self);
        self.durable.in_background(async move { object.durable.finish(following, object.run_calls(key, call)).await });
    }

    fn store<M: StoredMachine<H>>(
        &self,
        step: Step<M>,
        also: impl FnOnce(&Database) -> Stored<()>,
    ) -> Result<Option<PendingCall<M>>, ApiError> {
        let Step { machine, notices, call, .. } = step;
        let deliveries: Vec<PendingDelivery> = notices.into_iter().map(M::delivery).collect();
        let name = M::name(machine.key());
        let is_calling = call.is_some() || self.durable.is_calling(&name);
        self.durable.set_calling(&name, machine.in_flight().filter(|_| is_calling).map(|call| call.lost_at()));
        let over = machine.next_wake().is_none().then(|| name.clone());
        if H::CLASS.size == Size::One {
            self.durable.set_next_wake(machine.next_wake());
        }
        let change = machine.projected().map(|projection| Change { projection, over });
        let stored = self.durable.commit_change(change, |database| {
            M::take_kept(&self.memory);
            also(database)?;
            machine.store(database)?;
            self.durable.enqueue(database, &deliveries)
        })?;
        Ok(call)
    }
}

/// The keys whose requests are being answered. A second request with the same key is refused until the first has its answer.
#[derive(Default)]
pub(crate) struct KeysInFlight(RefCell<Vec<Reference>>);

impl KeysInFlight {
    /// Does the work of a request with this key.
    ///
    /// # Errors
    /// [`ApiError::InFlight`] if another request with the key is being answered, and those of the work.
    pub(crate) async fn run<T>(
        &self,
        key: Reference,
        work: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<T, ApiError> {
        let _in_flight = self.enter(key)?;
        work.await
    }

    fn enter(&self, key: Reference) -> Result<KeyInFlight<'_>, ApiError> {
        if self.0.borrow().contains(&key) {
            return Err(ApiError::InFlight);
        }
        self.0.borrow_mut().push(key);
        Ok(KeyInFlight { keys: self, key })
    }
}

/// Removes its key when it is dropped, also if the request is dropped before it has its answer.
struct KeyInFlight<'a> {
    keys: &'a KeysInFlight,
    key: Reference,
}

impl Drop for KeyInFlight<'_> {
    fn drop(&mut self) {
        self.keys.0.borrow_mut().retain(|other| *other != self.key);
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
