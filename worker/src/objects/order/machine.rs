//! An order as the machine of its object: how it is stored, and how its calls are made.

use compago::api::one_time_payment::find::find;
use compago::api::one_time_payment::link::CheckoutLink;
use compago::endpoint::call;
use compago::flow::order::notice::Notice;
use compago::flow::order::{Answer, Call, Order};
use compago::flow::projection::Projection;
use compago::json;
use compago::webhook::EventKind;
use serde_json::json;

use super::object::{Memory, OrderHandler, OrderMachine};
use super::show::created;
use super::store;
use crate::compago::CompagoApi;
use crate::config::Config;
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result as Stored};
use crate::objects::durable::outbox::PendingDelivery;
use crate::objects::machine_object::StoredMachine;
use crate::objects::refused_link;
use crate::runtime::log::{self, Level};

impl StoredMachine<OrderHandler> for Order {
    type Key = ();

    fn key(&self) {}

    fn name((): ()) -> String {
        "order".to_owned()
    }

    fn load(database: &Database, (): ()) -> Stored<Option<Self>> {
        store::order(database)
    }

    fn store(&self, database: &Database) -> Stored<()> {
        if let Some(created) = first_link(database, self)? {
            store::put_created(database, created)?;
        }
        store::put_order(database, self)
    }

    fn projected(&self) -> Option<Projection> {
        Some(self.projection())
    }

    fn delivery(notice: Notice) -> PendingDelivery {
        let Notice { id, event } = notice;
        if event.kind == EventKind::OrderOnHold {
            let reason = event.data.reason.as_ref().map(ToString::to_string).unwrap_or_default();
            log::write(
                Level::Error,
                "order-on-hold",
                json!({ "reference": event.data.reference.to_string(), "reason": reason }),
            );
        }
        PendingDelivery::new(id, &event)
    }

    async fn execute((): (), wanted: Call, object: &OrderMachine) -> Result<Answer, ApiError> {
        let config = Config::read(&object.durable.env)?;
        let api = CompagoApi::new(&config);
        Ok(match wanted {
            Call::Create(request) => Answer::Created(match call(&*request, &api).await {
                Ok(url) => {
                    let link = CheckoutLink::parse(&url.0, &config.checkout_origins);
                    if link.is_err() {
                        refused_link::report(&url.0, &object.durable);
                    }
                    Ok(link)
                }
                Err(error) => Err(error),
            }),
            Call::Read(request) => Answer::Read(call(&request, &api).await),
            Call::Search(external_id) => Answer::Searched(find(&external_id, &api).await),
            Call::Cancel(request) => Answer::Cancelled(call(&request, &api).await),
        })
    }

    fn take_kept(memory: &Memory) -> Option<Self> {
        memory.unchanged.take()
    }

    fn keep(self, memory: &Memory) {
        memory.unchanged.set(Some(self));
    }
}

/// The answer to keep for the key that placed the order: the first one that has a link.
fn first_link(database: &Database, order: &Order) -> Stored<Option<String>> {
    if store::created(database)?.is_some() {
        return Ok(None);
    }
    let Some(meta) = store::meta(database)? else { return Ok(None) };
    Ok(created(order, &meta.capability).map(|created| json::to_string(&created)))
}
