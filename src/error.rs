//! Refusals by Compago's API: their reason, who has to act, and whether the call can have had an effect.
//!
//! Compago documents one error body, `{ "message": "..." }`, and a few texts per call
//! (<https://docs.compago.com/one-time-payment/create>, read November 2026). Further properties, and the bodies of 401,
//! 404 and 5xx, are not documented. The status code therefore decides, and the text only refines a 400.

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use thiserror::Error;

use crate::endpoint::{Compago, Host, HostRefusal, Reply};
use crate::json;
use crate::value::Amount;

/// An answer of Compago outside 2xx. Its text contains nothing of the answer's body.
///
/// ```
/// use std::error::Error;
///
/// use compago::endpoint::Reply;
/// use compago::error::Refusal;
///
/// let body = br#"{"message":"One time payment amount must be at least $10."}"#.to_vec();
/// let refusal = Refusal::read(&Reply { status: 400, retry_after: None, body });
/// assert_eq!(refusal.to_string(), "Compago answered with the HTTP status 400");
/// let reason = refusal.source().map(ToString::to_string);
/// assert_eq!(reason.as_deref(), Some("the amount is below the account's minimum of 10.00: raise it"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("Compago answered with the HTTP status {status}")]
#[non_exhaustive]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The reason.
    #[source]
    pub reason: Reason,
    /// Seconds to wait before the next try, from `Retry-After`.
    pub retry_after: Option<u32>,
}

impl Host for Compago {
    type Refusal = Refusal;

    fn refusal(reply: &Reply) -> Refusal {
        Refusal::read(reply)
    }
}

impl HostRefusal for Refusal {
    fn did_nothing(&self) -> bool {
        self.reason.did_nothing()
    }
}

/// The reason of a refusal, as far as it is documented. Its text says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, IntoStaticStr, Error)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Reason {
    /// 400: a payment of the organisation has this external id. An earlier call without an answer may have created it.
    #[error(
        "a payment of the organisation has this external id: find it if an earlier call had no answer, otherwise use a \
         new one"
    )]
    DuplicateExternalId,
    /// 400: the amount is below the account's minimum. Holds the minimum if the message could be parsed.
    #[error("the amount is below the account's minimum{}: raise it", of_amount(*.0))]
    BelowMinimum(Option<Amount>),
    /// 400: Compago does not accept the currency.
    #[error("Compago does not accept the currency: use Mexican pesos")]
    Currency,
    /// 400: the key belongs to no organisation.
    #[error("the API key belongs to no organisation: ask Compago for another one")]
    MissingOrganization,
    /// 401 or 403: the API key is missing or invalid, or may not make this call.
    #[error("the API key is missing or invalid, or may not make this call: check the key and its environment")]
    Unauthorized,
    /// 404: it does not exist, or it belongs to another organisation.
    #[error("it does not exist in this organisation and environment: check the id")]
    NotFound,
    /// 408, 429 or 503: Compago was busy. The call may have been carried out.
    #[error("Compago is busy: wait, then read the state before trying again")]
    Busy,
    /// 409, any other 5xx, and a status that is not one of a refusal: Compago failed, or something that exists conflicts
    /// with the call. The call, or an earlier one, may have been carried out.
    #[error(
        "Compago gave no clear answer, possibly after the call was carried out: read the state before trying again"
    )]
    Server,
    /// 3xx: a redirect, which is never followed.
    #[error("Compago redirected the call, which is never followed: check the base URL")]
    Redirect,
    /// Any other 4xx, such as a 400 with an undocumented text.
    #[error("Compago refused the call for a reason that it does not document: check what was sent")]
    Other,
}

fn of_amount(minimum: Option<Amount>) -> String {
    minimum.map(|minimum| format!(" of {minimum}")).unwrap_or_default()
}

/// Who caused a failure and so has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Blame {
    /// The caller: a different amount, currency or id would be accepted.
    Caller,
    /// Us: the configuration is wrong.
    Ours,
    /// Compago: the same call may succeed later.
    Provider,
}

impl Reason {
    /// Returns the stable code in kebab case.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Returns who caused the refusal.
    pub const fn blame(self) -> Blame {
        match self {
            Self::DuplicateExternalId | Self::BelowMinimum(_) | Self::Currency | Self::NotFound | Self::Other => {
                Blame::Caller
            }
            Self::MissingOrganization | Self::Unauthorized => Blame::Ours,
            Self::Busy | Self::Server | Self::Redirect => Blame::Provider,
        }
    }

