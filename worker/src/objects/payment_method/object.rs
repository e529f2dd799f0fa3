//! One saved card: what is known of it, its charges and its refunds, each a machine of the core; or one request to save a
//! card, which ends when Compago has told the card's id.

use std::cell::RefCell;
use std::rc::Rc;

use compago::api::payment_method::get::GetPaymentMethod;
use compago::edge::saved_card::SavedCardStatus;
use compago::endpoint::call;
use compago::flow::saved_card::{Event, SavedCard};
use compago::value::{PaymentMethodId, Reference};
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use super::message::{Command, Form};
use super::show::{operator_view, payer_view};
use super::store::{self, CLASS, Name};
use crate::http::error::{ApiError, ProviderCall};
use crate::objects::durable::Durable;
use crate::objects::durable::changes::Deadline;
use crate::objects::envelope::{self, Envelope, Message};
use crate::runtime::clock::now;

/// The Durable Object of one saved card, or of one request to save a card.
#[durable_object(alarm)]
pub struct PaymentMethodObject {
    handler: Rc<PaymentMethodHandler>,
}

/// What the requests and alarms of one object share.
pub(super) struct PaymentMethodHandler {
    pub(super) durable: Durable,
    /// What is being answered: charges, and the saving of a card.
    pub(super) creating: RefCell<Vec<Reference>>,
}

impl DurableObject for PaymentMethodObject {
    fn new(state: State, env: Env) -> Self {
        Self {
            handler: Rc::new(PaymentMethodHandler {
                durable: Durable::new(&CLASS, state, env),
                creating: RefCell::default(),
            }),
        }
    }

    /// Answers a message as the API does.
    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        let (locale, message) = Envelope::open(request).await?;
        let answer = match message {
            Message::Maintenance(work) => self.handler.durable.handle_maintenance(&work).await,
            Message::Command(command) => self.handler.answer(command).await,
        };
        envelope::respond(answer, locale, CLASS.name)
    }

    /// Goes on with what is due.
    async fn alarm(&self) -> worker::Result<Response> {
        self.handler.durable.start_alarm();
        self.handler.durable.finish_alarm(self.handler.on_alarm().await);
        Response::empty()
    }
}

impl PaymentMethodHandler {
    async fn answer(self: &Rc<Self>, command: Command) -> Result<Response, ApiError> {
        self.durable.ensure_alarm().await?;
        match command {
            Command::Save { key, body } => self.save_card(key, &body).await,
            Command::Begin(begun) => self.begin(*begun),
            Command::Show => self.show(),
            Command::Watch { method } => self.watch(method).await,
            Command::Revoke { method } => self.revoke(method).await,
            Command::Charge(terms) => self.place_charge(terms).await,
            Command::Refund(terms) => self.place_refund(terms).await,
            Command::Payments { method, query } => self.payments(method, &query).await,
            Command::Payment { method, payment } => self.payment(method, payment).await,
        }
    }

    fn show(self: &Rc<Self>) -> Result<Response, ApiError> {
        self.card_event(Event::Watched)?;
        let form: Form = store::find(&self.database()?, Name::Form)?.ok_or(ApiError::NotFound)?;
        payer_view(&self.card()?, &form)
    }

    async fn watch(self: &Rc<Self>, method: PaymentMethodId) -> Result<Response, ApiError> {
        self.adopt(method, ProviderCall::Read).await?;
        self.card_event(Event::Watched)?;
        operator_view(&self.wait_for_card(|card| !card.is_being_asked(), &mut Deadline::standard()).await?)
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
        self.card_event(Event::RevokeAsked)?;
        let card = self.wait_for_card(|card| !card.is_being_revoked(), &mut deadline).await?;
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
        self.card_event(Event::Watched)?;
        let card = self.wait_for_card(|card| card.is_known(asked_at), deadline).await?;
        // An active card that cannot be read is taken for active: whether it is, Compago says when it is asked to act.
        let known = card.is_known(asked_at) || card.status() == SavedCardStatus::Active;
        if known { Ok(card) } else { Err(ApiError::ProviderUnavailable(wanted)) }
    }

    /// Waits until the card is as wanted, or patience is over.
    async fn wait_for_card(
        &self,
        wanted: impl Fn(&SavedCard) -> bool,
        deadline: &mut Deadline,
    ) -> Result<SavedCard, ApiError> {
        self.wait_until(|| Ok(wanted(&self.card()?)), deadline).await?;
        self.card()
    }

    /// Waits until it is so, or patience is over; tells which.
    pub(super) async fn wait_until(
        &self,
        wanted: impl Fn() -> Result<bool, ApiError>,
        deadline: &mut Deadline,
    ) -> Result<bool, ApiError> {
        loop {
            if wanted()? {
                return Ok(true);
            }
            if !self.durable.changes.changed(deadline).await {
                return wanted();
            }
        }
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
        if self.is_known_here()? { Ok(()) } else { self.take((&SavedCard::adopt(reading, now())).into()) }
    }

    fn is_known_here(&self) -> Result<bool, ApiError> {
        Ok(match self.durable.existing()? {
            Some(database) => store::card(&database)?.is_some(),
            None => false,
        })
    }
}
