//! The terminals' pages, without scripts and as their script follows them.

use serde_json::{Value, json};

use crate::checkout::open;
use crate::harness::{Answer, Running};
use crate::payment_intent::{act, cancel, created, get, intent, intent_at, stored};

fn press(sandbox: &Running, path: &str, intent: &str, more: &str) -> Answer {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    sandbox.send("POST", path, &form, &format!("intent={intent}{more}")).unwrap()
}

/// Presses and follows the way to the next page.
fn pressed(sandbox: &Running, path: &str, intent: &str, more: &str) -> String {
    let answer = press(sandbox, path, intent, more);
    assert_eq!(answer.status, 303, "{}", answer.text);
    open(sandbox, answer.header("location")).text
}

fn attribute(page: &str, name: &str) -> String {
    let value = page.split(&format!("{name}=\"")).nth(1).expect(name).split('"').next().unwrap();
    value.replace("&amp;", "&")
}

/// What the script does: the next page if the server now names another screen.
fn followed(sandbox: &Running, page: &str) -> Option<String> {
    let now = open(sandbox, &attribute(page, "data-look")).json();
    (now["screen"] != attribute(page, "data-screen")).then(|| open(sandbox, &attribute(page, "data-next")).text)
}

fn assert_shows(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
}

#[test]
fn an_idle_terminal_waits() {
    let sandbox = Running::start();
    created(&sandbox, &intent_at("elsewhere", "TERM-02"));
    let page = open(&sandbox, "/terminal/TERM-01");
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    assert_shows(
        &page.text,
        &[
            "<html lang=\"es-MX\">",
            "Simulador / Sandbox - no es Compago",
            "Lista para cobrar",
            "TERM-01",
            "Tienda Demo",
        ],
    );
    assert!(!page.text.contains("<form"));
    assert_eq!(followed(&sandbox, &page.text), None, "nothing changed");
    let english = open(&sandbox, "/terminal/TERM-01?lang=en").text;
    assert_shows(&english, &["<html lang=\"en\">", "Ready to charge", "No real charge"]);
}

#[test]
fn a_charge_appears_by_itself_and_a_card_pays_it() {
    let sandbox = Running::start();
    let idle = open(&sandbox, "/terminal/TERM-01").text;
    let id = created(&sandbox, &intent_at("caja-1", "TERM-01"));
    let page = followed(&sandbox, &idle).expect("another screen");
    assert_shows(
        &page,
        &[
            "$350.50 MXN</h1>",
            "Acerca, inserta o desliza la tarjeta",
            "role=\"timer\"",
            "value=\"visa-debit\"",
            "value=\"mastercard-credit\"",
            "value=\"amex\"",
            "action=\"/terminal/TERM-01/tap\"",
            "formaction=\"/terminal/TERM-01/decline\"",
            "<noscript><meta http-equiv=\"refresh\"",
        ],
    );
    let seconds: u32 = attribute(&page, "data-seconds-left").parse().unwrap();
    assert!((595..=600).contains(&seconds), "{seconds}");
    assert_eq!(followed(&sandbox, &page), None);
    let approved = pressed(&sandbox, "/terminal/TERM-01/tap", &id, "&card=mastercard-credit");
    let summary = get(&sandbox, &id).json()["paymentSummary"].clone();
    assert_eq!(summary["cardInformation"]["networkType"], "MASTERCARD");
    assert_eq!(stored(&sandbox)[0]["paidAt"], "TERM-01");
    assert_shows(&approved, &["Aprobado", "$350.50 MXN", "5454", &summary["payment"]["operationCode"].to_string()]);
    assert!(!approved.contains("<form") && approved.contains("href=\"/terminal/TERM-01\""));
    assert_shows(&followed(&sandbox, &page).expect("a second screen sees it"), &["Aprobado"]);
    assert_shows(&pressed(&sandbox, "/terminal/TERM-01/tap", &id, "&card=amex"), &["Aprobado", "5454"]);
    assert_shows(&open(&sandbox, "/terminal/TERM-01").text, &["Lista para cobrar"]);
}

#[test]
fn a_declined_card_leaves_the_charge_open() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent_at("caja-1", "TERM-01"));
    let before = open(&sandbox, "/terminal/TERM-01").text;
    assert!(!before.contains("role=\"alert\""));
    let page = pressed(&sandbox, "/terminal/TERM-01/decline", &id, "");
    assert_shows(&page, &["role=\"alert\"", "Tarjeta rechazada", "$350.50 MXN</h1>", "value=\"visa-debit\""]);
    assert!(followed(&sandbox, &before).is_some(), "a second screen sees it");
    assert_eq!(get(&sandbox, &id).json()["status"], "PENDING");
    assert_shows(&pressed(&sandbox, "/terminal/TERM-01/tap?lang=en", &id, "&card=amex"), &["Approved", "AMEX credit"]);
}

