//! The Worker reads each query as the value that was sent.

use compago::api::list::PageSize;
use compago::api::one_time_payment::Status;
use compago::api::payment_method::{CardPaymentStatus, MethodStatus};
use compago::edge::calls::operator::attention::ListAttention;
use compago::edge::calls::operator::charges::ListCharges;
use compago::edge::calls::operator::one_time_payments::ListOneTimePayments;
use compago::edge::calls::operator::orders::{ExportOrders, ListOrders};
use compago::edge::calls::operator::payment_methods::{ListCardPayments, ListSavedCards};
use compago::edge::calls::operator::reconciliation::ListFindings;
use compago::edge::calls::operator::reports::{ReadFigures, ReadPaymentTable};
use compago::edge::calls::operator::webhooks::ListWebhooks;
use compago::edge::charge_answers::{Channel, ChargeType};
use compago::edge::csv::CsvFormat;
use compago::edge::delivery::DeliveryStatus;
use compago::edge::fulfilment::FulfilmentState;
use compago::edge::list::ListQuery;
use compago::edge::one_time_payment::{PaymentQuery, ReportQuery};
use compago::edge::operator_query::{
    AttentionQuery, ChargePeriod, ChargeQuery, FiguresQuery, FindingQuery, OrderExportQuery, OrderQuery, WebhookQuery,
};
use compago::edge::order::OrderStatus;
use compago::edge::reconciliation::Class;
use compago::endpoint::{Endpoint, Request};
use compago::value::{Currency, UnixMillis};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::every::UUID;

const FROM: UnixMillis = UnixMillis(1_772_388_000_000);
const TO: UnixMillis = UnixMillis(1_772_474_400_123);

#[test]
fn lists_of_compago() {
    let page_size = PageSize::new(20).unwrap();
    for status in [None, Some(Status::Pending), Some(Status::Confirmed), Some(Status::Cancelled)] {
        let list = ListQuery { status: status.clone(), page: 3, page_size };
        let query = PaymentQuery { list, currency: status.is_some().then_some(Currency::Mxn) };
        assert_eq!(PaymentQuery::parse(&sent(&ListOneTimePayments { query: query.clone() })), Some(query));
        let format = if status.is_some() { CsvFormat::EsMx } else { CsvFormat::Plain };
        let query = ReportQuery { status, from: Some(FROM), to: Some(TO), format };
        assert_eq!(ReportQuery::parse(&sent(&ReadPaymentTable { query: query.clone() })), Some(query));
    }
    for status in [MethodStatus::Pending, MethodStatus::Active, MethodStatus::Expired, MethodStatus::Revoked] {
        let query = ListQuery { status: Some(status), page: 1, page_size };
        assert_eq!(ListQuery::parse(&sent(&ListSavedCards { query: query.clone() })), Some(query));
    }
    for status in [
        CardPaymentStatus::NotInitialized,
        CardPaymentStatus::Pending,
        CardPaymentStatus::Confirmed,
        CardPaymentStatus::Cancelled,
        CardPaymentStatus::Refunded,
    ] {
        let query = ListQuery { status: Some(status), page: u32::MAX, page_size };
        let call = ListCardPayments { id: UUID.parse().unwrap(), query: query.clone() };
        assert_eq!(ListQuery::parse(&sent(&call)), Some(query));
    }
}

