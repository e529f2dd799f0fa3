//! The pages that save a card, as HTML: one for each status of the method.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use crate::moment::{date_and_time, time_left};
use crate::notice::{Icon, Tone, notice};
use crate::page::{Escaped, Frame, Language, Live, Page};
use crate::payment_method::card::Card;
use crate::payment_method::display::Display;
use crate::payment_method::{EmbeddedReturn, Method, Saved, Status};
use crate::settings::Settings;

/// What one page shows.
pub(super) struct Visit<'a> {
    pub(super) method: &'a Method,
    pub(super) settings: &'a Settings,
    pub(super) language: Language,
    pub(super) now: Timestamp,
    /// The customer comes from a card that was declined.
    pub(super) just_declined: bool,
}

pub(super) fn show(visit: &Visit<'_>) -> Response {
    match (visit.method.status(visit.now), &visit.method.saved) {
        (Status::Active, Some(saved)) => active(visit, saved),
        (Status::Revoked, _) => over(
            visit,
            Icon::Cross,
            visit.language.pick("Esta tarjeta ya no está guardada", "This card is no longer saved"),
            visit.language.pick(
                "La tienda la dio de baja y ya no puede hacerle cargos.",
                "The shop removed it and can no longer charge it.",
            ),
        ),
        (Status::Expired, _) => over(
            visit,
            Icon::Clock,
            visit.language.pick("El enlace venció", "The link expired"),
            visit.language.pick(
                "No se guardó ninguna tarjeta ni se hizo ningún cargo. Pide a la tienda un enlace nuevo.",
                "No card was saved and nothing was charged. Ask the shop for a new link.",
            ),
        ),
        (Status::Pending | Status::Active, _) => pending(visit),
    }
}

/// No method has this address.
pub(super) fn unknown(language: Language) -> Response {
    let title = language.pick("No encontramos esta página", "We could not find this page");
    let text = language.pick(
        "Revisa que el enlace para guardar tu tarjeta esté completo.",
        "Check that the link to save your card is complete.",
    );
    Page {
        status: StatusCode::NOT_FOUND,
        language,
        title,
        brand: "Checkout",
        path: "",
        main: notice(Tone::Quiet, Icon::Question, title, &format!("<p>{text}</p>")),
        live: Live::Still,
        kept: "",
        frame: Frame::Alone,
    }
    .into_response()
}

fn pending(visit: &Visit<'_>) -> Response {
    let language = visit.language;
    let main = format!(
        "<div class=\"checkout\">\n{}<section class=\"panel\" aria-labelledby=\"which\">\n{}</section>\n</div>\n",
        summary(visit),
        form(visit),
    );
    let merchant = &visit.settings.organization_name;
    let title = match (visit.just_declined, language) {
        (true, Language::Spanish) => format!("Error: tarjeta rechazada - {merchant}"),
        (true, Language::English) => format!("Error: card declined - {merchant}"),
        (false, _) => format!("{} - {merchant}", language.pick("Guardar tarjeta", "Save card")),
    };
    page(visit, &title, main, Live::Countdown)
}

/// What it is about. Inside a frame the merchant's own page tells most of it.
fn summary(visit: &Visit<'_>) -> String {
    let language = visit.language;
    let headline = language.pick("Guarda tu tarjeta", "Save your card");
    let about = match visit.method.display {
        Display::Link => facts(visit),
        Display::Embedded { .. } => format!(
            "<p class=\"quiet\">{}</p>\n<p class=\"quiet\">{} {}</p>\n",
            language.pick(
                format!("Para verificarla se cobra y se anula {}.", visit.method.verification_amount.for_people()),
                format!("To verify it, {} is charged and voided.", visit.method.verification_amount.for_people()),
            ),
            language.pick("Tiempo restante", "Time left"),
            timer(visit),
        ),
    };
    format!(
        "<section class=\"summary\" aria-labelledby=\"what\">\n<h1 id=\"what\" class=\"headline\">{headline}</h1>\n\
         {about}</section>\n",
    )
}

fn facts(visit: &Visit<'_>) -> String {
    let Visit { method, language, .. } = *visit;
    let reference = method.external_id.as_ref().map(|external_id| {
        let label = language.pick("Referencia", "Reference");
        format!("<div><dt>{label}</dt><dd>{}</dd></div>\n", Escaped(external_id))
    });
    format!(
        r#"<p class="what">{consent}</p>
<dl class="facts">
<div><dt>{verification_label}</dt><dd>{amount}<span class="quiet">{voided}</span></dd></div>
{reference}<div><dt>{until_label}</dt><dd><time datetime="{expires_at}">{until}</time><span class="quiet"> ({zone})</span></dd></div>
<div><dt>{left_label}</dt><dd>{left}</dd></div>
</dl>
"#,
        consent = language.pick(
            "Así la tienda podrá cobrar a esta tarjeta lo que acuerdes, sin volver a pedirte los datos.",
            "The shop can then charge this card what you agree on, without asking for its details again.",
        ),
        verification_label = language.pick("Verificación", "Verification"),
        amount = method.verification_amount.for_people(),
        voided = language.pick(", se cobra y se anula", ", charged and voided"),
        reference = reference.unwrap_or_default(),
        until_label = language.pick("Vence", "Expires"),
        expires_at = method.expires_at,
        until = date_and_time(method.expires_at, language),
        zone = language.pick("CDMX", "Mexico City"),
        left_label = language.pick("Tiempo restante", "Time left"),
        left = timer(visit),
    )
}

