//! The settings object: it keeps the secrets that the Worker generates where none is configured, and generates each once.
//!
//! There is one, so whoever asks first decides for all isolates. It never replaces a signing key, and what it cannot read, or was told to
//! be configured, it does not generate anew.

use compago::flow::generated_secrets::{GeneratedSecrets, RotationRefusal, SecretNeeds};
use compago::flow::record::{self, Record};
use compago::flow::setting_checks::{CheckRecords, CheckRefusal, Findings};
use compago::json;
use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use crate::config::SETTINGS;
use crate::http::error::{ApiError, InternalError};
use crate::http::respond::{empty_answer, json_answer, json_text};
use crate::objects::call::call_object;
use crate::objects::database::{Database, Result as Stored};
use crate::objects::stored::{read, read_or_discard, read_record};
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};
use crate::runtime::{random_bytes, random_uuid};

/// The name of the one object.
const SHOP: &str = "settings";

const TABLE: &str = "CREATE TABLE IF NOT EXISTS record (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID";

/// A command to the object.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Command {
    /// Return what is generated; first generate what is needed and does not exist, and note what is configured.
    Load(SecretNeeds),
    /// Show a webhook secret that was not shown before.
    RotateWebhook {
        /// The id of the request. A call that is repeated is shown the same secret.
        id: String,
    },
    /// Return what is kept of the checks.
    Checks,
    /// Begin a check, if there was none a moment ago.
    BeginCheck {
        /// The id of the request. A call that is repeated has begun it already.
        id: String,
    },
    /// Keep what a check has found, and return what is kept then.
    Checked(Findings),
    /// Keep that a payment link was refused, since its origin is not allowed.
    Refused {
        /// The origin; `None` if it was no https URL.
        origin: Option<String>,
    },
}

/// Returns what is generated, after what is needed, did not exist and never was configured was generated.
///
/// # Errors
/// [`ApiError::SettingsUnavailable`] when the object could not be reached, or cannot read what it stores.
pub(crate) async fn load(needs: SecretNeeds, env: &Env) -> Result<GeneratedSecrets, ApiError> {
    let loaded = async {
        let mut answer = send(&Command::Load(needs), env).await?;
        match answer.status_code() {
            200 => read_record(&answer.text().await?),
            status => Err(InternalError::Answered { whose: SETTINGS, status }),
        }
    };
    loaded.await.map_err(unavailable)
}

/// Rotates the generated webhook secret, and returns what is generated then.
///
/// # Errors
/// [`ApiError::RotatedRecently`]; [`ApiError::SettingsUnavailable`] as for [`load`].
pub(crate) async fn rotate_webhook(env: &Env) -> Result<GeneratedSecrets, ApiError> {
    let rotated = async {
        let mut answer = send(&Command::RotateWebhook { id: random_uuid() }, env).await?;
        match answer.status_code() {
            200 => Ok(Ok(read_record(&answer.text().await?)?)),
            409 => Ok(Err(read::<RotationRefusal>(&answer.text().await?)?)),
            status => Err(InternalError::Answered { whose: SETTINGS, status }),
        }
    };
    let rotated = rotated.await.map_err(unavailable)?;
    rotated.map_err(|RotationRefusal { seconds }| ApiError::RotatedRecently { seconds })
}

/// Returns what is kept of the checks.
///
/// # Errors
/// [`ApiError::SettingsUnavailable`].
pub(crate) async fn checks(env: &Env) -> Result<CheckRecords, ApiError> {
    ask_for_checks(&Command::Checks, env).await
}

/// Begins a check.
///
/// # Errors
/// [`ApiError::TooMany`] a moment after the last one; [`ApiError::SettingsUnavailable`].
pub(crate) async fn begin_check(env: &Env) -> Result<(), ApiError> {
    let begun = async {
        let mut answer = send(&Command::BeginCheck { id: random_uuid() }, env).await?;
        match answer.status_code() {
            200 => Ok(Ok(())),
            429 => Ok(Err(read::<CheckRefusal>(&answer.text().await?)?)),
            status => Err(InternalError::Answered { whose: SETTINGS, status }),
        }
    };
    let begun = begun.await.map_err(unavailable)?;
    begun.map_err(|CheckRefusal { seconds }| ApiError::TooMany { seconds })
}

/// Keeps what a check has found, and returns what is kept then.
///
/// # Errors
/// [`ApiError::SettingsUnavailable`].
pub(crate) async fn put_findings(findings: Findings, env: &Env) -> Result<CheckRecords, ApiError> {
    ask_for_checks(&Command::Checked(findings), env).await
}

