//! What the Workers runtime has beside the web's own parts: Durable Objects, their storage, files, limiters.
//!
//! Declared here, as little as is used: the wrappers of the crate `worker` bring code along for all that a request, an
//! answer or an error could ever be. What stays of that crate is the environment, the delay, and that a panic starts the
//! Worker anew.

use std::pin::Pin;

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;
use web_sys::{ReadableStream, Request, WritableStream};
use worker::Env;

/// The binding of this name.
///
/// # Errors
/// There is none.
pub(crate) fn binding<T: JsCast>(env: &Env, name: &str) -> Result<T, JsValue> {
    let value = Reflect::get(env, &name.into())?;
    if value.is_undefined() { Err(format!("{name} is not bound").into()) } else { Ok(value.unchecked_into()) }
}

/// What the runtime is handed of work that goes on: one kind of promise for all of it, which is compiled once.
pub(crate) fn promise<T: Into<JsValue>>(work: impl Future<Output = Result<T, JsValue>> + 'static) -> Promise {
    let settled: Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>> = Box::pin(async { work.await.map(T::into) });
    future_to_promise(settled)
}

#[wasm_bindgen]
extern "C" {
    /// Random text with 122 bits that nobody can guess.
    #[wasm_bindgen(js_namespace = crypto, js_name = randomUUID)]
    pub(crate) fn random_uuid() -> String;

    /// Durable Objects of one class.
    pub(crate) type Objects;

    /// The object of this name; it is made when it is first asked.
    #[wasm_bindgen(method, catch, js_name = getByName)]
    pub(crate) fn get_by_name(this: &Objects, name: &str) -> Result<Fetcher, JsValue>;

    /// The name that the runtime gave an object, read from its text.
    #[wasm_bindgen(method, catch, js_name = idFromString)]
    pub(crate) fn id_from_string(this: &Objects, id: &str) -> Result<ObjectId, JsValue>;

    /// The object of this name of the runtime's.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn get(this: &Objects, id: &ObjectId) -> Result<Fetcher, JsValue>;

    /// The name that the runtime gave an object.
    pub(crate) type ObjectId;

    /// As 64 hexadecimal digits.
    #[wasm_bindgen(method, js_name = toString)]
    pub(crate) fn to_string(this: &ObjectId) -> String;

    /// Something that answers requests: a Durable Object, or the static pages.
    pub(crate) type Fetcher;

    /// Resolves to a `Response`.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn fetch(this: &Fetcher, request: &Request) -> Result<Promise, JsValue>;

    /// Cloudflare's own limiter.
    pub(crate) type Limiter;

    /// Resolves to `{ success }`.
    #[wasm_bindgen(method, catch)]
    pub(crate) fn limit(this: &Limiter, options: &JsValue) -> Result<Promise, JsValue>;

    /// What a Durable Object is handed of itself.
    #[derive(Clone)]
    pub type ObjectState;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn id(this: &ObjectState) -> ObjectId;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn storage(this: &ObjectState) -> Storage;

    /// Keeps the object awake until the promise is settled.
    #[wasm_bindgen(method, js_name = waitUntil)]
    pub(crate) fn wait_until(this: &ObjectState, work: &Promise);

    /// What a Durable Object keeps.
    pub(crate) type Storage;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn sql(this: &Storage) -> Sql;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn get(this: &Storage, key: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn put(this: &Storage, key: &str, value: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = deleteAll)]
    pub(crate) fn delete_all(this: &Storage) -> Result<Promise, JsValue>;

    /// Resolves to milliseconds since 1970, or to null.
    #[wasm_bindgen(method, catch, js_name = getAlarm)]
    pub(crate) fn get_alarm(this: &Storage) -> Result<Promise, JsValue>;

    /// Takes milliseconds since 1970.
    #[wasm_bindgen(method, catch, js_name = setAlarm)]
    pub(crate) fn set_alarm(this: &Storage, at: f64) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = deleteAlarm)]
    pub(crate) fn delete_alarm(this: &Storage) -> Result<Promise, JsValue>;

    /// Rolls back when the callback throws.
    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    pub(crate) fn transaction_sync(
        this: &Storage,
        callback: &mut dyn FnMut() -> Result<(), JsValue>,
    ) -> Result<JsValue, JsValue>;

    /// The database of a Durable Object.
    pub(crate) type Sql;

    #[wasm_bindgen(method, catch, variadic)]
    pub(crate) fn exec(this: &Sql, query: &str, values: Vec<String>) -> Result<Rows, JsValue>;

    /// What a query tells.
    pub(crate) type Rows;

    /// The rows as objects.
    #[wasm_bindgen(method, catch, js_name = toArray)]
    pub(crate) fn to_array(this: &Rows) -> Result<Array, JsValue>;

    /// A pipe for bytes: what is written at one end is taken at the other, and a write is settled when it has been.
    #[wasm_bindgen(js_name = IdentityTransformStream)]
    pub(crate) type Pipe;

    #[wasm_bindgen(constructor, catch, js_class = "IdentityTransformStream")]
    pub(crate) fn new() -> Result<Pipe, JsValue>;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn readable(this: &Pipe) -> ReadableStream;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn writable(this: &Pipe) -> WritableStream;
}
