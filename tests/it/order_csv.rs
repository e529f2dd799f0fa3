//! The table of orders, which spreadsheets and other programs read.

use compago::edge::csv::CsvFormat;
use compago::edge::order_csv::OrderExport;
use compago::json;
use compago::value::TimeZone;
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::order::bench::{Bench, full_terms};
use crate::order::delivering::report;

const FORMATS: [CsvFormat; 2] = [CsvFormat::Plain, CsvFormat::EsMx];

fn zone() -> TimeZone {
    "America/Mexico_City".parse().unwrap()
}

/// The cells of a row, as RFC 4180 has them.
fn cells(row: &str) -> Vec<String> {
    let row = row.strip_suffix("\r\n").unwrap();
    let mut rest = row.strip_prefix('\u{FEFF}').unwrap_or(row).chars().peekable();
    let mut cells = Vec::new();
    loop {
        assert_eq!(rest.next(), Some('"'), "{row}");
        let mut cell = String::new();
        loop {
            match rest.next().unwrap() {
                '"' if rest.next_if_eq(&'"').is_none() => break,
                character => cell.push(character),
            }
        }
        cells.push(cell);
        match rest.next() {
            Some(',') => {}
            None => return cells,
            Some(other) => panic!("{other} in {row}"),
        }
    }
}

fn handed_over() -> OrderExport {
    let mut bench = Bench::paid_with(full_terms());
    bench.feed(report(&json!({ "status": "handed-over", "carrier": "Estafeta", "trackingNumber": "805" })));
    bench.order.export()
}

#[test]
fn a_row_has_what_is_needed_to_deliver_an_order() {
    let plain = CsvFormat::Plain;
    let row = cells(&plain.order_row(&handed_over(), &zone()));
    let header = cells(&plain.order_header());
    assert_eq!(header.len(), row.len());
    let named: Vec<(&str, &str)> = header.iter().map(String::as_str).zip(row.iter().map(String::as_str)).collect();
    assert_eq!(
        named,
        [
            ("reference", "K7Q2-M9XD-3FHT"),
            ("status", "paid"),
            ("createdAt", "2026-03-01T18:00:00.000Z"),
            ("paidAt", "2026-03-01T18:00:03.000Z"),
            ("amount", "350.50"),
            ("currency", "MXN"),
            ("items", "2 × Café de los Altos (Cafe-340); 1 × Café de los Altos"),
            ("shippingMethod", "Envío a domicilio"),
            ("shippingAmount", "99.00"),
            ("fulfilment", "handed-over"),
            ("fulfilledAt", "2026-03-01T18:00:03.000Z"),
            ("carrier", "Estafeta"),
            ("trackingNumber", "805"),
            ("customerName", "Ana Ruiz"),
            ("customerEmail", "ana@example.com"),
            ("customerPhone", "'+525512340000"),
            ("recipient", "Luz Vega"),
            ("recipientPhone", "'+525512340000"),
            ("addressLine", "Calle 5 10"),
            ("city", "Puebla"),
            ("state", "PUE"),
            ("zip", "72000"),
            ("instructions", "Tocar el timbre"),
            ("description", "Pedido 881"),
            ("metadata", r#"{"Waiter":"Beto","table":"4"}"#),
            ("externalId", "K7Q2M9XD3FHT-1"),
        ]
    );
    let spanish = cells(&CsvFormat::EsMx.order_row(&handed_over(), &zone()));
    assert_eq!(spanish[1..4], ["pagado", "01/03/2026 12:00:00", "01/03/2026 12:00:03"]);
    assert_eq!(
        (spanish[9].as_str(), spanish[12].as_str(), spanish[21].as_str()),
        ("enviado o entregado", "'805", "'72000")
    );
    assert!(CsvFormat::EsMx.order_header().starts_with("\u{FEFF}\"Referencia\""));
}

#[test]
fn an_order_of_which_the_list_alone_is_known_keeps_its_row() {
    let export = OrderExport::of_row(handed_over().row);
    let row = cells(&CsvFormat::Plain.order_row(&export, &zone()));
    assert_eq!(
        (row[0].as_str(), row[1].as_str(), row[7].as_str(), row[9].as_str()),
        ("K7Q2-M9XD-3FHT", "paid", "Envío a domicilio", "handed-over")
    );
    assert!(row[13..23].iter().all(String::is_empty) && row[6].is_empty() && row[24].is_empty(), "{row:?}");
}

#[test]
fn no_cell_is_a_formula_or_breaks_out_of_its_row() {
    let evil = ["=1+1", "+1", "-1", "@x", " =1", "'x", "＝1", "a\",\"b", "\"\"=1"];
    let export = json::to_string(&handed_over());
    for text in evil {
        let escaped = serde_json::to_string(text).unwrap();
        let escaped = escaped.trim_matches('"');
        let changed = [
            "Café de los Altos",
            "Luz Vega",
            "Tocar el timbre",
            "Envío a domicilio",
            "Pedido 881",
            "Ana Ruiz",
            "Estafeta",
            "Calle 5 10",
            "Beto",
        ]
        .iter()
        .fold(export.clone(), |changed, part| changed.replace(part, escaped));
        let export: OrderExport = json::from_str(&changed).unwrap();
        for format in FORMATS {
            let written = format.order_row(&export, &zone());
            let row = written.strip_suffix("\r\n").unwrap();
            assert!(!row.contains(['\r', '\n']), "{row}");
            assert_eq!(cells(&written).len(), 26, "{row}");
            for cell in cells(&written) {
                assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '＝']), "{format:?}: {cell}");
            }
        }
    }
}

#[test]
fn what_is_deleted_is_an_empty_cell() {
    let mut bench = Bench::paid_with(full_terms());
    bench.ring();
    let row = cells(&CsvFormat::Plain.order_row(&bench.order.export(), &zone()));
    assert!(row[13..23].iter().all(String::is_empty), "{row:?}");
    assert_eq!(row[6], "2 × Café de los Altos (Cafe-340); 1 × Café de los Altos");
    assert!(!format!("{:?}", handed_over()).contains("Ana"));
}

#[test]
fn the_file_is_named_by_its_day() {
    let late = "2026-11-22T03:00:00Z".parse().unwrap();
    assert_eq!(CsvFormat::EsMx.order_file_name(late, &zone()), "pedidos-2026-11-21.csv");
    assert_eq!(CsvFormat::Plain.order_file_name(late, &zone()), "orders-2026-11-22.csv");
}
