//! Fault injection: faults planned for the next calls of an endpoint.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use strum::IntoStaticStr;
use tokio::sync::watch;

use crate::endpoint::Endpoint;
use crate::link;

/// A kind of fault. "Commits" means that the call still takes effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub(crate) enum Fault {
    /// Commits, then closes the connection without an answer.
    LoseAnswer,
    /// Commits, then answers after a delay.
    Delay { ms: u64 },
    /// Commits, then answers once the faults are cleared.
    Hold,
    /// Does not commit; answers with an error.
    Refuse { status: u16, body: Option<Value>, content_type: Option<String> },
    /// Commits, declares the whole length and disconnects after half of the answer.
    Truncate,
    /// Commits, then sends another answer.
    Answer { status: u16, body: Value, content_type: Option<String> },
    /// Commits, then answers with this many bytes of JSON.
    Huge { bytes: u64 },
    /// Does not commit; answers 302 to another address.
    Redirect { location: String },
    /// The list shifts while it is read.
    Drift {
        #[serde(default)]
        how: Drift,
        #[serde(default = "one")]
        by: u16,
    },
}

/// What carries the answers to the callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// A connection, which can be held, closed, or cut within an answer.
    #[cfg_attr(not(feature = "server"), expect(dead_code, reason = "only the program has connections"))]
    Connection,
    /// A runtime that sends whole answers only.
    Runtime,
}

/// How a list shifts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Drift {
    /// Items of others are created just before the page is computed.
    #[default]
    Insert,
    /// The page is computed from the list in the opposite order.
    Reverse,
    /// The payments with the oldest updates are updated just before the page is computed.
    Touch,
}

/// A fault for the next `count` calls of one endpoint, planned through `/_sandbox/faults`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PlannedFault {
    pub(crate) endpoint: Endpoint,
    /// Restricts the fault to calls whose path names this id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    #[serde(default = "one")]
    pub(crate) count: u16,
    pub(crate) fault: Fault,
}

impl PlannedFault {
    /// Validates the plan for this carrier; the error is one sentence.
    pub(crate) fn checked(self, carrier: Carrier) -> Result<Self, &'static str> {
        let valid_header = |text: &Option<String>| {
            text.as_ref().is_none_or(|text| text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '))
        };
        match &self.fault {
            _ if self.count == 0 => Err("count must be at least 1"),
            _ if self.id.is_some() && !self.endpoint.names_id() => {
                Err("the path of this endpoint names no id: leave id out")
            }
            Fault::Refuse { status, .. } if !(400..=599).contains(status) => {
                Err("a refusal's status must be between 400 and 599")
            }
            Fault::Answer { status, .. } if !(200..=599).contains(status) => {
                Err("an answer's status must be between 200 and 599")
            }
            Fault::Refuse { content_type, .. } | Fault::Answer { content_type, .. } if !valid_header(content_type) => {
                Err("contentType must be plain ASCII")
            }
            Fault::Redirect { location } if !link::is_web_address(location) || !location.is_ascii() => {
                Err("location must be an http or https URL")
            }
            Fault::Drift { .. } if self.endpoint.list_of().is_none() => Err("only a list can drift: use the endpoint \
                one-time-payment.list, payment-method.list or payment-method.payments"),
            Fault::Drift { how: Drift::Touch, .. } if self.endpoint != Endpoint::OneTimePaymentList => {
                Err("only one-time payments say when they were updated: touch them in one-time-payment.list")
            }
            Fault::LoseAnswer | Fault::Hold | Fault::Truncate if carrier == Carrier::Runtime => {
                Err("this sandbox sends whole answers and sends them at once or after a delay: lose-answer, hold and \
                    truncate need the one that is built with cargo")
            }
            Fault::LoseAnswer
            | Fault::Delay { .. }
            | Fault::Hold
            | Fault::Refuse { .. }
            | Fault::Truncate
            | Fault::Answer { .. }
            | Fault::Huge { .. }
            | Fault::Redirect { .. }
            | Fault::Drift { .. } => Ok(self),
        }
    }
}

/// The planned faults. Those of one endpoint apply in the order in which they were planned.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    planned: VecDeque<PlannedFault>,
    /// How often the faults were cleared.
    forgotten: watch::Sender<u64>,
}

impl Faults {
    pub(crate) fn plan(&mut self, fault: PlannedFault) {
        self.planned.push_back(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.planned.clear();
        self.forgotten.send_modify(|times| *times += 1);
    }

    pub(crate) fn all(&self) -> Vec<&PlannedFault> {
        self.planned.iter().collect()
    }

    /// Returns a receiver that is notified when the faults are cleared.
    pub(crate) fn release(&self) -> watch::Receiver<u64> {
        self.forgotten.subscribe()
    }

    /// Returns the first fault that is planned for this call of `endpoint`, whose path names `id`, and counts it as met.
    pub(crate) fn take(&mut self, endpoint: Endpoint, id: Option<&str>) -> Option<Fault> {
        let fits = |planned: &PlannedFault| {
            planned.endpoint == endpoint && planned.id.as_deref().is_none_or(|wanted| Some(wanted) == id)
        };
        let position = self.planned.iter().position(fits)?;
        let planned = self.planned.get_mut(position)?;
        planned.count -= 1;
        let fault = planned.fault.clone();
        if planned.count == 0 {
            self.planned.remove(position);
        }
        Some(fault)
    }
}

fn one() -> u16 {
    1
}
