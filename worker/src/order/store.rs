//! What an order's Durable Object keeps in its SQLite database. Every table and key is described in `STORAGE.md`.

use compago::edge::Fingerprint;
use compago::flow::order::Order;
use compago::flow::outbox::Delivery;
use compago::json::{self, FromJson};
use compago::value::{HttpsUrl, UnixMillis};
use worker::wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use worker::{Result, ScheduledTime, SqlStorageValue, Storage};

use crate::clock::date;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS record (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, body TEXT NOT NULL, delivery TEXT NOT NULL) WITHOUT ROWID;
";

const ORDER: &str = "order";
const PLACED: &str = "placed";
const CREATED: &str = "created";

/// The database of one order.
pub(crate) struct Store {
    storage: Storage,
}

/// How an order was placed: what the machine need not know.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    /// Of the body, to tell a repeated request from another one.
    pub(crate) fingerprint: Fingerprint,
    /// A page of the merchant's to which the payer returns instead of ours.
    pub(crate) return_page: Option<HttpsUrl>,
    /// The order's capability.
    pub(crate) capability: String,
}

compago::record_on_the_wire!(Placed {
    fingerprint: "fingerprint",
    return_page: "returnPage",
    capability: "capability",
});

/// A webhook that is owed or was delivered.
#[derive(Debug, Clone)]
pub(crate) struct Owed {
    /// Where its delivery stands.
    pub(crate) delivery: Delivery,
    /// What is sent.
    pub(crate) body: String,
}

/// What is written together, or not at all.
#[derive(Debug, Default)]
pub(crate) struct Changes<'a> {
    /// The order after a step.
    pub(crate) order: Option<&'a Order>,
    /// How it was placed; only with the first step.
    pub(crate) placed: Option<&'a Placed>,
    /// The first answer that had a link, as JSON.
    pub(crate) created: Option<&'a str>,
    /// New webhooks.
    pub(crate) owed: Vec<Owed>,
    /// A delivery that went on.
    pub(crate) delivery: Option<&'a Delivery>,
    /// When the object must wake up.
    pub(crate) wake_at: Option<UnixMillis>,
}

impl Store {
    /// Opens the database, which is made on first use.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn open(storage: Storage) -> Result<Self> {
        storage.sql().exec(SCHEMA, None)?;
        Ok(Self { storage })
    }

    /// The order, if it was placed.
    pub(crate) fn order(&self) -> Result<Option<Order>> {
        self.record(ORDER)
    }

    /// How it was placed.
    pub(crate) fn placed(&self) -> Result<Option<Placed>> {
        self.record(PLACED)
    }

    /// The first answer with a link, as JSON.
    pub(crate) fn created(&self) -> Result<Option<String>> {
        self.text(CREATED)
    }

    /// All webhooks of the order, oldest first.
    pub(crate) fn outbox(&self) -> Result<Vec<Owed>> {
        let mut owed = Vec::new();
        for row in
            self.storage.sql().exec("SELECT body, delivery FROM outbox ORDER BY delivery ->> 'createdAt'", None)?.raw()
        {
            if let [SqlStorageValue::String(body), SqlStorageValue::String(delivery)] = row?.as_slice() {
                owed.push(Owed { delivery: read(delivery)?, body: body.clone() });
            }
        }
        Ok(owed)
    }

    /// Writes the changes and the time to wake up, in one transaction. Nothing leaves the object before they are on
    /// disk: the runtime holds back every call until then.
    ///
    /// # Errors
    /// Those of the storage; then nothing was written.
    pub(crate) async fn save(&self, changes: &Changes<'_>) -> Result<()> {
        let storage: &TransactionalStorage = self.storage.as_raw().unchecked_ref();
        storage.transaction_sync(&mut || self.write(changes).map_err(JsValue::from))?;
        match changes.wake_at {
            Some(at) => self.storage.set_alarm(ScheduledTime::new(date(at))).await,
            None => self.storage.delete_alarm().await,
        }
    }

    fn write(&self, changes: &Changes<'_>) -> Result<()> {
        if let Some(order) = changes.order {
            self.put(ORDER, json::to_string(order))?;
        }
        if let Some(placed) = changes.placed {
            self.put(PLACED, json::to_string(placed))?;
        }
        if let Some(created) = changes.created {
            self.put(CREATED, created.to_owned())?;
        }
        for Owed { delivery, body } in &changes.owed {
            let row = [delivery.id().to_string(), body.clone(), json::to_string(delivery)];
            // A fact told twice has the same id and is one event: the first row stays.
            self.run("INSERT INTO outbox VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING", row)?;
        }
        if let Some(delivery) = changes.delivery {
            let row = [json::to_string(delivery), delivery.id().to_string()];
            self.run("UPDATE outbox SET delivery = ? WHERE id = ?", row)?;
        }
        Ok(())
    }

    fn put(&self, name: &str, json: String) -> Result<()> {
        self.run("INSERT OR REPLACE INTO record VALUES (?, ?)", [name.to_owned(), json])
    }

    fn run<const N: usize>(&self, sql: &str, values: [String; N]) -> Result<()> {
        let values: Vec<SqlStorageValue> = values.into_iter().map(SqlStorageValue::from).collect();
        self.storage.sql().exec(sql, values)?;
        Ok(())
    }

    fn record<T: FromJson>(&self, name: &str) -> Result<Option<T>> {
        self.text(name)?.map(|json| read(&json)).transpose()
    }

    fn text(&self, name: &str) -> Result<Option<String>> {
        let cursor = self.storage.sql().exec("SELECT json FROM record WHERE name = ?", vec![name.into()])?;
        let Some(row) = cursor.raw().next() else { return Ok(None) };
        match row?.pop() {
            Some(SqlStorageValue::String(json)) => Ok(Some(json)),
            _ => Err("a record is not text".into()),
        }
    }
}

/// Reads what was stored.
fn read<T: FromJson>(json: &str) -> Result<T> {
    json::from_str(json).map_err(|error| error.to_string().into())
}

#[wasm_bindgen(wasm_bindgen = worker::wasm_bindgen)]
extern "C" {
    type TransactionalStorage;

    /// Rolls back when the callback throws.
    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &TransactionalStorage,
        callback: &mut dyn FnMut() -> core::result::Result<(), JsValue>,
    ) -> core::result::Result<JsValue, JsValue>;
}
