//! A charge as the machine of its terminal's object: how it is stored, and how its calls are made.

use compago::api::payment_intent::cancel::Acknowledged;
use compago::endpoint::call;
use compago::flow::intent::notice::Notice;
use compago::flow::intent::{Answer, Call, Intent};
use compago::flow::projection::Projection;
use compago::json;
use compago::value::Reference;
use compago::webhook::EventKind;
use serde_json::json;

use super::message::{ObjectAddress, intent_key};
use super::object::{TerminalHandler, TerminalMachines};
use super::store;
use crate::compago::CompagoApi;
use crate::config::Config;
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result as Stored};
use crate::objects::durable::outbox::PendingDelivery;
use crate::objects::key_index;
use crate::objects::machine_object::StoredMachine;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

impl StoredMachine<TerminalHandler> for Intent {
    type Key = Reference;

    fn key(&self) -> Reference {
        self.terms().key
    }

    fn name(key: Reference) -> String {
        key.compact()
    }

    fn load(database: &Database, key: Reference) -> Stored<Option<Self>> {
        store::intent(database, &key)
    }

    fn store(&self, database: &Database) -> Stored<()> {
        let created = (self.is_made() && self.is_announced()).then(|| json::to_string(&self.view(now())));
        store::put_intent(database, self, created)
    }

    fn projected(&self) -> Option<Projection> {
        Some(self.projection())
    }

    fn delivery(notice: Notice) -> PendingDelivery {
        let Notice { id, event } = notice;
        if event.kind == EventKind::PaymentIntentOnHold {
            let reason = event.data.reason.as_ref().map(ToString::to_string).unwrap_or_default();
            log::write(
                Level::Error,
                "intent-on-hold",
                json!({ "externalId": event.data.external_id, "reason": reason }),
            );
        }
        PendingDelivery::new(id, &event)
    }

    async fn execute(key: Reference, wanted: Call, object: &TerminalMachines) -> Result<Answer, ApiError> {
        let config = Config::read(&object.durable.env)?;
        let api = CompagoApi::new(&config);
        Ok(match wanted {
            Call::Create(request) => Answer::Created(call(&request, &api).await),
            Call::Register(id) => {
                let address = json::to_string(&ObjectAddress::of(object.machine::<Self>(key)?.terms()));
                let stored = key_index::put_if_absent(&intent_key(id), &address, &object.durable.env).await;
                Answer::Registered(match stored {
                    Ok(stored) => stored == address,
                    Err(error) => {
                        log::write(
                            Level::Error,
                            "key-index-not-reached",
                            json!({ "reference": key, "error": error.internal() }),
                        );
                        false
                    }
                })
            }
            Call::Read(request) => Answer::Read(call(&request, &api).await),
            Call::Cancel(request) => Answer::Cancelled(call(&request, &api).await.map(|Acknowledged {}| ())),
        })
    }
}
