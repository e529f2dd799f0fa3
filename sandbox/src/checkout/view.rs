//! The checkout pages as HTML: payable, and one page for each way in which a payment is closed.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use crate::moment::{date_and_time, time_left};
use crate::notice::{Icon, Tone, notice};
use crate::one_time_payment::{Closed, Payment, Standing};
use crate::page::{Escaped, Frame, Language, Live, Page};

/// What one checkout page shows.
pub(crate) struct Checkout<'a> {
    pub(crate) payment: &'a Payment,
    pub(crate) merchant: &'a str,
    pub(crate) language: Language,
    pub(crate) now: Timestamp,
    /// The payer comes from a card that was declined.
    pub(crate) just_declined: bool,
}

pub(crate) fn checkout(checkout: &Checkout<'_>) -> Response {
    match checkout.payment.standing(checkout.now) {
        Standing::Payable => payable(checkout),
        Standing::Closed(Closed::Confirmed) => paid(checkout),
        Standing::Closed(closed @ (Closed::Cancelled | Closed::Expired)) => over(checkout, closed),
    }
}

/// No payment has this address.
pub(crate) fn unknown(language: Language) -> Response {
    let title = language.pick("No encontramos este pago", "We could not find this payment");
    let text = language.pick(
        "Revisa que el enlace esté completo. Si lo recibiste en un mensaje, ábrelo de nuevo desde ahí.",
        "Check that the link is complete. If it came in a message, open it from there again.",
    );
    Page {
        status: StatusCode::NOT_FOUND,
        language,
        title,
        brand: "Checkout",
        path: "",
        main: notice(Tone::Quiet, Icon::Question, title, &format!("<p>{text}</p>")),
        live: Live::Still,
        frame: Frame::Alone,
        kept: "",
    }
    .into_response()
}

fn payable(checkout: &Checkout<'_>) -> Response {
    let Checkout { payment, merchant, language, now, just_declined } = *checkout;
    let amount = payment.price();
    let pay = format!("{} {amount}", language.pick("Pagar", "Pay"));
    let id = payment.id;
    let query = language.query();
    let left = payment.expires_at.duration_since(now);
    let seconds_left = left.as_secs().saturating_add(i64::from(left.subsec_nanos() > 0));
    let main = format!(
        r#"<div class="checkout">
<section class="summary" aria-labelledby="total">
<p class="quiet">{to} {merchant}</p>
<h1 id="total" class="amount">{amount}</h1>
<p class="what">{description}</p>
<dl class="facts">
<div><dt>{reference_label}</dt><dd>{external_id}</dd></div>
<div><dt>{until_label}</dt><dd><time datetime="{expires_at}">{until}</time><span class="quiet"> ({zone})</span></dd></div>
<div><dt>{left_label}</dt><dd><span role="timer" data-seconds-left="{seconds_left}">{left}</span></dd></div>
</dl>
</section>
<section class="panel" aria-labelledby="how">
{alert}<h2 id="how">{how}</h2>
<p class="quiet">{test_card}</p>
<form method="post" action="/checkout/otp/{id}/pay{query}" autocomplete="off" novalidate>
<div class="field"><label for="number">{number_label}</label>
<input id="number" inputmode="numeric" value="4242 4242 4242 4242"></div>
<div class="pair">
<div class="field"><label for="expiry">{expiry_label}</label><input id="expiry" inputmode="numeric" value="12 / 34"></div>
<div class="field"><label for="code">CVC</label><input id="code" inputmode="numeric" value="123"></div>
</div>
<div class="field"><label for="name">{name_label}</label><input id="name" value="{name}"></div>
<button class="primary">{pay}</button>
<button class="secondary" formaction="/checkout/otp/{id}/decline{query}">{decline}</button>
</form>
<p class="back"><a href="{homepage}">{back} {merchant}</a></p>
</section>
</div>
"#,
        to = language.pick("Pago a", "Payment to"),
        merchant = Escaped(merchant),
        description = Escaped(&payment.description),
        reference_label = language.pick("Referencia", "Reference"),
        external_id = Escaped(&payment.external_id),
        until_label = language.pick("Vence", "Expires"),
        expires_at = payment.expires_at,
        until = date_and_time(payment.expires_at, language),
        zone = language.pick("CDMX", "Mexico City"),
        left_label = language.pick("Tiempo restante", "Time left"),
        left = time_left(left),
        alert = if just_declined { declined(language) } else { String::new() },
        how = language.pick("Pagar con tarjeta", "Pay by card"),
        test_card = language.pick(
            "Tarjeta de prueba ya llena. Lo que escribas aquí no se envía ni se guarda.",
            "A test card is filled in. What you type here is neither sent nor stored.",
        ),
        number_label = language.pick("Número de tarjeta", "Card number"),
        expiry_label = language.pick("Vencimiento", "Expiry"),
        name_label = language.pick("Nombre en la tarjeta", "Name on card"),
        name = Escaped(&full_name(payment)),
        decline = language.pick("Probar una tarjeta rechazada", "Try a declined card"),
        homepage = Escaped(&payment.homepage_url),
        back = language.pick("Volver a", "Back to"),
    );
    let title = match (just_declined, language) {
        (true, Language::Spanish) => format!("Error: tarjeta rechazada - {merchant}"),
        (true, Language::English) => format!("Error: card declined - {merchant}"),
        (false, _) => format!("{pay} - {merchant}"),
    };
    page(checkout, &title, main, Live::Countdown)
}

