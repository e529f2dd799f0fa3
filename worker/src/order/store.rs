//! What an order's Durable Object keeps in its SQLite database. Every table and key is described in `STORAGE.md`.

use compago::edge::Fingerprint;
use compago::flow::order::Order;
use compago::flow::outbox::Delivery;
use compago::json::{self, FromJson};
use compago::value::{HttpsUrl, UnixMillis};
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::clock::in_javascript;
use crate::runtime::Storage;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS record (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, body TEXT NOT NULL, delivery TEXT NOT NULL) WITHOUT ROWID;
";

const ORDER: &str = "order";
const PLACED: &str = "placed";
const CREATED: &str = "created";

/// What the storage tells; an error is the runtime's own.
type Result<T, E = JsValue> = core::result::Result<T, E>;

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
        storage.sql().exec(SCHEMA, Vec::new())?;
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
        for row in self.rows("SELECT body, delivery FROM outbox ORDER BY delivery ->> 'createdAt'", Vec::new())? {
            owed.push(Owed { delivery: read(&text(&row, "delivery")?)?, body: text(&row, "body")? });
        }
        Ok(owed)
    }

    /// Writes the changes and the time to wake up, in one transaction. Nothing leaves the object before they are on
    /// disk: the runtime holds back every call until then.
    ///
    /// # Errors
    /// Those of the storage; then nothing was written.
    pub(crate) async fn save(&self, changes: &Changes<'_>) -> Result<()> {
        self.storage.transaction_sync(&mut || self.write(changes))?;
        JsFuture::from(match changes.wake_at {
            Some(at) => self.storage.set_alarm(in_javascript(at))?,
            None => self.storage.delete_alarm()?,
        })
        .await?;
        Ok(())
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
            let row = Vec::from([delivery.id().to_string(), body.clone(), json::to_string(delivery)]);
            // A fact told twice has the same id and is one event: the first row stays.
            self.rows("INSERT INTO outbox VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING", row)?;
        }
        if let Some(delivery) = changes.delivery {
            let row = Vec::from([json::to_string(delivery), delivery.id().to_string()]);
            self.rows("UPDATE outbox SET delivery = ? WHERE id = ?", row)?;
        }
        Ok(())
    }

    fn put(&self, name: &str, json: String) -> Result<()> {
        self.rows("INSERT OR REPLACE INTO record VALUES (?, ?)", Vec::from([name.to_owned(), json]))?;
        Ok(())
    }

    fn record<T: FromJson>(&self, name: &str) -> Result<Option<T>> {
        self.text(name)?.map(|json| read(&json)).transpose()
    }

    fn text(&self, name: &str) -> Result<Option<String>> {
        let rows = self.rows("SELECT json FROM record WHERE name = ?", Vec::from([name.to_owned()]))?;
        rows.iter().next().map(|row| text(&row, "json")).transpose()
    }

    fn rows(&self, sql: &str, values: Vec<String>) -> Result<Array> {
        self.storage.sql().exec(sql, values)?.to_array()
    }
}

/// One column of a row.
fn text(row: &JsValue, column: &str) -> Result<String> {
    Reflect::get(row, &column.into())?.as_string().ok_or_else(|| "a column is not text".into())
}

/// Reads what was stored.
fn read<T: FromJson>(json: &str) -> Result<T> {
    json::from_str(json).map_err(|error| error.to_string().into())
}
