//! Status, code and words of each refusal. The words of what is wrong with a body's fields stand in the core.
//!
//! A title is true of every refusal with its code, a detail of every request that can be refused so: "nothing was charged" is
//! said only of calls that charge and are known not to have, "the same key" only where a key is required. Where that differs by
//! what was asked of the payment provider, the words are in `provider`.

use crate::fault::Fault;

mod provider;

/// How a refusal is told.
pub(super) struct Told {
    pub(super) status: u16,
    /// Names the refusal to programs, and its page to people.
    pub(super) code: &'static str,
    /// Title and detail in Spanish.
    pub(super) es: (&'static str, &'static str),
    /// Title and detail in English.
    pub(super) en: (&'static str, &'static str),
}

/// How this one is told.
pub(super) const fn told(fault: &Fault) -> &'static Told {
    match fault {
        Fault::InvalidBody(_) => &Told {
            status: 400,
            code: "invalid-body",
            es: ("Datos incompletos o incorrectos", "Corrige los campos que se indican en errors."),
            en: ("Invalid body", "Correct the fields that errors names."),
        },
        Fault::NotJson => &Told {
            status: 400,
            code: "not-json",
            es: ("No es JSON", "Envía el cuerpo como JSON válido en UTF-8."),
            en: ("Not JSON", "Send the body as valid JSON in UTF-8."),
        },
        Fault::TooLarge => &Told {
            status: 413,
            code: "body-too-large",
            es: ("Demasiado grande", "El cuerpo puede tener hasta 16 KiB."),
            en: ("Too large", "The body may have up to 16 KiB."),
        },
        Fault::BodyIncomplete => &Told {
            status: 408,
            code: "body-incomplete",
            es: ("Cuerpo incompleto", "El cuerpo no llegó completo en 10 segundos. Envía la petición de nuevo."),
            en: ("Incomplete body", "The body did not arrive in full within 10 seconds. Send the request again."),
        },
        Fault::MediaType => &Told {
            status: 415,
            code: "unsupported-media-type",
            es: ("Tipo de contenido no aceptado", "Envía Content-Type: application/json."),
            en: ("Unsupported media type", "Send Content-Type: application/json."),
        },
        Fault::NotFound => &Told {
            status: 404,
            code: "not-found",
            es: ("No existe", "Revisa la dirección."),
            en: ("Not found", "Check the address."),
        },
        Fault::Method(_) => &Told {
            status: 405,
            code: "method-not-allowed",
            es: ("Método no permitido", "Usa uno de los métodos de Allow."),
            en: ("Method not allowed", "Use one of the methods that Allow names."),
        },
        Fault::KeyMissing => &Told {
            status: 400,
            code: "idempotency-key-missing",
            es: ("Falta Idempotency-Key", "Envía una clave única por operación en el encabezado Idempotency-Key."),
            en: (
                "Idempotency-Key is missing",
                "Send a key that is unique to the operation in the header Idempotency-Key.",
            ),
        },
        Fault::KeyMalformed => &Told {
            status: 400,
            code: "idempotency-key-malformed",
            es: ("Idempotency-Key no es válida", "Usa de 1 a 255 caracteres ASCII visibles, por ejemplo un UUID."),
            en: ("Idempotency-Key is malformed", "Use 1 to 255 visible ASCII characters, such as a UUID."),
        },
        Fault::KeyReused => &Told {
            status: 422,
            code: "idempotency-key-reused",
            es: ("Idempotency-Key ya se usó", "La clave se usó en otra petición. Usa una nueva para otra operación."),
            en: (
                "Idempotency-Key was used before",
                "The key was used for another request. Use a new one for another operation.",
            ),
        },
        Fault::InFlight => &Told {
            status: 409,
            code: "request-in-flight",
            es: (
                "La petición sigue en curso",
                "La primera petición con esta clave todavía no termina. Repítela en unos segundos.",
            ),
            en: (
                "Request in flight",
                "The first request with this key is still being answered. Repeat it in a few seconds.",
            ),
        },
        Fault::TooMany { .. } => &Told {
            status: 429,
            code: "too-many-requests",
            es: ("Demasiadas peticiones", "Espera los segundos que indica Retry-After."),
            en: ("Too many requests", "Wait for the seconds that Retry-After names."),
        },
        Fault::TooManyOpenLinks { .. } => &Told {
            status: 429,
            code: "too-many-open-links",
            es: (
                "Demasiados enlaces de pago sin pagar",
                "Desde tu red hay demasiados pedidos que todavía pueden pagarse. Paga o cancela alguno, o espera los \
                 segundos que indica Retry-After.",
            ),
            en: (
                "Too many unpaid payment links",
                "Too many orders from your network can still be paid. Pay or cancel one of them, or wait for the seconds \
                 that Retry-After names.",
            ),
        },
        Fault::ShopBusy { .. } => &Told {
            status: 429,
            code: "shop-busy",
            es: (
                "La tienda tiene demasiados pedidos sin pagar",
                "No se creó un enlace de pago. Espera los segundos que indica Retry-After.",
            ),
            en: (
                "The shop has too many unpaid orders",
                "No payment link was created. Wait for the seconds that Retry-After names.",
            ),
        },
        Fault::Unauthenticated => &Told {
            status: 401,
            code: "unauthenticated",
            es: ("Falta iniciar sesión", "Envía Authorization: Bearer con el token, o inicia sesión."),
            en: ("Not signed in", "Send Authorization: Bearer with the token, or sign in."),
        },
        Fault::WrongToken => &Told {
            status: 401,
            code: "wrong-token",
            es: ("El token no es correcto", "Revisa el token."),
            en: ("Wrong token", "Check the token."),
        },
        Fault::Forbidden => &Told {
            status: 403,
            code: "forbidden",
            es: ("Sin permiso", "Tu rol no permite esta operación."),
            en: ("Forbidden", "Your role does not allow this."),
        },
        Fault::ForeignOrigin => &Told {
            status: 403,
            code: "foreign-origin",
            es: ("Origen no permitido", "Haz esta petición desde una página de este mismo servicio."),
            en: ("Foreign origin", "Make this request from a page of this service itself."),
        },
        Fault::ProviderUnavailable(call) => provider::unavailable(*call),
        Fault::ProviderRefused(call) => provider::refused(*call),
        Fault::RequestRefused(call) => provider::request_refused(*call),
        Fault::WrongHost { .. } => &Told {
            status: 421,
            code: "wrong-host",
            es: ("Dirección equivocada", "Este servicio no responde en la dirección que usaste. Envía la petición a"),
            en: ("Wrong host", "This service does not answer at the address that you used. Send the request to"),
        },
        Fault::HttpsRequired { .. } => &Told {
            status: 403,
            code: "https-required",
            es: (
                "Se requiere HTTPS",
                "Lo que se envía por HTTP puede leerlo cualquiera en el camino. Envía la petición a",
            ),
            en: ("HTTPS required", "Anyone on the way can read what is sent over HTTP. Send the request to"),
        },
        Fault::AmountBelowMinimum { .. } => &Told {
            status: 422,
            code: "amount-below-minimum",
            es: ("El importe es menor que el mínimo", "Aumenta el importe: la cuenta no acepta pagos tan pequeños."),
            en: ("The amount is below the minimum", "Raise the amount: the account does not take payments this small."),
        },
        Fault::ExternalIdTaken => &Told {
            status: 422,
            code: "external-id-taken",
            es: (
                "El externalId ya existe",
                "Otro pago ya tiene este externalId. Usa otro; si no enviaste ninguno, haz un pedido nuevo.",
            ),
            en: (
                "The externalId is taken",
                "Another payment has this externalId. Use another one; if you sent none, make a new order.",
            ),
        },
        Fault::PaymentOnHold { .. } => &Told {
            status: 502,
            code: "payment-on-hold",
            es: ("El pago está en revisión", "No pagues de nuevo. La tienda revisa el pago; menciona la referencia."),
            en: ("The payment is on hold", "Do not pay again. The shop looks into it; tell them the reference."),
        },
        Fault::StillPayable => &Told {
            status: 409,
            code: "still-payable",
            es: ("El enlace anterior sigue vigente", "Paga con el enlace anterior o cancélalo primero."),
            en: ("The last link can still be paid", "Pay with the last link, or cancel it first."),
        },
        Fault::OrderPaid => &Told {
            status: 409,
            code: "order-paid",
            es: ("El pedido ya está pagado", "No hace falta pagar de nuevo y ya no se puede cancelar."),
            en: ("The order is paid", "There is no need to pay again, and it can no longer be cancelled."),
        },
        Fault::OrderOnHold => &Told {
            status: 409,
            code: "order-on-hold",
            es: ("El pedido está en revisión", "No pagues de nuevo. La tienda revisa el pago."),
            en: ("The order is on hold", "Do not pay again. The shop looks into it."),
        },
        Fault::OrderClosed => &Told {
            status: 409,
            code: "order-closed",
            es: ("El pedido está cerrado", "Haz un pedido nuevo."),
            en: ("The order is closed", "Make a new order."),
        },
        Fault::Verifying => &Told {
            status: 409,
            code: "payment-verifying",
            es: ("Estamos verificando el pago", "Repite la petición en unos segundos."),
            en: ("The payment is being verified", "Repeat the request in a few seconds."),
        },
        Fault::NotCancellable => &Told {
            status: 409,
            code: "not-cancellable",
            es: ("El pago no puede cancelarse", "Solo se puede cancelar un pago pendiente. Revisa su estado."),
            en: ("The payment cannot be cancelled", "Only a pending payment can be cancelled. Check its status."),
        },
        Fault::TerminalBusy => &Told {
            status: 409,
            code: "terminal-busy",
            es: (
                "La terminal está ocupada",
                "Otro cobro de esta terminal todavía puede pagarse. Mira la terminal: espera a que termine, o toma su \
                 lugar para cancelarlo primero.",
            ),
            en: (
                "The terminal is busy",
                "Another charge of this terminal can still be paid. Look at the terminal: wait until it is over, or take \
                 it over to cancel that one first.",
            ),
        },
        Fault::IntentPaid => &Told {
            status: 409,
            code: "intent-paid",
            es: (
                "El cobro anterior ya se pagó",
                "No se hizo un cobro nuevo. Revisa si es la misma venta antes de cobrar otra vez.",
            ),
            en: (
                "The charge before has been paid",
                "No new charge was made. Check whether it is the same sale before you charge again.",
            ),
        },
        Fault::TerminalNotFound => &Told {
            status: 422,
            code: "terminal-not-found",
            es: ("La terminal no existe", "No se ha cobrado nada. Revisa la clave de la terminal."),
            en: ("There is no such terminal", "Nothing was charged. Check the terminal's code."),
        },
        Fault::IntentUnknown => &Told {
            status: 502,
            code: "intent-unknown",
            es: (
                "No se sabe si se hizo el cobro",
                "Mira la terminal: puede estar esperando la tarjeta o haberla cobrado. No cobres otra vez antes.",
            ),
            en: (
                "It is not known whether the charge was made",
                "Look at the terminal: it may be waiting for the card, or have charged it. Do not charge again before.",
            ),
        },
        Fault::CardNotActive => &Told {
            status: 409,
            code: "card-not-active",
            es: (
                "La tarjeta guardada no está activa",
                "No se cobró nada. Solo se puede cobrar a una tarjeta guardada que no venció ni se revocó.",
            ),
            en: (
                "The saved card is not active",
                "Nothing was charged. Only a card that is saved, and neither expired nor revoked, can be charged.",
            ),
        },
        Fault::CardNotRevocable => &Told {
            status: 409,
            code: "card-not-active",
            es: ("La tarjeta guardada no está activa", "Solo se puede revocar una tarjeta activa. Revisa su estado."),
            en: ("The saved card is not active", "Only an active card can be revoked. Check its status."),
        },
        Fault::CardBusy => &Told {
            status: 409,
            code: "card-busy",
            es: (
                "Otro cobro de esta tarjeta está en curso",
                "No se hizo este cobro. Repite la petición con la misma clave cuando el otro termine.",
            ),
            en: (
                "Another charge of this card is under way",
                "This charge was not made. Repeat the request with the same key when the other one is over.",
            ),
        },
        Fault::PaymentNotConfirmed => &Told {
            status: 409,
            code: "payment-not-confirmed",
            es: ("El cobro no está confirmado", "Solo un cobro confirmado puede devolverse. No se ha devuelto nada."),
            en: ("The charge is not confirmed", "Only a confirmed charge can be given back. Nothing was given back."),
        },
        Fault::LinkElsewhere => &Told {
            status: 502,
            code: "link-elsewhere",
            es: (
                "El formulario apunta a otro sitio",
                "No se muestra ningún enlace. La tienda tiene que revisar CHECKOUT_ORIGINS.",
            ),
            en: ("The form points elsewhere", "No link is shown. The shop has to check CHECKOUT_ORIGINS."),
        },
        Fault::InvalidQuery => &Told {
            status: 400,
            code: "invalid-query",
            es: (
                "Parámetros incorrectos",
                "Un parámetro no existe aquí, está repetido o tiene un valor que no es válido.",
            ),
            en: (
                "Invalid query",
                "A parameter is not known here, stands there twice or has a value that is not valid.",
            ),
        },
        Fault::Misconfigured => &Told {
            status: 503,
            code: "misconfigured",
            es: ("La tienda no está configurada", "Faltan ajustes del servidor o no son válidos; /healthz los nombra."),
            en: ("The shop is not configured", "Server settings are missing or not valid; /healthz names them."),
        },
        Fault::CatalogUnreadable => &Told {
            status: 503,
            code: "catalog-unreadable",
            es: (
                "La tienda no puede recibir pedidos por ahora",
                "No se hizo ningún pedido. Avisa a la tienda o vuelve más tarde.",
            ),
            en: ("The shop cannot take orders now", "No order was made. Tell the shop, or come back later."),
        },
        Fault::Internal => &Told {
            status: 500,
            code: "internal",
            es: (
                "Error interno",
                "Repite exactamente la misma petición, con los mismos encabezados; si sigue fallando, avisa a la tienda.",
            ),
            en: (
                "Internal error",
                "Repeat exactly the same request, headers included; if it keeps failing, tell the shop.",
            ),
        },
    }
}
