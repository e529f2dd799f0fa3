//! The commands to a terminal's Durable Object, and its entries in the index of keys.

use compago::flow::intent::terms::IntentTerms;
use compago::value::{PaymentIntentId, Reference, TerminalCode};

use serde::{Deserialize, Serialize};

/// A command to a terminal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Command {
    /// Create the charge, unless it exists. The answer comes when it is created, or is known not to be.
    Place(Box<PlaceCharge>),
    /// A till watches.
    Watch {
        /// The charge; the latest if none.
        key: Option<Reference>,
    },
    /// Cancel the charge.
    Cancel {
        /// The charge.
        key: Reference,
    },
}

/// The data of a new charge.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlaceCharge {
    /// What is to be charged.
    pub(crate) terms: IntentTerms,
    /// Whether the charge that runs there is to be cancelled for it.
    pub(crate) take_over: bool,
}

/// The object that keeps a charge, and the charge's key there.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ObjectAddress {
    /// The name of the object.
    #[serde(rename = "home")]
    pub(crate) object: String,
    /// The charge's key.
    pub(crate) key: Reference,
}

impl ObjectAddress {
    /// Returns the address of the charge with these terms.
    pub(crate) fn of(terms: &IntentTerms) -> Self {
        Self { object: object_name(&terms.key, terms.terminal_code.as_ref()), key: terms.key }
    }
}

/// Returns the name of the object that keeps a charge: its terminal's, or one of its own if any terminal may take it.
pub(crate) fn object_name(key: &Reference, terminal_code: Option<&TerminalCode>) -> String {
    terminal_code.map_or_else(|| format!("charge/{}", key.compact()), terminal_object)
}

/// Returns the name of the object that keeps the charges of a terminal.
pub(crate) fn terminal_object(code: &TerminalCode) -> String {
    format!("terminal/{code}")
}

/// Returns the key in the index of keys of an intent's id.
pub(crate) fn intent_key(id: PaymentIntentId) -> String {
    format!("intent/{id}")
}
