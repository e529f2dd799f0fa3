//! All payment intents of the sandbox's one organisation, in the order of their creation.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use uuid::Uuid;

use super::request::NewIntent;
use super::{CancelReason, Intent, Standing, Terminal};
use crate::amendment::Amendment;
use crate::settings::Settings;

/// Intents by age, id and external id. Nothing is ever removed, so an external id cannot be reused, and a terminal
/// keeps the id that its first intent showed.
#[derive(Clone, Debug, Default)]
pub(crate) struct PaymentIntents {
    by_age: Vec<Intent>,
    positions: BTreeMap<Uuid, usize>,
    external_ids: BTreeSet<String>,
    terminal_ids: BTreeMap<String, Uuid>,
}

impl PaymentIntents {
    /// Creates an intent. One for a terminal cancels the pending intent of that terminal.
    pub(crate) fn create(
        &mut self,
        new: NewIntent,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<Uuid, CreateProblem> {
        if let Some(code) = &new.terminal_code
            && !settings.terminals.contains(code)
        {
            return Err(CreateProblem::UnknownTerminal);
        }
        if self.external_ids.contains(&new.external_id) {
            return Err(CreateProblem::Duplicate(new.external_id));
        }
        let terminal = new.terminal_code.clone().map(|code| {
            let id = self.terminal_ids.get(&code).copied().unwrap_or_else(Uuid::new_v4);
            Terminal { code, id }
        });
        if let Some(terminal) = &terminal {
            self.cancel_pending_at(&terminal.code, settings, now);
        }
        let intent = Intent::created(new, terminal, now);
        let id = intent.id;
        self.add(intent);
        Ok(id)
    }

    pub(crate) fn find(&self, id: Uuid) -> Option<&Intent> {
        self.positions.get(&id).and_then(|position| self.by_age.get(*position))
    }

    pub(crate) fn find_mut(&mut self, id: Uuid) -> Option<&mut Intent> {
        self.positions.get(&id).and_then(|position| self.by_age.get_mut(*position))
    }

    /// Replaces the given facts. An external id of another intent is not refused.
    pub(crate) fn amend(&mut self, id: Uuid, amendment: Amendment, now: Timestamp) -> Option<&Intent> {
        let intent = self.positions.get(&id).and_then(|position| self.by_age.get_mut(*position))?;
        self.external_ids.extend(amendment.external_id.clone());
        intent.amend(amendment, now);
        Some(intent)
    }

    pub(crate) fn oldest_first(&self) -> &[Intent] {
        &self.by_age
    }

    /// Returns the intents that a terminal can charge now: its own ones before those for any terminal, each oldest
    /// first.
    pub(crate) fn open_at(&self, code: &str, now: Timestamp) -> Vec<&Intent> {
        let open = |routed: Option<&str>| {
            self.by_age
                .iter()
                .filter(|intent| intent.terminal_code() == routed && intent.standing(now) == Standing::Open)
                .collect::<Vec<_>>()
        };
        [open(Some(code)), open(None)].concat()
    }

    /// Cancels the terminal's pending intents; closed ones are unchanged.
    fn cancel_pending_at(&mut self, code: &str, settings: &Settings, now: Timestamp) {
        for intent in self.by_age.iter_mut().filter(|intent| intent.terminal_code() == Some(code)) {
            let _ = intent.cancel(CancelReason::Replaced, settings.expired_intent_cancel, now);
        }
    }

    fn add(&mut self, intent: Intent) {
        self.positions.insert(intent.id, self.by_age.len());
        self.external_ids.insert(intent.external_id.clone());
        if let Some(terminal) = &intent.terminal {
            self.terminal_ids.insert(terminal.code.clone(), terminal.id);
        }
        self.by_age.push(intent);
    }
}

impl From<Vec<Intent>> for PaymentIntents {
    fn from(by_age: Vec<Intent>) -> Self {
        let mut intents = Self::default();
        for intent in by_age {
            intents.add(intent);
        }
        intents
    }
}

/// The reason why a well-formed request is refused. It is documented that a repeated external id is refused, but not
/// with which code and text: here they are those of a one-time payment (docs.compago.com/payment-intent/create, read
/// November 2026).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CreateProblem {
    #[error("Terminal not found")]
    UnknownTerminal,
    #[error("Payment intent with externalId {0} already exists.")]
    Duplicate(String),
}
