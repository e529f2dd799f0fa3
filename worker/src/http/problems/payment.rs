//! The words for what an order, a charge or a card does not allow.

use super::Told;

pub(super) const AMOUNT_BELOW_MINIMUM: Told = Told {
    status: 422,
    code: "amount-below-minimum",
    es: ("El importe es menor que el mínimo", "Aumenta el importe: la cuenta no acepta pagos tan pequeños."),
    en: ("The amount is below the minimum", "Raise the amount: the account does not take payments this small."),
};

pub(super) const EXTERNAL_ID_TAKEN: Told = Told {
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
};

pub(super) const PAYMENT_ON_HOLD: Told = Told {
    status: 502,
    code: "payment-on-hold",
    es: ("El pago está en revisión", "No pagues de nuevo. La tienda revisa el pago; menciona la referencia."),
    en: ("The payment is on hold", "Do not pay again. The shop looks into it; tell them the reference."),
};

pub(super) const STILL_PAYABLE: Told = Told {
    status: 409,
    code: "still-payable",
    es: ("El enlace anterior sigue vigente", "Paga con el enlace anterior o cancélalo primero."),
    en: ("The last link can still be paid", "Pay with the last link, or cancel it first."),
};

pub(super) const ORDER_PAID: Told = Told {
    status: 409,
    code: "order-paid",
    es: ("El pedido ya está pagado", "No hace falta pagar de nuevo y ya no se puede cancelar."),
    en: ("The order is paid", "There is no need to pay again, and it can no longer be cancelled."),
};

pub(super) const ORDER_ON_HOLD: Told = Told {
    status: 409,
    code: "order-on-hold",
    es: ("El pedido está en revisión", "No pagues de nuevo. La tienda revisa el pago."),
    en: ("The order is on hold", "Do not pay again. The shop looks into it."),
};

pub(super) const ORDER_CLOSED: Told = Told {
    status: 409,
    code: "order-closed",
    es: ("El pedido está cerrado", "Haz un pedido nuevo."),
    en: ("The order is closed", "Make a new order."),
};

pub(super) const VERIFYING: Told = Told {
    status: 409,
    code: "payment-verifying",
    es: ("Estamos verificando el pago", "Repite la petición en unos segundos."),
    en: ("The payment is being verified", "Repeat the request in a few seconds."),
};

pub(super) const NOT_CANCELLABLE: Told = Told {
    status: 409,
    code: "not-cancellable",
    es: ("El pago no puede cancelarse", "Solo se puede cancelar un pago pendiente. Revisa su estado."),
    en: ("The payment cannot be cancelled", "Only a pending payment can be cancelled. Check its status."),
};

pub(super) const TERMINAL_BUSY: Told = Told {
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
};

pub(super) const INTENT_PAID: Told = Told {
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
};

pub(super) const TERMINAL_NOT_FOUND: Told = Told {
    status: 422,
    code: "terminal-not-found",
    es: ("La terminal no existe", "No se ha cobrado nada. Revisa la clave de la terminal."),
    en: ("There is no such terminal", "Nothing was charged. Check the terminal's code."),
};

pub(super) const INTENT_UNKNOWN: Told = Told {
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
};

pub(super) const CARD_NOT_ACTIVE: Told = Told {
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
};

pub(super) const CARD_NOT_REVOCABLE: Told = Told {
    status: 409,
    code: "card-not-active",
    es: ("La tarjeta guardada no está activa", "Solo se puede revocar una tarjeta activa. Revisa su estado."),
    en: ("The saved card is not active", "Only an active card can be revoked. Check its status."),
};

pub(super) const CARD_BUSY: Told = Told {
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
};

pub(super) const PAYMENT_NOT_CONFIRMED: Told = Told {
    status: 409,
    code: "payment-not-confirmed",
    es: ("El cobro no está confirmado", "Solo un cobro confirmado puede devolverse. No se ha devuelto nada."),
    en: ("The charge is not confirmed", "Only a confirmed charge can be given back. Nothing was given back."),
};

pub(super) const LINK_ELSEWHERE: Told = Told {
    status: 502,
    code: "link-elsewhere",
    es: (
        "El formulario apunta a otro sitio",
        "No se muestra ningún enlace. La tienda tiene que revisar CHECKOUT_ORIGINS.",
    ),
    en: ("The form points elsewhere", "No link is shown. The shop has to check CHECKOUT_ORIGINS."),
};
