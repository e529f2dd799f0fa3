//! The pages that a payer and a developer see.

use std::thread;

use serde_json::{Value, json};

use crate::harness::{Answer, Running, payment, payment_with};

pub(crate) fn open(sandbox: &Running, path: &str) -> Answer {
    sandbox.send("GET", path, &[], "").unwrap()
}

fn press(sandbox: &Running, path: &str) -> Answer {
    sandbox.send("POST", path, &[("content-type", "application/x-www-form-urlencoded")], "number=4111").unwrap()
}

#[test]
fn the_payable_page_shows_everything_and_needs_no_script() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    let page = open(&sandbox, &format!("/checkout/otp/{id}"));
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.header("cache-control"), "no-store");
    for part in [
        "<html lang=\"es-MX\">",
        "Simulador / Sandbox - no es Compago",
        "Ningún cargo real",
        "Tienda Demo",
        "Pedido 881",
        "ord-1",
        "$350.50 MXN</h1>",
        "<button class=\"primary\">Pagar $350.50 MXN</button>",
        "Probar una tarjeta rechazada",
        "value=\"4242 4242 4242 4242\"",
        "value=\"Ana Ruiz\"",
        "href=\"https://shop.example\"",
        "data-seconds-left=\"3",
        &format!("method=\"post\" action=\"/checkout/otp/{id}/pay\""),
        &format!("formaction=\"/checkout/otp/{id}/decline\""),
    ] {
        assert!(page.text.contains(part), "{part} is missing in {}", page.text);
    }
    assert!(!page.text.contains("ana@example.com") && !page.text.contains("+525512340000"));
    for input in page.text.split("<input").skip(1) {
        let tag = input.split('>').next().unwrap();
        assert!(!tag.contains(" name="), "a card field with a name would be sent: {tag}");
    }
    let english = open(&sandbox, &format!("/checkout/otp/{id}?lang=en"));
    for part in ["<html lang=\"en\">", "Pay $350.50 MXN", "Try a declined card", "not Compago", "No real charge"] {
        assert!(english.text.contains(part), "{part}");
    }
}

#[test]
fn no_page_asks_for_anything_from_elsewhere() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    let terminal = "/terminal/TERM-01".to_owned();
    for path in [format!("/checkout/otp/{id}"), "/".to_owned(), terminal] {
        let page = open(&sandbox, &path);
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"), "{policy}");
        assert!(!policy.contains("form-action"), "Chromium would stop the way back to the shop");
        for attribute in ["src=\"", "<link rel=\"stylesheet\" href=\""] {
            for found in page.text.split(attribute).skip(1) {
                assert!(found.starts_with("/assets/"), "{}", &found[..40]);
            }
        }
        assert!(!page.text.contains("<style") && !page.text.contains(" style=") && !page.text.contains(" onclick="));
    }
    for (path, content_type) in [
        ("/assets/style.css", "text/css; charset=utf-8"),
        ("/assets/countdown.js", "text/javascript; charset=utf-8"),
        ("/assets/terminal.js", "text/javascript; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml"),
    ] {
        let file = open(&sandbox, path);
        assert_eq!((file.status, file.header("content-type")), (200, content_type));
    }
}

#[test]
fn paying_leads_back_to_the_shop() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    let home = format!("https://shop.example/vuelta?ref=881&id={id}&externalId=ord-1");
    let paid = press(&sandbox, &format!("/checkout/otp/{id}/pay"));
    assert_eq!((paid.status, paid.header("location")), (303, home.as_str()));
    assert_eq!(sandbox.get(&id).json()["status"], "CONFIRMED");
    let updated = sandbox.stored()[0]["updatedAt"].clone();
    sandbox.advance_minutes(1);
    let again = press(&sandbox, &format!("/checkout/otp/{id}/pay"));
    assert_eq!((again.status, again.header("location")), (303, home.as_str()), "a double click ends at the shop");
    assert_eq!(sandbox.stored()[0]["updatedAt"], updated, "and pays once");
    let page = open(&sandbox, &format!("/checkout/otp/{id}"));
    assert!(page.text.contains("Este pago ya está hecho"));
    assert!(page.text.contains(&home.replace('&', "&amp;")));
    assert!(!page.text.contains("<form"));
}

#[test]
fn return_addresses_are_joined() {
    let sandbox = Running::start();
    for (number, (redirect_url, start, end)) in [
        ("https://shop.example/r", "https://shop.example/r?id=", ""),
        ("https://shop.example/r?a=1", "https://shop.example/r?a=1&id=", ""),
        ("https://shop.example/r?", "https://shop.example/r?id=", ""),
        ("https://shop.example/r?a=1#top", "https://shop.example/r?a=1&id=", "#top"),
    ]
    .into_iter()
    .enumerate()
    {
        let external_id = format!("ord {number}&id=x");
        sandbox.create(&payment_with(&external_id, "/redirectUrl", json!(redirect_url)));
        let id = sandbox.stored()[number]["id"].as_str().unwrap().to_owned();
        let paid = press(&sandbox, &format!("/checkout/otp/{id}/pay"));
        assert_eq!(paid.header("location"), format!("{start}{id}&externalId=ord%20{number}%26id%3Dx{end}"));
    }
}

