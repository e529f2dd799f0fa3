//! The Durable Object of the operator's index: one for all objects, since it answers queries about all of them together.

use std::cell::Cell;

use compago::edge::index_answers::IndexState;
use compago::flow::clock::is_due;
use compago::flow::poll::MAX_ALARM_GAP;
use compago::flow::watch::Seen;
use compago::value::UnixMillis;
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use super::rebuild::{self, Rebuild};
use super::store::{self, Lost};
use super::sweep::{self, Sweep};
use super::{charges, closed, directory, finding, list, progress, reconcile, sums, watch};
use crate::config::DESK;
use crate::http::error::ApiError;
use crate::http::respond::{empty_answer, json_answer, json_text};
use crate::objects::database::{Database, Result as Stored};
use crate::objects::durable::{Durable, ObjectClass, Size};
use crate::objects::envelope::{self, Envelope};
use crate::objects::index_client::{Command, Found};
use crate::runtime::clock::now;

/// The class of the index.
const CLASS: ObjectClass = ObjectClass {
    name: store::NAME,
    binding: DESK,
    schema: store::SCHEMA,
    size: Size::Many,
    projections: |_| Ok(Vec::new()),
    on_published: |_, _| Ok(()),
    wake_at: |database, _| wake_at(database),
    list: |_, _| Ok(None),
    // A run and a rebuild find out by themselves, see `Run::is_due`.
    correct_times: |_| Ok(()),
};

/// How many calls one alarm makes, to objects and to Compago together: as many as Cloudflare's free plan allows a request.
const MAX_CALLS: usize = 50;

/// The Durable Object of the operator's index.
#[durable_object(alarm)]
pub struct DeskObject {
    durable: Durable,
    /// What the scan of Compago's list that is under way has seen; nothing while an alarm is handled.
    seen: Cell<Seen>,
}

impl DurableObject for DeskObject {
    fn new(state: State, env: Env) -> Self {
        Self { durable: Durable::new(&CLASS, state, env), seen: Cell::default() }
    }

    /// Answers a command as the API does.
    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        let (locale, command) = Envelope::open(request).await?;
        // An index without a table has lost everything, or is new: with one, it finds that it has to be rebuilt.
        self.durable.database()?;
        self.durable.ensure_alarm().await?;
        envelope::respond(answer(&self.durable, command), locale, CLASS.name)
    }

    /// Goes on with what is under way. One alarm is handled at a time, so that nothing is called twice at once.
    async fn alarm(&self) -> worker::Result<Response> {
        if self.durable.is_in_alarm() {
            self.durable.put_alarm_off()?;
            return Response::empty();
        }
        let handler = self.durable.start_alarm();
        let mut seen = self.seen.take();
        let outcome = on_alarm(&self.durable, &mut seen).await;
        self.seen.set(seen);
        self.durable.finish_alarm(handler, outcome);
        Response::empty()
    }
}

