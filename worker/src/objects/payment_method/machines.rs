//! The machines of a saved card's object, the card, its charges and its refunds: how they are stored, and how their calls are
//! made.
//!
//! A step is stored with its pending call before the call is made, unless the call changes nothing at Compago, and a pending call is
//! made once, by the request or alarm that caused it. A call that was never made counts as lost, and the machine finds out its result.
//! So no charge is ever sent twice.

use compago::api::payment_method::payment::CardPayment;
use compago::api::payment_method::payments::all_payments;
use compago::edge::saved_card::ChargeStatus;
use compago::endpoint::{CallError, call};
use compago::error::Refusal;
use compago::flow::charge::search::Others;
use compago::flow::charge::{self, Charge};
use compago::flow::projection::Projection;
use compago::flow::refund::{self, Refund};
use compago::flow::saved_card::{self, SavedCard};
use compago::value::{CardPaymentId, Reference};
use compago::webhook::{Event, EventId, EventKind};
use serde::Serialize;
use serde_json::json;

use super::object::{PaymentMethodHandler, PaymentMethodMachines};
use super::store::{self, Name};
use crate::config::Config;
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result as Stored};
use crate::objects::durable::outbox::PendingDelivery;
use crate::objects::machine_object::StoredMachine;
use crate::runtime::log::{self, Level};

impl StoredMachine<PaymentMethodHandler> for SavedCard {
    type Key = ();

    fn key(&self) {}

    fn name((): ()) -> String {
        Name::Card.text()
    }

    fn load(database: &Database, (): ()) -> Stored<Option<Self>> {
        store::find(database, Name::Card)
    }

    fn store(&self, database: &Database) -> Stored<()> {
        store::put_machine(database, Name::Card, self)
    }

    fn projected(&self) -> Option<Projection> {
        None
    }

    fn delivery(notice: saved_card::notice::Notice) -> PendingDelivery {
        delivery(notice.id, &notice.event)
    }

    async fn execute(
        (): (),
        wanted: saved_card::Call,
        object: &PaymentMethodMachines,
    ) -> Result<saved_card::Answer, ApiError> {
        let api = object.api()?;
        Ok(match wanted {
            saved_card::Call::Read(request) => saved_card::Answer::Read(call(&request, &api).await),
            saved_card::Call::Revoke(request) => saved_card::Answer::Revoked(call(&request, &api).await),
        })
    }
}

impl StoredMachine<PaymentMethodHandler> for Charge {
    type Key = Reference;

    fn key(&self) -> Reference {
        self.terms().key
    }

    fn name(key: Reference) -> String {
        Name::Charge(key).text()
    }

    fn load(database: &Database, key: Reference) -> Stored<Option<Self>> {
        store::find(database, Name::Charge(key))
    }

    fn store(&self, database: &Database) -> Stored<()> {
        store::put_machine(database, Name::Charge(self.key()), self)
    }

    fn projected(&self) -> Option<Projection> {
        Some(self.projection())
    }

    fn delivery(notice: charge::notice::Notice) -> PendingDelivery {
        delivery(notice.id, &notice.event)
    }

    async fn execute(
        key: Reference,
        wanted: charge::Call,
        object: &PaymentMethodMachines,
    ) -> Result<charge::Answer, ApiError> {
        let api = object.api()?;
        Ok(match wanted {
            charge::Call::List(method) => {
                let result = all_payments(method, &api).await;
                let attribution = Config::read(&object.durable.env)?.attribution;
                charge::Answer::Listed { result, others: others(key, object)?, attribution }
            }
            charge::Call::Charge(request) => charge::Answer::Charged(call(&request, &api).await),
            charge::Call::Read(request) => charge::Answer::Read(call(&request, &api).await),
        })
    }
}

impl StoredMachine<PaymentMethodHandler> for Refund {
    type Key = CardPaymentId;

    fn key(&self) -> CardPaymentId {
        self.terms().payment
    }

    fn name(key: CardPaymentId) -> String {
        Name::Refund(key).text()
    }

    fn load(database: &Database, key: CardPaymentId) -> Stored<Option<Self>> {
        store::find(database, Name::Refund(key))
    }

    fn store(&self, database: &Database) -> Stored<()> {
        store::put_machine(database, Name::Refund(self.key()), self)
    }

    fn projected(&self) -> Option<Projection> {
        Some(self.projection())
    }

    fn delivery(notice: refund::notice::Notice) -> PendingDelivery {
        delivery(notice.id, &notice.event)
    }

    async fn execute(
        _key: CardPaymentId,
        wanted: refund::Call,
        object: &PaymentMethodMachines,
    ) -> Result<Result<CardPayment, CallError<Refusal>>, ApiError> {
        let api = object.api()?;
        Ok(match wanted {
            refund::Call::Read(request) => call(&request, &api).await,
            refund::Call::Refund(request) => call(&request, &api).await,
        })
    }
}

fn delivery<Data: Serialize>(id: EventId, event: &Event<Data>) -> PendingDelivery {
    if event.kind == EventKind::PaymentOnHold {
        log::write(Level::Error, "payment-on-hold", json!({ "id": id }));
    }
    PendingDelivery::new(id, event)
}

/// Returns what the card's other charges mean for the search for this one. Charges of other amounts cannot be it, and before
/// its call was sent none needs to be searched for.
fn others(key: Reference, object: &PaymentMethodMachines) -> Result<Others, ApiError> {
    let charge = object.machine::<Charge>(key)?;
    if charge.status() == ChargeStatus::Pending {
        return Ok(Others::default());
    }
    let charges = store::charges_of(&object.database()?, charge.terms().amount)?;
    Ok(Others::to(&charge, &charges))
}
