//! The document of the Worker's HTTP API, `www/openapi.json`, generated from the types of this crate.
//!
//! The schemas come from the types that read requests and write answers; names, requirements, limits and descriptions are theirs.
//! Everything else (paths, webhooks, parameters, responses) is written by hand in `src/openapi/document.json`. The joined document is
//! committed, since pages, the npm package and the tests of the Worker read it; a test fails while it differs from what the types say.
//!
//! The module exists in tests alone, so that neither the crate's users nor the WebAssembly contain any of it.

use std::{env, fs};

use serde_json::{Map, Value};

mod files;
pub(crate) mod reasons;
pub(crate) mod requests;
mod schemas;
pub(crate) mod tidy;
pub(crate) mod values;
mod webhooks;

/// The variable that has the test write the document instead of comparing it.
const WRITE: &str = "WRITE_OPENAPI";

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/openapi.json");

/// Returns the whole document: the part that is written by hand with the generated schemas in it.
fn document() -> Value {
    let mut document: Value = serde_json::from_str(include_str!("openapi/document.json")).unwrap();
    let by_hand = document["components"]["schemas"].as_object_mut().unwrap();
    for (name, schema) in schemas::generate() {
        assert!(by_hand.insert(name.clone(), schema).is_none(), "{name} is written by hand as well");
    }
    document
}

/// Returns the names of the schemas that a part of the document refers to.
fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix(SCHEMAS));
            own.into_iter().chain(fields.values().flat_map(references)).collect()
        }
        Value::Array(entries) => entries.iter().flat_map(references).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// What precedes the name of a schema in a reference.
const SCHEMAS: &str = "#/components/schemas/";

#[test]
fn the_committed_document_is_what_the_types_say() {
    let text = format!("{:#}\n", document());
    if env::var_os(WRITE).is_some() {
        fs::write(PATH, text).unwrap();
        return;
    }
    assert!(
        text == include_str!("../www/openapi.json"),
        "www/openapi.json is not what src/openapi and the types say. Write it anew: {WRITE}=1 cargo test -p compago --lib openapi"
    );
}

#[test]
fn each_schema_is_defined_once_and_used() {
    let document = document();
    let schemas: &Map<String, Value> = document["components"]["schemas"].as_object().unwrap();
    let used = references(&document);
    for name in &used {
        assert!(schemas.contains_key(*name), "{name} is not defined");
    }
    for name in schemas.keys() {
        assert!(used.contains(&name.as_str()), "{name} is not used");
    }
}