fn answer(durable: &Durable, command: Command) -> Result<Response, ApiError> {
    let database = durable.database()?;
    Ok(match command {
        Command::Publish { address, registered, listings } => {
            durable.commit(|database| {
                // What the index has not forgotten was registered when it was first published.
                let registered = registered || store::knows(database, &address, &listings)?;
                store::take(database, &address, &listings, now())?;
                watch::take(database, &address, &listings)?;
                if !registered {
                    directory::take(database, &address, &listings)?;
                }
                Sweep::begin_if_late(database, &durable.env)
            })?;
            empty_answer(204)
        }
        Command::Page { list, values, page, page_size } => {
            json_text(200, list::read(&database, &list, values, page, page_size)?)
        }
        Command::Charges { values, limit } => json_answer(200, &charges::read(&database, values, limit)?),
        Command::Charge { reference } => json_text(200, charges::one(&database, reference)?.ok_or(ApiError::NotFound)?),
        Command::Listed { payment } => json_text(200, finding::listed(&database, payment)?),
        Command::Figures { values, minutes, portions } => {
            json_text(200, list::read_figures(&database, values, minutes, portions)?)
        }
        Command::Find { id } => {
            let address = store::address(&database, &id)?.ok_or(ApiError::NotFound)?;
            json_answer(200, &Found { address })
        }
        Command::Name { name } => json_answer(200, &store::named(&database, &name)?),
        Command::Done { id } => {
            if !store::put_done(&database, &id, now())? {
                return Err(ApiError::NotFound);
            }
            empty_answer(204)
        }
        Command::Lost { id } => {
            durable.commit(|database| store::lost(database, Lost::Id(&id), now()))?;
            empty_answer(204)
        }
        Command::Closed { references } => json_answer(200, &closed::among(&database, &references)?),
        Command::Deliver { at_once } => {
            durable.commit(|database| if at_once { Sweep::begin_at_once(database) } else { Sweep::begin(database) })?;
            empty_answer(202)
        }
        Command::Reconciliation => json_answer(200, &reconcile::runs(&database)?),
        Command::Reconcile { by } => {
            durable.commit(|database| reconcile::begin(database, by))?;
            json_answer(202, &reconcile::runs(&database)?)
        }
        Command::Sums => json_answer(200, &sums::kept(&database)?),
        Command::Progress => json_answer(200, &progress::read(&database)?),
        Command::Index => json_answer(200, &index_state(&database)?),
        Command::Rebuild => {
            durable.commit(|database| Rebuild::begun(now()).put(database))?;
            json_answer(202, &index_state(&database)?)
        }
    }?)
}

/// Returns the state of the index.
fn index_state(database: &Database) -> Stored<IndexState> {
    let entries = store::entries(database)?;
    // A new index begins one with its first entry, and writes it once the first list was read.
    let rebuilding = Rebuild::stored(database)?.map_or(entries > 0, |rebuild| rebuild.due().is_some());
    Ok(IndexState { entries, rebuilding })
}

/// Does what is due. Each part makes no more calls than those before it have left.
async fn on_alarm(durable: &Durable, seen: &mut Seen) -> Result<(), ApiError> {
    let database = durable.database()?;
    durable.ensure_alarm().await?;
    let stored = Rebuild::stored(&database)?;
    let rebuild = stored.clone().unwrap_or_else(|| Rebuild::begun(now()));
    let mut left = MAX_CALLS;
    left = left.saturating_sub(directory::go_on(durable, stored.is_some() && rebuild.is_at_start()).await?);
    if rebuild.is_due() {
        let (rebuild, addresses) = rebuild.go_on(&durable.env).await;
        left = left.saturating_sub(rebuild::MAX_CALLS);
        // Somebody may have asked for it from the beginning meanwhile.
        let is_current = Rebuild::stored(&database)? == stored;
        durable.commit(|database| {
            addresses.iter().try_for_each(|address| store::lost(database, Lost::Object(address), now()))?;
            if is_current { rebuild.put(database) } else { Ok(()) }
        })?;
    }
    left = left.saturating_sub(watch::go_on(durable, seen, !others_are_due(&database)?).await?);
    left = left.saturating_sub(sweep::go_on(durable, left).await?);
    reconcile::go_on(durable, left).await?;
    Ok(durable.set_alarm()?)
}

/// Whether something else is due than looking for payments, which leaves it some calls then.
fn others_are_due(database: &Database) -> Stored<bool> {
    Ok(others_wake_at(database)?.is_some_and(|at| at <= now()))
}

fn wake_at(database: &Database) -> Stored<Option<UnixMillis>> {
    Ok(others_wake_at(database)?.into_iter().chain(watch::wake_at(database)?).min())
}

fn others_wake_at(database: &Database) -> Stored<Option<UnixMillis>> {
    let rebuild = Rebuild::stored(database)?.unwrap_or_else(|| Rebuild::begun(now()));
    let run = reconcile::running(database)?;
    let sweep = Sweep::stored(database)?.and_then(|sweep| sweep.due());
    let at = rebuild.due().into_iter().chain(run.and_then(|run| run.due())).chain(sweep).min();
    // What lies further ahead was set before the clock was set back.
    let at = at.map(|at| if is_due(at, MAX_ALARM_GAP, now()) { at.min(now()) } else { at });
    Ok(at.into_iter().chain(directory::due(database)?).min())
}
