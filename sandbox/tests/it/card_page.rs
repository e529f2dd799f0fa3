//! The pages on which a customer saves a card, on their own and inside a frame.

use serde_json::{Value, json};

use crate::checkout::open;
use crate::harness::{Answer, Running};
use crate::payment_method::{STRANGER, act, active, created, get, method, method_with, save, stored};

fn embedded(more: Value) -> Value {
    let mut body = method_with(json!({ "displayMode": "EMBEDDED" }));
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

fn press(sandbox: &Running, path: &str, form: &str) -> Answer {
    sandbox.send("POST", path, &[("content-type", "application/x-www-form-urlencoded")], form).unwrap()
}

fn assert_shows(page: &Answer, parts: &[&str]) {
    for part in parts {
        assert!(page.text.contains(part), "{part} is missing in {}", page.text);
    }
}

#[test]
fn the_page_explains_itself_and_needs_no_script() {
    let sandbox = Running::start();
    let id = created(&sandbox, &method_with(json!({ "verificationAmount": 2.5 })));
    let own = format!("/checkout/card/{id}");
    let page = open(&sandbox, &own);
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    assert_shows(
        &page,
        &[
            "<html lang=\"es-MX\">",
            "Simulador / Sandbox - no es Compago",
            "Ningún cargo real",
            "Tienda Demo",
            "Guarda tu tarjeta</h1>",
            "$2.50 MXN<span class=\"quiet\">, se cobra y se anula",
            "cli-7",
            "data-seconds-left=\"7",
            &format!("method=\"post\" action=\"{own}/save\""),
            &format!("formaction=\"{own}/decline\""),
            "value=\"good\" checked>",
            "value=\"declines\">",
            "value=\"expired\">",
            "<button class=\"primary\">Guardar tarjeta</button>",
        ],
    );
    assert!(!page.text.contains("ana@example.com") && !page.text.contains("+525512340000"));
    let policy = page.header("content-security-policy");
    assert!(policy.ends_with("frame-ancestors 'none'") && !policy.contains("form-action"), "{policy}");
    let english = open(&sandbox, &format!("{own}?lang=en"));
    assert_shows(&english, &["<html lang=\"en\">", "Save your card", ", charged and voided", "Save card</button>"]);
}

#[test]
fn saving_leads_back_to_the_merchant() {
    let sandbox = Running::start();
    let id = created(&sandbox, &method());
    let own = format!("/checkout/card/{id}");
    let home = format!("https://shop.example/tarjeta?ref=7&id={id}&externalId=cli-7");
    let saved = press(&sandbox, &format!("{own}/save"), "card=expired");
    assert_eq!((saved.status, saved.header("location")), (303, home.as_str()));
    assert_eq!(get(&sandbox, &id).json()["card"], json!({ "lastFourDigits": "0069", "networkType": "MASTERCARD" }));
    let again = press(&sandbox, &format!("{own}/save"), "card=good");
    assert_eq!((again.status, again.header("location")), (303, home.as_str()), "a double click ends at the merchant");
    assert_eq!(stored(&sandbox)[0]["card"]["kind"], "expired", "and saves once");
    let page = open(&sandbox, &own);
    assert_shows(
        &page,
        &[
            "Tu tarjeta está guardada",
            "MASTERCARD ···· 0069",
            "La verificación de $1.00 MXN se cobró y se anuló",
            &home.replace('&', "&amp;"),
        ],
    );
    assert!(!page.text.contains("<form"));
}

#[test]
fn without_a_return_url_the_page_shows_the_result() {
    let sandbox = Running::start();
    for (body, shown) in [
        (method_with(json!({ "redirectUrl": null })), "You may close this page."),
        (embedded(json!({ "redirectUrl": null })), "You may go on in the shop."),
    ] {
        let own = format!("/checkout/card/{}", created(&sandbox, &body));
        let saved = press(&sandbox, &format!("{own}/save?lang=en"), "");
        assert_eq!((saved.status, saved.header("location")), (303, format!("{own}?lang=en").as_str()));
        let page = open(&sandbox, saved.header("location"));
        assert_shows(&page, &["Your card is saved", "VISA ···· 4242", shown]);
        assert!(!page.text.contains("class=\"go\""));
    }
}

#[test]
fn a_declined_card_leaves_the_link_good() {
    let sandbox = Running::start();
    let id = created(&sandbox, &method());
    let own = format!("/checkout/card/{id}");
    assert!(!open(&sandbox, &format!("{own}?declined=1")).text.contains("role=\"alert\""), "nothing was declined yet");
    let declined = press(&sandbox, &format!("{own}/decline?lang=en"), "card=good");
    assert_eq!((declined.status, declined.header("location")), (303, format!("{own}?declined=1&lang=en").as_str()));
    let page = open(&sandbox, declined.header("location"));
    assert_shows(&page, &["role=\"alert\"", "Your bank declined the card", "<title>Error: card declined", "<form"]);
    let body = get(&sandbox, &id).json();
    assert_eq!((&body["status"], body.get("card")), (&json!("PENDING"), None));
    assert_eq!(stored(&sandbox)[0]["declines"], 1);
    assert_eq!(press(&sandbox, &format!("{own}/save"), "card=good").status, 303);
    assert_eq!(get(&sandbox, &id).json()["status"], "ACTIVE");
}

#[test]
fn closed_links_save_no_card_and_show_why() {
    let sandbox = Running::start();
    let (expired, revoked) = (created(&sandbox, &method()), active(&sandbox, "good"));
    act(&sandbox, &revoked, "revoke", Value::Null);
    sandbox.advance_minutes(120);
    for (id, headline, status) in
        [(expired, "El enlace venció", "EXPIRED"), (revoked, "Esta tarjeta ya no está guardada", "REVOKED")]
    {
        let own = format!("/checkout/card/{id}");
        for act in ["save", "decline"] {
            let pressed = press(&sandbox, &format!("{own}/{act}"), "card=good");
            assert_eq!((pressed.status, pressed.header("location")), (303, own.as_str()), "{act}");
        }
        let page = open(&sandbox, &own);
        assert_shows(&page, &[headline]);
        assert!(!page.text.contains("<form") && !page.text.contains("4242") && !page.text.contains("shop.example"));
        assert_eq!(get(&sandbox, &id).json()["status"], status);
    }
    for path in ["x", STRANGER] {
        let page = open(&sandbox, &format!("/checkout/card/{path}"));
        assert_eq!(page.status, 404);
        assert_shows(&page, &["No encontramos esta página"]);
        assert_eq!(press(&sandbox, &format!("/checkout/card/{path}/save"), "").status, 404);
        assert_eq!(open(&sandbox, &format!("/checkout/card/{path}/button.css")).status, 404);
    }
}

#[test]
fn an_embedded_page_may_be_framed_and_posts_no_messages() {
    let sandbox = Running::start();
    let id = created(&sandbox, &embedded(json!({ "buttonText": "Guardar <mi> tarjeta", "buttonColor": "#16A34A" })));
    let own = format!("/checkout/card/{id}");
    let page = open(&sandbox, &own);
    let policy = page.header("content-security-policy");
    assert!(policy.ends_with("; frame-ancestors *"), "{policy}");
    assert!(policy.contains("style-src 'self'; "), "its colour needs no exception: {policy}");
    assert_shows(
        &page,
        &[
            "<button class=\"primary\">Guardar &lt;mi&gt; tarjeta</button>",
            &format!("<link rel=\"stylesheet\" href=\"{own}/button.css\">"),
            "Simulador / Sandbox - no es Compago",
            "se cobra y se anula $1.00 MXN",
            "hreflang=\"en\"",
        ],
    );
    assert!(!page.text.contains("class=\"brand\"") && !page.text.contains("<footer"));
    let sheet = open(&sandbox, &format!("{own}/button.css"));
    assert_eq!((sheet.status, sheet.header("content-type")), (200, "text/css; charset=utf-8"));
    assert_eq!(sheet.text, ".primary, .primary:hover { background: #16A34A; color: #000000; }\n");
    for script in page.text.split("<script").skip(1) {
        assert!(script.starts_with(" type=\"module\" src=\"/assets/countdown.js\"></script>"), "{script}");
    }
    assert!(!open(&sandbox, "/assets/countdown.js").text.contains("postMessage"));

    let plain = format!("/checkout/card/{}", created(&sandbox, &embedded(json!({}))));
    let page = open(&sandbox, &plain);
    assert_shows(&page, &["<button class=\"primary\">Guardar tarjeta</button>"]);
    assert!(!page.text.contains("button.css"));
    assert_eq!(open(&sandbox, &format!("{plain}/button.css")).status, 404);
}

#[test]
fn an_embedded_page_leaves_the_frame_or_the_window() {
    let sandbox = Running::start();
    let id = created(&sandbox, &embedded(json!({})));
    let without_address = created(&sandbox, &embedded(json!({ "redirectUrl": null })));
    let link = created(&sandbox, &method());
    let shown = |id: &str| open(&sandbox, &format!("/checkout/card/{id}"));
    assert!(!shown(&id).text.contains("target="));
    sandbox.set(json!({ "embeddedReturn": "top" }));
    assert_shows(&shown(&id), &["/save\" target=\"_top\">", "formtarget=\"_self\""]);
    assert!(!shown(&without_address).text.contains("target=") && !shown(&link).text.contains("target="));
    save(&sandbox, &id, "good");
    assert_shows(&shown(&id), &["&amp;externalId=cli-7\" target=\"_top\">Volver a Tienda Demo</a>"]);
}

#[test]
fn everything_is_escaped() {
    let sandbox = Running::start();
    sandbox.set(json!({ "organizationName": "<script>Tienda" }));
    let hostile = json!({
        "externalId": "'\"><script>x", "redirectUrl": "https://shop.example/\"><script>y",
        "buttonText": "</button><script>z", "displayMode": "EMBEDDED"
    });
    let embedded = created(&sandbox, &method_with(hostile.clone()));
    let mut link = method_with(hostile);
    link.as_object_mut().unwrap().retain(|name, _| !["buttonText", "displayMode"].contains(&name.as_str()));
    let link = created(&sandbox, &link);
    let shown = |id: &str| open(&sandbox, &format!("/checkout/card/{id}")).text;
    let before = [shown(&embedded), shown(&link)];
    for id in [&embedded, &link] {
        save(&sandbox, id, "good");
    }
    let charge = json!({ "amount": 10, "description": "<script>w" }).to_string();
    sandbox.api("POST", &format!("/payment-method/{link}/payment"), &charge).unwrap();
    for page in before.into_iter().chain([shown(&embedded), shown(&link), open(&sandbox, "/").text]) {
        let scripts: Vec<&str> = page.split("<script").skip(1).collect();
        assert!(scripts.iter().all(|script| script.starts_with(" type=\"module\" src=\"/assets/")), "{scripts:?}");
    }
}

#[test]
fn the_index_lists_cards_and_their_charges() {
    let sandbox = Running::start();
    let empty = open(&sandbox, "/");
    assert_shows(&empty, &["Todavía no hay tarjetas"]);
    assert!(!empty.text.contains("id=\"charges\""));
    let (pending, saved) = (created(&sandbox, &method()), active(&sandbox, "amex"));
    let charge = |amount: f64, outcome: &str| {
        sandbox.set(json!({ "chargeOutcome": outcome }));
        let body = json!({ "amount": amount, "description": format!("Cuota {outcome}") }).to_string();
        sandbox.api("POST", &format!("/payment-method/{saved}/payment"), &body).unwrap();
    };
    charge(1250.5, "confirmed");
    charge(10.0, "pending");
    let page = open(&sandbox, "/?lang=en");
    assert_shows(
        &page,
        &[
            &format!("href=\"/checkout/card/{pending}?lang=en\""),
            "To be saved",
            "AMEX ···· 0005",
            ">Active<",
            "Cuota confirmed",
            "$1,250.50 MXN",
            ">Charged<",
            ">Pending<",
        ],
    );
    assert!(page.text.find("Cuota pending") < page.text.find("Cuota confirmed"), "newest first");
}
