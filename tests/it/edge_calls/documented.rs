//! Each operation of the document has a call, and each call is a documented operation with the documented parts.

use std::collections::BTreeSet;

use compago::edge::Edge;
use compago::endpoint::{Endpoint, Request};
use serde::Serialize;
use serde_json::Value;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::every::{Visitor, visit_all};
use crate::openapi::document;

/// What no client calls: the health check of a load balancer, and where Compago sends the payer back to.
const WITHOUT_CALL: [(&str, &str); 2] = [("get", "/healthz"), ("get", "/api/shop/return")];

struct Requests(Vec<Request>);

impl Visitor for Requests {
    fn visit<E: Endpoint<Host = Edge, Answer: Serialize>>(&mut self, call: &E) {
        self.0.push(Request::of(call));
    }
}

#[test]
fn every_operation_has_a_call() {
    let document = document();
    let mut requests = Requests(Vec::new());
    visit_all(&mut requests);
    let mut called = BTreeSet::from(WITHOUT_CALL.map(|(method, path)| (method.to_owned(), path.to_owned())));
    for request in &requests.0 {
        let (method, path) = operation_of(&document, request);
        assert_parts(&document, &document["paths"][&path][&method], request);
        called.insert((method, path));
    }
    let documented: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(move |method| (method.clone(), path.clone()))
        })
        .collect();
    assert_eq!(called, documented);
}

#[test]
fn names_are_unique() {
    let mut requests = Requests(Vec::new());
    visit_all(&mut requests);
    let operations: BTreeSet<(&str, String)> =
        requests.0.iter().map(|request| (request.name, operation_of(&document(), request).1)).collect();
    let names: BTreeSet<&str> = operations.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), operations.len());
}

/// Returns method and template of the operation that a request is of. A segment with a parameter takes one segment, whatever is in it.
pub(super) fn operation_of(document: &Value, request: &Request) -> (String, String) {
    let method = request.method.as_str().to_ascii_lowercase();
    let path = request.target.split('?').next().unwrap();
    let fits = |template: &str| {
        let (wanted, sent): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
        wanted.len() == sent.len()
            && wanted.iter().zip(sent).all(|(wanted, sent)| wanted.starts_with('{') || *wanted == sent)
    };
    let paths = document["paths"].as_object().unwrap();
    let mut found = paths.iter().filter(|(template, methods)| methods[&method].is_object() && fits(template));
    let Some((template, _)) = found.next() else { panic!("{method} {path} is not documented") };
    assert!(found.next().is_none(), "{method} {path} is more than one operation");
    (method, template.clone())
}

/// Checks that key, body and query are sent where they are documented.
fn assert_parts(document: &Value, operation: &Value, request: &Request) {
    let resolved = |parameter: &Value| match parameter["$ref"].as_str() {
        Some(target) => document.pointer(target.strip_prefix('#').unwrap()).unwrap().clone(),
        None => parameter.clone(),
    };
    let parameters: Vec<Value> = operation["parameters"].as_array().unwrap().iter().map(resolved).collect();
    let names = |place: &str| -> BTreeSet<String> {
        let there = parameters.iter().filter(|parameter| parameter["in"] == place);
        there.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
    };
    let name = request.name;
    let has_key = request.headers.iter().any(|(name, _)| *name == "Idempotency-Key");
    assert_eq!(has_key, names("header").contains("Idempotency-Key"), "{name}: the key");
    assert_eq!(request.body.is_some(), operation["requestBody"].is_object(), "{name}: the body");
    let query = request.target.split_once('?').map_or("", |(_, query)| query);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let parameter = pair.split('=').next().unwrap();
        assert!(names("query").contains(parameter), "{name}: {parameter}");
    }
}
