//! What fails on our own side, whatever the client sent.

use core::error::Error;

use compago::flow::record::RecordError;
use compago::json::{JsonError, Malformed, ShapeError};
use compago::value::UrlError;

use crate::runtime::log;

/// A failure of ours. A client sees [`ApiError::Internal`](super::ApiError::Internal) alone; the log has it with its causes.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InternalError {
    /// The Workers runtime refused something, or failed.
    #[error("the runtime failed")]
    Runtime(#[from] worker::Error),
    /// A message of ours is not what it should be.
    #[error("a message cannot be read")]
    Json(#[from] JsonError),
    /// A stored record cannot be read.
    #[error("a record cannot be read")]
    Record(#[from] RecordError),
    /// A row is not of the type that it is read as. The error's own text may hold the value, which no line may hold.
    #[error("a row is not of its type")]
    Row,
    /// A URL that is built from our own parts is invalid.
    #[error("an address cannot be made")]
    Url(#[from] UrlError),
    /// An object, or what serves the site's files, did not do what it was asked.
    #[error("{whose} answered {status}")]
    Answered {
        /// Its binding.
        whose: &'static str,
        /// What it answered.
        status: u16,
    },
    /// Text of ours is not what it should be.
    #[error("{what} is malformed")]
    Malformed {
        /// What it should be.
        what: &'static str,
        /// What is wrong with it.
        source: Box<dyn Error>,
    },
    /// Something is so that the code around it rules out.
    #[error("{0}")]
    Impossible(&'static str),
}

impl InternalError {
    /// Text is not `what` it should be.
    pub(crate) fn malformed<E: Error + 'static>(what: &'static str) -> impl FnOnce(E) -> Self {
        move |error| Self::Malformed { what, source: Box::new(error) }
    }

    /// Returns it with its causes, as the log has it.
    pub(crate) fn chain(&self) -> String {
        log::chain(self)
    }
}

impl From<serde_wasm_bindgen::Error> for InternalError {
    fn from(_: serde_wasm_bindgen::Error) -> Self {
        Self::Row
    }
}

impl From<Malformed> for InternalError {
    fn from(error: Malformed) -> Self {
        Self::Json(error.into())
    }
}

impl From<ShapeError> for InternalError {
    fn from(error: ShapeError) -> Self {
        Self::Json(error.into())
    }
}

/// What an object throws: the runtime passes it to the caller.
impl From<InternalError> for worker::Error {
    fn from(error: InternalError) -> Self {
        match error {
            InternalError::Runtime(error) => error,
            InternalError::Json(_)
            | InternalError::Record(_)
            | InternalError::Row
            | InternalError::Url(_)
            | InternalError::Answered { .. }
            | InternalError::Malformed { .. }
            | InternalError::Impossible(_) => Self::RustError(error.chain()),
        }
    }
}
