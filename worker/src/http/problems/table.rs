//! The table of problems: status, code, and title and detail in Spanish and English of everything that the API can refuse. The
//! texts for the fields of a body are in the core.
//!
//! A title is true of every refusal with its code, a detail of every request that can be refused so: "nothing was charged" is
//! said only of calls that charge and are known not to have, "the same key" only where a key is required. Where that differs by
//! what was asked of the payment provider, there is a row for each [`ProviderCall`].

use super::{ProblemType, Text};
use crate::http::error::{ApiError, ProviderCall};

/// Writes the table as a `match` over the errors: the compiler refuses a table that lacks one.
macro_rules! problem_types {
    ($(($($error:tt)+) $status:literal $code:literal
        es($es_title:expr, $es_detail:expr)
        en($en_title:expr, $en_detail:expr);)+) => {
        /// Returns the row of an error.
        pub(super) const fn problem_type(error: &ApiError) -> &'static ProblemType {
            match error {
                $(pattern!($($error)+) => const {
                    &ProblemType {
                        status: $status,
                        code: $code,
                        es: Text { title: $es_title, detail: $es_detail },
                        en: Text { title: $en_title, detail: $en_detail },
                    }
                },)+
            }
        }
    };
}

macro_rules! pattern {
    ($error:ident) => {
        ApiError::$error { .. }
    };
    ($error:ident: $($call:ident)+) => {
        ApiError::$error($(ProviderCall::$call)|+)
    };
}

const ES_NO_RESPONSE: &str = "El proveedor de pagos no respondió como se esperaba";
const EN_NO_RESPONSE: &str = "The payment provider did not respond as expected";
const ES_REFUSED: &str = "El proveedor de pagos rechazó la petición";
const EN_REFUSED: &str = "The payment provider refused the request";
const ES_NOT_ACCEPTED: &str = "El proveedor de pagos no aceptó los datos";
const EN_NOT_ACCEPTED: &str = "The payment provider did not accept the data";
const ES_REFUND_REFUSED: &str = "El proveedor de pagos rechazó el reembolso";
const EN_REFUND_REFUSED: &str = "The payment provider refused the refund";

