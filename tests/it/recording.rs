//! A transport that answers from memory and records requests.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use compago::endpoint::{CallError, Endpoint, Host, Reply, Request, Transport, Undelivered, call};

/// Answers with the given replies in order, then fails like a lost connection.
pub(crate) struct Recording {
    replies: Mutex<VecDeque<Reply>>,
    requests: Mutex<Vec<Request>>,
}

impl Recording {
    pub(crate) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self { replies: Mutex::new(replies.into_iter().collect()), requests: Mutex::default() }
    }

    /// Returns the requests, oldest first.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl<H> Transport<H> for Recording {
    async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
        self.requests.lock().unwrap().push(request);
        self.replies.lock().unwrap().pop_front().ok_or(Undelivered::Network)
    }
}

pub(crate) fn reply(status: u16, body: impl AsRef<[u8]>) -> Reply {
    Reply { status, retry_after: None, body: body.as_ref().to_vec() }
}

/// Returns the result of the call for one reply.
pub(crate) fn answer<E: Endpoint>(
    endpoint: &E,
    reply: Reply,
) -> Result<E::Answer, CallError<<E::Host as Host>::Refusal>> {
    now(call(endpoint, &Recording::new([reply])))
}

/// Returns the result of a future that never waits.
pub(crate) fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a transport that answers from memory does not wait"),
    }
}
