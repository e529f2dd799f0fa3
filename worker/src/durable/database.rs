//! The SQLite database of a Durable Object. Every table is described in `STORAGE.md`.

use compago::json::FromJson;
use compago::value::UnixMillis;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

use super::read;
use crate::runtime::{Sql, Storage};

/// What the storage tells; an error is the runtime's own.
pub(crate) type Result<T, E = JsValue> = core::result::Result<T, E>;

/// One object's database.
pub(crate) struct Database {
    sql: Sql,
}

impl Database {
    /// The database of an object's storage.
    pub(crate) fn of(storage: &Storage) -> Self {
        Self { sql: storage.sql() }
    }

    /// Runs a statement with values for its question marks, and tells its rows.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn rows(&self, sql: &str, values: Vec<String>) -> Result<Array> {
        self.sql.exec(sql, values)?.to_array()
    }

    /// The column `value` of the first row; `None` if there is none, or it holds nothing.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn text(&self, sql: &str, values: Vec<String>) -> Result<Option<String>> {
        let rows = self.rows(sql, values)?;
        Ok(rows.iter().next().map(|row| column(&row, "value")).transpose()?.flatten())
    }

    /// Like [`text`](Self::text), read as JSON.
    ///
    /// # Errors
    /// Those of the storage, and text that cannot be read.
    pub(crate) fn record<T: FromJson>(&self, sql: &str, values: Vec<String>) -> Result<Option<T>> {
        self.text(sql, values)?.map(|json| read(&json)).transpose()
    }

    /// Like [`text`](Self::text), read as a time.
    ///
    /// # Errors
    /// Those of the storage, and text that is no time.
    pub(crate) fn moment(&self, sql: &str) -> Result<Option<UnixMillis>> {
        let time = |text: String| text.parse().map_err(|_| "a column is no time".into());
        self.text(sql, Vec::new())?.map(time).transpose()
    }
}

/// One column of a row, if it holds text.
///
/// # Errors
/// It is no row.
pub(crate) fn column(row: &JsValue, name: &str) -> Result<Option<String>> {
    Ok(Reflect::get(row, &name.into())?.as_string())
}
