//! Bodies, of requests and of answers, read within bounds.

use std::pin::pin;

use futures_util::TryStreamExt;
use thiserror::Error;
use worker::{ByteStream, Response};

/// Why a body was not read to its end.
#[derive(Debug, Error)]
pub(crate) enum BodyError {
    /// It broke off.
    #[error("the body broke off")]
    Broken(#[from] worker::Error),
    /// It is larger than was allowed.
    #[error("the body is larger than what is read")]
    TooLarge,
}

/// Reads a body, but no more than `max_bytes`; what is not read is cancelled.
///
/// # Errors
/// [`BodyError`].
pub(crate) async fn read_bounded(body: ByteStream, max_bytes: usize) -> Result<Vec<u8>, BodyError> {
    let mut body = pin!(body);
    let mut bytes = Vec::new();
    while let Some(chunk) = body.try_next().await? {
        if bytes.len() + chunk.len() > max_bytes {
            return Err(BodyError::TooLarge);
        }
        bytes.extend(chunk);
    }
    Ok(bytes)
}

/// Lets a body go unread, which cancels it.
pub(crate) fn discard(mut response: Response) {
    // An answer without a body has nothing to cancel.
    drop(response.stream());
}
