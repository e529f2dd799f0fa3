//! Steps the machines of an object: stores what a step changes, and makes the calls that follow.

use std::rc::Rc;

use compago::flow::machine::{CALL_TIMEOUT, InFlight as _, Input, Machine, PendingCall, Step, Storing};
use compago::flow::projection::RETRY;
use compago::value::UnixMillis;

use super::{MachineObject, ObjectHandler, StoredMachine};
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result as Stored};
use crate::objects::durable::outbox::PendingDelivery;
use crate::objects::durable::{Change, Following, Size};
use crate::runtime::clock::now;

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
                let name = M::name(key);
                // A crash forgets the call: then the machine is woken as it is stored, if that is later.
                let woken_at = machine.in_flight().map(|call| call.lost_at()).max(before.next_wake());
                self.durable.set_calling(&name, woken_at);
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
        // A list may take longer than other calls; after a crash nothing waits for it.
        let lost_at =
            machine.in_flight().filter(|_| is_calling).map(|call| call.lost_at().min(now().plus(CALL_TIMEOUT)));
        self.durable.set_calling(&name, lost_at);
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
        });
        if let Err(error) = stored {
            self.durable.forget_next_wake();
            return Err(error.into());
        }
        self.unstored.borrow_mut().remove(&name);
        machine.keep(&self.memory);
        Ok(call)
    }
}