#[test]
fn a_cancelled_charge_is_shown_and_cannot_be_paid() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent_at("caja-1", "TERM-01"));
    let page = open(&sandbox, "/terminal/TERM-01").text;
    cancel(&sandbox, &id);
    let shown = ["El cobro fue retirado", "La caja lo canceló. No se cobró nada."];
    assert_shows(&followed(&sandbox, &page).expect("another screen"), &shown);
    assert_shows(&pressed(&sandbox, "/terminal/TERM-01/tap", &id, "&card=amex"), &shown);
    assert_shows(&pressed(&sandbox, "/terminal/TERM-01/decline", &id, ""), &shown);
    let intent = &stored(&sandbox)[0];
    assert_eq!((&intent["paid"], &intent["declines"]), (&json!(false), &json!(0)));
}

#[test]
fn a_replaced_charge_is_shown_above_the_next() {
    let sandbox = Running::start();
    let first = created(&sandbox, &intent_at("caja-1", "TERM-01"));
    let page = open(&sandbox, "/terminal/TERM-01").text;
    let mut next = intent_at("caja-2", "TERM-01");
    next["amount"] = json!(99);
    created(&sandbox, &next);
    let page = followed(&sandbox, &page).expect("another screen");
    assert_shows(&page, &["$99.00 MXN</h1>", "El cobro anterior de $350.50 MXN fue retirado: no se cobró nada."]);
    let app = open(&sandbox, &format!("/terminal/open/{first}")).text;
    assert_shows(&app, &["El cobro fue retirado", "Llegó otro cobro para esta terminal."]);
}

#[test]
fn an_expired_charge_is_shown() {
    let sandbox = Running::start();
    created(&sandbox, &intent_at("caja-1", "TERM-01"));
    let page = open(&sandbox, "/terminal/TERM-01").text;
    sandbox.advance_minutes(10);
    let over = followed(&sandbox, &page).expect("another screen");
    assert_shows(&over, &["El cobro venció", "Pasaron 10 minutos sin una tarjeta. No se cobró nada."]);
    assert!(!over.contains("<form"));
}

#[test]
fn of_two_terminals_the_first_takes_a_charge_for_any() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent("caja-1"));
    let [first, second] = ["TERM-01", "TERM-02"].map(|code| open(&sandbox, &format!("/terminal/{code}")).text);
    assert_shows(&first, &["$350.50 MXN</h1>", "Cualquier terminal"]);
    assert_shows(&pressed(&sandbox, "/terminal/TERM-01/tap", &id, "&card=visa-debit"), &["Aprobado"]);
    let second = followed(&sandbox, &second).expect("another screen");
    assert_shows(&second, &["Se cobró en otra terminal", "La tarjeta se leyó en TERM-01."]);
    assert!(!second.contains(">Aprobado<"));
    assert_shows(&pressed(&sandbox, "/terminal/TERM-02/tap", &id, "&card=amex"), &["Se cobró en otra terminal"]);
    assert_eq!(stored(&sandbox)[0]["paidAt"], "TERM-01");
}

#[test]
fn its_own_charge_comes_first_and_others_can_be_picked() {
    let sandbox = Running::start();
    let mut any = intent("cualquiera");
    any["amount"] = json!(20);
    let any = created(&sandbox, &any);
    let own = created(&sandbox, &intent_at("caja-1", "TERM-01"));
    let page = open(&sandbox, "/terminal/TERM-01").text;
    let pick = format!("/terminal/TERM-01?pick={any}");
    assert_shows(&page, &["$350.50 MXN</h1>", "También esperan", "cualquiera", &format!("href=\"{pick}\"")]);
    let picked = open(&sandbox, &pick).text;
    assert_shows(&picked, &["$20.00 MXN</h1>"]);
    assert_eq!(attribute(&picked, "data-next"), pick, "it stays while the other waits");
    assert_eq!(followed(&sandbox, &picked), None);
    let approved = pressed(&sandbox, "/terminal/TERM-01/tap", &any, "&card=amex");
    assert_shows(&approved, &["Aprobado", "$20.00 MXN", "También esperan", &format!("?pick={own}")]);
    assert_eq!(followed(&sandbox, &approved), None, "what had waited before does not push the outcome away");
    created(&sandbox, &intent_at("caja-2", "TERM-01"));
    let next = followed(&sandbox, &approved).expect("a newer charge does");
    assert_shows(&next, &["$350.50 MXN</h1>", "El cobro anterior de $20.00 MXN quedó aprobado."]);
}

