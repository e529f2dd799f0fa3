//! Every pair of `tests/vectors/`: the request, byte for byte except the order of JSON fields, and the meaning of the
//! answer.

use std::fmt::Debug;
use std::str::FromStr;

use compago::endpoint::{CallError, Compago, Endpoint, Reply, call};
use compago::error::{Blame, Reason, Refusal};
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod cards;
mod intents;
mod payments;

use crate::recording::{Recording, now};
use crate::wire::to_value;

macro_rules! vectors {
    ($($folder:literal { $($name:literal,)+ })+) => {
        pub(crate) const VECTORS: &[(&str, &str)] = &[$($(
            (concat!($folder, "/", $name, ".json"), include_str!(concat!("../vectors/", $folder, "/", $name, ".json"))),
        )+)+];
    };
}

vectors! {
    "one-time-payment" {
        "cancel",
        "cancel-refused",
        "cancel-required-fields",
        "cancel-unauthorized",
        "create",
        "create-below-minimum",
        "create-below-minimum-decimals",
        "create-currency-not-supported",
        "create-duplicate-external-id",
        "create-missing-organization",
        "create-unauthorized",
        "create-whole-pesos",
        "get-cancelled",
        "get-confirmed",
        "get-confirmed-expired",
        "get-expired",
        "get-not-found",
        "get-pending",
        "get-unauthorized",
        "list-all-states",
        "list-behind-last",
        "list-confirmed",
        "list-invalid-query",
        "list-missing-organization",
        "list-unauthorized",
    }
    "payment-intent" {
        "cancel",
        "cancel-already-cancelled",
        "cancel-already-confirmed",
        "cancel-not-found",
        "create",
        "create-any-terminal",
        "create-currency",
        "create-duplicate-external-id",
        "create-missing-organization",
        "create-required-fields",
        "create-terminal-not-found",
        "create-unauthorized",
        "get-cancelled",
        "get-confirmed",
        "get-confirmed-card",
        "get-expired",
        "get-not-found",
        "get-pending",
        "get-pending-expired-success",
        "get-summary-null",
    }
    "payment-method" {
        "charge",
        "charge-amount",
        "charge-currency",
        "charge-not-active",
        "charge-not-found",
        "charge-pending",
        "create-embedded",
        "create-link",
        "get-active",
        "get-not-found",
        "get-pending",
        "get-required-fields",
        "list",
        "payment",
        "payment-not-found",
        "payments",
        "refund",
        "refund-not-confirmed",
        "refund-without-reason",
        "revoke",
        "revoke-not-active",
    }
}

#[test]
fn every_vector_is_sent_and_read() {
    for (name, text) in VECTORS {
        let vector: Value = serde_json::from_str(text).unwrap();
        let (resource, _) = text_of(&vector["endpoint"]).split_once('.').unwrap();
        match resource {
            "one-time-payment" => payments::play_one(name, &vector),
            "payment-intent" => intents::play_one(name, &vector),
            "payment-method" => cards::play_one(name, &vector),
            _ => panic!("{name}: no such endpoint"),
        }
    }
}

#[test]
fn every_vector_names_its_source() {
    for (name, text) in VECTORS {
        let vector: Value = serde_json::from_str(text).unwrap();
        assert!(text_of(&vector["source"]).starts_with("https://docs.compago.com/"), "{name}");
        assert!(text_of(&vector["read"]).starts_with("2026-"), "{name}");
    }
}

#[cfg(not(target_family = "wasm"))]
#[test]
fn every_file_is_played() {
    let vectors = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors");
    let names = |path: &str| -> Vec<String> {
        std::fs::read_dir(path).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    };
    // Stored records are not vectors, see `tests/it/stored.rs`.
    let folders = names(vectors).into_iter().filter(|name| name != "README.md" && name != "stored");
    let mut files: Vec<String> = folders
        .flat_map(|folder| {
            names(&format!("{vectors}/{folder}")).into_iter().map(move |file| format!("{folder}/{file}"))
        })
        .collect();
    files.sort_unstable();
    let mut played: Vec<String> = VECTORS.iter().map(|(name, _)| (*name).to_owned()).collect();
    played.sort_unstable();
    assert_eq!(files, played);
}

/// Runs one vector. Success codes are not documented, so a successful answer is also run with other 2xx codes.
fn play<E>(name: &str, vector: &Value, endpoint: &E, meaning: impl Fn(E::Answer) -> Value)
where
    E: Endpoint<Host = Compago>,
{
    let answer = &vector["answer"];
    let documented = u16::try_from(answer["status"].as_u64().unwrap()).unwrap();
    let statuses = if documented < 300 { vec![documented, 200, 201, 202, 206, 299] } else { vec![documented] };
    for status in statuses {
        let body = answer["body"].to_string().into_bytes();
        let transport = Recording::new([Reply { status, retry_after: None, body }]);
        let means = match now(call(endpoint, &transport)) {
            Ok(answer) => meaning(answer),
            Err(CallError::Refused(refusal)) => refused(&refusal),
            Err(error) => panic!("{name}: {error}"),
        };
        assert_eq!(means, vector["means"], "{name} with {status}");

        let [sent] = transport.requests().try_into().unwrap();
        let request = &vector["request"];
        let query = request["query"].as_str().map(|query| format!("?{query}")).unwrap_or_default();
        assert_eq!(sent.name, text_of(&vector["endpoint"]), "{name}");
        assert_eq!(sent.method.as_str(), text_of(&request["method"]), "{name}");
        assert_eq!(sent.target, format!("{}{query}", text_of(&request["path"])), "{name}");
        assert_eq!(sent.headers, [], "{name}");
        let body: Option<Value> = sent.body.map(|body| serde_json::from_str(&body).unwrap());
        assert_eq!(body.as_ref(), request.get("body"), "{name}");
    }
}

fn id_in<T: FromStr<Err: Debug>>(request: &Value) -> T {
    text_of(&request["path"]).split('/').nth(2).unwrap().parse().unwrap()
}

fn refused(refusal: &Refusal) -> Value {
    let blame = match refusal.reason.blame() {
        Blame::Caller => "caller",
        Blame::Ours => "ours",
        Blame::Provider => "provider",
    };
    if let Reason::BelowMinimum(minimum) = refusal.reason {
        return json!({ "refused": "below-minimum", "minimum": to_value(&minimum), "fault": blame });
    }
    json!({ "refused": to_value(&refusal.reason), "fault": blame })
}

fn parsed<T: FromStr<Err: Debug>>(value: &Value) -> T {
    text_of(value).parse().unwrap()
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap()
}
