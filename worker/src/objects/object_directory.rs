//! The directory of objects: one list for each month, in which an object registers itself before it first publishes a projection. The
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
use crate::runtime::clock::now;

/// Registers the object of this address, and returns the month of the list.
///
/// # Errors
/// The runtime's own.
pub(crate) async fn register(address: &str, env: &Env) -> Stored<String> {
    let month: String = now().to_string().chars().take("2026-11".len()).collect();
    send(&month, &Command::Register(address.to_owned()), env).await?;
    Ok(month)
}

/// Returns the addresses of a month in order, at most twenty of those behind `after`: one alarm calls them all.
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
    /// Register this address.
    Register(String),
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

    /// Registers an address, or answers with some.
    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        let command = read(&request.text().await?)?;
        let text = answer(command, &Database::of(&self.state.storage()))?;
        json_text(200, text.unwrap_or_else(|| json::to_string(&Json::Null)))
    }
}

fn answer(command: Command, database: &Database) -> Stored<Option<String>> {
    database.run("CREATE TABLE IF NOT EXISTS home (name TEXT PRIMARY KEY) WITHOUT ROWID", vec![])?;
    match command {
        Command::Register(address) => {
            database.run("INSERT OR IGNORE INTO home VALUES (?)", vec![address.into()])?;
            Ok(None)
        }
        Command::After(address) => {
            const BEHIND: &str = "SELECT json_group_array(name) AS value \
                 FROM (SELECT name FROM home WHERE name > ? ORDER BY name LIMIT 20)";
            database.value(BEHIND, vec![address.into()])
        }
    }
}
