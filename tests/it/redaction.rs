//! `Debug` of values that may hold personal data, a whole body or a secret shows none of it.

use std::fmt::Debug;

use compago::api::one_time_payment::cancel::Cancellation;
use compago::api::one_time_payment::create::{CheckoutUrl, CreateOneTimePayment};
use compago::api::one_time_payment::find::Search;
use compago::api::one_time_payment::get::Reading;
use compago::api::one_time_payment::link::CheckoutLink;
use compago::api::one_time_payment::list::ListedPayment;
use compago::api::payment_method::create::{CreatePaymentMethod, CreatedMethod, Display};
use compago::edge::calls::operator::charges::ListCharges;
use compago::edge::calls::operator::orders::ListOrders;
use compago::edge::card_list::{CardPaymentView, MethodItem};
use compago::edge::charge_answers::{self, ChargeItem};
use compago::edge::fulfilment::FulfilmentRequest;
use compago::edge::one_time_payment::PaymentView;
use compago::edge::operator_query::{ChargeQuery, OrderQuery};
use compago::edge::order::{OrderCreated, OrderView};
use compago::edge::order_detail::{OrderDetail, OrderRow};
use compago::edge::reconciliation::Finding;
use compago::edge::shipping::{Customer, DeliveryDetails, DeliveryTo};
use compago::edge::{IdempotencyKey, OperatorOrderRequest, Query, ShopOrderRequest};
use compago::endpoint::{Reply, Request};
use compago::json;
use compago::operations::{self, CallOutcome};
use compago::value::{ApiKey, BillingInformation, Currency, Metadata, Origin, Payer, Secret, Ttl};
use compago::webhook::SigningSecrets;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const BILLING: &str = r#"{"email":"qzxmail@qzx.example","firstName":"Qzxfirst","lastName":"Qzxlast","phoneNumber":"5598765432",
    "address":{"addressLine":"Qzxstreet 9","city":"Qzxcity","state":"PUE","zip":"72987"}}"#;

const CUSTOMER: &str = r#"{"name":"Qzxfirst Qzxlast","email":"qzxmail@qzx.example","phoneNumber":"+525598765432"}"#;

/// Parts of what must not be printed.
const MARKERS: [&str; 4] = ["qzx", "98765432", "72987", "881881"];

fn assert_redacted(name: &str, value: &dyn Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        for marker in MARKERS {
            assert!(!text.to_lowercase().contains(marker), "{name}: {text}");
        }
    }
}

