//! The log of calls that reached the API. Bodies, headers and queries are not kept.

use std::collections::VecDeque;

use serde::Serialize;

use crate::endpoint::Endpoint;

/// One call, as `/_sandbox/calls` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Call {
    /// The time, by the virtual clock.
    pub(crate) at: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// None for a path or method that the API does not have.
    pub(crate) endpoint: Option<Endpoint>,
    /// The last id in the path, or the id of the created object.
    pub(crate) id: Option<String>,
    /// None if the answer was lost.
    pub(crate) status: Option<u16>,
    /// The kind of fault that was applied to the call.
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

/// Limits the memory of a sandbox that runs for days.
const KEPT: usize = 50_000;