#[test]
fn a_declined_card_leaves_the_link_payable() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    let own = format!("/checkout/otp/{id}");
    assert!(!open(&sandbox, &format!("{own}?declined=1")).text.contains("role=\"alert\""), "nothing was declined yet");
    let declined = press(&sandbox, &format!("{own}/decline?lang=en"));
    assert_eq!((declined.status, declined.header("location")), (303, format!("{own}?declined=1&lang=en").as_str()));
    let page = open(&sandbox, declined.header("location"));
    assert!(page.text.contains("role=\"alert\"") && page.text.contains("Your bank declined the card"));
    assert!(page.text.contains("<title>Error: card declined"));
    assert!(page.text.contains("Pay $350.50 MXN"));
    assert!(!open(&sandbox, &own).text.contains("role=\"alert\""));
    let full = sandbox.get(&id).json();
    assert_eq!((&full["status"], &full["id"]), (&json!("PENDING"), &json!(id)), "the API shows no trace of it");
    assert_eq!(sandbox.stored()[0]["declines"], 1);
    assert_eq!(press(&sandbox, &format!("{own}/pay")).status, 303);
    assert_eq!(sandbox.get(&id).json()["status"], "CONFIRMED");
}

#[test]
fn closed_links_cannot_be_paid_and_show_why() {
    let sandbox = Running::start();
    let (cancelled, expired) = (sandbox.created("a"), sandbox.created("b"));
    sandbox.cancel(&cancelled);
    sandbox.advance_minutes(60);
    for (id, headline, status) in
        [(cancelled, "Este pago fue cancelado", "CANCELLED"), (expired, "El enlace de pago venció", "PENDING")]
    {
        let own = format!("/checkout/otp/{id}");
        for act in ["pay", "decline"] {
            let pressed = press(&sandbox, &format!("{own}/{act}"));
            assert_eq!((pressed.status, pressed.header("location")), (303, own.as_str()), "{act}");
        }
        let page = open(&sandbox, &own);
        assert!(page.text.contains(headline), "{}", page.text);
        assert!(page.text.contains("href=\"https://shop.example\"") && !page.text.contains("<form"));
        assert!(!page.text.contains("350.50") && !page.text.contains("Pedido 881"), "limited, like the API's answer");
        assert_eq!(sandbox.get(&id).json()["status"], status);
    }
    for path in ["/checkout/otp/x", "/checkout/otp/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "/checkout/x"] {
        let page = open(&sandbox, path);
        assert_eq!(page.status, 404);
        assert!(page.text.contains("No encontramos este pago"));
    }
    assert_eq!(press(&sandbox, "/checkout/otp/x/pay").status, 404);
}

#[test]
fn everything_is_escaped() {
    let sandbox = Running::start();
    let mark = "<script>alert(\"1\")</script>'&";
    let mut body = payment("'\"><script>x");
    body["description"] = json!(mark);
    body["homepageUrl"] = json!("https://shop.example/\"><script>y");
    body["billingInformation"]["firstName"] = json!("\"><script>z");
    assert_eq!(sandbox.create(&body).status, 201);
    sandbox.set(json!({ "organizationName": "<script>Tienda" }));
    let id = sandbox.stored()[0]["id"].as_str().unwrap().to_owned();
    let own = format!("/checkout/otp/{id}");
    let payable = open(&sandbox, &own);
    assert!(payable.text.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;'&amp;"));
    press(&sandbox, &format!("{own}/pay"));
    for page in [payable, open(&sandbox, &own), open(&sandbox, "/")] {
        let scripts: Vec<&str> = page.text.split("<script").skip(1).collect();
        assert!(scripts.iter().all(|script| script.starts_with(" type=\"module\" src=\"/assets/")), "{scripts:?}");
    }
}

#[test]
fn many_payers_at_once_pay_once() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    let acts = thread::scope(|scope| {
        let acts: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| sandbox.control("POST", &format!("/one-time-payments/{id}/pay"), Value::Null).status)
            })
            .collect();
        acts.into_iter().map(|act| act.join().unwrap()).collect::<Vec<u16>>()
    });
    assert_eq!(acts.iter().filter(|status| **status == 200).count(), 1, "{acts:?}");
    assert_eq!(acts.iter().filter(|status| **status == 409).count(), 7, "{acts:?}");
}

#[test]
fn the_index_lists_payments_newest_first() {
    let sandbox = Running::start();
    assert!(open(&sandbox, "/").text.contains("Todavía no hay pagos"));
    sandbox.created("ord-1");
    let newest = sandbox.created("ord-2");
    let page = open(&sandbox, "/?lang=en").text;
    assert!(page.find("ord-2").unwrap() < page.find("ord-1").unwrap());
    assert!(page.contains(&format!("href=\"/checkout/otp/{newest}?lang=en\"")));
    assert!(page.contains("sandbox-key") && page.contains("/api</code>"));
    assert_eq!(open(&sandbox, "/nothing").status, 404);
}

#[test]
fn the_index_says_how_many_payments_it_leaves_out() {
    let sandbox = Running::start();
    let seed = |count: u32, prefix: &str| {
        let request = json!({ "count": count, "externalIdPrefix": prefix });
        assert_eq!(sandbox.control("POST", "/one-time-payments/seed", request).status, 200);
    };
    let rows = |page: &str| page.matches("href=\"/checkout/otp/").count();
    seed(100, "a-");
    let page = open(&sandbox, "/").text;
    assert_eq!((rows(&page), page.contains("más recientes")), (100, false));
    seed(19_900, "b-");
    let page = open(&sandbox, "/").text;
    assert_eq!(rows(&page), 100);
    assert!(page.contains("Se muestran los 100 más recientes; hay 19,900 más."));
    assert!(open(&sandbox, "/?lang=en").text.contains("The latest 100 are shown; there are 19,900 more."));
}
