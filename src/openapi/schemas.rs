//! Which types the document describes.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value};

use super::requests::SessionRequest;
use super::tidy::tidy;
use super::webhooks;
use crate::edge::card_answers::{CardRefund, PayersCard, SavedCardCreated, SavedCardDetail};
use crate::edge::card_list::{CardPaymentView, MethodItem};
use crate::edge::charge_answers::{ChargeDetail, ChargeList, PaymentDetail};
use crate::edge::delivery::DeliveryView;
use crate::edge::fulfilment::FulfilmentRequest;
use crate::edge::index_answers::{Attention, Figures, IndexPage, IndexState};
use crate::edge::list::PageView;
use crate::edge::one_time_payment::PaymentView;
use crate::edge::order::{OrderCreated, OrderView};
use crate::edge::order_detail::OrderRow;
use crate::edge::payment_intent::{IntentView, PaymentIntentRequest};
use crate::edge::reconciliation::{Finding, Reconciliation};
use crate::edge::saved_card::{ChargeRequest, ChargeView, RefundRequest, SaveCardRequest};
use crate::edge::settings::{RotatedWebhookSecret, Settings};
use crate::edge::shipping::DeliveryDetails;
use crate::edge::status_answers::{Health, SessionView, Summary};
use crate::edge::{OperatorOrderRequest, ShopCatalog, ShopOrderRequest};
use crate::problem::ProblemCode;

/// Returns every schema by its name in the document, those of requests first.
pub(super) fn generate() -> Map<String, Value> {
    let mut requests = generator(SchemaSettings::draft2020_12().for_deserialize());
    requests
        .add::<ShopOrderRequest>()
        .add::<OperatorOrderRequest>()
        .add::<FulfilmentRequest>()
        .add::<PaymentIntentRequest>()
        .add::<SaveCardRequest>()
        .add::<ChargeRequest>()
        .add::<RefundRequest>()
        .add::<SessionRequest>();

    let mut answers = generator(SchemaSettings::draft2020_12().for_serialize());
    answers
        .add::<ShopCatalog<'_>>()
        .add::<OrderCreated>()
        .add::<OrderView>()
        .add::<DeliveryDetails>()
        .add::<IndexPage<OrderRow>>()
        .add::<IndexPage<Attention>>()
        .add::<IndexPage<DeliveryView>>()
        .add::<Figures>()
        .add::<IndexState>()
        .add::<Settings>()
        .add::<RotatedWebhookSecret>()
        .add::<IndexPage<Finding>>()
        .add::<Reconciliation>()
        .add::<ChargeList>()
        .add::<ChargeDetail>()
        .add::<PaymentDetail>()
        .add::<Summary>()
        .add::<SessionView>()
        .add::<Health<'_>>()
        .add::<SavedCardCreated>()
        .add::<SavedCardDetail>()
        .add::<PayersCard>()
        .add::<CardRefund>()
        .add::<PageView<PaymentView>>()
        .add::<IntentView>()
        .add::<PageView<MethodItem>>()
        .add::<ChargeView>()
        .add::<PageView<CardPaymentView>>()
        .add::<ProblemCode>();
    let events = webhooks::generate(&mut answers);
    answers.definitions_mut().extend(events);

    let mut schemas = requests.take_definitions(true);
    for (name, schema) in answers.take_definitions(true) {
        let name = document_name(&name).to_owned();
        let other = schemas.insert(name.clone(), schema.clone());
        assert!(other.is_none_or(|other| other == schema), "{name} is another thing in a request than in an answer");
    }
    for (name, description) in PAGES {
        schemas[name]["description"] = Value::from(description);
    }
    for (name, fields) in NOT_IN_OLD {
        let required = schemas[name]["required"].as_array_mut().unwrap();
        required.retain(|name| !fields.iter().any(|field| name == field));
    }
    schemas
}

/// The pages of the index and what each of them lists.
const PAGES: [(&str, &str); 4] = [
    ("OrderPage", "A page of orders."),
    ("AttentionPage", "A page of what a person has to look at."),
    ("DeliveryPage", "A page of webhooks with their deliveries."),
    ("FindingPage", "A page of the findings of a reconciliation."),
];

/// What the index lacks of rows that were listed, and the outbox of events that were enqueued, before these fields existed.
const NOT_IN_OLD: [(&str, &[&str]); 5] = [
    ("Delivery", &["tryingSince", "lastFailure"]),
    ("OrderRow", &["pieces"]),
    ("OrderEventData", &["items", "metadata", "metadataSource"]),
    ("PaymentIntentEventData", &["metadata"]),
    ("CardPaymentEventData", &["metadata"]),
];

/// Returns the name in the document of what the generator calls so.
fn document_name(name: &str) -> &str {
    match name {
        "SavedCardItemPage" => "SavedCardPage",
        "OrderRowIndexPage" => "OrderPage",
        "AttentionIndexPage" => "AttentionPage",
        "DeliveryIndexPage" => "DeliveryPage",
        "FindingIndexPage" => "FindingPage",
        name => name,
    }
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
