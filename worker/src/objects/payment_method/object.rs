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

use super::message::{Ask, Form};
use super::show::{operator_view, payer_view};
use super::store::{self, CLASS, Name};
use crate::http::error::{Fault, ProviderCall};
use crate::objects::durable::Durable;
use crate::objects::durable::waiting::Patience;
use crate::objects::envelope::Question;
use crate::runtime::clock::now;

/// The Durable Object of one saved card, or of one request to save a card.
#[durable_object(alarm)]
pub struct PaymentMethodObject {
    shell: Rc<Shell>,
}

/// What the requests and alarms of one object share.
pub(super) struct Shell {
    pub(super) durable: Durable,
    /// What is being answered: charges, and the saving of a card.
    pub(super) making: RefCell<Vec<Reference>>,
}

impl DurableObject for PaymentMethodObject {
    fn new(state: State, env: Env) -> Self {
        Self { shell: Rc::new(Shell { durable: Durable::new(&CLASS, state, env), making: RefCell::default() }) }
    }

    /// Answers a question as the API does.
    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        let question = Question::of(request).await?;
        let answer = match question.ask() {
            Ok(upkeep) => self.shell.durable.keep_up(&upkeep).await,
            Err(_) => self.shell.answer(question.ask()?).await,
        };
        question.told(answer, &CLASS)
    }

    /// Goes on with what is due.
    async fn alarm(&self) -> worker::Result<Response> {
        self.shell.durable.fired();
        self.shell.durable.rang(self.shell.wake().await);
        Response::empty()
    }
}

impl Shell {
    async fn answer(self: &Rc<Self>, ask: Ask) -> Result<Response, Fault> {
        self.durable.arm().await?;
        match ask {
            Ask::Save { key, body } => self.save_card(key, &body).await,
            Ask::Begin(begun) => self.begin(*begun),
            Ask::Show => self.show(),
            Ask::Watch { method } => self.watch(method).await,
            Ask::Revoke { method } => self.revoke(method).await,
            Ask::Charge(terms) => self.place_charge(terms).await,
            Ask::Refund(terms) => self.place_refund(terms).await,
            Ask::Payments { method, query } => self.payments(method, &query).await,
            Ask::Payment { method, payment } => self.payment(method, payment).await,
        }
    }

    fn show(self: &Rc<Self>) -> Result<Response, Fault> {
        self.card_event(Event::Watched)?;
        let form: Form = store::find(&self.database()?, Name::Form)?.ok_or(Fault::NotFound)?;
        payer_view(&self.card()?, &form)
    }

    async fn watch(self: &Rc<Self>, method: PaymentMethodId) -> Result<Response, Fault> {
        self.adopt(method, ProviderCall::Read).await?;
        self.card_event(Event::Watched)?;
        operator_view(&self.wait_for_card(|card| !card.is_being_asked(), &mut Patience::fresh()).await?)
    }

    async fn revoke(self: &Rc<Self>, method: PaymentMethodId) -> Result<Response, Fault> {
        let mut patience = Patience::fresh();
        let card = self.known_card(method, ProviderCall::Revoke, &mut patience).await?;
        if card.status() == SavedCardStatus::Revoked {
            return operator_view(&card);
        }
        if card.status() != SavedCardStatus::Active {
            return Err(Fault::CardNotRevocable);
        }
        self.card_event(Event::RevokeAsked)?;
        let card = self.wait_for_card(|card| !card.is_being_revoked(), &mut patience).await?;
        let revoked = card.status() == SavedCardStatus::Revoked;
        if revoked { operator_view(&card) } else { Err(Fault::ProviderUnavailable(ProviderCall::Revoke)) }
    }

    /// The card, read recently enough to decide by its state whether `wanted` can be done.
    ///
    /// # Errors
    /// [`Fault::NotFound`], and [`Fault::ProviderUnavailable`] if its state could not be learnt.
    pub(super) async fn known_card(
        self: &Rc<Self>,
        method: PaymentMethodId,
        wanted: ProviderCall,
        patience: &mut Patience,
    ) -> Result<SavedCard, Fault> {
        let asked_at = now();
        self.adopt(method, wanted).await?;
        self.card_event(Event::Watched)?;
        let card = self.wait_for_card(|card| card.is_known(asked_at), patience).await?;
        // An active card that cannot be read is taken for active: whether it is, Compago says when it is asked to act.
        let known = card.is_known(asked_at) || card.status() == SavedCardStatus::Active;
        if known { Ok(card) } else { Err(Fault::ProviderUnavailable(wanted)) }
    }

    /// Waits until the card is as wanted, or patience is over.
    async fn wait_for_card(
        &self,
        wanted: impl Fn(&SavedCard) -> bool,
        patience: &mut Patience,
    ) -> Result<SavedCard, Fault> {
        self.wait_until(|| Ok(wanted(&self.card()?)), patience).await?;
        self.card()
    }

    /// Waits until it is so, or patience is over; tells which.
    pub(super) async fn wait_until(
        &self,
        wanted: impl Fn() -> Result<bool, Fault>,
        patience: &mut Patience,
    ) -> Result<bool, Fault> {
        loop {
            if wanted()? {
                return Ok(true);
            }
            if !self.durable.waiting.change(patience).await {
                return wanted();
            }
        }
    }

    /// Makes sure that the card is known here, also one that was saved by other means.
    async fn adopt(self: &Rc<Self>, method: PaymentMethodId, wanted: ProviderCall) -> Result<(), Fault> {
        if self.is_known_here()? {
            return Ok(());
        }
        let reading = call(&GetPaymentMethod { id: method }, &self.api()?).await;
        let reading = reading.map_err(|error| Fault::of_named(&error, wanted))?;
        if reading.id != method {
            return Err(Fault::ProviderUnavailable(wanted));
        }
        // Another request may have been quicker.
        if self.is_known_here()? { Ok(()) } else { self.take((&SavedCard::adopt(reading, now())).into()) }
    }

    fn is_known_here(&self) -> Result<bool, Fault> {
        Ok(match self.durable.existing()? {
            Some(database) => store::card(&database)?.is_some(),
            None => false,
        })
    }
}
