//! The storage of the object: the saved state, cut into parts, since a value in SQLite has a largest size.

use compago_sandbox::{SaveProblem, Store};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use worker::send::SendWrapper;
use worker::{Result, SqlStorageValue, Storage};

/// The bytes of a part; a value of a Durable Object may have 2 MB
/// (<https://developers.cloudflare.com/durable-objects/platform/limits/>, read November 2026).
const PART: usize = 1_000_000;

/// The database of an object.
pub(crate) struct Database {
    storage: SendWrapper<Storage>,
}

impl Database {
    /// The database of an object's storage.
    pub(crate) fn of(storage: Storage) -> Self {
        Self { storage: SendWrapper::new(storage) }
    }

    /// Returns the state that was saved; `None` if there was no change yet.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn load(&self) -> Result<Option<Vec<u8>>> {
        let sql = self.storage.sql();
        sql.exec("CREATE TABLE IF NOT EXISTS state (part INTEGER PRIMARY KEY, bytes BLOB NOT NULL)", None)?;
        let mut state = Vec::new();
        for row in sql.exec("SELECT bytes FROM state ORDER BY part", None)?.raw() {
            for value in row? {
                if let SqlStorageValue::Blob(part) = value {
                    state.extend(part);
                }
            }
        }
        Ok((!state.is_empty()).then_some(state))
    }

    fn replace(&self, state: &[u8]) -> Result<()> {
        let sql = self.storage.sql();
        sql.exec("DELETE FROM state", None)?;
        for (number, part) in (0_i64..).zip(state.chunks(PART)) {
            let values = vec![SqlStorageValue::Integer(number), SqlStorageValue::Blob(part.to_vec())];
            sql.exec("INSERT INTO state (part, bytes) VALUES (?, ?)", values)?;
        }
        Ok(())
    }
}

impl Store for Database {
    fn save(&self, state: &[u8]) -> Result<(), SaveProblem> {
        let storage = self.storage.as_raw().unchecked_ref::<SyncStorage>();
        // Whatever is thrown rolls back.
        storage
            .transaction_sync(&mut || self.replace(state).map_err(JsValue::from))
            .map(drop)
            .map_err(|thrown| SaveProblem::new(worker::Error::from(thrown)))
    }
}

#[wasm_bindgen]
extern "C" {
    /// A storage with `transactionSync`: the crate `worker` 0.8.7 has the asynchronous `transaction` alone.
    type SyncStorage;

    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &SyncStorage,
        callback: &mut dyn FnMut() -> Result<(), JsValue>,
    ) -> Result<JsValue, JsValue>;
}
