//! Answers that say nothing, or contradict themselves.

use compago::endpoint::Reply;
use serde_json::{Value, json};

use super::rng::Rng;
use crate::recording::reply;

/// An answer that says nothing or contradicts itself, though the call may have done its work. Only a state is never
/// made up.
pub(crate) fn garbage(rng: &mut Rng, reply_was: &Reply) -> Reply {
    let half = reply_was.body.len() / 2;
    let altered = |field: &str, value: Value| {
        let mut body: Value = serde_json::from_slice(&reply_was.body).unwrap();
        body[field] = value;
        reply(reply_was.status, body.to_string())
    };
    match rng.below(11) {
        0 => reply(500, "{}"),
        1 => reply(502, "<html>"),
        2 => reply(429, "{}"),
        3 => reply(200, ""),
        4 => reply(200, "[]"),
        5 => reply(302, ""),
        6 => altered("amount", json!(1.23)),
        7 => altered("homepageUrl", json!("https://elsewhere.example/")),
        8 => altered("expired", json!(true)),
        9 => altered("id", json!("99999999-1111-4222-8333-444455556666")),
        _ => reply(reply_was.status, &reply_was.body[..half]),
    }
}