#[test]
fn the_app_shows_one_charge_alone() {
    let sandbox = Running::start();
    let (routed, other) = (created(&sandbox, &intent_at("caja-1", "TERM-01")), created(&sandbox, &intent("caja-2")));
    let own = format!("/terminal/open/{routed}");
    let page = open(&sandbox, &own).text;
    assert_shows(&page, &["$350.50 MXN</h1>", "App de cobro", &format!("action=\"{own}/tap\"")]);
    assert!(!page.contains("caja-2") && !page.contains("También esperan"));
    assert_eq!(press(&sandbox, &format!("{own}/tap"), &other, "&card=amex").status, 404);
    act(&sandbox, &routed, "decline", Value::Null);
    assert_shows(&followed(&sandbox, &page).expect("another screen"), &["Tarjeta rechazada"]);
    let approved = pressed(&sandbox, &format!("{own}/tap"), &routed, "&card=amex");
    assert_shows(&approved, &["Aprobado", "Ya puedes volver a la caja."]);
    let paid: Vec<Value> = stored(&sandbox).iter().map(|intent| intent["paid"].clone()).collect();
    assert_eq!(paid, [true, false]);
}

#[test]
fn no_terminal_charges_what_is_not_its_own() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent_at("caja-1", "TERM-01"));
    let any = created(&sandbox, &intent("caja-2"));
    for (path, intent) in [
        ("/terminal/TERM-02/tap", &id),
        ("/terminal/TERM-02/decline", &id),
        ("/terminal/TERM-09/tap", &any),
        ("/terminal/TERM-01/tap", &"aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee".to_owned()),
    ] {
        assert_eq!(press(&sandbox, path, intent, "&card=amex").status, 404, "{path}");
    }
    assert!(stored(&sandbox).iter().all(|intent| intent["paid"] == false && intent["declines"] == 0));
    let seen = open(&sandbox, &format!("/terminal/TERM-02?seen={id}")).text;
    assert!(!seen.contains(&id), "another terminal's charge: {seen}");
    for (path, shown) in [
        ("/terminal/TERM-09", "No hay una terminal con este código"),
        ("/terminal/a/b/c", "No hay una terminal con este código"),
        ("/terminal/open/x", "No encontramos este cobro"),
        ("/terminal/open/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee?lang=en", "We could not find this charge"),
    ] {
        let page = open(&sandbox, path);
        assert_eq!(page.status, 404, "{path}");
        assert_shows(&page.text, &[shown]);
    }
    assert_eq!(open(&sandbox, "/terminal/TERM-01?seen=x&pick=y").status, 200);
}

#[test]
fn every_code_has_an_address_and_is_escaped() {
    let sandbox = Running::start();
    let code = "Caja 1/<script>\"ñ";
    sandbox.set(json!({ "terminals": [code], "organizationName": "<script>Tienda" }));
    let address = "/terminal/Caja%201%2F%3Cscript%3E%22%C3%B1";
    let first = created(&sandbox, &intent_at("'\"><script>x", code));
    created(&sandbox, &intent("'\"><script>y"));
    let index = open(&sandbox, "/").text;
    assert_shows(&index, &[&format!("href=\"{address}\""), "Caja 1/&lt;script&gt;&quot;ñ"]);
    let charge = open(&sandbox, address).text;
    assert_shows(&charge, &["$350.50 MXN</h1>", "&lt;script&gt;y", &format!("action=\"{address}/tap\"")]);
    let approved = pressed(&sandbox, &format!("{address}/tap"), &first, "&card=amex");
    assert_shows(&approved, &["Aprobado"]);
    for page in [index, charge, approved] {
        let scripts: Vec<&str> = page.split("<script").skip(1).collect();
        assert!(scripts.iter().all(|script| script.starts_with(" type=\"module\" src=\"/assets/")), "{scripts:?}");
    }
}

#[test]
fn the_index_lists_terminals_and_charges() {
    let sandbox = Running::start();
    assert_shows(
        &open(&sandbox, "/").text,
        &["Todavía no hay cobros", "href=\"/terminal/TERM-03\"", "Lista para cobrar"],
    );
    let id = created(&sandbox, &intent_at("caja-1", "TERM-02"));
    let page = open(&sandbox, "/?lang=en").text;
    assert_shows(
        &page,
        &["href=\"/terminal/TERM-01?lang=en\"", &format!("href=\"/terminal/open/{id}?lang=en\""), "Waits for a card"],
    );
    cancel(&sandbox, &id);
    assert_shows(&open(&sandbox, "/").text, &["Retirado", "caja-1"]);
}
