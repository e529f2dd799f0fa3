//! The terminals' pages as HTML: the device with its screen, and beside it what the customer can do.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::screen::{Device, Over, Screen, Seen, Shown};
use super::words::{self, Ending};
use crate::moment::{date_and_time, time_left};
use crate::notice::{Icon, Tone, notice};
use crate::page::{Escaped, Frame, Language, Live, Page};
use crate::payment_intent::Intent;
use crate::payment_intent::card::Card;

pub(super) fn show(screen: &Screen<'_>) -> Response {
    let language = screen.context.language;
    let (title, lit, content, hand) = match &screen.shown {
        Shown::Waiting => {
            (language.pick("Lista para cobrar", "Ready to charge").to_owned(), 1, waiting(screen), hint(language))
        }
        Shown::Charge(intent) => (
            format!("{} {}", language.pick("Cobrar", "Charge"), intent.price()),
            2,
            charge(screen, intent),
            hand(screen, intent),
        ),
        Shown::Over(over) => {
            let ending = Ending::of(*over, screen.device, language);
            let lit = match ending.tone {
                Tone::Good => 4,
                Tone::Quiet => 0,
            };
            (ending.headline.clone(), lit, over_screen(screen, *over, &ending), onward(screen))
        }
    };
    let next = screen.next();
    let main = format!(
        r#"<div class="terminal" data-screen="{name}" data-look="{look}" data-next="{next}">
<section class="device" aria-labelledby="headline">
<p class="lights" aria-hidden="true">{lights}</p>
<div class="screen">
{content}</div>
<p class="plate">{plate}</p>
</section>
<section class="panel hand" aria-labelledby="hand">
{hand}{others}</section>
</div>
"#,
        name = Escaped(&screen.name()),
        look = Escaped(&screen.part("/screen")),
        next = Escaped(&next),
        lights = lights(lit),
        plate = Escaped(&plate(screen.device, language)),
        others = others(screen),
    );
    Page {
        status: StatusCode::OK,
        language,
        title: &format!("{title} - {}", plate(screen.device, language)),
        brand: &screen.context.world.settings.organization_name,
        path: &screen.device.path(),
        kept: &screen.kept(),
        main,
        live: Live::Terminal { next: &next },
        frame: Frame::Alone,
    }
    .into_response()
}

/// No terminal has this code, or no intent this id.
pub(super) fn unknown(device: &Device, language: Language) -> Response {
    let (title, text) = match device {
        Device::Terminal(_) => (
            language.pick("No hay una terminal con este código", "There is no terminal with this code"),
            language.pick(
                "Los códigos que existen están en la página de inicio.",
                "The codes that exist are on the start page.",
            ),
        ),
        Device::App(_) => (
            language.pick("No encontramos este cobro", "We could not find this charge"),
            language.pick(
                "Vuelve a la caja y ábrelo de nuevo desde ahí.",
                "Go back to the till and open it from there again.",
            ),
        ),
    };
    let home = language.pick("Ir al inicio del simulador", "Go to the sandbox's start page");
    let query = language.query();
    let text = format!("<p>{text}</p>\n<p class=\"go\"><a class=\"primary\" href=\"/{query}\">{home}</a></p>");
    Page {
        status: StatusCode::NOT_FOUND,
        language,
        title,
        brand: "Terminal",
        path: "",
        kept: "",
        main: notice(Tone::Quiet, Icon::Question, title, &text),
        live: Live::Still,
        frame: Frame::Alone,
    }
    .into_response()
}

fn waiting(screen: &Screen<'_>) -> String {
    let language = screen.context.language;
    format!(
        "<span class=\"icon\">{}</span>\n<h1 id=\"headline\">{}</h1>\n<p class=\"quiet\">{}</p>\n",
        Icon::Waves,
        language.pick("Lista para cobrar", "Ready to charge"),
        language.pick("Los cobros llegan solos.", "Charges come in by themselves."),
    )
}

fn charge(screen: &Screen<'_>, intent: &Intent) -> String {
    let language = screen.context.language;
    let left = intent.expires_at.duration_since(screen.context.now);
    let seconds_left = left.as_secs().saturating_add(i64::from(left.subsec_nanos() > 0));
    let before = screen.before.map(|over| {
        let sentence = Ending::of(over, screen.device, language).sentence;
        let sentence = sentence.replace("{amount}", &over.intent.price());
        format!("<p class=\"before\">{}</p>\n", Escaped(&sentence))
    });
    let declined = (intent.declines > 0).then(|| {
        format!(
            "<div class=\"alert\" role=\"alert\"><p><strong>{}</strong></p><p>{}</p></div>\n",
            language.pick("Tarjeta rechazada", "Card declined"),
            language.pick("No se cobró nada. Prueba con otra tarjeta.", "Nothing was charged. Try another card."),
        )
    });
    let any = intent
        .terminal
        .is_none()
        .then(|| format!("<p class=\"badge open\">{}</p>\n", language.pick("Cualquier terminal", "Any terminal")));
    format!(
        r#"{before}{any}<h1 id="headline" class="amount">{amount}</h1>
{declined}<span class="icon">{icon}</span>
<p class="ask">{ask}</p>
<p class="quiet">{left_label} <span role="timer" data-seconds-left="{seconds_left}" data-next="{next}">{left}</span></p>
"#,
        before = before.unwrap_or_default(),
        any = any.unwrap_or_default(),
        amount = intent.price(),
        declined = declined.unwrap_or_default(),
        icon = Icon::Waves,
        ask = language.pick("Acerca, inserta o desliza la tarjeta", "Tap, insert or swipe the card"),
        left_label = language.pick("Tiempo restante", "Time left"),
        next = Escaped(&screen.next()),
        left = time_left(left),
    )
}

