//! The machine of `rules.rs` in a Durable Object, in a build for tests only (the feature `voucher`).

use std::rc::Rc;

use compago::api::list::PageSize;
use compago::api::one_time_payment::list::ListOneTimePayments;
use compago::endpoint::call;
use compago::flow::machine::{Input, Machine as _};
use compago::flow::projection::Projection;
use compago::flow::record;
use compago::value::Reference;
use compago::webhook::{Event, EventId, EventKind};
use serde::Deserialize;
use serde_json::json;
use worker::Response;

use super::database::{Database, Result as Stored};
use super::durable::changes::Deadline;
use super::durable::outbox::PendingDelivery;
use super::durable::{ObjectClass, Size};
use super::machine_object::{MachineObject, ObjectHandler, StoredMachine, machine_object, with_corrected_times};
use crate::compago::CompagoApi;
use crate::config::Config;
use crate::http::error::ApiError;
use crate::http::respond::json_answer;
use crate::runtime::clock::now;

#[path = "rules.rs"]
mod rules;

use rules::{CancelAsked, Kind, Stage, Voucher};

machine_object! {
    /// The Durable Object of one voucher.
    VoucherObject, VoucherHandler
}

pub(crate) struct VoucherHandler;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Command {
    /// Issues the voucher, unless it exists; answers when that is done.
    Issue,
    /// Cancels it.
    Cancel,
    Show,
}

const CLASS: ObjectClass = ObjectClass {
    name: "voucher",
    binding: "VOUCHERS",
    schema: "CREATE TABLE IF NOT EXISTS voucher (json TEXT NOT NULL);",
    size: Size::One,
    projections: |_| Ok(Vec::new()),
    on_published: |_, _| Ok(()),
    wake_at: |database, but| match load(database)? {
        Some(voucher) if but.is_empty() => Ok(voucher.next_wake()),
        Some(_) | None => Ok(None),
    },
    list: |_, _| Ok(None),
    correct_times: |database| match load(database)?.and_then(|voucher| with_corrected_times(&voucher)) {
        Some(voucher) => voucher.store(database),
        None => Ok(()),
    },
};

impl ObjectHandler for VoucherHandler {
    type Command = Command;
    type Memory = ();
    const CLASS: &'static ObjectClass = &CLASS;

    async fn handle(object: &Rc<MachineObject<Self>>, command: Command) -> Result<Response, ApiError> {
        match command {
            Command::Issue if load(&object.durable.database()?)?.is_none() => {
                object.apply(Voucher::issue(now()), |_| Ok(()))?;
            }
            Command::Issue | Command::Show => {}
            Command::Cancel => object.on_event::<Voucher>((), CancelAsked)?,
        }
        let settled = |voucher: &Voucher| !matches!(voucher.stage(), Stage::Issuing | Stage::Cancelling);
        let voucher = object.wait_for((), settled, &mut Deadline::standard()).await?;
        Ok(json_answer(200, &json!({ "stage": voucher.stage() }))?)
    }

    async fn on_alarm(object: &Rc<MachineObject<Self>>) -> Result<(), ApiError> {
        object.on_input::<Voucher>((), Input::AlarmFired)?;
        object.spawn_deliveries();
        Ok(())
    }
}

impl StoredMachine<VoucherHandler> for Voucher {
    type Key = ();

    fn key(&self) {}

    fn name((): ()) -> String {
        "voucher".to_owned()
    }

    fn load(database: &Database, (): ()) -> Stored<Option<Self>> {
        load(database)
    }

    fn store(&self, database: &Database) -> Stored<()> {
        database.run("DELETE FROM voucher", vec![])?;
        database.run("INSERT INTO voucher VALUES (?)", vec![record::to_string(self).into()])
    }

    fn projected(&self) -> Option<Projection> {
        None
    }

    fn delivery(stage: Stage) -> PendingDelivery {
        let kind = if stage == Stage::Issued { EventKind::OrderPaid } else { EventKind::OrderCancelled };
        let id = EventId::of(&Reference::from_bytes(&[7; 8]), kind, 1);
        PendingDelivery::new(id, &Event { kind, timestamp: now(), data: json!({ "stage": stage }), environment: None })
    }

    /// Reads Compago's list: a call that can fail in every way.
    async fn execute((): (), _call: Kind, object: &MachineObject<VoucherHandler>) -> Result<bool, ApiError> {
        let config = Config::read(&object.durable.env)?;
        let list = ListOneTimePayments { status: None, currency: None, page: 1, page_size: PageSize::DEFAULT };
        Ok(call(&list, &CompagoApi::new(&config)).await.is_ok())
    }
}

fn load(database: &Database) -> Stored<Option<Voucher>> {
    database.record("SELECT json AS value FROM voucher", vec![])
}
