//! What the operator's index answers. SQLite writes these answers, so no type does: the tests of the Worker check each of them against the
//! document.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use super::values::WrittenSum;
use crate::api::list::PageSize;
use crate::edge::order::OrderStatus;
use crate::flow::order::Row;
use crate::flow::outbox::DeliveryView;
use crate::flow::reconciliation::run::RunView;
use crate::flow::reconciliation::{Class, LocalOrder, RemotePayment};
use crate::value::{Amount, PaymentId, PaymentMethodId, Reference, UnixMillis};
use crate::webhook::EventKind;

/// A page of a list from the operator's index.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[schemars(rename = "{T}IndexPage")]
pub(super) struct IndexPage<T> {
    /// The number of items on all pages together.
    count: u64,
    /// The number of the page, from 1.
    #[schemars(range(min = 1))]
    page: u32,
    /// The most items that a page has.
    page_size: PageSize,
    /// The items.
    items: Vec<T>,
}

pub(super) type OrderPage = IndexPage<Row<'static>>;
pub(super) type AttentionPage = IndexPage<Attention>;
pub(super) type DeliveryPage = IndexPage<DeliveryView<'static>>;
pub(super) type FindingPage = IndexPage<Finding>;

/// What kind of thing a person has to look at.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub(super) enum AttentionKind {
    Order,
    PaymentIntent,
    CardPayment,
    Refund,
    Webhook,
    Finding,
    Reconciliation,
}

/// Something that a person has to look at.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub(super) struct Attention {
    /// What kind of thing it is.
    kind: AttentionKind,
    /// The key of the item, unique among the items of its kind.
    key: String,
    /// Why a person has to look at it, a kebab-case code: why an order or a charge is on hold, why a webhook was parked, the class of a
    /// finding; `failed` or `not-whole` of a reconciliation; `storage-lost` of an order or a charge that is no longer where it was stored;
    /// `unreadable` of anything whose record in the index cannot be read: the log says why.
    reason: String,
    /// Since when.
    since: UnixMillis,
    /// The reference of the order, the charge or the refund.
    reference: Option<Reference>,
    /// The amount.
    amount: Option<Amount>,
    /// The currency's code.
    currency: Option<String>,
    /// Compago's id of the payment or the intent.
    payment_id: Option<String>,
    /// Compago's id of the saved card.
    payment_method: Option<PaymentMethodId>,
    /// The terminal's code.
    terminal_code: Option<String>,
    /// The type of a webhook's event.
    r#type: Option<EventKind>,
}

/// How much came in and was refunded between two times.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub(super) struct Figures {
    /// Start of the period.
    from: UnixMillis,
    /// End of the period, exclusive.
    to: UnixMillis,
    /// What was paid.
    paid: Total,
    /// What was refunded.
    refunded: Total,
    /// What was paid by each kind of payment.
    kinds: Vec<KindTotal>,
    /// The length of each bucket in minutes: hours for periods of up to two days, days for longer ones.
    #[schemars(with = "u32", transform = hours_or_days)]
    bucket_minutes: u32,
    /// What was paid in each bucket, in order and without gaps.
    buckets: Vec<Bucket>,
}

/// How many amounts there are, and their sum.
#[derive(JsonSchema)]
#[schemars(inline)]
pub(super) struct Total {
    /// How many there are.
    count: u64,
    /// Their sum in pesos.
    amount: WrittenSum,
}

/// What was paid by one kind of payment.
#[derive(JsonSchema)]
#[schemars(inline)]
struct KindTotal {
    /// The kind of payment.
    #[schemars(extend("enum" = ["order", "payment-intent", "card-payment"]))]
    kind: String,
    #[schemars(flatten)]
    total: Total,
}

/// What was paid in one bucket of time.
#[derive(JsonSchema)]
#[schemars(inline)]
struct Bucket {
    /// When the bucket begins.
    at: UnixMillis,
    #[schemars(flatten)]
    total: Total,
}

fn hours_or_days(schema: &mut Schema) {
    replace(schema, json!({ "enum": [60, 24 * 60] }));
}

/// A difference between Compago's list and the orders.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub(super) struct Finding {
    /// What differs.
    class: Class,
    /// Compago's id of the payment.
    payment_id: PaymentId,
    /// The external id of the payment, of any form.
    external_id: Option<String>,
    /// The reference of the order that it belongs to.
    reference: Option<Reference>,
    /// The order as it was found.
    here: Option<LocalOrder>,
    /// The payment as Compago's list shows it.
    there: Option<RemotePayment>,
    /// The status of the order once it had read the payment; null if that settled nothing.
    settled: Option<OrderStatus>,
    /// Whether a person has to look at it.
    needs_person: bool,
    /// Whether a person has marked it as resolved, as it was found.
    done: bool,
}

/// A reconciliation with what it found.
#[derive(JsonSchema)]
pub(super) struct ReconciliationRun {
    #[schemars(flatten)]
    run: RunView,
    /// The first 200 findings, those that need a person first.
    findings: Vec<Finding>,
    /// How many findings there are of each class.
    #[schemars(transform = by_class)]
    counts: BTreeMap<String, u64>,
    /// How many findings there are by who has to act.
    outcome: Outcome,
}

/// How many findings there are by who has to act.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[schemars(inline)]
struct Outcome {
    /// Those that a person has to look at.
    needs_person: u64,
    /// Those that a person has marked as resolved.
    done: u64,
    /// Payments that other programs created, which concern no order.
    other_systems: u64,
    /// Those that the order has settled.
    settled: u64,
}

/// Replaces a map of counts by an object with a field for each class.
fn by_class(schema: &mut Schema) {
    let mut classes = schemars::SchemaGenerator::default().root_schema_for::<Class>();
    let choices = classes.remove("oneOf").unwrap();
    let words = choices.as_array().unwrap().iter().filter_map(|choice| choice["const"].as_str());
    let fields = words.map(|word| (word.to_owned(), json!({ "type": "integer", "minimum": 1 })));
    replace(schema, json!({ "type": "object", "properties": Value::Object(fields.collect()) }));
}

/// Replaces a schema by another one with the same description.
fn replace(schema: &mut Schema, by: Value) {
    let description = schema.remove("description");
    *schema = Schema::try_from(by).unwrap();
    if let Some(text) = description {
        schema.insert("description".to_owned(), text);
    }
}

/// The reconciliation that is running, and the last one that ended.
#[derive(JsonSchema)]
pub(super) struct Reconciliation {
    /// The one that is running.
    running: Option<ReconciliationRun>,
    /// The last one that ended.
    last: Option<ReconciliationRun>,
}

/// The state of the index.
#[derive(JsonSchema)]
pub(super) struct Index {
    /// The number of entries.
    entries: u64,
    /// Whether it is being rebuilt.
    rebuilding: bool,
}
