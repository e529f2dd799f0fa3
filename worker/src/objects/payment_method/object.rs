//! One saved card: its state, its charges and its refunds, each a machine of the core; or one request to save a card, which ends
//! when Compago has returned the card's id.

use std::rc::Rc;

use compago::api::payment_method::get::GetPaymentMethod;
use compago::edge::saved_card::SavedCardStatus;
use compago::endpoint::call;
use compago::flow::charge::Charge;
use compago::flow::refund::Refund;
use compago::flow::saved_card::{Event, SavedCard};
use compago::value::PaymentMethodId;
use worker::Response;

use super::message::{Command, Form};
use super::show::{operator_view, payer_view};
use super::store::{self, CLASS, Name};
use crate::compago::CompagoApi;
use crate::config::Config;
use crate::http::error::{ApiError, ProviderCall};
use crate::objects::durable::ObjectClass;
use crate::objects::durable::changes::Deadline;
use crate::objects::machine_object::{KeysInFlight, MachineObject, ObjectHandler, StoredMachine, machine_object};
use crate::runtime::clock::now;

machine_object! {
    /// The Durable Object of one saved card, or of one request to save a card.
    PaymentMethodObject, PaymentMethodHandler
}

/// The class of saved cards.
pub(super) struct PaymentMethodHandler;

/// The object of one saved card. Its memory has the keys of charges, and of the saving of a card, that are being answered.
pub(super) type PaymentMethodMachines = MachineObject<PaymentMethodHandler>;

impl ObjectHandler for PaymentMethodHandler {
    type Command = Command;
    type Memory = KeysInFlight;
    const CLASS: &'static ObjectClass = &CLASS;

    async fn handle(object: &Rc<PaymentMethodMachines>, command: Command) -> Result<Response, ApiError> {
        match command {
            Command::Save { key, card, body } => object.save_card(key, card, &body).await,
            Command::Begin(begun) => object.begin(*begun),
            Command::Show => object.show(),
            Command::Watch { method } => object.watch(method).await,
            Command::Revoke { method } => object.revoke(method).await,
            Command::Charge(terms) => object.place_charge(terms).await,
            Command::Refund(terms) => object.place_refund(terms).await,
            Command::Payments { method, query } => object.payments(method, &query).await,
            Command::Payment { method, payment } => object.payment(method, payment).await,
        }
    }

    /// Calls and deliveries go on in the background: none delays another machine.
    async fn on_alarm(object: &Rc<PaymentMethodMachines>) -> Result<(), ApiError> {
        for name in store::due(&object.database()?, now())? {
            match name {
                Name::Card => object.wake_machine::<SavedCard>((), name)?,
                Name::Charge(key) => object.wake_machine::<Charge>(key, name)?,
                Name::Refund(payment) => object.wake_machine::<Refund>(payment, name)?,
                Name::Form | Name::Created => {}
            }
        }
        object.spawn_deliveries();
        Ok(())
    }
}

impl PaymentMethodMachines {
    fn wake_machine<M: StoredMachine<PaymentMethodHandler>>(
        self: &Rc<Self>,
        key: M::Key,
        name: Name,
    ) -> Result<(), ApiError> {
        if let Some(early) = self.wake::<M>(key)? {
            let at = self.next_wake(&early);
            self.durable.commit(|database| store::put_wake_at(database, name, at))?;
        }
        Ok(())
    }

    /// Returns Compago's API.
    ///
    /// # Errors
    /// [`ApiError::Misconfigured`].
    pub(super) fn api(&self) -> Result<CompagoApi, ApiError> {
        let config = Config::read(&self.durable.env)?;
        Ok(CompagoApi::new(&config))
    }

    fn show(self: &Rc<Self>) -> Result<Response, ApiError> {
        self.on_event::<SavedCard>((), Event::Watched)?;
        let form: Form = store::find(&self.database()?, Name::Form)?.ok_or(ApiError::NotFound)?;
        payer_view(&self.machine::<SavedCard>(())?, &form)
    }

    async fn watch(self: &Rc<Self>, method: PaymentMethodId) -> Result<Response, ApiError> {
        self.adopt(method, ProviderCall::Read).await?;
        self.on_event::<SavedCard>((), Event::Watched)?;
        operator_view(&self.wait_for((), |card: &SavedCard| !card.is_being_asked(), &mut Deadline::standard()).await?)
    }

    async fn revoke(self: &Rc<Self>, method: PaymentMethodId) -> Result<Response, ApiError> {
        let mut deadline = Deadline::standard();
        let card = self.known_card(method, ProviderCall::Revoke, &mut deadline).await?;
        if card.status() == SavedCardStatus::Revoked {
            return operator_view(&card);
        }
        if card.status() != SavedCardStatus::Active {
            return Err(ApiError::CardNotRevocable);
        }
        self.on_event::<SavedCard>((), Event::RevokeAsked)?;
        let card = self.wait_for((), |card: &SavedCard| !card.is_being_revoked(), &mut deadline).await?;
        let revoked = card.status() == SavedCardStatus::Revoked;
        if revoked { operator_view(&card) } else { Err(ApiError::ProviderUnavailable(ProviderCall::Revoke)) }
    }

    /// The card, read recently enough to decide by its state whether `wanted` can be done.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], and [`ApiError::ProviderUnavailable`] if its state could not be learnt.
    pub(super) async fn known_card(
        self: &Rc<Self>,
        method: PaymentMethodId,
        wanted: ProviderCall,
        deadline: &mut Deadline,
    ) -> Result<SavedCard, ApiError> {
        let asked_at = now();
        self.adopt(method, wanted).await?;
        self.on_event::<SavedCard>((), Event::Watched)?;
        let card = self.wait_for((), |card: &SavedCard| card.is_known(asked_at), deadline).await?;
        // An active card that cannot be read counts as active: if it is not, Compago refuses the call.
        let known = card.is_known(asked_at) || card.status() == SavedCardStatus::Active;
        if known { Ok(card) } else { Err(ApiError::ProviderUnavailable(wanted)) }
    }

    /// Makes sure that the card is known here, also one that was saved by other means.
    async fn adopt(self: &Rc<Self>, method: PaymentMethodId, wanted: ProviderCall) -> Result<(), ApiError> {
        if self.is_known_here()? {
            return Ok(());
        }
        let reading = call(&GetPaymentMethod { id: method }, &self.api()?).await;
        let reading = reading.map_err(|error| ApiError::from_call_error(&error, wanted))?;
        if reading.id != method {
            return Err(ApiError::ProviderUnavailable(wanted));
        }
        // Another request may have been quicker.
        if self.is_known_here()? { Ok(()) } else { self.apply(SavedCard::adopt(reading, now()), |_| Ok(())) }
    }

    fn is_known_here(&self) -> Result<bool, ApiError> {
        Ok(match self.durable.existing()? {
            Some(database) => store::find::<SavedCard>(&database, Name::Card)?.is_some(),
            None => false,
        })
    }
}
