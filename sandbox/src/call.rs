//! The log of calls that reached the API. It keeps no body, no header and no query.

use std::collections::VecDeque;

use serde::Serialize;

use crate::endpoint::Endpoint;

/// One call, as `/_sandbox/calls` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Call {
    /// When, by the virtual clock.
    pub(crate) at: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// None for a path or method that the API does not have.
    pub(crate) endpoint: Option<Endpoint>,
    /// The last id that the path names, or that of what the call made.
    pub(crate) id: Option<String>,
    /// None where the answer was lost.
    pub(crate) status: Option<u16>,
    /// The kind of fault that the call met.
    pub(crate) fault: Option<&'static str>,
}

/// The latest calls, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calls(VecDeque<Call>);

impl Calls {
    pub(crate) fn add(&mut self, call: Call) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(call);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn all(&self) -> Vec<&Call> {
        self.0.iter().collect()
    }
}

/// A sandbox that runs for days must not grow without end.
const KEPT: usize = 50_000;