fn paid(checkout: &Checkout<'_>) -> Response {
    let Checkout { payment, merchant, language, .. } = *checkout;
    let title = language.pick("Este pago ya está hecho", "This payment is done");
    let text = format!(
        "<p class=\"amount\">{amount}</p><p>{to} {merchant}, {at}</p>\n\
         <p class=\"go\"><a class=\"primary\" href=\"{address}\">{back} {merchant}</a></p>",
        amount = payment.price(),
        to = language.pick("Pago a", "Payment to"),
        merchant = Escaped(merchant),
        at = date_and_time(payment.updated_at, language),
        address = Escaped(&payment.return_address()),
        back = language.pick("Volver a", "Back to"),
    );
    page(checkout, title, notice(Tone::Good, Icon::Tick, title, &text), Live::Still)
}

/// Cancelled or expired: nothing of the payment is shown any more, as in the API's limited answer.
fn over(checkout: &Checkout<'_>, closed: Closed) -> Response {
    let Checkout { payment, merchant, language, .. } = *checkout;
    let (icon, title, why) = match closed {
        Closed::Expired => (
            Icon::Clock,
            language.pick("El enlace de pago venció", "The payment link expired"),
            language.pick(
                "No se hizo ningún cargo. Vuelve a la tienda para pedir un enlace nuevo.",
                "Nothing was charged. Go back to the shop to get a new link.",
            ),
        ),
        Closed::Cancelled | Closed::Confirmed => (
            Icon::Cross,
            language.pick("Este pago fue cancelado", "This payment was cancelled"),
            language.pick(
                "No se hizo ningún cargo y el enlace ya no se puede usar.",
                "Nothing was charged and the link can no longer be used.",
            ),
        ),
    };
    let text = format!(
        "<p>{why}</p>\n<p class=\"go\"><a class=\"primary\" href=\"{homepage}\">{back} {merchant}</a></p>",
        homepage = Escaped(&payment.homepage_url),
        back = language.pick("Volver a", "Back to"),
        merchant = Escaped(merchant),
    );
    page(checkout, title, notice(Tone::Quiet, icon, title, &text), Live::Still)
}

fn declined(language: Language) -> String {
    format!(
        "<div class=\"alert\" role=\"alert\" tabindex=\"-1\" autofocus><p><strong>{}</strong></p><p>{}</p></div>\n",
        language.pick("Tu banco rechazó la tarjeta", "Your bank declined the card"),
        language.pick(
            "No se hizo ningún cargo. Puedes intentar de nuevo o usar otra tarjeta.",
            "Nothing was charged. You can try again or use another card.",
        ),
    )
}

fn page(checkout: &Checkout<'_>, title: &str, main: String, live: Live<'_>) -> Response {
    let path = format!("/checkout/otp/{}", checkout.payment.id);
    Page {
        status: StatusCode::OK,
        language: checkout.language,
        title,
        brand: checkout.merchant,
        path: &path,
        main,
        live,
        frame: Frame::Alone,
        kept: "",
    }
    .into_response()
}

fn full_name(payment: &Payment) -> String {
    format!("{} {}", payment.billing_information.first_name, payment.billing_information.last_name)
}
