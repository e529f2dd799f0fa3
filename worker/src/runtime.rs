//! What the crate `worker` 0.8.7 lacks of the Workers runtime, each with the reason. Everything else is used through the crate.

use compago::flow::generated_secrets::Randomness;
use js_sys::{Array, Date, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use worker::{Result, SqlStorage, SqlStorageValue, Storage};

pub(crate) mod clock;
pub(crate) mod log;

#[wasm_bindgen]
extern "C" {
    /// Returns random text with 122 bits that nobody can guess. The crate binds `crypto` for digests alone.
    #[wasm_bindgen(js_namespace = crypto, js_name = randomUUID)]
    pub(crate) fn random_uuid() -> String;

    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill_randomly(bytes: &mut [u8]);

    /// A storage with `transactionSync`: the crate has the asynchronous `transaction` alone, which lets other events in.
    type SyncStorage;

    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &SyncStorage,
        callback: &mut dyn FnMut() -> Result<(), JsValue>,
    ) -> Result<JsValue, JsValue>;

    /// A database whose cursor catches exceptions. The crate's `SqlCursor::to_array` does not: one that a later row throws would
    /// pass through the future that is being polled, whose request would never be answered.
    type Sql;

    #[wasm_bindgen(method, catch, variadic)]
    fn exec(this: &Sql, query: &str, bindings: Array) -> Result<Cursor, JsValue>;

    type Cursor;

    #[wasm_bindgen(method, catch, js_name = toArray)]
    fn to_array(this: &Cursor) -> Result<Array, JsValue>;
}

/// Returns 32 bytes that nobody can guess.
pub(crate) fn random_bytes() -> Randomness {
    let mut bytes = Randomness::default();
    fill_randomly(&mut bytes);
    bytes
}

/// Runs `act` in a transaction, which is rolled back if it fails.
///
/// # Errors
/// That of `act`, or the runtime's own.
pub(crate) fn transaction_sync<T, E: From<worker::Error>>(
    storage: &Storage,
    act: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    let mut act = Some(act);
    let mut outcome = None;
    let committed = storage.as_raw().unchecked_ref::<SyncStorage>().transaction_sync(&mut || {
        outcome = act.take().map(|act| act());
        // Whatever is thrown rolls back; the error itself stays on this side.
        if matches!(outcome, Some(Err(_))) { Err(JsValue::NULL) } else { Ok(()) }
    });
    match (outcome, committed) {
        (Some(Err(error)), _) => Err(error),
        (_, Err(thrown)) => Err(worker::Error::from(thrown).into()),
        (Some(Ok(value)), Ok(_)) => Ok(value),
        (None, Ok(_)) => Err(worker::Error::from("transactionSync did not call back").into()),
    }
}

/// Runs a statement, and returns its rows as objects.
///
/// # Errors
/// The runtime's own.
pub(crate) fn rows(sql: &SqlStorage, query: &str, values: Vec<SqlStorageValue>) -> Result<Array> {
    let bindings: Array = values.into_iter().map(JsValue::from).collect();
    Ok(sql.as_ref().unchecked_ref::<Sql>().exec(query, bindings)?.to_array()?)
}

/// Sets the alarm in this very turn, so that it is committed with what was written in it: the future of the crate's
/// `Storage::set_alarm` does nothing until it is polled. There is nothing to wait for, see [`crate::objects::durable::Durable::commit`].
///
/// # Errors
/// The runtime's own.
pub(crate) fn set_alarm(storage: &Storage, at: Date) -> Result<()> {
    let _ = storage.as_raw().set_alarm(at, JsValue::NULL.into())?;
    Ok(())
}

/// Deletes the alarm in this very turn, as [`set_alarm`] sets it.
///
/// # Errors
/// The runtime's own.
pub(crate) fn delete_alarm(storage: &Storage) -> Result<()> {
    let _ = storage.as_raw().delete_alarm(JsValue::NULL.into())?;
    Ok(())
}

/// Whether the runtime calls an error of a call to a Durable Object transient, and not one of overload, which a repeated call makes
/// worse (<https://developers.cloudflare.com/durable-objects/best-practices/error-handling/>, read November 2026). The crate's
/// error keeps the two properties in the JavaScript error alone.
pub(crate) fn is_retryable(error: &worker::Error) -> bool {
    let error = error.to_js_value();
    let flag = |name: &str| Reflect::get(&error, &name.into()).is_ok_and(|value| value.is_truthy());
    flag("retryable") && !flag("overloaded")
}