fn over_screen(screen: &Screen<'_>, over: Over<'_>, ending: &Ending) -> String {
    let language = screen.context.language;
    let card = over.intent.payment.as_ref().map(|payment| {
        format!(
            "<dl class=\"facts\">\n<div><dt>{}</dt><dd>{} ···· {}</dd></div>\n<div><dt>{}</dt><dd>{}</dd></div>\n\
             <div><dt>{}</dt><dd>{}</dd></div>\n</dl>\n",
            language.pick("Tarjeta", "Card"),
            words::card(payment.card, language),
            payment.card.last_four_digits(),
            language.pick("Operación", "Operation"),
            payment.operation_code(),
            language.pick("Hora", "Time"),
            date_and_time(over.at(), language),
        )
    });
    format!(
        "<span class=\"icon {}\">{}</span>\n<h1 id=\"headline\">{}</h1>\n<p class=\"amount\">{}</p>\n<p>{}</p>\n{}",
        ending.tone.class(),
        ending.icon,
        ending.headline,
        over.intent.price(),
        Escaped(&ending.text),
        card.unwrap_or_default(),
    )
}

/// The customer's cards.
fn hand(screen: &Screen<'_>, intent: &Intent) -> String {
    let language = screen.context.language;
    let path = screen.device.path();
    let query = language.query();
    let cards: String = Card::ALL.into_iter().map(|card| card_button(card, language)).collect();
    format!(
        r#"<h2 id="hand">{title}</h2>
<p class="quiet">{text}</p>
<form method="post" action="{path}/tap{query}">
<input type="hidden" name="intent" value="{id}">
<div class="cards">
{cards}</div>
<button class="secondary" formaction="{path}/decline{query}">{decline}</button>
</form>
"#,
        title = language.pick("La tarjeta del cliente", "The customer's card"),
        text = language.pick("Elige con cuál paga. Son de prueba.", "Choose the one to pay with. They are test cards."),
        path = Escaped(&path),
        id = intent.id,
        decline = language.pick("Acercar una tarjeta rechazada", "Tap a card that is declined"),
    )
}

fn card_button(card: Card, language: Language) -> String {
    format!(
        "<button class=\"bank-card {name}\" name=\"card\" value=\"{name}\"><span class=\"what\">{words}</span>\n\
         <span>···· {digits}</span> <span>{bank}</span></button>\n",
        name = card.name(),
        words = words::card(card, language),
        digits = card.last_four_digits(),
        bank = card.issuing_bank(),
    )
}

fn hint(language: Language) -> String {
    format!(
        "<h2 id=\"hand\">{}</h2>\n<p class=\"quiet\">{}</p>\n",
        language.pick("La tarjeta del cliente", "The customer's card"),
        language.pick(
            "Cuando llegue un cobro, aquí eliges con qué tarjeta paga el cliente.",
            "Once a charge comes in, choose here which card the customer pays with.",
        ),
    )
}

/// What can be done once a charge is over.
fn onward(screen: &Screen<'_>) -> String {
    let language = screen.context.language;
    let title = language.pick("Este cobro terminó", "This charge is over");
    match screen.device {
        Device::App(_) => format!(
            "<h2 id=\"hand\">{title}</h2>\n<p class=\"quiet\">{}</p>\n",
            language.pick("Ya puedes cerrar esta página.", "You may close this page."),
        ),
        Device::Terminal(_) => format!(
            "<h2 id=\"hand\">{title}</h2>\n<p class=\"go\"><a class=\"primary\" href=\"{}\">{}</a></p>\n",
            Escaped(&screen.device.address(Seen::Nothing, language)),
            language.pick("Listo", "Done"),
        ),
    }
}

/// Links to the intents that wait as well.
fn others(screen: &Screen<'_>) -> String {
    if screen.others.is_empty() {
        return String::new();
    }
    let language = screen.context.language;
    let rows: String = screen
        .others
        .iter()
        .map(|intent| {
            let whose = match intent.terminal {
                None => language.pick("Cualquier terminal", "Any terminal"),
                Some(_) => language.pick("Esta terminal", "This terminal"),
            };
            format!(
                "<li><a href=\"{}\"><span class=\"what\">{}</span>\n<span class=\"badge open\">{whose}</span>\n\
                 <span class=\"quiet\">{}</span></a></li>\n",
                Escaped(&screen.device.address(Seen::Picked(intent.id), language)),
                intent.price(),
                Escaped(&intent.external_id),
            )
        })
        .collect();
    format!("<h3>{}</h3>\n<ul class=\"payments\">\n{rows}</ul>\n", language.pick("También esperan", "Also waiting"))
}

fn lights(lit: usize) -> String {
    (0..4).map(|light| if light < lit { "<i class=\"lit\"></i>" } else { "<i></i>" }).collect()
}

fn plate(device: &Device, language: Language) -> String {
    match device {
        Device::Terminal(code) => code.clone(),
        Device::App(_) => language.pick("App de cobro", "Payment app").to_owned(),
    }
}