problem_types! {
    (InvalidBody) 400 "invalid-body"
        es("Datos incompletos o incorrectos", "Corrige los campos que se indican en errors.")
        en("Invalid body", "Correct the fields that errors names.");
    (NotJson) 400 "not-json" es("No es JSON", "Envía el cuerpo como JSON válido en UTF-8.")
        en("Not JSON", "Send the body as valid JSON in UTF-8.");
    (TooLarge) 413 "body-too-large" es("Demasiado grande", "El cuerpo puede tener hasta 16 KiB.")
        en("Too large", "The body may have up to 16 KiB.");
    (BodyIncomplete) 408 "body-incomplete"
        es("Cuerpo incompleto", "El cuerpo no llegó completo en 10 segundos. Envía la petición de nuevo.")
        en("Incomplete body", "The body did not arrive in full within 10 seconds. Send the request again.");
    (MediaType) 415 "unsupported-media-type"
        es("Tipo de contenido no aceptado", "Envía Content-Type: application/json.")
        en("Unsupported media type", "Send Content-Type: application/json.");
    (NotFound) 404 "not-found" es("No existe", "Revisa la dirección.")
        en("Not found", "Check the address.");
    (Method) 405 "method-not-allowed" es("Método no permitido", "Usa uno de los métodos de Allow.")
        en("Method not allowed", "Use one of the methods that Allow names.");
    (KeyMissing) 400 "idempotency-key-missing"
        es("Falta Idempotency-Key", "Envía una clave única por operación en el encabezado Idempotency-Key.")
        en("Idempotency-Key is missing", "Send a key that is unique to the operation in the header Idempotency-Key.");
    (KeyMalformed) 400 "idempotency-key-malformed"
        es("Idempotency-Key no es válida", "Usa de 1 a 255 caracteres ASCII visibles, por ejemplo un UUID.")
        en("Idempotency-Key is malformed", "Use 1 to 255 visible ASCII characters, such as a UUID.");
    (KeyReused) 422 "idempotency-key-reused"
        es("Idempotency-Key ya se usó", "La clave se usó en otra petición. Usa una nueva para otra operación.")
        en("Idempotency-Key was used before",
            "The key was used for another request. Use a new one for another operation.");
    (InFlight) 409 "request-in-flight"
        es("La petición sigue en curso",
            "La primera petición con esta clave todavía no termina. Repítela en unos segundos.")
        en("Request in flight",
            "The first request with this key is still being answered. Repeat it in a few seconds.");
    (TooMany) 429 "too-many-requests" es("Demasiadas peticiones", "Espera los segundos que indica Retry-After.")
        en("Too many requests", "Wait for the seconds that Retry-After names.");
    (TooManyOpenLinks) 429 "too-many-open-links"
        es("Demasiados enlaces de pago sin pagar",
            "Desde tu red hay demasiados pedidos que todavía pueden pagarse. Paga o cancela alguno, o espera los \
             segundos que indica Retry-After.")
        en("Too many unpaid payment links",
            "Too many orders from your network can still be paid. Pay or cancel one of them, or wait for the \
             seconds that Retry-After names.");
    (ShopBusy) 429 "shop-busy"
        es("La tienda tiene demasiados pedidos sin pagar",
            "No se creó un enlace de pago. Espera los segundos que indica Retry-After.")
        en("The shop has too many unpaid orders",
            "No payment link was created. Wait for the seconds that Retry-After names.");
    (Unauthenticated) 401 "unauthenticated"
        es("Falta iniciar sesión", "Envía Authorization: Bearer con el token, o inicia sesión.")
        en("Not signed in", "Send Authorization: Bearer with the token, or sign in.");
    (WrongToken) 401 "wrong-token" es("El token no es correcto", "Revisa el token.")
        en("Wrong token", "Check the token.");
    (Forbidden) 403 "forbidden" es("Sin permiso", "Tu rol no permite esta operación.")
        en("Forbidden", "Your role does not allow this.");
    (ForeignPage) 403 "foreign-origin"
        es("Origen no permitido",
            "EMBED_ORIGINS no incluye el origen de la página que hizo esta petición. Agrégalo ahí, o haz la petición desde \
             una página de")
        en("Foreign origin",
            "EMBED_ORIGINS does not list the origin of the page that made this request. Add it there, or make the request \
             from a page of");
    (ForeignOrigin) 403 "foreign-origin"
        es("Origen no permitido", "Haz esta petición desde una página de")
        en("Foreign origin", "Make this request from a page of");
    (ProviderUnavailable: Read) 503 "provider-unavailable"
        es(ES_NO_RESPONSE, "No se pudo consultar la información. Intenta de nuevo en unos segundos.")
        en(EN_NO_RESPONSE, "The information could not be read. Try again in a few seconds.");
    (ProviderUnavailable: Cancel) 503 "provider-unavailable"
        es(ES_NO_RESPONSE,
            "No sabemos si el pago se canceló: todavía podría pagarse. Revisa su estado en unos segundos.")
        en(EN_NO_RESPONSE,
            "We do not know whether the payment was cancelled: it may still be paid. Check its status in a few seconds.");
    (ProviderUnavailable: Revoke) 503 "provider-unavailable"
        es(ES_NO_RESPONSE,
            "No sabemos si la tarjeta se eliminó: podría seguir activa. Revisa su estado en unos segundos.")
        en(EN_NO_RESPONSE,
            "We do not know whether the card was removed: it may still be active. Check its status in a few seconds.");
    (ProviderUnavailable: CreateOrder) 503 "provider-unavailable"
        es(ES_NO_RESPONSE,
            "El enlace de pago todavía no está listo. Repite la petición con la misma clave en unos segundos.")
        en(EN_NO_RESPONSE,
            "The payment link is not ready yet. Repeat the request with the same key in a few seconds.");
    (ProviderUnavailable: RetryOrder) 503 "provider-unavailable"
        es(ES_NO_RESPONSE, "El enlace de pago todavía no está listo. Repite la petición en unos segundos.")
        en(EN_NO_RESPONSE, "The payment link is not ready yet. Repeat the request in a few seconds.");
    (ProviderUnavailable: SaveCard) 503 "provider-unavailable"
        es(ES_NO_RESPONSE,
            "El formulario de la tarjeta todavía no está listo. Repite la petición con la misma clave en unos segundos.")
        en(EN_NO_RESPONSE, "The card form is not ready yet. Repeat the request with the same key in a few seconds.");
    (ProviderUnavailable: Charge) 503 "provider-unavailable"
        es(ES_NO_RESPONSE, "No se cobró nada. Repite la petición con la misma clave en unos segundos.")
        en(EN_NO_RESPONSE, "Nothing was charged. Repeat the request with the same key in a few seconds.");
    (ProviderUnavailable: Refund) 503 "provider-unavailable"
        es(ES_NO_RESPONSE,
            "No sabemos si se hizo el reembolso. Repite la petición con la misma clave en unos segundos.")
        en(EN_NO_RESPONSE,
            "We do not know whether the refund was made. Repeat the request with the same key in a few seconds.");
    (ProviderRefused: Read) 502 "provider-refused"
        es(ES_REFUSED, "La tienda tiene que revisar su configuración con el proveedor de pagos.")
        en(EN_REFUSED, "The shop has to check its settings for the payment provider.");
    (ProviderRefused: Cancel) 502 "provider-refused"
        es(ES_REFUSED,
            "Esta petición no canceló el pago. La tienda tiene que revisar su configuración con el proveedor de pagos.")
        en(EN_REFUSED,
            "This request did not cancel the payment. The shop has to check its settings for the payment provider.");
    (ProviderRefused: Revoke) 502 "provider-refused"
        es(ES_REFUSED,
            "Esta petición no eliminó la tarjeta. La tienda tiene que revisar su configuración con el proveedor de pagos.")
        en(EN_REFUSED,
            "This request did not remove the card. The shop has to check its settings for the payment provider.");
    (ProviderRefused: CreateOrder RetryOrder) 502 "provider-refused"
        es(ES_REFUSED,
            "No se creó ningún enlace de pago. La tienda tiene que revisar su configuración con el proveedor de pagos.")
        en(EN_REFUSED, "No payment link was created. The shop has to check its settings for the payment provider.");
    (ProviderRefused: SaveCard) 502 "provider-refused"
        es(ES_REFUSED,
            "No se creó el formulario de la tarjeta. La tienda tiene que revisar su configuración con el proveedor \
             de pagos.")
        en(EN_REFUSED, "No card form was created. The shop has to check its settings for the payment provider.");
    (ProviderRefused: Charge) 502 "provider-refused"
        es(ES_REFUSED, "No se cobró nada. La tienda tiene que revisar su configuración con el proveedor de pagos.")
        en(EN_REFUSED, "Nothing was charged. The shop has to check its settings for the payment provider.");
    (ProviderRefused: Refund) 502 "provider-refused"
        es(ES_REFUSED,
            "No se reembolsó nada. La tienda tiene que revisar su configuración con el proveedor de pagos.")
        en(EN_REFUSED, "Nothing was refunded. The shop has to check its settings for the payment provider.");
    (RequestRefused: Read) 502 "provider-refused"
        es(ES_REFUSED, "No aceptó esta consulta. Revisa los parámetros; si son correctos, avisa a la tienda.")
        en(EN_REFUSED, "It did not accept this query. Check the parameters; if they are right, tell the shop.");
    (RequestRefused: Cancel) 502 "provider-refused"
        es(ES_REFUSED, "Esta petición no canceló el pago: el proveedor no la aceptó. Revisa el estado del pago.")
        en(EN_REFUSED,
            "This request did not cancel the payment: the provider did not accept it. Check the payment's status.");
    (RequestRefused: Revoke) 502 "provider-refused"
        es(ES_REFUSED,
            "Esta petición no eliminó la tarjeta: el proveedor no la aceptó. Revisa el estado de la tarjeta.")
        en(EN_REFUSED,
            "This request did not remove the card: the provider did not accept it. Check the card's status.");
    (RequestRefused: CreateOrder RetryOrder) 422 "payment-refused"
        es(ES_NOT_ACCEPTED, "No se creó ningún enlace de pago. Revisa los datos.")
        en(EN_NOT_ACCEPTED, "No payment link was created. Check the data.");
    (RequestRefused: SaveCard) 422 "payment-refused"
        es(ES_NOT_ACCEPTED, "No se creó el formulario de la tarjeta. Revisa los datos.")
        en(EN_NOT_ACCEPTED, "No card form was created. Check the data.");
    (RequestRefused: Charge) 422 "payment-refused" es(ES_NOT_ACCEPTED, "No se cobró nada. Revisa los datos.")
        en(EN_NOT_ACCEPTED, "Nothing was charged. Check the data.");
    (RequestRefused: Refund) 422 "refund-refused" es(ES_REFUND_REFUSED, "No se reembolsó nada. Revisa el cobro.")
        en(EN_REFUND_REFUSED, "Nothing was refunded. Check the charge.");
    (WrongHost) 421 "wrong-host"
        es("Dirección equivocada", "Este servicio no responde en la dirección que usaste. Envía la petición a")
        en("Wrong host", "This service does not answer at the address that you used. Send the request to");
    (HttpsRequired) 403 "https-required"
        es("Se requiere HTTPS", "Lo que se envía por HTTP puede leerlo cualquiera en el camino. Envía la petición a")
        en("HTTPS required", "Anyone on the way can read what is sent over HTTP. Send the request to");
    (AmountBelowMinimum) 422 "amount-below-minimum"
        es("El importe es menor que el mínimo", "Aumenta el importe: la cuenta no acepta pagos tan pequeños.")
        en("The amount is below the minimum", "Raise the amount: the account does not take payments this small.");
    (ExternalIdTaken) 422 "external-id-taken"
        es("El externalId ya existe",
            "Otro pago ya tiene este externalId. Usa otro; si no enviaste ninguno, haz un pedido nuevo.")
        en("The externalId is taken",
            "Another payment has this externalId. Use another one; if you sent none, make a new order.");
    (PaymentOnHold) 502 "payment-on-hold"
        es("El pago está en revisión", "No pagues de nuevo. La tienda revisa el pago; menciona la referencia.")
        en("The payment is on hold", "Do not pay again. The shop is reviewing it; tell them the reference.");
    (StillPayable) 409 "still-payable"
        es("El enlace anterior sigue vigente", "Paga con el enlace anterior o cancélalo primero.")
        en("The last link can still be paid", "Pay with the last link, or cancel it first.");
    (OrderPaid) 409 "order-paid"
        es("El pedido ya está pagado", "No hace falta pagar de nuevo y ya no se puede cancelar.")
        en("The order is paid", "There is no need to pay again, and it can no longer be cancelled.");
    (OrderOnHold) 409 "order-on-hold" es("El pedido está en revisión", "No pagues de nuevo. La tienda revisa el pago.")
        en("The order is on hold", "Do not pay again. The shop is reviewing it.");
    (OrderClosed) 409 "order-closed" es("El pedido está cerrado", "Haz un pedido nuevo.")
        en("The order is closed", "Make a new order.");
    (NotPaid) 409 "not-paid"
        es("El pedido no está pagado", "Solo se prepara y se entrega un pedido pagado. Revisa su estado.")
        en("The order is not paid", "Only a paid order is prepared and delivered. Check its status.");
    (PersonalDataDeleted) 410 "personal-data-deleted"
        es("Los datos de entrega ya se borraron",
            "Compago Edge ya no guarda quién compró ni a dónde se entrega. Los datos del pago siguen en el panel de Compago.")
        en("The delivery data was deleted",
            "Who bought and where to deliver is no longer stored here. The data of the payment is still in Compago's dashboard.");
    (Verifying) 409 "payment-verifying" es("Estamos verificando el pago", "Repite la petición en unos segundos.")
        en("The payment is being verified", "Repeat the request in a few seconds.");
    (NotCancellable) 409 "not-cancellable"
        es("El pago no puede cancelarse", "Solo se puede cancelar un pago pendiente. Revisa su estado.")
        en("The payment cannot be cancelled", "Only a pending payment can be cancelled. Check its status.");
    (TerminalBusy) 409 "terminal-busy"
        es("La terminal está ocupada",
            "Otro cobro de esta terminal todavía puede pagarse, o aún no se sabe si se pagó. Mira la terminal: espera a \
             que termine, o usa la terminal de todos modos: eso lo cancela primero.")
        en("The terminal is busy",
            "Another charge of this terminal can still be paid, or it is not known yet whether it was paid. Look at the \
             terminal: wait until it is over, or use the terminal anyway, which cancels that one first.");
    (IntentPaid) 409 "intent-paid"
        es("El cobro anterior ya se pagó",
            "No se hizo un cobro nuevo. Revisa si es la misma venta antes de cobrar otra vez.")
        en("The previous charge was paid",
            "No new charge was made. Check whether it is the same sale before you charge again.");
    (TerminalNotFound) 422 "terminal-not-found"
        es("La terminal no existe", "No se cobró nada. Revisa el código de la terminal.")
        en("There is no such terminal", "Nothing was charged. Check the terminal's code.");
    (IntentUnknown) 502 "intent-unknown"
        es("No se sabe si se hizo el cobro",
            "Mira la terminal: puede estar esperando la tarjeta o haberla cobrado. No cobres otra vez hasta saberlo.")
        en("It is not known whether the charge was made",
            "Look at the terminal: it may be waiting for the card, or have charged it. Do not charge again until you know.");
    (CardNotActive) 409 "card-not-active"
        es("La tarjeta guardada no está activa",
            "No se cobró nada. Solo se puede cobrar a una tarjeta guardada que no venció ni se eliminó.")
        en("The saved card is not active",
            "Nothing was charged. Only a card that is saved, and neither expired nor removed, can be charged.");
    (CardNotRevocable) 409 "card-not-active"
        es("La tarjeta guardada no está activa", "Solo se puede eliminar una tarjeta activa. Revisa su estado.")
        en("The saved card is not active", "Only an active card can be removed. Check its status.");
    (CardBusy) 409 "card-busy"
        es("Otro cobro de esta tarjeta está en curso",
            "No se hizo este cobro. Repite la petición con la misma clave cuando el otro termine.")
        en("Another charge of this card is under way",
            "This charge was not made. Repeat the request with the same key when the other one is over.");
    (PaymentNotConfirmed) 409 "payment-not-confirmed"
        es("El cobro no está confirmado", "Solo un cobro confirmado puede reembolsarse. No se reembolsó nada.")
        en("The charge is not confirmed", "Only a confirmed charge can be refunded. Nothing was refunded.");
    (LinkElsewhere) 502 "link-elsewhere"
        es("El formulario apunta a otro sitio",
            "No se muestra ningún enlace. La tienda tiene que revisar CHECKOUT_ORIGINS.")
        en("The form points elsewhere", "No link is shown. The shop has to check CHECKOUT_ORIGINS.");
    (InvalidQuery) 400 "invalid-query"
        es("Parámetros incorrectos", "Un parámetro no existe aquí, está repetido o tiene un valor que no es válido.")
        en("Invalid query", "A parameter is not known here, appears twice or has a value that is not valid.");
    (Misconfigured) 503 "misconfigured"
        es("La tienda no está configurada", "Faltan ajustes del servidor o no son válidos; /healthz los nombra.")
        en("The shop is not configured", "Server settings are missing or not valid; /healthz names them.");
    (CatalogUnreadable) 503 "catalog-unreadable"
        es("La tienda no puede recibir pedidos por ahora",
            "No se hizo ningún pedido. Avisa a la tienda o vuelve más tarde.")
        en("The shop cannot take orders now", "No order was made. Tell the shop, or come back later.");
    (ShopFileUnreadable) 503 "shop-file-unreadable"
        es("La tienda no puede recibir pedidos por ahora",
            "No se hizo ningún pedido. Avisa a la tienda o vuelve más tarde.")
        en("The shop cannot take orders now", "No order was made. Tell the shop, or come back later.");
    (SettingsUnavailable) 503 "settings-unavailable"
        es("La tienda no puede leer sus claves por ahora", "No se cobró ni se pidió nada. Repite la petición en unos segundos.")
        en("The shop cannot read its keys now", "Nothing was charged or ordered. Repeat the request in a few seconds.");
    (SigningKeyRemoved) 503 "misconfigured"
        es("La tienda no está configurada",
            "Falta SIGNING_KEY, que antes estaba configurada. La tienda tiene que configurarla otra vez, con el mismo valor.")
        en("The shop is not configured",
            "SIGNING_KEY is missing, which was configured before. The shop has to configure it again, with the same value.");
    (SecretConfigured) 409 "secret-configured"
        es("El secreto está configurado",
            "No se cambió nada. WEBHOOK_SECRET tiene un valor en la configuración del servidor: cámbialo ahí.")
        en("The secret is configured",
            "Nothing was changed. WEBHOOK_SECRET has a value in the server's configuration: change it there.");
    (RotatedRecently) 409 "rotated-recently"
        es("El secreto acaba de cambiar",
            "No se cambió nada: el último cambio fue hace menos de un minuto, o hay cuatro secretos anteriores que todavía firman. \
             Repite la petición después de los segundos que dice Retry-After.")
        en("The secret has just been changed",
            "Nothing was changed: a former secret would stop working before its time. Repeat the request later.");
    (Internal) 500 "internal"
        es("Error interno",
            "Repite exactamente la misma petición, con los mismos encabezados; si sigue fallando, avisa a la tienda.")
        en("Internal error", "Repeat exactly the same request, headers included; if it keeps failing, tell the shop.");
}
