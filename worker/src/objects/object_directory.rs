//! Which objects there are: one list for each month, in which an object enters itself before it first tells the desk
//! anything. The runtime names no objects, so the desk could not be made anew without it.

use compago::json::{self, Json};
use serde::{Deserialize, Serialize};
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use crate::config::ROSTERS;
use crate::http::error::InternalError;
use crate::http::respond::json_text;
use crate::objects::call::ask_object;
use crate::objects::database::{Database, Result as Stored};
use crate::objects::stored::read;
use crate::runtime::clock::now;

/// Enters the object of this home, and tells in which month's roster it stands.
///
/// # Errors
/// The runtime's own.
pub(crate) async fn enrol(home: &str, env: &Env) -> Stored<String> {
    let month: String = now().to_string().chars().take("2026-11".len()).collect();
    ask(&month, &Ask::Enrol(home.to_owned()), env).await?;
    Ok(month)
}

/// The homes of a month in the order of their names, at most twenty of those behind `after`: one alarm asks them all.
///
/// # Errors
/// The runtime's own.
pub(crate) async fn homes(month: &str, after: &str, env: &Env) -> Stored<Vec<String>> {
    read(&ask(month, &Ask::Behind(after.to_owned()), env).await?)
}

async fn ask(month: &str, ask: &Ask, env: &Env) -> Stored<String> {
    let mut answer = ask_object(ROSTERS, month, &json::to_string(ask), env).await?;
    match answer.status_code() {
        200 => Ok(answer.text().await?),
        status => Err(InternalError::Answered { whose: ROSTERS, status }),
    }
}

/// What a roster is asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Ask {
    /// Enter this home.
    Enrol(String),
    /// Tell the homes behind this one.
    Behind(String),
}

/// The roster of one month.
#[durable_object(fetch)]
pub struct RosterObject {
    state: State,
}

impl DurableObject for RosterObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    /// Enters a home, or tells some.
    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        let ask = read(&request.text().await?)?;
        let told = answer(ask, &Database::of(&self.state.storage()))?;
        json_text(200, told.unwrap_or_else(|| json::to_string(&Json::Null)))
    }
}

fn answer(ask: Ask, database: &Database) -> Stored<Option<String>> {
    database.run("CREATE TABLE IF NOT EXISTS home (name TEXT PRIMARY KEY) WITHOUT ROWID", vec![])?;
    match ask {
        Ask::Enrol(home) => {
            database.run("INSERT OR IGNORE INTO home VALUES (?)", vec![home.into()])?;
            Ok(None)
        }
        Ask::Behind(home) => {
            const BEHIND: &str = "SELECT json_group_array(name) AS value \
                 FROM (SELECT name FROM home WHERE name > ? ORDER BY name LIMIT 20)";
            database.value(BEHIND, vec![home.into()])
        }
    }
}
