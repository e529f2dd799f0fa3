//! Hands the addresses of new objects over to the object directory, many at once.
//!
//! An object's address comes with the first projection that it publishes, and waits here for at most an hour. Should the index lose
//! its storage within that hour, open orders publish again when their objects are next started, at the latest with their daily reads,
//! reconciliation finds the others by their payments, and objects of many machines register a second time with what they publish two
//! hours after the first.

use std::time::Duration;

use compago::flow::clock;
use compago::flow::projection::RETRY;
use compago::flow::record::Record;
use compago::json;
use compago::value::UnixMillis;
use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::Env;

use super::store;
use crate::objects::database::{Database, Result};
use crate::objects::durable::Durable;
use crate::objects::object_directory;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// How long an address waits for others.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// How many addresses are in one row: what is written and deleted is billed by rows.
const IN_ROW: i32 = 50;

/// With how many rows the addresses do not wait any longer, and how many are handed over at once.
const ROWS: i32 = 10;

/// Of a directory that could not be reached.
const RECORD: &str = "directory";

/// When to try again.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Retry {
    due: UnixMillis,
}

impl Record for Retry {
    const VERSION: u32 = 1;
}

/// Takes the address of an object that has not been registered. It belongs to the month in which the first of these projections
/// began, so an order is registered in one month, however often it is.
///
/// # Errors
/// Those of the storage.
pub(super) fn take(database: &Database, address: &str, listings: &str) -> Result<()> {
    const BEGUN_IN: &str = "SELECT substr(min(value ->> '$.listing.createdAt'), 1, 7) AS value FROM json_each(?)";
    const OPEN: &str = "SELECT number AS value FROM home WHERE number = (SELECT max(number) FROM home) \
         AND json_array_length(addresses) < ?";
    const ADD: &str = "UPDATE home SET addresses = json_insert(addresses, '$[#]', json_array(?, ?)) WHERE number = ?";
    const BEGIN: &str = "INSERT INTO home (since, addresses) VALUES (?, json_array(json_array(?, ?)))";
    let this_month = month(now());
    let begun_in: Option<String> = database.value(BEGUN_IN, vec![listings.into()])?;
    // No list of the directory is older than its first, or of a month that has not begun.
    let is_month = |month: &String| month.as_str() >= object_directory::FIRST_MONTH && *month <= this_month;
    let month = begun_in.filter(is_month).unwrap_or_else(|| this_month.clone());
    match database.value::<i64>(OPEN, vec![IN_ROW.into()])? {
        Some(number) => database.run(ADD, vec![month.into(), address.into(), number.into()]),
        None => database.run(BEGIN, vec![now().to_string().into(), month.into(), address.into()]),
    }
}

/// Returns when to hand addresses over; `None` if there are none.
///
/// # Errors
/// Those of the storage.
pub(super) fn due(database: &Database) -> Result<Option<UnixMillis>> {
    const SINCE: &str = "SELECT since AS value FROM home ORDER BY number LIMIT 1";
    const ROW_COUNT: &str = "SELECT max(number) - min(number) + 1 AS value FROM home";
    let Some(since) = database.moment(SINCE)? else { return Ok(None) };
    let rows: i32 = database.value(ROW_COUNT, vec![])?.unwrap_or_default();
    let due = if rows > ROWS { now() } else { clock::at_most(since, Duration::ZERO, now()).plus(EVERY) };
    let retry: Option<Retry> = store::record(database, RECORD)?;
    Ok(Some(retry.map_or(due, |retry| due.max(clock::at_most(retry.due, RETRY, now())))))
}

/// Hands addresses over, if it is time, or if the directory is about to be read. Returns how many calls that took.
///
/// # Errors
/// Those of the storage.
pub(super) async fn go_on(durable: &Durable, is_read: bool) -> Result<usize> {
    let database = durable.database()?;
    if !is_read && due(&database)?.is_none_or(|due| due > now()) {
        return Ok(0);
    }
    let rows: Vec<Row> =
        database.rows("SELECT number, addresses FROM home ORDER BY number LIMIT ?", vec![ROWS.into()])?;
    let Some(last) = rows.last().map(|row| row.number) else { return Ok(0) };
    let mut calls = 0;
    match hand_over(&rows, &mut calls, &durable.env).await {
        // What came meanwhile into the last row is handed over again: registering twice is as good as once.
        Ok(()) => durable.commit(|database| {
            const DELETE: &str = "DELETE FROM home WHERE number < ?1 OR number = ?1 AND addresses = ?2";
            let seen = rows.last().map(|row| row.addresses.clone()).unwrap_or_default();
            database.run(DELETE, vec![last.into(), seen.into()])
        })?,
        Err(error) => {
            log::write(Level::Error, "object-directory-not-reached", json!({ "error": error.chain() }));
            durable.commit(|database| store::put_record(database, RECORD, &Retry { due: now().plus(RETRY) }))?;
        }
    }
    Ok(calls)
}

/// Addresses that wait, each with its month, as JSON.
#[derive(Deserialize)]
struct Row {
    number: i64,
    addresses: String,
}

/// Registers the addresses of some rows, and counts the calls.
async fn hand_over(rows: &[Row], calls: &mut usize, env: &Env) -> Result<()> {
    let mut waiting: Vec<[String; 2]> = Vec::new();
    for row in rows {
        waiting.extend(json::from_str::<Vec<[String; 2]>>(&row.addresses)?);
    }
    waiting.sort();
    for of_month in waiting.chunk_by(|[one, _], [other, _]| one == other) {
        let Some([month, _]) = of_month.first() else { continue };
        let addresses = of_month.iter().map(|[_, address]| address.clone()).collect();
        *calls += 1;
        object_directory::register(month, addresses, env).await?;
    }
    Ok(())
}

fn month(at: UnixMillis) -> String {
    at.to_string().chars().take("2026-11".len()).collect()
}
