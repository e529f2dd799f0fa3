//! Which objects there are: one list for each month, in which an object enters itself before it first tells the desk
//! anything. The runtime names no objects, so the desk could not be made anew without it.

use compago::json::{self, Json};
use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::{Request, Response};
use worker::Env;

use crate::body::whole_text;
use crate::clock::now;
use crate::durable::database::Database;
use crate::durable::read;
use crate::env::ROSTERS;
use crate::outgoing::ask_object;
use crate::respond::json_text;
use crate::runtime::{ObjectState, promise};

/// Enters the object of this home, and tells in which month's roster it stands.
///
/// # Errors
/// The runtime's own.
pub(crate) async fn enrol(home: &str, env: &Env) -> Result<String, JsValue> {
    let month: String = now().to_string().chars().take("2026-11".len()).collect();
    ask(&month, &Ask::Enrol(home.to_owned()), env).await?;
    Ok(month)
}

/// The homes of a month in the order of their names, at most twenty of those behind `after`: one alarm asks them all.
///
/// # Errors
/// The runtime's own.
pub(crate) async fn homes(month: &str, after: &str, env: &Env) -> Result<Vec<String>, JsValue> {
    read(&ask(month, &Ask::Behind(after.to_owned()), env).await?)
}

async fn ask(month: &str, ask: &Ask, env: &Env) -> Result<String, JsValue> {
    let answer = ask_object(ROSTERS, month, &json::to_string(ask), env).await?;
    if answer.status() == 200 { whole_text(answer.text()).await } else { Err("the roster failed".into()) }
}

/// What a roster is asked.
#[derive(Debug)]
enum Ask {
    /// Enter this home.
    Enrol(String),
    /// Tell the homes behind this one.
    Behind(String),
}

compago::variants_on_the_wire!(Ask { Enrol(home) = "enrol", Behind(home) = "behind" });

/// The roster of one month.
#[wasm_bindgen]
pub struct RosterObject {
    state: ObjectState,
}

#[wasm_bindgen]
impl RosterObject {
    /// The object wakes up.
    #[wasm_bindgen(constructor)]
    pub fn new(state: ObjectState, _env: Env) -> Self {
        Self { state }
    }

    /// Enters a home, or tells some.
    pub fn fetch(&self, request: Request) -> Promise {
        promise(answer(request, Database::of(&self.state.storage())))
    }
}

async fn answer(request: Request, database: Database) -> Result<Response, JsValue> {
    let ask = read(&whole_text(request.text()).await?)?;
    database.rows("CREATE TABLE IF NOT EXISTS home (name TEXT PRIMARY KEY) WITHOUT ROWID", Vec::new())?;
    let told = match ask {
        Ask::Enrol(home) => {
            database.rows("INSERT OR IGNORE INTO home VALUES (?)", Vec::from([home]))?;
            None
        }
        Ask::Behind(home) => {
            const BEHIND: &str = "SELECT json_group_array(name) AS value \
                 FROM (SELECT name FROM home WHERE name > ? ORDER BY name LIMIT 20)";
            database.text(BEHIND, Vec::from([home]))?
        }
    };
    json_text(200, told.unwrap_or_else(|| json::to_string(&Json::Null)))
}
