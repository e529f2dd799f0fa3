//! Which HTTP status we answer, and in which words: problem details (RFC 9457), JSON, redirects and the headers that
//! stand on every answer.

use compago::json::{self, IfSome, Object, ToJson};
use compago::problem::{Locale, ToldProblem};
use compago::value::Amount;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Response, ResponseInit};

use crate::fault::Fault;
use crate::outgoing::header_list;

/// Only our own files run or are loaded; nobody frames us; WebAssembly may be compiled.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";

/// Headers of every answer, whatever it is.
const SECURITY: [(&str, &str); 8] = [
    ("content-security-policy", POLICY),
    ("strict-transport-security", "max-age=31536000"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
];

/// A JSON answer.
pub(crate) fn json_answer(status: u16, body: &dyn ToJson) -> Result<Response, JsValue> {
    json_text(status, json::to_string(body))
}

/// A JSON answer that was written before.
pub(crate) fn json_text(status: u16, text: String) -> Result<Response, JsValue> {
    answer(status, Some(&text), &[("content-type", "application/json; charset=utf-8")])
}

/// An answer without a body.
pub(crate) fn empty_answer(status: u16) -> Result<Response, JsValue> {
    answer(status, None, &[])
}

/// Sends the browser on to `location`, to be fetched by GET.
pub(crate) fn see_other(location: &str) -> Result<Response, JsValue> {
    answer(303, None, &[("location", location)])
}

/// A refusal as a problem document.
pub(crate) fn problem(fault: &Fault, locale: Locale) -> Result<Response, JsValue> {
    let told = told(fault);
    let (title, detail) = match locale {
        Locale::EsMx => told.es,
        Locale::En => told.en,
    };
    let extension = Extension::of(fault, locale);
    let body = Object(&[
        ("type", &format!("/problems/{}", told.code)),
        ("title", &title),
        ("status", &told.status),
        ("detail", &detail),
        ("code", &told.code),
        ("errors", &IfSome(&extension.errors)),
        ("minimum", &IfSome(&extension.minimum)),
        ("reference", &IfSome(&extension.reference)),
    ]);
    let mut headers = Vec::from([
        ("content-type", "application/problem+json; charset=utf-8"),
        ("content-language", locale.as_str()),
        ("vary", "accept-language"),
    ]);
    let wait = if let Fault::TooMany { seconds } = fault { seconds.to_string() } else { "5".to_owned() };
    if matches!(
        fault,
        Fault::TooMany { .. } | Fault::ProviderUnavailable | Fault::InFlight | Fault::Verifying | Fault::Misconfigured
    ) {
        headers.push(("retry-after", &wait));
    }
    if let Fault::Method(allowed) = fault {
        headers.push(("allow", allowed));
    }
    if matches!(fault, Fault::Unauthenticated | Fault::WrongToken) {
        headers.push(("www-authenticate", "Bearer"));
    }
    answer(told.status, Some(&json::to_string(&body)), &headers)
}

/// The answer with the security headers.
pub(crate) fn secured(answer: &Response) -> Result<Response, JsValue> {
    // The headers of an answer that was fetched cannot be changed, those of a copy can.
    let same = answer.unchecked_ref::<ResponseInit>();
    let copy = Response::new_with_opt_readable_stream_and_init(answer.body().as_ref(), same)?;
    let headers = copy.headers();
    for (name, value) in SECURITY {
        headers.set(name, value)?;
    }
    Ok(copy)
}

/// What an answer has beside its body.
pub(crate) fn head(status: u16, headers: &[(&str, &str)]) -> Result<ResponseInit, JsValue> {
    let head = ResponseInit::new();
    head.set_status(status);
    head.set_headers_headers(&header_list(headers)?);
    Ok(head)
}

/// An answer that nobody keeps.
fn answer(status: u16, body: Option<&str>, headers: &[(&str, &str)]) -> Result<Response, JsValue> {
    let answer = Response::new_with_opt_str_and_init(body, &head(status, headers)?)?;
    answer.headers().set("cache-control", "no-store")?;
    Ok(answer)
}

/// What a problem document tells beyond the words of its kind.
#[derive(Default)]
struct Extension<'a> {
    errors: Option<Vec<ToldProblem>>,
    minimum: Option<Amount>,
    reference: Option<&'a str>,
}

impl<'a> Extension<'a> {
    fn of(fault: &'a Fault, locale: Locale) -> Self {
        let mut extension = Self::default();
        if let Fault::InvalidBody(problems) = fault {
            extension.errors = Some(problems.iter().map(|problem| problem.told(locale)).collect());
        }
        if let Fault::AmountBelowMinimum { minimum } = fault {
            extension.minimum = *minimum;
        }
        if let Fault::PaymentOnHold { reference } = fault {
            extension.reference = Some(reference);
        }
        extension
    }
}