/// Keeps that Compago made a payment link on this origin, which is not allowed, or one that is no https URL.
///
/// # Errors
/// [`ApiError::SettingsUnavailable`].
pub(crate) async fn note_refused(origin: Option<String>, env: &Env) -> Result<(), ApiError> {
    let noted = async {
        match send(&Command::Refused { origin }, env).await?.status_code() {
            200 | 204 => Ok(()),
            status => Err(InternalError::Answered { whose: SETTINGS, status }),
        }
    };
    noted.await.map_err(unavailable)
}

async fn ask_for_checks(command: &Command, env: &Env) -> Result<CheckRecords, ApiError> {
    let answered = async {
        let mut answer = send(command, env).await?;
        match answer.status_code() {
            200 => read_record(&answer.text().await?),
            status => Err(InternalError::Answered { whose: SETTINGS, status }),
        }
    };
    answered.await.map_err(unavailable)
}

async fn send(command: &Command, env: &Env) -> Stored<Response> {
    Ok(call_object(SETTINGS, SHOP, &json::to_string(command), env).await?)
}

fn unavailable(error: InternalError) -> ApiError {
    log::write(Level::Error, "settings-unavailable", json!({ "object": SETTINGS, "error": error.chain() }));
    ApiError::SettingsUnavailable
}

/// The Durable Object that keeps what the Worker has generated.
#[durable_object(fetch)]
pub struct SettingsObject {
    state: State,
}

impl DurableObject for SettingsObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    /// Answers with what is generated.
    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        // From here on nothing waits, so nothing comes between reading and writing.
        match read(&request.text().await?)? {
            Command::Load(needs) => json_text(200, record::to_string(&self.load(needs)?)),
            Command::RotateWebhook { id } => match self.rotate_webhook(&id)? {
                Ok(rotated) => json_text(200, record::to_string(&rotated)),
                Err(refusal) => json_answer(409, &refusal),
            },
            Command::Checks => json_text(200, record::to_string(&self.checks()?)),
            Command::BeginCheck { id } => match self.checks()?.begin(&id, now()) {
                Ok(begun) => self.put_checks(&begun),
                Err(refusal) => json_answer(429, &refusal),
            },
            Command::Checked(findings) => self.put_checks(&self.checks()?.with(findings)),
            Command::Refused { origin } => match self.checks()?.with_refused(origin.as_deref(), now()) {
                Some(noted) => self.put_checks(&noted),
                None => empty_answer(204),
            },
        }
    }
}

impl SettingsObject {
    fn load(&self, needs: SecretNeeds) -> Stored<GeneratedSecrets> {
        let secrets = self.secrets()?;
        match secrets.completed(needs, random_bytes, now()) {
            Some(completed) => {
                self.put(GENERATED, &completed)?;
                Ok(completed)
            }
            None => Ok(secrets),
        }
    }

    fn rotate_webhook(&self, id: &str) -> Stored<Result<GeneratedSecrets, RotationRefusal>> {
        let rotated = self.secrets()?.rotate_webhook(id, &random_bytes(), now());
        if let Ok(rotated) = &rotated {
            self.put(GENERATED, rotated)?;
        }
        Ok(rotated)
    }

    fn secrets(&self) -> Stored<GeneratedSecrets> {
        Ok(self.text(GENERATED)?.map(|text| read_record(&text)).transpose()?.unwrap_or_default())
    }

    /// What cannot be read is found out anew.
    fn checks(&self) -> Stored<CheckRecords> {
        Ok(self.text(CHECKS)?.and_then(|text| read_or_discard(&text, SHOP, CHECKS)).unwrap_or_default())
    }

    fn put_checks(&self, checks: &CheckRecords) -> worker::Result<Response> {
        self.put(CHECKS, checks)?;
        json_text(200, record::to_string(checks))
    }

    fn text(&self, name: &str) -> Stored<Option<String>> {
        const TABLES: &str = "SELECT name AS value FROM sqlite_master WHERE type = 'table' AND name = 'record'";
        const RECORD: &str = "SELECT json AS value FROM record WHERE name = ?";
        let database = self.database();
        if database.value::<String>(TABLES, vec![])?.is_none() {
            return Ok(None);
        }
        database.value(RECORD, vec![name.into()])
    }

    fn put(&self, name: &str, record: &impl Record) -> Stored<()> {
        let database = self.database();
        database.run(TABLE, vec![])?;
        let row = vec![name.into(), record::to_string(record).into()];
        database.run("INSERT OR REPLACE INTO record VALUES (?, ?)", row)
    }

    fn database(&self) -> Database {
        Database::of(&self.state.storage())
    }
}

const GENERATED: &str = "generated";
const CHECKS: &str = "checks";
