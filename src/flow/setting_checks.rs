//! Whether what is set works: what the checks of the settings have found, what is kept of it, and how the operator reads it.
//!
//! A check that asks somebody (Compago, the merchant's backend) is made on request alone, and what it found is kept. The others follow
//! from what is known: the files of the site, and the operator's index.

use serde::{Deserialize, Serialize};

use crate::edge::FileError;
use crate::edge::settings::{Check, CheckCode, CheckStatus, Checks};
use crate::problem::Locale;
use crate::value::{Environment, Origin, UnixMillis};

mod details;
mod findings;
mod records;

pub use findings::{CompagoFinding, WebhookFinding};
pub use records::{Asked, CHECK_PAUSE, CheckRecords, CheckRefusal, Findings, RefusedOrigin};

/// What the checks rest on beside the records.
#[derive(Debug, Clone, Copy)]
pub struct CheckFacts<'a> {
    /// In which world payments are made.
    pub environment: Environment,
    /// The base URL of Compago's API.
    pub compago: &'a str,
    /// Where a payment link may point.
    pub checkout_origins: &'a [Origin],
    /// Where webhooks are sent, if they are.
    pub webhook: Option<&'a str>,
    /// Whether there is a secret to sign them with that somebody was shown, or has configured.
    pub signs: bool,
    /// The shop's file.
    pub shop_file: FileFact<'a>,
    /// The catalog.
    pub catalog: FileFact<'a>,
    /// What the operator's index shows; `None` if it cannot be asked.
    pub progress: Option<Progress>,
}

/// How a file is that the merchant edits.
#[derive(Debug, Clone, Copy)]
pub enum FileFact<'a> {
    /// Nothing is wrong with it.
    Good,
    /// What is wrong with it, and its name.
    Unreadable(&'a FileError, &'a str),
    /// The site's files cannot be had now.
    Unknown,
}

/// How far the shop has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// When the newest order was placed whose payment link was given out.
    pub linked_at: Option<UnixMillis>,
    /// Whether anything was paid.
    pub sold: bool,
}

impl Checks {
    /// Returns what is known, with what to do in that language.
    #[must_use]
    pub fn of(records: &CheckRecords, facts: &CheckFacts<'_>, locale: Locale) -> Self {
        Self {
            compago: compago(records, facts, locale),
            checkout_origin: checkout_origin(records, facts, locale),
            webhook: webhook(records, facts, locale),
            shop_file: file(facts.shop_file, locale),
            catalog: file(facts.catalog, locale),
            purchase: purchase(facts, locale),
        }
    }
}

impl Check {
    const fn new(status: CheckStatus, code: Option<CheckCode>, detail: Option<String>) -> Self {
        Self { status, checked_at: None, code, detail }
    }

    const fn ok() -> Self {
        Self::new(CheckStatus::Ok, None, None)
    }

    const fn unknown(detail: String) -> Self {
        Self::new(CheckStatus::Unknown, None, Some(detail))
    }

    const fn failed(code: CheckCode, detail: String) -> Self {
        Self::new(CheckStatus::Failed, Some(code), Some(detail))
    }

    fn at(self, at: UnixMillis) -> Self {
        Self { checked_at: Some(at), ..self }
    }
}

fn compago(records: &CheckRecords, facts: &CheckFacts<'_>, locale: Locale) -> Check {
    let Some(asked) = records.compago.as_ref().filter(|asked| asked.url == facts.compago) else {
        return Check::unknown(details::COMPAGO_UNKNOWN.in_locale(locale).to_owned());
    };
    asked.finding.code().map_or_else(Check::ok, |code| Check::failed(code, details::of(code, locale, &[]))).at(asked.at)
}

fn webhook(records: &CheckRecords, facts: &CheckFacts<'_>, locale: Locale) -> Check {
    let Some(url) = facts.webhook else {
        let detail = details::WEBHOOK_NOT_CONFIGURED.in_locale(locale).to_owned();
        return Check::new(CheckStatus::NotConfigured, None, Some(detail));
    };
    if !facts.signs {
        let code = CheckCode::SecretNotShown;
        return Check::failed(code, details::of(code, locale, &[]));
    }
    let Some(asked) = records.webhook.as_ref().filter(|asked| asked.url == url) else {
        return Check::unknown(details::WEBHOOK_UNKNOWN.in_locale(locale).to_owned());
    };
    let status = asked.finding.status().map(|status| status.to_string()).unwrap_or_default();
    let failed = |code| Check::failed(code, details::of(code, locale, &[("status", &status)]));
    asked.finding.code().map_or_else(Check::ok, failed).at(asked.at)
}

/// A refused link counts until its origin is allowed, or a later one was accepted.
fn checkout_origin(records: &CheckRecords, facts: &CheckFacts<'_>, locale: Locale) -> Check {
    let linked_at = facts.progress.and_then(|progress| progress.linked_at);
    let refused = records.refused.as_ref().filter(|refused| {
        !facts.checkout_origins.iter().any(|origin| Some(origin.as_str()) == refused.origin.as_deref())
            && linked_at.is_none_or(|linked_at| linked_at <= refused.at)
    });
    match (refused, linked_at) {
        (Some(RefusedOrigin { origin: Some(origin), at }), _) => {
            let code = CheckCode::CheckoutOriginRefused;
            Check::failed(code, details::of(code, locale, &[("origin", origin)])).at(*at)
        }
        (Some(RefusedOrigin { origin: None, at }), _) => {
            let code = CheckCode::CheckoutLinkInvalid;
            Check::failed(code, details::of(code, locale, &[])).at(*at)
        }
        (None, Some(_)) => Check::ok(),
        (None, None) => Check::unknown(details::CHECKOUT_ORIGIN_UNKNOWN.in_locale(locale).to_owned()),
    }
}

fn file(fact: FileFact<'_>, locale: Locale) -> Check {
    match fact {
        FileFact::Good => Check::ok(),
        FileFact::Unreadable(error, name) => {
            let first = error.problems().first().map(|problem| problem.message(name, locale)).unwrap_or_default();
            let code = CheckCode::FileUnreadable;
            Check::failed(code, details::of(code, locale, &[("first", &first), ("file", name)]))
        }
        FileFact::Unknown => Check::unknown(details::FILE_UNKNOWN.in_locale(locale).to_owned()),
    }
}

fn purchase(facts: &CheckFacts<'_>, locale: Locale) -> Check {
    if facts.progress.is_some_and(|progress| progress.sold) {
        return Check::ok();
    }
    let words = match facts.environment {
        Environment::Production => details::PURCHASE_IN_PRODUCTION,
        Environment::Demo | Environment::Local => details::PURCHASE_WITHOUT_MONEY,
    };
    Check::unknown(words.in_locale(locale).to_owned())
}
