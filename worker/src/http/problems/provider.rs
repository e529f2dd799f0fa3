//! The words for refusals that depend on what was asked of the payment provider.

use super::Told;
use crate::http::error::ProviderCall;

/// What all refusals with one code have in common.
struct Kind {
    status: u16,
    code: &'static str,
    /// The title in Spanish.
    es: &'static str,
    /// The title in English.
    en: &'static str,
}

const UNAVAILABLE: Kind = Kind {
    status: 503,
    code: "provider-unavailable",
    es: "El proveedor de pagos no respondió como se esperaba",
    en: "The payment provider did not respond as expected",
};

const REFUSED: Kind = Kind {
    status: 502,
    code: "provider-refused",
    es: "El proveedor de pagos rechazó la petición",
    en: "The payment provider refused the request",
};

const PAYMENT_REFUSED: Kind = Kind {
    status: 422,
    code: "payment-refused",
    es: "El proveedor de pagos no aceptó los datos",
    en: "The payment provider did not accept the data",
};

const REFUND_REFUSED: Kind = Kind {
    status: 422,
    code: "refund-refused",
    es: "El proveedor de pagos rechazó el reembolso",
    en: "The payment provider refused the refund",
};

/// A refusal of this kind with its details in Spanish and English.
macro_rules! told {
    ($kind:ident, $es:literal, $en:literal $(,)?) => {
        const { &Told { status: $kind.status, code: $kind.code, es: ($kind.es, $es), en: ($kind.en, $en) } }
    };
}

/// The payment provider does not answer, or not as documented.
pub(super) const fn unavailable(call: ProviderCall) -> &'static Told {
    match call {
        ProviderCall::Read => told!(
            UNAVAILABLE,
            "No se pudo consultar la información. Intenta de nuevo en unos segundos.",
            "The information could not be read. Try again in a few seconds."
        ),
        ProviderCall::Cancel => told!(
            UNAVAILABLE,
            "No sabemos si el pago se canceló: todavía podría pagarse. Revisa su estado en unos segundos.",
            "We do not know whether the payment was cancelled: it may still be paid. Check its status in a few seconds."
        ),
        ProviderCall::Revoke => told!(
            UNAVAILABLE,
            "No sabemos si la tarjeta se revocó: podría seguir activa. Revisa su estado en unos segundos.",
            "We do not know whether the card was revoked: it may still be active. Check its status in a few seconds."
        ),
        ProviderCall::CreateOrder => told!(
            UNAVAILABLE,
            "El enlace de pago todavía no está listo. Repite la petición con la misma clave en unos segundos.",
            "The payment link is not ready yet. Repeat the request with the same key in a few seconds."
        ),
        ProviderCall::RetryOrder => told!(
            UNAVAILABLE,
            "El enlace de pago todavía no está listo. Repite la petición en unos segundos.",
            "The payment link is not ready yet. Repeat the request in a few seconds."
        ),
        ProviderCall::SaveCard => told!(
            UNAVAILABLE,
            "El formulario de la tarjeta todavía no está listo. Repite la petición con la misma clave en unos segundos.",
            "The card form is not ready yet. Repeat the request with the same key in a few seconds."
        ),
        ProviderCall::Charge => told!(
            UNAVAILABLE,
            "No se cobró nada. Repite la petición con la misma clave en unos segundos.",
            "Nothing was charged. Repeat the request with the same key in a few seconds."
        ),
        ProviderCall::Refund => told!(
            UNAVAILABLE,
            "No sabemos si se hizo el reembolso. Repite la petición con la misma clave en unos segundos.",
            "We do not know whether the refund was made. Repeat the request with the same key in a few seconds."
        ),
    }
}

/// The payment provider refuses the shop itself.
pub(super) const fn refused(call: ProviderCall) -> &'static Told {
    match call {
        ProviderCall::Read => told!(
            REFUSED,
            "La tienda tiene que revisar su configuración con el proveedor de pagos.",
            "The shop has to check its settings for the payment provider.",
        ),
        ProviderCall::Cancel => told!(
            REFUSED,
            "Esta petición no canceló el pago. La tienda tiene que revisar su configuración con el proveedor de pagos.",
            "This request did not cancel the payment. The shop has to check its settings for the payment provider.",
        ),
        ProviderCall::Revoke => told!(
            REFUSED,
            "Esta petición no revocó la tarjeta. La tienda tiene que revisar su configuración con el proveedor de pagos.",
            "This request did not revoke the card. The shop has to check its settings for the payment provider.",
        ),
        ProviderCall::CreateOrder | ProviderCall::RetryOrder => told!(
            REFUSED,
            "No se creó ningún enlace de pago. La tienda tiene que revisar su configuración con el proveedor de pagos.",
            "No payment link was created. The shop has to check its settings for the payment provider.",
        ),
        ProviderCall::SaveCard => told!(
            REFUSED,
            "No se creó el formulario de la tarjeta. La tienda tiene que revisar su configuración con el proveedor de pagos.",
            "No card form was created. The shop has to check its settings for the payment provider.",
        ),
        ProviderCall::Charge => told!(
            REFUSED,
            "No se cobró nada. La tienda tiene que revisar su configuración con el proveedor de pagos.",
            "Nothing was charged. The shop has to check its settings for the payment provider.",
        ),
        ProviderCall::Refund => told!(
            REFUSED,
            "No se reembolsó nada. La tienda tiene que revisar su configuración con el proveedor de pagos.",
            "Nothing was refunded. The shop has to check its settings for the payment provider.",
        ),
    }
}

/// The payment provider refused this one request.
pub(super) const fn request_refused(call: ProviderCall) -> &'static Told {
    match call {
        ProviderCall::Read => told!(
            REFUSED,
            "No aceptó esta consulta. Revisa los parámetros; si son correctos, avisa a la tienda.",
            "It did not accept this query. Check the parameters; if they are right, tell the shop.",
        ),
        ProviderCall::Cancel => told!(
            REFUSED,
            "Esta petición no canceló el pago: el proveedor no la aceptó. Revisa el estado del pago.",
            "This request did not cancel the payment: the provider did not accept it. Check the payment's status.",
        ),
        ProviderCall::Revoke => told!(
            REFUSED,
            "Esta petición no revocó la tarjeta: el proveedor no la aceptó. Revisa el estado de la tarjeta.",
            "This request did not revoke the card: the provider did not accept it. Check the card's status.",
        ),
        ProviderCall::CreateOrder | ProviderCall::RetryOrder => told!(
            PAYMENT_REFUSED,
            "No se creó ningún enlace de pago. Revisa los datos.",
            "No payment link was created. Check the data.",
        ),
        ProviderCall::SaveCard => told!(
            PAYMENT_REFUSED,
            "No se creó el formulario de la tarjeta. Revisa los datos.",
            "No card form was created. Check the data.",
        ),
        ProviderCall::Charge => {
            told!(PAYMENT_REFUSED, "No se cobró nada. Revisa los datos.", "Nothing was charged. Check the data.",)
        }
        ProviderCall::Refund => {
            told!(REFUND_REFUSED, "No se reembolsó nada. Revisa el cobro.", "Nothing was refunded. Check the charge.",)
        }
    }
}