fn timer(visit: &Visit<'_>) -> String {
    let left = visit.method.expires_at.duration_since(visit.now);
    let seconds_left = left.as_secs().saturating_add(i64::from(left.subsec_nanos() > 0));
    format!("<span role=\"timer\" data-seconds-left=\"{seconds_left}\">{}</span>", time_left(left))
}

fn form(visit: &Visit<'_>) -> String {
    let Visit { method, language, just_declined, .. } = *visit;
    let choices: String = OFFERED.into_iter().map(|card| choice(card, language)).collect();
    format!(
        r#"{alert}<h2 id="which">{which}</h2>
<p class="quiet">{test_card}</p>
<form method="post" action="/checkout/card/{id}/save{query}"{target}>
<fieldset class="choices" aria-labelledby="which">
{choices}</fieldset>
<button class="primary">{save}</button>
<button class="secondary" formaction="/checkout/card/{id}/decline{query}"{stay}>{decline}</button>
</form>
"#,
        alert = if just_declined { declined(language) } else { String::new() },
        which = language.pick("Elige una tarjeta de prueba", "Choose a test card"),
        test_card =
            language.pick("No se pide ni se guarda ningún dato real.", "No real details are asked for or stored."),
        id = method.id,
        query = language.query(),
        target = if leaves_frame(visit) { " target=\"_top\"" } else { "" },
        stay = if leaves_frame(visit) { " formtarget=\"_self\"" } else { "" },
        save = Escaped(method.display.button_text().unwrap_or(language.pick("Guardar tarjeta", "Save card"))),
        decline = language.pick("Probar una tarjeta rechazada", "Try a declined card"),
    )
}

fn choice(card: Card, language: Language) -> String {
    let later = match card {
        Card::Good | Card::Mastercard | Card::Amex => {
            language.pick("Sus cargos se aprueban", "Its charges are approved")
        }
        Card::Declines => language.pick("Se guarda; sus cargos se rechazan", "Is saved; its charges are declined"),
        Card::Expired => {
            language.pick("Se guarda y luego vence; sus cargos fallan", "Is saved, then expires; its charges fail")
        }
    };
    format!(
        "<label class=\"choice\"><input type=\"radio\" name=\"card\" value=\"{}\"{}>\n\
         <span class=\"what\">{}</span> <span class=\"quiet\">{later}</span></label>\n",
        card.name(),
        if card == Card::default() { " checked" } else { "" },
        card.in_words(),
    )
}

fn declined(language: Language) -> String {
    format!(
        "<div class=\"alert\" role=\"alert\" tabindex=\"-1\" autofocus><p><strong>{}</strong></p><p>{}</p></div>\n",
        language.pick("Tu banco rechazó la tarjeta", "Your bank declined the card"),
        language.pick(
            "No se guardó ni se hizo ningún cargo. Prueba con otra tarjeta.",
            "It was not saved and nothing was charged. Try another card.",
        ),
    )
}

fn active(visit: &Visit<'_>, saved: &Saved) -> Response {
    let Visit { method, settings, language, .. } = *visit;
    let title = language.pick("Tu tarjeta está guardada", "Your card is saved");
    let merchant = Escaped(&settings.organization_name);
    let amount = method.verification_amount.for_people();
    let back = method.return_address(settings).map(|address| {
        format!(
            "<p class=\"go\"><a class=\"primary\" href=\"{}\"{}>{} {merchant}</a></p>\n",
            Escaped(&address),
            if leaves_frame(visit) { " target=\"_top\"" } else { "" },
            language.pick("Volver a", "Back to"),
        )
    });
    let text = format!(
        "<p class=\"what\">{}</p>\n<p>{}</p>\n{}",
        saved.card.in_words(),
        language.pick(
            format!("La verificación de {amount} se cobró y se anuló: no te cuesta nada."),
            format!("The verification of {amount} was charged and voided: it costs you nothing."),
        ),
        back.unwrap_or_else(|| format!(
            "<p class=\"quiet\">{}</p>\n",
            match method.display {
                Display::Link => language.pick("Ya puedes cerrar esta página.", "You may close this page."),
                Display::Embedded { .. } =>
                    language.pick("Ya puedes seguir en la tienda.", "You may go on in the shop."),
            },
        )),
    );
    page(visit, title, notice(Tone::Good, Icon::Tick, title, &text), Live::Still)
}

/// Expired or revoked: nothing of the card is shown any more.
fn over(visit: &Visit<'_>, icon: Icon, title: &str, why: &str) -> Response {
    page(visit, title, notice(Tone::Quiet, icon, title, &format!("<p>{why}</p>")), Live::Still)
}

fn page(visit: &Visit<'_>, title: &str, main: String, live: Live<'_>) -> Response {
    let path = format!("/checkout/card/{}", visit.method.id);
    let style = visit.method.display.button_color().map(|_| format!("{path}/button.css"));
    Page {
        status: StatusCode::OK,
        language: visit.language,
        title,
        brand: &visit.settings.organization_name,
        path: &path,
        main,
        live,
        kept: "",
        frame: match visit.method.display {
            Display::Link => Frame::Alone,
            Display::Embedded { .. } => Frame::Embedded { style: style.as_deref() },
        },
    }
    .into_response()
}

/// Whether the merchant's address is to be opened outside the frame.
fn leaves_frame(visit: &Visit<'_>) -> bool {
    match (&visit.method.display, visit.settings.embedded_return) {
        (Display::Embedded { .. }, EmbeddedReturn::Top) => visit.method.redirect_url.is_some(),
        (Display::Embedded { .. }, EmbeddedReturn::Frame) | (Display::Link, _) => false,
    }
}

/// One of each kind.
const OFFERED: [Card; 3] = [Card::Good, Card::Declines, Card::Expired];
