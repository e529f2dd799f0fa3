//! Requests with the same idempotency key, of which one is answered at a time.

use std::cell::RefCell;

use compago::value::Reference;

use crate::http::error::ApiError;

/// The keys whose requests are being answered. A second request with the same key is refused until the first has its answer.
#[derive(Default)]
pub(crate) struct KeysInFlight(RefCell<Vec<Reference>>);

impl KeysInFlight {
    /// Does the work of a request with this key.
    ///
    /// # Errors
    /// [`ApiError::InFlight`] if another request with the key is being answered, and those of the work.
    pub(crate) async fn run<T>(
        &self,
        key: Reference,
        work: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<T, ApiError> {
        let _in_flight = self.enter(key)?;
        work.await
    }

    fn enter(&self, key: Reference) -> Result<KeyInFlight<'_>, ApiError> {
        if self.0.borrow().contains(&key) {
            return Err(ApiError::InFlight);
        }
        self.0.borrow_mut().push(key);
        Ok(KeyInFlight { keys: self, key })
    }
}

/// Removes its key when it is dropped, also if the request is dropped before it has its answer.
struct KeyInFlight<'a> {
    keys: &'a KeysInFlight,
    key: Reference,
}

impl Drop for KeyInFlight<'_> {
    fn drop(&mut self) {
        self.keys.0.borrow_mut().retain(|other| *other != self.key);
    }
}
