//! The directory of objects: one list for each month, in which the operator's index registers the objects that publish to it. The
//! runtime cannot enumerate objects, so the index could not be rebuilt without it.

use compago::json::{self, Json};
use serde::{Deserialize, Serialize};
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use crate::config::ROSTERS;
use crate::http::error::InternalError;
use crate::http::respond::json_text;
use crate::objects::call::call_object;
use crate::objects::database::{Database, Result as Stored};
use crate::objects::stored::read;

/// The first month that has a list.
pub(crate) const FIRST_MONTH: &str = "2026-01";

/// How many addresses it returns at once.
pub(crate) const BATCH: usize = 20;

/// Registers the objects of these addresses in the list of a month.
///
/// # Errors
/// The runtime's own.
pub(crate) async fn register(month: &str, addresses: Vec<String>, env: &Env) -> Stored<()> {
    send(month, &Command::Register(addresses), env).await.map(drop)
}

/// Returns the addresses of a month in order, at most [`BATCH`] of those behind `after`: one alarm calls them all.
///
/// # Errors
/// The runtime's own.
pub(crate) async fn addresses(month: &str, after: &str, env: &Env) -> Stored<Vec<String>> {
    read(&send(month, &Command::After(after.to_owned()), env).await?)
}

async fn send(month: &str, command: &Command, env: &Env) -> Stored<String> {
    let mut answer = call_object(ROSTERS, month, &json::to_string(command), env).await?;
    match answer.status_code() {
        200 => Ok(answer.text().await?),
        status => Err(InternalError::Answered { whose: ROSTERS, status }),
    }
}

/// A command to the list of a month.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Command {
    /// Register these addresses.
    Register(Vec<String>),
    /// Return the addresses behind this one.
    After(String),
}

/// The list of one month.
#[durable_object(fetch)]
pub struct RosterObject {
    state: State,
}

impl DurableObject for RosterObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    /// Registers addresses, or answers with some.
    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        let command = read(&request.text().await?)?;
        let text = answer(command, &Database::of(&self.state.storage()))?;
        json_text(200, text.unwrap_or_else(|| json::to_string(&Json::Null)))
    }
}

fn answer(command: Command, database: &Database) -> Stored<Option<String>> {
    database.run("CREATE TABLE IF NOT EXISTS home (name TEXT PRIMARY KEY) WITHOUT ROWID", vec![])?;
    match command {
        Command::Register(addresses) => {
            const REGISTER: &str = "INSERT OR IGNORE INTO home SELECT value FROM json_each(?)";
            database.run(REGISTER, vec![json::to_string(&addresses).into()])?;
            Ok(None)
        }
        Command::After(address) => {
            const BEHIND: &str = "SELECT json_group_array(name) AS value \
                 FROM (SELECT name FROM home WHERE name > ? ORDER BY name LIMIT ?)";
            let count = i32::try_from(BATCH).unwrap_or(i32::MAX);
            database.value(BEHIND, vec![address.into(), count.into()])
        }
    }
}
