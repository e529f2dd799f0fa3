//! What a refusal of Compago's means: whose fault it is, and whether the call can have done anything.
//!
//! Compago documents one error body, `{ "message": "..." }`, and for each call a few texts
//! (<https://docs.compago.com/one-time-payment/create>, read November 2026). Whether there are more properties, and what
//! a 401, 404 or 5xx carries, is unknown; so the status decides first, and the text only refines a 400.

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::endpoint::Reply;
use crate::json;
use crate::value::Amount;

/// An answer of Compago's outside 2xx.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// What it means.
    pub reason: Reason,
    /// Seconds to wait before the next try, where the answer asks for it.
    pub retry_after: Option<u32>,
}

/// What a refusal means, as far as it is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Reason {
    /// 400: the external id is taken by another payment of the organisation.
    DuplicateExternalId,
    /// 400: below the account's minimum, which is told here if the message could be read.
    BelowMinimum(Option<Amount>),
    /// 400: not a currency that Compago takes.
    Currency,
    /// 400: the key belongs to no organisation.
    MissingOrganization,
    /// 401 or 403: the API key is missing or invalid, or may not make this call.
    Unauthorized,
    /// 404: there is no such thing, or it is another organisation's.
    NotFound,
    /// 429 or 503: not now.
    Busy,
    /// 5xx: trouble at the provider. The call may have been carried out.
    Server,
    /// 3xx: an answer that points elsewhere, which is never followed.
    Redirect,
    /// Any other refusal, such as a 400 with a text that is not documented.
    Other,
}

/// Whose fault a failure is, and so who can mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The caller's: another amount, currency or id would be taken.
    Caller,
    /// Ours: the configuration is wrong.
    Ours,
    /// The provider's: later may be better.
    Provider,
}

impl Reason {
    /// The stable code, kebab-case.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Whose fault it is.
    pub const fn fault(self) -> Fault {
        match self {
            Self::DuplicateExternalId | Self::BelowMinimum(_) | Self::Currency | Self::NotFound | Self::Other => {
                Fault::Caller
            }
            Self::MissingOrganization | Self::Unauthorized => Fault::Ours,
            Self::Busy | Self::Server | Self::Redirect => Fault::Provider,
        }
    }

    /// Whether the refused call is known to have done nothing, so that it may be given up or made again.
    pub const fn did_nothing(self) -> bool {
        match self.fault() {
            Fault::Caller | Fault::Ours => true,
            Fault::Provider => false,
        }
    }
}

impl Refusal {
    /// Reads a refusal; any bytes are accepted.
    pub fn read(reply: &Reply) -> Self {
        let reason = match reply.status {
            300..=399 => Reason::Redirect,
            400 => reason_of_400(&messages(&reply.body)),
            401 | 403 => Reason::Unauthorized,
            404 => Reason::NotFound,
            408 | 429 | 503 => Reason::Busy,
            status if status >= 500 => Reason::Server,
            _ => Reason::Other,
        };
        Self { status: reply.status, reason, retry_after: reply.retry_after }
    }
}

/// The texts of an error body: `message` as a string or, as some frameworks send it, as a list of strings.
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

/// The amount in a text such as ` $1,250.00.`: the placeholder's number format is not documented.
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
    fn documented_texts_are_told_apart() {
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
    fn a_body_that_cannot_be_read_leaves_the_status_to_speak() {
        for body in ["", "<html>", "[]", "{}", r#"{"message":5}"#, r#"{"message":null}"#, r#"{"message":[1,{}]}"#, "{"]
        {
            assert_eq!(reason(400, body), Reason::Other, "{body}");
            assert_eq!(reason(401, body), Reason::Unauthorized, "{body}");
            assert_eq!(reason(403, body), Reason::Unauthorized, "{body}");
            assert_eq!(reason(404, body), Reason::NotFound, "{body}");
            assert_eq!(reason(429, body), Reason::Busy, "{body}");
            assert_eq!(reason(500, body), Reason::Server, "{body}");
            assert_eq!(reason(302, body), Reason::Redirect, "{body}");
            assert_eq!(reason(418, body), Reason::Other, "{body}");
        }
    }

    #[test]
    fn only_a_clear_no_counts_as_nothing_done() {
        for status in 300..600 {
            let did_nothing = reason(status, "{}").did_nothing();
            let clear = (400..500).contains(&status) && status != 408 && status != 429;
            assert_eq!(did_nothing, clear, "status {status}");
        }
    }
}
