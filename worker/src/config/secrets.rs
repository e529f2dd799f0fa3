//! How many values of a secret are configured, and why one cannot be used, without any of it.

use core::fmt::Display;
use core::str::FromStr;

use compago::edge::settings::SecretName;
use compago::edge::{NamedSecret, weak_settings};
use worker::Env;

use super::{CASHIER_TOKEN, COMPAGO_API_KEY, Misconfigured, OPERATOR_TOKEN, SIGNING_KEY, WEBHOOK_SECRET, text};

/// Returns how many values of a secret are configured.
pub(crate) fn configured_values(env: &Env, secret: SecretName) -> usize {
    let name = match secret {
        SecretName::CompagoApiKey => return usize::from(text(env, COMPAGO_API_KEY).is_some()),
        SecretName::OperatorToken => OPERATOR_TOKEN,
        SecretName::CashierToken => CASHIER_TOKEN,
        SecretName::SigningKey => SIGNING_KEY,
        SecretName::WebhookSecret => WEBHOOK_SECRET,
    };
    text(env, name).map_or(0, |text| NamedSecret::list(name, &text).values.len())
}

impl Misconfigured {
    /// What may be set; its error says what is wrong without telling the value.
    pub(super) fn explained<T: FromStr<Err: Display>>(&mut self, env: &Env, name: &'static str) -> Option<T> {
        match text(env, name)?.parse() {
            Ok(secret) => Some(secret),
            Err(error) => {
                self.refuse(name, error.to_string());
                None
            }
        }
    }

    /// Refuses secrets that can be guessed, or that are the same.
    pub(super) fn refuse_weak_secrets(&mut self, env: &Env) {
        for (name, weakness) in weak_settings(|name| text(env, name)) {
            self.refuse(name, weakness.to_string());
        }
    }

    /// Refuses a setting for the first reason that was found.
    pub(super) fn refuse(&mut self, name: &'static str, reason: String) {
        if !self.malformed.contains(&name) {
            self.malformed.push(name);
            self.reasons.push((name, reason));
        }
    }
}