#[test]
fn a_body_is_not_printed() {
    let shop = format!(
        r#"{{"items":[{{"sku":"cafe","quantity":1}}],"billingInformation":{BILLING},"metadata":{{"qzx":"Qzxfirst"}},
            "shipping":{{"method":"standard","recipient":"Qzxfirst","instructions":"Qzxstreet"}}}}"#
    );
    let operator = format!(r#"{{"amount":"881881.00","description":"Factura","billingInformation":{BILLING}}}"#);
    let origin: Origin = "https://shop.example".parse().unwrap();
    for body in [&shop, &operator] {
        let body = json::parse(body).unwrap();
        assert_redacted("Json", &body);
        assert_redacted("a field", &body.get("billingInformation"));
    }
    let amount = json::parse(r#"[881881,"881881"]"#).unwrap();
    assert_redacted("numbers and texts", &amount.entries());
    assert_redacted("ShopOrderRequest", &ShopOrderRequest::from_json(&json::parse(&shop).unwrap()).unwrap());
    let operator = OperatorOrderRequest::from_json(&json::parse(&operator).unwrap(), &origin).unwrap();
    assert_redacted("billing information", &operator.billing_information);
    assert_redacted("BillingInformation", &json::from_str::<BillingInformation>(BILLING).unwrap());
    assert_redacted("Payer", &json::from_str::<Payer>(BILLING).unwrap());
}

#[test]
fn a_call_and_its_answer_are_not_printed() {
    let input =
        json::parse(&format!(r#"{{"verificationAmount":"10.00","payer":{BILLING},"display":{{"mode":"LINK"}}}}"#));
    assert_redacted("input", &input.unwrap());
    let body = br#"{"status":"PENDING","description":"Qzxfirst Qzxlast","amount":12.5,"currency":"MXN"}"#.to_vec();
    let reply = Reply { status: 200, retry_after: None, body };
    assert_redacted("Reply", &reply);
    let input = json::parse(r#"{"id":"0f0e0d0c-1111-4222-8333-444455556666"}"#).unwrap();
    let outcome = operations::read("one-time-payment.get", &input, &reply);
    assert!(matches!(&outcome, CallOutcome::Answer(answer) if answer.contains("Qzxfirst")));
    assert_redacted("CallOutcome", &outcome);
    let request: Request = operations::prepare("one-time-payment.get", &input).unwrap();
    assert_redacted("Request", &Request { body: Some(BILLING.to_owned()), ..request });
}

#[test]
fn a_call_of_compago_and_its_answer_are_not_printed() {
    let billing: BillingInformation = json::from_str(BILLING).unwrap();
    let create = CreateOneTimePayment {
        amount: "1.00".parse().unwrap(),
        currency: Currency::Mxn,
        description: "Factura".parse().unwrap(),
        external_id: "a-1".parse().unwrap(),
        redirect_url: "https://shop.example/".parse().unwrap(),
        homepage_url: "https://shop.example/".parse().unwrap(),
        ttl: Ttl::DEFAULT,
        billing_information: billing,
    };
    assert_redacted("CreateOneTimePayment", &create);
    let save = CreatePaymentMethod {
        payer: json::from_str(BILLING).unwrap(),
        external_id: None,
        verification_amount: None,
        display: Display::Link,
        redirect_url: None,
        ttl: None,
    };
    assert_redacted("CreatePaymentMethod", &save);
    let listed = format!(
        r#"{{"id":"0f0e0d0c-1111-4222-8333-444455556666","status":"PENDING","amount":1,"currency":"MXN",
            "externalId":"qzx","description":"Qzxfirst","redirectUrl":"https://qzx.example","billingInformation":{BILLING}}}"#
    );
    let listed = json::from_str::<ListedPayment>(&listed).unwrap();
    assert_eq!(listed.payer.as_ref().and_then(|payer| payer.email.as_deref()), Some("qzxmail@qzx.example"));
    assert_redacted("ListedPayment", &listed);
    assert_redacted("Search", &Search::Found(Box::new(listed)));
    let reading = r#"{"status":"PENDING","description":"Qzxfirst Qzxlast","externalId":"qzx"}"#;
    assert_redacted("Reading", &json::from_str::<Reading>(reading).unwrap());
    assert_redacted("CheckoutUrl", &CheckoutUrl("https://checkout.example/qzx".to_owned()));
    let created = r#"{"id":"0f0e0d0c-1111-4222-8333-444455556666","checkoutUrl":"https://checkout.example/qzx"}"#;
    assert_redacted("CreatedMethod", &json::from_str::<CreatedMethod>(created).unwrap());
}

#[test]
fn credentials_are_not_printed() {
    assert_redacted("ApiKey", &"qzx-881881-qzx-881881".parse::<ApiKey>().unwrap());
    assert_redacted("Secret", &"qzx-881881-qzx-881881".parse::<Secret>().unwrap());
    let secrets = "whsec_qzxqzxqzxqzxqzxqzxqzxqzxqzxqzxqz";
    assert_redacted("SigningSecrets", &secrets.parse::<SigningSecrets>().unwrap());
    assert_redacted("IdempotencyKey", &"qzx-881881".parse::<IdempotencyKey>().unwrap());
    assert_redacted("Query", &Query::parse("search=qzxmail%40qzx.example").unwrap());
    let created = r#"{"order":"qzx881881","reference":"K7Q2-M9XD-3FHT","amount":"1.00","currency":"MXN",
        "checkoutUrl":"https://checkout.example/qzx","expiresAt":"2026-11-05T18:45:00Z"}"#;
    assert_redacted("OrderCreated", &json::from_str::<OrderCreated>(created).unwrap());
}

#[test]
fn text_of_other_programs_and_links_are_not_printed() {
    let payment = r#"{"id":"0f0e0d0c-1111-4222-8333-444455556666","status":"pending","expired":false,"amount":"1.00",
        "currency":"MXN","description":"Qzxfirst","externalId":"qzx-1","createdAt":null,"updatedAt":null,"expiresAt":null,
        "payer":null,"reference":null}"#;
    let payment = json::from_str::<PaymentView>(payment).unwrap();
    assert_eq!(payment.external_id.as_deref(), Some("qzx-1"));
    assert_redacted("PaymentView", &payment);
    let listed = r#"{"at":"2026-11-05T18:45:00Z","status":"confirmed","amount":"1.00","currency":"MXN","externalId":"qzx",
        "otherSystem":true}"#;
    assert_redacted("a payment as it was listed", &json::from_str::<charge_answers::ListedPayment>(listed).unwrap());
    let cancelled = r#"{"id":"0f0e0d0c-1111-4222-8333-444455556666","status":"CANCELLED","externalId":"qzx"}"#;
    assert_redacted("Cancellation", &json::from_str::<Cancellation>(cancelled).unwrap());
    let finding = r#"{"class":"confirmed-unknown","paymentId":"0f0e0d0c-1111-4222-8333-444455556666","externalId":"qzx",
        "reference":null,"here":null,"there":null,"settled":null,"needsPerson":true,"done":false}"#;
    assert_redacted("Finding", &json::from_str::<Finding>(finding).unwrap());
    let charge = r#"{"type":"charge","channel":"card","reference":"K7Q2-M9XD-3FHT","status":"confirmed","amount":"1.00",
        "currency":"MXN","description":"Qzxlast","externalId":"qzx","terminalCode":null,"paymentMethod":null,"paymentId":null,
        "createdAt":"2026-11-05T18:45:00Z","settledAt":null,"onHold":null,"doneAt":null}"#;
    assert_redacted("ChargeItem", &json::from_str::<ChargeItem>(charge).unwrap());
    let card = r#"{"id":"0f0e0d0c-1111-4222-8333-444455556666","status":"active","externalId":"qzx","createdAt":null}"#;
    assert_redacted("MethodItem", &json::from_str::<MethodItem>(card).unwrap());
    let charge = r#"{"id":"0f0e0d0c-1111-4222-8333-444455556666","status":"confirmed","amount":"1.00","currency":"MXN",
        "description":"Qzxfirst"}"#;
    assert_redacted("CardPaymentView", &json::from_str::<CardPaymentView>(charge).unwrap());
    let origin: Origin = "https://checkout.example".parse().unwrap();
    let link = CheckoutLink::parse("https://checkout.example/checkout/otp/qzx", &[origin]).unwrap();
    assert_redacted("CheckoutLink", &link);
}

