//! Our own Worker as the host of calls, and its refusals.

use core::fmt;

use serde::Serialize;

use crate::endpoint::{Host, HostRefusal, Reply};
use crate::json::{self, Json};
use crate::value::Amount;

/// Our own Worker. A transport for it needs no key: a page has one.
#[derive(Debug, Clone, Copy)]
pub struct Edge;

impl Host for Edge {
    type Refusal = ProblemDetails;

    fn refusal(reply: &Reply) -> ProblemDetails {
        ProblemDetails::read(reply)
    }
}

/// A refusal by the Worker: its problem document ([RFC 9457]), as far as it could be read.
///
/// Something between page and Worker (a proxy, a captive portal) answers in its own way. Any body is accepted; missing
/// fields are empty. The HTTP status is always present.
///
/// ```
/// use compago::edge::ProblemDetails;
/// use compago::endpoint::Reply;
///
/// let body = br#"{"type":"/problems/order-paid","title":"Paid","status":409,"detail":"It is paid.","code":"order-paid"}"#;
/// let refusal = ProblemDetails::read(&Reply { status: 409, retry_after: None, body: body.to_vec() });
/// assert_eq!((refusal.status, refusal.code.as_str()), (409, "order-paid"));
///
/// let refusal = ProblemDetails::read(&Reply { status: 502, retry_after: None, body: b"<html>".to_vec() });
/// assert_eq!((refusal.status, refusal.code.as_str()), (502, ProblemDetails::UNKNOWN));
/// ```
///
/// [RFC 9457]: https://www.rfc-editor.org/rfc/rfc9457
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProblemDetails {
    /// What went wrong, for programs: kebab-case and stable, or [`ProblemDetails::UNKNOWN`].
    pub code: String,
    /// The kind of problem in a few words, for people.
    pub title: Box<str>,
    /// The HTTP status that came, whatever the document says.
    pub status: u16,
    /// What went wrong here and what helps, for people.
    pub detail: Box<str>,
    /// All that is wrong with the body that was sent; empty for other problems.
    pub errors: Box<[FieldProblem]>,
    /// The order that the problem is about, where the Worker names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<Box<str>>,
    /// The least that can be paid, where an amount is below it and the Worker knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Amount>,
    /// Seconds to wait before the next try, where the answer asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

impl ProblemDetails {
    /// The code of an answer that is not a problem document of the Worker.
    pub const UNKNOWN: &'static str = "unknown";

    /// Reads a refusal; never fails.
    #[must_use]
    pub fn read(reply: &Reply) -> Self {
        let body = core::str::from_utf8(&reply.body).unwrap_or_default();
        let document = json::parse(body).unwrap_or(Json::Null);
        // Texts of other programs are not shown to anyone.
        match text(&document, "code").filter(|code| is_code(code)) {
            Some(code) => Self::assemble(code, &document, reply),
            None => Self::assemble(Self::UNKNOWN.to_owned(), &Json::Null, reply),
        }
    }

    fn assemble(code: String, document: &Json, reply: &Reply) -> Self {
        let errors = document.get("errors").and_then(Json::entries).unwrap_or_default();
        Self {
            code,
            title: text(document, "title").unwrap_or_default().into_boxed_str(),
            status: reply.status,
            detail: text(document, "detail").unwrap_or_default().into_boxed_str(),
            errors: errors.iter().filter_map(FieldProblem::read).collect(),
            reference: text(document, "reference").map(String::into_boxed_str),
            minimum: document.field("minimum").ok(),
            retry_after: reply.retry_after,
        }
    }
}

/// The title, the code and the status. The Worker's titles contain nothing of the request.
impl fmt::Display for ProblemDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title =
            if self.title.is_empty() { "the answer is not a problem document of the Worker" } else { &*self.title };
        write!(f, "{title} ({}, HTTP status {})", self.code, self.status)
    }
}

impl core::error::Error for ProblemDetails {}

impl HostRefusal for ProblemDetails {
    /// Only a refusal by the Worker itself counts, and not one that refers to an earlier request: 409, and the codes
    /// `idempotency-key-reused` and `external-id-taken`.
    fn did_nothing(&self) -> bool {
        let refers_to_earlier =
            matches!(self.code.as_str(), Self::UNKNOWN | "idempotency-key-reused" | "external-id-taken");
        !refers_to_earlier && matches!(self.status, 400..=407 | 410..=499)
    }
}

/// One thing that is wrong with the body that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FieldProblem {
    /// Where, as a JSON pointer; empty for the whole body.
    pub pointer: String,
    /// What, for programs.
    pub code: String,
    /// What and what helps, for people.
    pub detail: String,
}

impl FieldProblem {
    fn read(entry: &Json) -> Option<Self> {
        Some(Self {
            pointer: text(entry, "pointer")?,
            code: text(entry, "code")?,
            detail: text(entry, "detail").unwrap_or_default(),
        })
    }
}

fn text(document: &Json, name: &'static str) -> Option<String> {
    document.field(name).ok()
}

/// Kebab-case: what may name a message or a class on a page.
fn is_code(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split('-').all(part)
}