    /// Returns whether the refused call certainly had no effect. Speaks of this send alone: if an earlier send of the same
    /// call had no clear answer, that one may have been carried out.
    pub const fn did_nothing(self) -> bool {
        match self.blame() {
            Blame::Caller | Blame::Ours => true,
            Blame::Provider => false,
        }
    }
}

impl Refusal {
    /// Reads a refusal. Accepts any body.
    pub fn read(reply: &Reply) -> Self {
        let reason = match reply.status {
            300..=399 => Reason::Redirect,
            400 => reason_of_400(&messages(&reply.body)),
            401 | 403 => Reason::Unauthorized,
            404 => Reason::NotFound,
            408 | 429 | 503 => Reason::Busy,
            402 | 405..=407 | 410..=499 => Reason::Other,
            _ => Reason::Server,
        };
        Self { status: reply.status, reason, retry_after: reply.retry_after }
    }
}

/// Returns the texts of an error body in lower case: `message` as a string or, as some frameworks send it, a list of
/// strings.
fn messages(body: &[u8]) -> Vec<String> {
    let body = core::str::from_utf8(body).unwrap_or_default();
    let Ok(document) = json::parse(body) else { return Vec::new() };
    let Ok(message) = document.get("message") else { return Vec::new() };
    let texts = message.entries().unwrap_or(core::slice::from_ref(message));
    texts.iter().filter_map(|text| text.text().ok()).map(str::to_ascii_lowercase).collect()
}

fn reason_of_400(messages: &[String]) -> Reason {
    for message in messages {
        if message.contains("externalid") && message.contains("already exists") {
            return Reason::DuplicateExternalId;
        }
        if let Some((_, minimum)) = message.split_once("amount must be at least") {
            return Reason::BelowMinimum(amount_in(minimum));
        }
        if message.contains("currency") {
            return Reason::Currency;
        }
        if message.contains("organization") {
            return Reason::MissingOrganization;
        }
    }
    Reason::Other
}

/// Parses the amount in a text such as ` $1,250.00.`. The number format of the message is not documented.
fn amount_in(text: &str) -> Option<Amount> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let number: String = text
        .get(start..)?
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .filter(|c| *c != ',')
        .collect();
    number.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot read its own table fails")]

    use super::*;

    fn reason(status: u16, body: &str) -> Reason {
        Refusal::read(&Reply { status, retry_after: None, body: body.as_bytes().to_vec() }).reason
    }

    #[test]
    fn documented_texts_have_different_reasons() {
        let minimum = |text: &str| Reason::BelowMinimum(text.parse().ok());
        for (body, expected) in [
            (r#"{"message":"One time payment with externalId a-1 already exists."}"#, Reason::DuplicateExternalId),
            (r#"{"message":"One time payment amount must be at least $10."}"#, minimum("10")),
            (r#"{"message":"One time payment amount must be at least $10.50."}"#, minimum("10.50")),
            (r#"{"message":"One time payment amount must be at least $1,250.00."}"#, minimum("1250")),
            (r#"{"message":"One time payment amount must be at least $20 MXN."}"#, minimum("20")),
            (
                r#"{"message":"One time payment amount must be at least $[minimum_amount]."}"#,
                Reason::BelowMinimum(None),
            ),
            (r#"{"message":["Currency not supported"],"statusCode":400}"#, Reason::Currency),
            (r#"{"message":"Missing organization context"}"#, Reason::MissingOrganization),
        ] {
            assert_eq!(reason(400, body), expected, "{body}");
        }
    }

    #[test]
    fn without_a_readable_body_the_status_decides() {
        for body in ["", "<html>", "[]", "{}", r#"{"message":5}"#, r#"{"message":null}"#, r#"{"message":[1,{}]}"#, "{"]
        {
            assert_eq!(reason(400, body), Reason::Other, "{body}");
            assert_eq!(reason(401, body), Reason::Unauthorized, "{body}");
            assert_eq!(reason(403, body), Reason::Unauthorized, "{body}");
            assert_eq!(reason(404, body), Reason::NotFound, "{body}");
            assert_eq!(reason(429, body), Reason::Busy, "{body}");
            assert_eq!(reason(409, body), Reason::Server, "{body}");
            assert_eq!(reason(500, body), Reason::Server, "{body}");
            assert_eq!(reason(302, body), Reason::Redirect, "{body}");
            assert_eq!(reason(418, body), Reason::Other, "{body}");
        }
    }

    #[test]
    fn only_a_definite_refusal_counts_as_nothing_done() {
        for status in (0..700).chain([u16::MAX]) {
            let did_nothing = reason(status, "{}").did_nothing();
            let clear = (400..500).contains(&status) && ![408, 409, 429].contains(&status);
            assert_eq!(did_nothing, clear, "status {status}");
        }
    }
}
