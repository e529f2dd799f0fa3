//! Which types the document describes.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value};

use super::tidy::tidy;
use crate::edge::order::{OrderCreated, OrderView};
use crate::edge::{OperatorOrderRequest, ShopOrderRequest};

/// Returns every schema by its name in the document, those of requests first.
pub(super) fn generate() -> Map<String, Value> {
    let mut requests = generator(SchemaSettings::draft2020_12().for_deserialize());
    requests.add::<ShopOrderRequest>().add::<OperatorOrderRequest>();

    let mut answers = generator(SchemaSettings::draft2020_12().for_serialize());
    answers.add::<OrderCreated>().add::<OrderView>();

    let mut schemas = requests.take_definitions(true);
    for (name, schema) in answers.take_definitions(true) {
        let other = schemas.insert(name.clone(), schema.clone());
        assert!(other.is_none_or(|other| other == schema), "{name} is another thing in a request than in an answer");
    }
    schemas
}

fn generator(settings: SchemaSettings) -> SchemaGenerator {
    let contract = settings.contract.clone();
    let settings = settings.with(|settings| settings.definitions_path = "/components/schemas".into());
    settings.with_transform(RecursiveTransform(tidy(&contract))).into_generator()
}

/// Adds types to a generator, one after the other.
trait Add {
    fn add<T: JsonSchema>(&mut self) -> &mut Self;
}

impl Add for SchemaGenerator {
    fn add<T: JsonSchema>(&mut self) -> &mut Self {
        self.subschema_for::<T>();
        self
    }
}
