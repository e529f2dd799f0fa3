//! What fails on our own side, whatever the client sent.

use core::error::Error;

use compago::json::{JsonError, Malformed, Unexpected};
use compago::value::UrlError;

use crate::log;

/// A failure of ours. A client hears [`Fault::Internal`](super::Fault::Internal) alone; the log has it with its causes.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InternalError {
    /// The Workers runtime refused something, or failed.
    #[error("the runtime failed")]
    Runtime(#[from] worker::Error),
    /// A stored record, or a message of ours, is not what it should be.
    #[error("a record or a message cannot be read")]
    Json(#[from] JsonError),
    /// A row is not of the type that it is read as.
    #[error("a row cannot be read")]
    Row(#[from] serde_wasm_bindgen::Error),
    /// An address that is made of our own parts is none.
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

impl From<Malformed> for InternalError {
    fn from(error: Malformed) -> Self {
        Self::Json(error.into())
    }
}

impl From<Unexpected> for InternalError {
    fn from(error: Unexpected) -> Self {
        Self::Json(error.into())
    }
}

/// What an object throws: the runtime hands it to whoever asked.
impl From<InternalError> for worker::Error {
    fn from(error: InternalError) -> Self {
        match error {
            InternalError::Runtime(error) => error,
            InternalError::Json(_)
            | InternalError::Row(_)
            | InternalError::Url(_)
            | InternalError::Answered { .. }
            | InternalError::Malformed { .. }
            | InternalError::Impossible(_) => Self::RustError(error.chain()),
        }
    }
}