struct Told {
    status: u16,
    code: &'static str,
    es: (&'static str, &'static str),
    en: (&'static str, &'static str),
}

const fn say(
    status: u16,
    code: &'static str,
    es: (&'static str, &'static str),
    en: (&'static str, &'static str),
) -> Told {
    Told { status, code, es, en }
}

/// Status, code and words of each fault.
fn told(fault: &Fault) -> Told {
    match fault {
        Fault::InvalidBody(_) => say(
            400,
            "invalid-body",
            ("Datos incompletos o incorrectos", "Corrige los campos que se indican en errors."),
            ("Invalid body", "Correct the fields that errors names."),
        ),
        Fault::NotJson => say(
            400,
            "not-json",
            ("No es JSON", "Envía el cuerpo como JSON válido en UTF-8."),
            ("Not JSON", "Send the body as valid JSON in UTF-8."),
        ),
        Fault::TooLarge => say(
            413,
            "body-too-large",
            ("Demasiado grande", "El cuerpo puede tener hasta 16 KiB."),
            ("Too large", "The body may have up to 16 KiB."),
        ),
        Fault::MediaType => say(
            415,
            "unsupported-media-type",
            ("Tipo de contenido no aceptado", "Envía Content-Type: application/json."),
            ("Unsupported media type", "Send Content-Type: application/json."),
        ),
        Fault::NotFound => {
            say(404, "not-found", ("No existe", "Revisa la dirección."), ("Not found", "Check the address."))
        }
        Fault::Method(_) => say(
            405,
            "method-not-allowed",
            ("Método no permitido", "Usa uno de los métodos de Allow."),
            ("Method not allowed", "Use one of the methods that Allow names."),
        ),
        Fault::KeyMissing => say(
            400,
            "idempotency-key-missing",
            ("Falta Idempotency-Key", "Envía una clave única por operación en el encabezado Idempotency-Key."),
            ("Idempotency-Key is missing", "Send a key that is unique to the operation in the header Idempotency-Key."),
        ),
        Fault::KeyMalformed => say(
            400,
            "idempotency-key-malformed",
            ("Idempotency-Key no es válida", "Usa de 1 a 255 caracteres ASCII visibles, por ejemplo un UUID."),
            ("Idempotency-Key is malformed", "Use 1 to 255 visible ASCII characters, such as a UUID."),
        ),
        Fault::KeyReused => say(
            422,
            "idempotency-key-reused",
            ("Idempotency-Key ya se usó", "La clave se usó con otro cuerpo. Usa una nueva para otra operación."),
            (
                "Idempotency-Key was used before",
                "The key was used with another body. Use a new one for another operation.",
            ),
        ),
        Fault::InFlight => say(
            409,
            "request-in-flight",
            (
                "La petición sigue en curso",
                "La primera petición con esta clave todavía no termina. Repítela en unos segundos.",
            ),
            (
                "Request in flight",
                "The first request with this key is still being answered. Repeat it in a few seconds.",
            ),
        ),
        Fault::TooMany { .. } => say(
            429,
            "too-many-requests",
            ("Demasiadas peticiones", "Espera los segundos que indica Retry-After."),
            ("Too many requests", "Wait for the seconds that Retry-After names."),
        ),
        Fault::Unauthenticated => say(
            401,
            "unauthenticated",
            ("Falta iniciar sesión", "Envía Authorization: Bearer con el token, o inicia sesión."),
            ("Not signed in", "Send Authorization: Bearer with the token, or sign in."),
        ),
        Fault::WrongToken => say(
            401,
            "wrong-token",
            ("El token no es correcto", "Revisa el token."),
            ("Wrong token", "Check the token."),
        ),
        Fault::Forbidden => say(
            403,
            "forbidden",
            ("Sin permiso", "Tu rol no permite esta operación."),
            ("Forbidden", "Your role does not allow this."),
        ),
        Fault::ForeignOrigin => say(
            403,
            "foreign-origin",
            ("Origen no permitido", "Haz esta petición desde la tienda misma."),
            ("Foreign origin", "Make this request from the shop itself."),
        ),
        Fault::ProviderUnavailable => say(
            503,
            "provider-unavailable",
            (
                "El proveedor de pagos no responde",
                "No se ha cobrado nada. Repite la petición con la misma clave en unos segundos.",
            ),
            (
                "The payment provider does not answer",
                "Nothing was charged. Repeat the request with the same key in a few seconds.",
            ),
        ),
        Fault::ProviderRefused => say(
            502,
            "provider-refused",
            (
                "El proveedor de pagos nos rechaza",
                "La tienda tiene que revisar su configuración. No se ha cobrado nada.",
            ),
            ("The payment provider refuses us", "The shop has to check its settings. Nothing was charged."),
        ),
        Fault::PaymentRefused => say(
            422,
            "payment-refused",
            ("El proveedor de pagos rechazó el pago", "No se ha cobrado nada. Revisa los datos."),
            ("The payment provider refused the payment", "Nothing was charged. Check the data."),
        ),
        Fault::AmountBelowMinimum { .. } => say(
            422,
            "amount-below-minimum",
            ("El importe es menor que el mínimo", "Aumenta el importe: la cuenta no acepta pagos tan pequeños."),
            ("The amount is below the minimum", "Raise the amount: the account does not take payments this small."),
        ),
        Fault::ExternalIdTaken => say(
            422,
            "external-id-taken",
            ("El externalId ya existe", "Usa otro externalId: este pertenece a otro pago."),
            ("The externalId is taken", "Use another externalId: this one belongs to another payment."),
        ),
        Fault::PaymentOnHold { .. } => say(
            502,
            "payment-on-hold",
            ("El pago está en revisión", "No pagues de nuevo. La tienda revisa el pago; menciona la referencia."),
            ("The payment is on hold", "Do not pay again. The shop looks into it; tell them the reference."),
        ),
        Fault::StillPayable => say(
            409,
            "still-payable",
            ("El enlace anterior sigue vigente", "Paga con el enlace anterior o cancélalo primero."),
            ("The last link can still be paid", "Pay with the last link, or cancel it first."),
        ),
        Fault::OrderPaid => say(
            409,
            "order-paid",
            ("El pedido ya está pagado", "No hay nada más que hacer."),
            ("The order is paid", "There is nothing left to do."),
        ),
        Fault::OrderOnHold => say(
            409,
            "order-on-hold",
            ("El pedido está en revisión", "No pagues de nuevo. La tienda revisa el pago."),
            ("The order is on hold", "Do not pay again. The shop looks into it."),
        ),
        Fault::OrderClosed => say(
            409,
            "order-closed",
            ("El pedido está cerrado", "Haz un pedido nuevo."),
            ("The order is closed", "Make a new order."),
        ),
        Fault::Verifying => say(
            409,
            "payment-verifying",
            ("Estamos verificando el pago", "Repite la petición en unos segundos."),
            ("The payment is being verified", "Repeat the request in a few seconds."),
        ),
        Fault::TerminalBusy => say(
            409,
            "terminal-busy",
            (
                "La terminal está ocupada",
                "Otro cobro de esta terminal todavía puede pagarse. Mira la terminal: espera a que termine, o toma su \
                 lugar para cancelarlo primero.",
            ),
            (
                "The terminal is busy",
                "Another charge of this terminal can still be paid. Look at the terminal: wait until it is over, or take \
                 it over to cancel that one first.",
            ),
        ),
        Fault::IntentPaid => say(
            409,
            "intent-paid",
            (
                "El cobro anterior ya se pagó",
                "No se hizo un cobro nuevo. Revisa si es la misma venta antes de cobrar otra vez.",
            ),
            (
                "The charge before has been paid",
                "No new charge was made. Check whether it is the same sale before you charge again.",
            ),
        ),
        Fault::TerminalNotFound => say(
            422,
            "terminal-not-found",
            ("La terminal no existe", "No se ha cobrado nada. Revisa la clave de la terminal."),
            ("There is no such terminal", "Nothing was charged. Check the terminal's code."),
        ),
        Fault::IntentUnknown => say(
            502,
            "intent-unknown",
            (
                "No se sabe si se hizo el cobro",
                "Mira la terminal: puede estar esperando la tarjeta o haberla cobrado. No cobres otra vez antes.",
            ),
            (
                "It is not known whether the charge was made",
                "Look at the terminal: it may be waiting for the card, or have charged it. Do not charge again before.",
            ),
        ),
        Fault::Misconfigured => say(
            503,
            "misconfigured",
            ("La tienda no está configurada", "Faltan ajustes del servidor; /healthz los nombra."),
            ("The shop is not configured", "Settings of the server are missing; /healthz names them."),
        ),
        Fault::Internal => say(
            500,
            "internal",
            ("Error interno", "Repite la petición; si sigue fallando, avisa a la tienda."),
            ("Internal error", "Repeat the request; if it keeps failing, tell the shop."),
        ),
    }
}
