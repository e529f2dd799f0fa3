//! The schemas of the files that the merchant edits, `schemas/shop.schema.json` and `schemas/catalog.schema.json`, for editors.
//!
//! Names, requirements and descriptions are those of the types below; limits and patterns are those of the values that the readers parse.
//! Both schemas are committed, and a test fails while they differ from what the types say.

use std::{env, fs};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::{Map, Value, json};

use super::WRITE;
use super::tidy::tidy;

mod catalog;
mod shop;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas");

/// Returns the schema of a file.
fn schema_of<T: JsonSchema>(title: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_deserialize().with(|settings| settings.inline_subschemas = true);
    let contract = settings.contract.clone();
    let generator = settings.with_transform(RecursiveTransform(tidy(&contract))).into_generator();
    let schema = generator.into_root_schema_for::<T>();
    let mut fields = Map::new();
    fields.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    fields.insert("title".to_owned(), json!(title));
    fields.extend(schema.as_object().unwrap().clone());
    Value::Object(fields)
}

#[test]
fn the_committed_schemas_are_what_the_types_say() {
    for (name, schema) in [
        ("shop", schema_of::<shop::ShopFileFields>("shop.json")),
        ("catalog", schema_of::<catalog::CatalogFields>("catalog.json")),
    ] {
        let path = format!("{FOLDER}/{name}.schema.json");
        let text = format!("{schema:#}\n");
        if env::var_os(WRITE).is_some() {
            fs::write(path, text).unwrap();
            continue;
        }
        assert!(
            fs::read_to_string(&path).unwrap() == text,
            "{path} is not what src/openapi/files says. Write it anew: {WRITE}=1 cargo test -p compago --lib openapi"
        );
    }
}
