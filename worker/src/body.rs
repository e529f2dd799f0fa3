//! Bodies, of requests and of answers, read within bounds.

use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

/// Why a body was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It broke off.
    Broken,
    /// It is larger than was allowed.
    TooLarge,
}

/// Reads a body, if there is one, but no more than `max_bytes`.
///
/// # Errors
/// [`Unread`].
pub(crate) async fn read_bounded(body: Option<ReadableStream>, max_bytes: usize) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    let Some(body) = body else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    while let Some(chunk) = next(&reader).await.map_err(|_| Unread::Broken)? {
        if bytes.len() + chunk.byte_length() as usize > max_bytes {
            // What becomes of the rest is of no account.
            let _ = JsFuture::from(reader.cancel()).await;
            return Err(Unread::TooLarge);
        }
        bytes.append(&mut chunk.to_vec());
    }
    Ok(bytes)
}

/// The text of a body that comes from ourselves, and has a bound already.
///
/// # Errors
/// It broke off.
pub(crate) async fn whole_text(text: Result<Promise, JsValue>) -> Result<String, JsValue> {
    JsFuture::from(text?).await?.as_string().ok_or_else(|| "not a text".into())
}

/// Lets a body go unread.
pub(crate) fn discard(body: Option<ReadableStream>) {
    if let Some(body) = body {
        // What becomes of it is of no account.
        let _ = body.cancel();
    }
}

async fn next(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, JsValue> {
    let step = JsFuture::from(reader.read()).await?;
    let chunk = Reflect::get(&step, &"value".into())?;
    if chunk.is_undefined() { Ok(None) } else { chunk.dyn_into().map(Some) }
}
