//! The SQLite database of a Durable Object. Every table is described in `STORAGE.md`.

use compago::flow::record::Record;
use compago::value::UnixMillis;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use worker::{SqlStorage, SqlStorageValue, Storage};

use crate::http::error::InternalError;
use crate::objects::stored::{read, read_record};
use crate::runtime;

/// The result of an access to storage.
pub(crate) type Result<T, E = InternalError> = core::result::Result<T, E>;

/// One object's database.
pub(crate) struct Database {
    sql: SqlStorage,
}

/// A row of which one column is read.
#[derive(Deserialize)]
struct Value<T> {
    value: Option<T>,
}

impl Database {
    /// The database of an object's storage.
    pub(crate) fn of(storage: &Storage) -> Self {
        Self { sql: storage.sql() }
    }

    /// Runs a statement with values for its placeholders, and discards its rows.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn run(&self, sql: &str, values: Vec<SqlStorageValue>) -> Result<()> {
        self.sql.exec(sql, values)?;
        Ok(())
    }

    /// Runs a statement, and returns its rows.
    ///
    /// # Errors
    /// Those of the storage, and a row of another type.
    pub(crate) fn rows<T: DeserializeOwned>(&self, sql: &str, values: Vec<SqlStorageValue>) -> Result<Vec<T>> {
        let rows = runtime::rows(&self.sql, sql, values)?;
        rows.iter().map(|row| Ok(serde_wasm_bindgen::from_value(row)?)).collect()
    }

    /// The first row.
    ///
    /// # Errors
    /// Those of the storage, and a row of another type.
    pub(crate) fn row<T: DeserializeOwned>(&self, sql: &str, values: Vec<SqlStorageValue>) -> Result<Option<T>> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    /// The column `value` of the first row; `None` if there is none, or it is null.
    ///
    /// # Errors
    /// Those of the storage, and a value of another type.
    pub(crate) fn value<T: DeserializeOwned>(&self, sql: &str, values: Vec<SqlStorageValue>) -> Result<Option<T>> {
        Ok(self.row(sql, values)?.and_then(|Value { value }| value))
    }

    /// The column `value` of each row; one that is null is left out.
    ///
    /// # Errors
    /// Those of the storage, and a value of another type.
    pub(crate) fn values<T: DeserializeOwned>(&self, sql: &str, values: Vec<SqlStorageValue>) -> Result<Vec<T>> {
        Ok(self.rows(sql, values)?.into_iter().filter_map(|Value { value }| value).collect())
    }

    /// Like [`value`](Self::value), read as a record.
    ///
    /// # Errors
    /// Those of the storage, and text that cannot be read.
    pub(crate) fn record<R: Record>(&self, sql: &str, values: Vec<SqlStorageValue>) -> Result<Option<R>> {
        self.value(sql, values)?.map(|text: String| read_record(&text)).transpose()
    }

    /// Like [`value`](Self::value), read as JSON of a shape that never changes.
    ///
    /// # Errors
    /// Those of the storage, and text that cannot be read.
    pub(crate) fn json<T: DeserializeOwned>(&self, sql: &str, values: Vec<SqlStorageValue>) -> Result<Option<T>> {
        self.value(sql, values)?.map(|text: String| read(&text)).transpose()
    }

    /// Like [`value`](Self::value), read as a time.
    ///
    /// # Errors
    /// Those of the storage, and text that is no time.
    pub(crate) fn moment(&self, sql: &str) -> Result<Option<UnixMillis>> {
        self.moment_by(sql, vec![])
    }

    /// Like [`moment`](Self::moment), with values for the statement's placeholders.
    ///
    /// # Errors
    /// Those of the storage, and text that is no time.
    pub(crate) fn moment_by(&self, sql: &str, values: Vec<SqlStorageValue>) -> Result<Option<UnixMillis>> {
        let time = |text: String| text.parse().map_err(InternalError::malformed("a time"));
        self.value(sql, values)?.map(time).transpose()
    }
}