#[test]
fn an_order_and_a_search_are_not_printed() {
    let order = r#"{"reference":"K7Q2-M9XD-3FHT","status":"awaiting-payment","amount":"1.00","currency":"MXN",
        "description":"Qzxfirst","items":[],"createdAt":"2026-11-05T18:45:00Z","expiresAt":"2026-11-05T18:45:00Z","attempt":1,
        "pollAfterMs":null,"version":1}"#;
    let detail = format!(
        r#"{{"order":{order},"externalId":"a-1","checkoutUrl":"https://checkout.example/qzx","attempts":[],"paidTwice":false,
            "checkedAt":null,"checkAnswered":null,"checkAfterMs":null,"checksLeft":60,"payerKnown":true,"history":[],
            "deliveries":[],"items":[],"metadata":{{"qzx":"Qzxlast"}},"metadataSource":"browser","customer":{CUSTOMER},
            "fulfilment":{{"status":"prepared","at":"2026-11-05T18:45:00Z","note":"Qzxfirst"}}}}"#
    );
    assert_redacted("OrderView", &json::from_str::<OrderView>(order).unwrap());
    assert_redacted("OrderDetail", &json::from_str::<OrderDetail>(&detail).unwrap());
    let delivery = r#"{"recipient":"Qzxfirst","email":"qzxmail@qzx.example","phoneNumber":"+525598765432","address":null,
        "instructions":"Qzxstreet"}"#;
    assert_redacted("DeliveryDetails", &json::from_str::<DeliveryDetails>(delivery).unwrap());
    assert_redacted("Customer", &json::from_str::<Customer>(CUSTOMER).unwrap());
    assert_redacted("DeliveryTo", &json::from_str::<DeliveryTo>(r#"{"recipient":"Qzxfirst"}"#).unwrap());
    assert_redacted("Metadata", &json::from_str::<Metadata>(r#"{"qzx":"Qzxlast"}"#).unwrap());
    let handed_over = json::parse(r#"{"status":"handed-over","note":"Qzxfirst"}"#).unwrap();
    assert_redacted("FulfilmentRequest", &FulfilmentRequest::from_json(&handed_over).unwrap());
    let row = r#"{"reference":"K7Q2-M9XD-3FHT","status":"paid","onHold":null,"amount":"1.00","currency":"MXN",
        "description":"Qzxfirst","externalId":"a-1","attempt":1,"createdAt":"2026-11-05T18:45:00Z","paidAt":null,
        "expiresAt":"2026-11-05T18:45:00Z"}"#;
    assert_redacted("OrderRow", &json::from_str::<OrderRow>(row).unwrap());
    let query = OrderQuery { search: Some("Qzxfirst".to_owned()), ..OrderQuery::default() };
    assert_redacted("ListOrders", &ListOrders { query });
    let query = ChargeQuery { search: Some("Qzxfirst".to_owned()), ..ChargeQuery::default() };
    assert_redacted("ListCharges", &ListCharges { query });
}
