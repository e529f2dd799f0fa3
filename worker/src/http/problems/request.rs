//! The words for requests that could not be answered, whatever was asked.

use super::Told;

pub(super) const INVALID_BODY: Told = Told {
    status: 400,
    code: "invalid-body",
    es: ("Datos incompletos o incorrectos", "Corrige los campos que se indican en errors."),
    en: ("Invalid body", "Correct the fields that errors names."),
};

pub(super) const NOT_JSON: Told = Told {
    status: 400,
    code: "not-json",
    es: ("No es JSON", "Envía el cuerpo como JSON válido en UTF-8."),
    en: ("Not JSON", "Send the body as valid JSON in UTF-8."),
};

pub(super) const TOO_LARGE: Told = Told {
    status: 413,
    code: "body-too-large",
    es: ("Demasiado grande", "El cuerpo puede tener hasta 16 KiB."),
    en: ("Too large", "The body may have up to 16 KiB."),
};

pub(super) const BODY_INCOMPLETE: Told = Told {
    status: 408,
    code: "body-incomplete",
    es: ("Cuerpo incompleto", "El cuerpo no llegó completo en 10 segundos. Envía la petición de nuevo."),
    en: ("Incomplete body", "The body did not arrive in full within 10 seconds. Send the request again."),
};

pub(super) const MEDIA_TYPE: Told = Told {
    status: 415,
    code: "unsupported-media-type",
    es: ("Tipo de contenido no aceptado", "Envía Content-Type: application/json."),
    en: ("Unsupported media type", "Send Content-Type: application/json."),
};

pub(super) const NOT_FOUND: Told = Told {
    status: 404,
    code: "not-found",
    es: ("No existe", "Revisa la dirección."),
    en: ("Not found", "Check the address."),
};

pub(super) const METHOD: Told = Told {
    status: 405,
    code: "method-not-allowed",
    es: ("Método no permitido", "Usa uno de los métodos de Allow."),
    en: ("Method not allowed", "Use one of the methods that Allow names."),
};

pub(super) const KEY_MISSING: Told = Told {
    status: 400,
    code: "idempotency-key-missing",
    es: ("Falta Idempotency-Key", "Envía una clave única por operación en el encabezado Idempotency-Key."),
    en: ("Idempotency-Key is missing", "Send a key that is unique to the operation in the header Idempotency-Key."),
};

pub(super) const KEY_MALFORMED: Told = Told {
    status: 400,
    code: "idempotency-key-malformed",
    es: ("Idempotency-Key no es válida", "Usa de 1 a 255 caracteres ASCII visibles, por ejemplo un UUID."),
    en: ("Idempotency-Key is malformed", "Use 1 to 255 visible ASCII characters, such as a UUID."),
};

pub(super) const KEY_REUSED: Told = Told {
    status: 422,
    code: "idempotency-key-reused",
    es: ("Idempotency-Key ya se usó", "La clave se usó en otra petición. Usa una nueva para otra operación."),
    en: (
        "Idempotency-Key was used before",
        "The key was used for another request. Use a new one for another operation.",
    ),
};

pub(super) const IN_FLIGHT: Told = Told {
    status: 409,
    code: "request-in-flight",
    es: (
        "La petición sigue en curso",
        "La primera petición con esta clave todavía no termina. Repítela en unos segundos.",
    ),
    en: ("Request in flight", "The first request with this key is still being answered. Repeat it in a few seconds."),
};

pub(super) const TOO_MANY: Told = Told {
    status: 429,
    code: "too-many-requests",
    es: ("Demasiadas peticiones", "Espera los segundos que indica Retry-After."),
    en: ("Too many requests", "Wait for the seconds that Retry-After names."),
};

pub(super) const TOO_MANY_OPEN_LINKS: Told = Told {
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
};

pub(super) const SHOP_BUSY: Told = Told {
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
};

pub(super) const UNAUTHENTICATED: Told = Told {
    status: 401,
    code: "unauthenticated",
    es: ("Falta iniciar sesión", "Envía Authorization: Bearer con el token, o inicia sesión."),
    en: ("Not signed in", "Send Authorization: Bearer with the token, or sign in."),
};

pub(super) const WRONG_TOKEN: Told = Told {
    status: 401,
    code: "wrong-token",
    es: ("El token no es correcto", "Revisa el token."),
    en: ("Wrong token", "Check the token."),
};

pub(super) const FORBIDDEN: Told = Told {
    status: 403,
    code: "forbidden",
    es: ("Sin permiso", "Tu rol no permite esta operación."),
    en: ("Forbidden", "Your role does not allow this."),
};

pub(super) const FOREIGN_ORIGIN: Told = Told {
    status: 403,
    code: "foreign-origin",
    es: ("Origen no permitido", "Haz esta petición desde una página de este mismo servicio."),
    en: ("Foreign origin", "Make this request from a page of this service itself."),
};

pub(super) const WRONG_HOST: Told = Told {
    status: 421,
    code: "wrong-host",
    es: ("Dirección equivocada", "Este servicio no responde en la dirección que usaste. Envía la petición a"),
    en: ("Wrong host", "This service does not answer at the address that you used. Send the request to"),
};

pub(super) const HTTPS_REQUIRED: Told = Told {
    status: 403,
    code: "https-required",
    es: ("Se requiere HTTPS", "Lo que se envía por HTTP puede leerlo cualquiera en el camino. Envía la petición a"),
    en: ("HTTPS required", "Anyone on the way can read what is sent over HTTP. Send the request to"),
};

pub(super) const INVALID_QUERY: Told = Told {
    status: 400,
    code: "invalid-query",
    es: ("Parámetros incorrectos", "Un parámetro no existe aquí, está repetido o tiene un valor que no es válido."),
    en: ("Invalid query", "A parameter is not known here, stands there twice or has a value that is not valid."),
};

pub(super) const MISCONFIGURED: Told = Told {
    status: 503,
    code: "misconfigured",
    es: ("La tienda no está configurada", "Faltan ajustes del servidor o no son válidos; /healthz los nombra."),
    en: ("The shop is not configured", "Server settings are missing or not valid; /healthz names them."),
};

pub(super) const CATALOG_UNREADABLE: Told = Told {
    status: 503,
    code: "catalog-unreadable",
    es: (
        "La tienda no puede recibir pedidos por ahora",
        "No se hizo ningún pedido. Avisa a la tienda o vuelve más tarde.",
    ),
    en: ("The shop cannot take orders now", "No order was made. Tell the shop, or come back later."),
};

pub(super) const INTERNAL: Told = Told {
    status: 500,
    code: "internal",
    es: (
        "Error interno",
        "Repite exactamente la misma petición, con los mismos encabezados; si sigue fallando, avisa a la tienda.",
    ),
    en: ("Internal error", "Repeat exactly the same request, headers included; if it keeps failing, tell the shop."),
};
