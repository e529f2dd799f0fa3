//! What a terminal's Durable Object is asked, and what stands in the register.

use compago::flow::intent::terms::IntentTerms;
use compago::value::{PaymentIntentId, Reference, TerminalCode};

use serde::{Deserialize, Serialize};

/// What can be asked of a terminal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Command {
    /// Make the charge, unless it exists; answers when it is made, or known not to be.
    Place(Box<PlaceCharge>),
    /// A till watches.
    Watch {
        /// The charge; the latest if none.
        key: Option<Reference>,
    },
    /// Take the charge back.
    Cancel {
        /// The charge.
        key: Reference,
    },
}

/// What makes a charge.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlaceCharge {
    /// What is to be charged.
    pub(crate) terms: IntentTerms,
    /// Whether a charge that runs there is to be taken back for it.
    pub(crate) take_over: bool,
}

/// Where the charge is kept that Compago knows by an id.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ObjectAddress {
    /// The name of the object that keeps it.
    #[serde(rename = "home")]
    pub(crate) object: String,
    /// Its name there.
    pub(crate) key: Reference,
}

impl ObjectAddress {
    /// Where the charge with these terms is kept.
    pub(crate) fn of(terms: &IntentTerms) -> Self {
        Self { object: object_name(&terms.key, terms.terminal_code.as_ref()), key: terms.key }
    }
}

/// The name of the object that keeps a charge: its terminal's, or one of its own if any terminal may take it.
pub(crate) fn object_name(key: &Reference, terminal_code: Option<&TerminalCode>) -> String {
    terminal_code.map_or_else(|| format!("charge/{}", key.compact()), terminal_object)
}

/// The name of the object that keeps the charges of a terminal.
pub(crate) fn terminal_object(code: &TerminalCode) -> String {
    format!("terminal/{code}")
}

/// The name in the register of what Compago knows by an id.
pub(crate) fn intent_key(id: PaymentIntentId) -> String {
    format!("intent/{id}")
}