#[test]
fn orders() {
    for &status in OrderStatus::ALL {
        let query = OrderQuery {
            status: Some(status),
            fulfilment: Some(FulfilmentState::HandedOver),
            metadata: Vec::from([
                ("table".parse().unwrap(), "4 & 5 [a]=ñ%".parse().unwrap()),
                ("A-b_9".parse().unwrap(), "x".parse().unwrap()),
            ]),
            search: Some("ord/1 ñ&a=b".to_owned()),
            from: Some(FROM),
            to: None,
            settled_from: None,
            settled_to: Some(TO),
            page: 2,
            page_size: PageSize::MAX,
        };
        assert_eq!(OrderQuery::parse(&sent(&ListOrders { query: query.clone() })), Some(query));
    }
    assert_eq!(OrderQuery::parse(&sent(&ListOrders::default())), Some(OrderQuery::default()));
    assert_eq!(OrderQuery::parse(""), Some(OrderQuery::default()));
    for wrong in ["status=refunded", "page=0", "from=yesterday", "state=paid", "status=paid&status=paid"] {
        assert_eq!(OrderQuery::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn orders_by_their_metadata_and_delivery() {
    let two = ["metadata[table]=4&metadata[waiter]=Ana+Ruiz", "metadata%5Btable%5D=4&metadata%5bwaiter%5d=Ana%20Ruiz"];
    for query in two {
        let asked = OrderQuery::parse(query).unwrap();
        let pairs: Vec<(&str, &str)> =
            asked.metadata.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("table", "4"), ("waiter", "Ana Ruiz")], "{query}");
    }
    for state in FulfilmentState::ALL {
        for text in [state.as_str().to_owned(), state.as_str().replace('-', "_").to_uppercase()] {
            assert_eq!(OrderQuery::parse(&format!("fulfilment={text}")).unwrap().fulfilment, Some(*state));
        }
    }
    let many = |count: usize| (0..count).map(|at| format!("metadata[k{at}]=v")).collect::<Vec<_>>().join("&");
    assert_eq!(OrderQuery::parse(&many(10)).unwrap().metadata.len(), 10);
    let eleven = many(11);
    for wrong in [
        eleven.as_str(),
        "metadata=4",
        "metadata[]=4",
        "metadata[a b]=4",
        "metadata[a]=",
        "metadata[a]=1&metadata[a]=2",
        "metadata[a]=1&metadata%5Ba%5D=2",
        "metadata[a=1",
        "metadata[a][b]=1",
        "Metadata[a]=1",
        "fulfilment=undone",
        "fulfilment=pending&fulfilment=pending",
        "format=plain",
    ] {
        assert_eq!(OrderQuery::parse(wrong), None, "{wrong}");
        assert_eq!(OrderExportQuery::parse(wrong).is_some(), wrong == "format=plain", "{wrong}");
    }
    for format in [CsvFormat::Plain, CsvFormat::EsMx] {
        let orders = OrderQuery::parse("metadata[table]=4&page=3&pageSize=20&search=taza").unwrap();
        let query = OrderExportQuery { orders, format };
        assert_eq!(OrderExportQuery::parse(&sent(&ExportOrders { query: query.clone() })), Some(query));
    }
    let query = sent(&ListOrders { query: OrderQuery::parse("metadata[table]=4").unwrap() });
    assert_eq!(query, "page=1&pageSize=100&metadata%5Btable%5D=4");
    assert!(!format!("{:?}", OrderQuery::parse("metadata[secret]=qzx")).contains("qzx"));
}

#[test]
fn lists_with_one_filter() {
    for state in [DeliveryStatus::Pending, DeliveryStatus::Delivered, DeliveryStatus::DeadLettered] {
        let query = WebhookQuery { state: Some(state), ..WebhookQuery::default() };
        assert_eq!(WebhookQuery::parse(&sent(&ListWebhooks { query: query.clone() })), Some(query));
    }
    for class in [Class::ConfirmedNotPaid, Class::PaidElsewhere, Class::OrderUnreadable] {
        let query = FindingQuery { class: Some(class), ..FindingQuery::default() };
        assert_eq!(FindingQuery::parse(&sent(&ListFindings { query: query.clone() })), Some(query));
    }
    let query = AttentionQuery { page: 7, page_size: PageSize::ONE };
    assert_eq!(AttentionQuery::parse(&sent(&ListAttention { query })), Some(query));
    let query = FiguresQuery { from: FROM, to: TO };
    assert_eq!(FiguresQuery::parse(&sent(&ReadFigures { query })), Some(query));
    for wrong in ["state=dead", "class=paid"] {
        assert_eq!((WebhookQuery::parse(wrong), FindingQuery::parse(wrong)), (None, None), "{wrong}");
    }
}

#[test]
fn charges() {
    let settled = ChargePeriod::Settled { from: FROM, to: TO };
    for (kind, channel, period) in [
        (ChargeType::Charge, None, ChargePeriod::default()),
        (ChargeType::Charge, Some(Channel::Terminal), ChargePeriod::Created { from: Some(FROM), to: None }),
        (ChargeType::Charge, Some(Channel::Card), settled),
        (ChargeType::Refund, Some(Channel::Card), settled),
    ] {
        let query = ChargeQuery {
            kind,
            channel,
            period,
            search: Some("a-7".to_owned()),
            cursor: Some("2026-03-01T18:00:00.000Z~card-payment/K7Q2M9XD3FHT".to_owned()),
            limit: Some(200),
        };
        assert_eq!(ChargeQuery::parse(&sent(&ListCharges { query: query.clone() })), Some(query));
    }
    for wrong in [
        "type=refund&channel=terminal",
        "settledFrom=2026-03-01T18:00:00Z",
        "from=2026-03-01T18:00:00Z&settledFrom=2026-03-01T18:00:00Z&settledTo=2026-03-02T18:00:00Z",
        "limit=0",
        "limit=201",
        "limit=300",
        "page=1",
    ] {
        assert_eq!(ChargeQuery::parse(wrong), None, "{wrong}");
    }
}

/// Returns the query of a call as the Worker gets it.
fn sent(call: &impl Endpoint) -> String {
    Request::of(call).target.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
}
