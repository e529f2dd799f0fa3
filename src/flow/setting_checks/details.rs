//! What a person does about a check, in all languages.

use crate::edge::settings::CheckCode;
use crate::problem::{Locale, Words};

pub(super) const COMPAGO_UNKNOWN: Words = Words::new(
    "Todavía no se ha comprobado si Compago acepta la llave de API.",
    "It has not been checked yet whether Compago accepts the API key.",
);
pub(super) const CHECKOUT_ORIGIN_UNKNOWN: Words = Words::new(
    "Se comprueba con el primer enlace de pago que genere Compago.",
    "It is checked with the first payment link that Compago creates.",
);
pub(super) const WEBHOOK_NOT_CONFIGURED: Words = Words::new(
    "Tu tienda funciona sin esto. Si un sistema tuyo debe enterarse de los pagos, pon su dirección en WEBHOOK_URL.",
    "Your shop works without it. If a system of yours should learn of payments, set its address as WEBHOOK_URL.",
);
pub(super) const WEBHOOK_UNKNOWN: Words = Words::new(
    "Todavía no se ha enviado una notificación de prueba a tu sistema.",
    "No test webhook has been sent to your system yet.",
);
pub(super) const FILE_UNKNOWN: Words = Words::new(
    "No pudimos leer los archivos de la tienda. Vuelve a intentar en unos minutos.",
    "We could not read the files of the shop. Try again in a few minutes.",
);
pub(super) const PURCHASE_WITHOUT_MONEY: Words = Words::new(
    "Haz una compra de prueba y págala: en este ambiente no se cobra dinero real.",
    "Make a test purchase and pay for it: in this environment no real money is charged.",
);
pub(super) const PURCHASE_IN_PRODUCTION: Words = Words::new(
    "Haz una compra pequeña y págala: en este ambiente se cobra dinero real.",
    "Make a small purchase and pay for it: in this environment real money is charged.",
);

/// Returns what to do about a check that failed. `values` replace the names in braces.
pub(super) fn of(code: CheckCode, locale: Locale, values: &[(&str, &str)]) -> String {
    let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    words(code).fill(locale, value)
}

const fn words(code: CheckCode) -> Words {
    match code {
        CheckCode::KeyRefused => Words::new(
            "Compago rechazó la llave de API. Revisa que COMPAGO_API_KEY esté completa, que siga vigente y que sea del mismo ambiente que \
             COMPAGO_BASE_URL: las llaves de demo y de producción son distintas.",
            "Compago refused the API key. Check that COMPAGO_API_KEY is complete, still valid, and of the same environment as \
             COMPAGO_BASE_URL: demo and production have different keys.",
        ),
        CheckCode::Unreachable => Words::new(
            "Compago no respondió o no puede atender ahora. Vuelve a intentar en unos minutos; si sigue igual, revisa \
             COMPAGO_BASE_URL.",
            "Compago did not answer, or cannot answer now. Try again in a few minutes; if nothing changes, check COMPAGO_BASE_URL.",
        ),
        CheckCode::UnexpectedAnswer => Words::new(
            "Compago respondió algo que no esperábamos. Revisa COMPAGO_BASE_URL o vuelve a intentar en unos minutos.",
            "Compago gave an answer that we did not expect. Check COMPAGO_BASE_URL, or try again in a few minutes.",
        ),
        CheckCode::CheckoutOriginRefused => Words::new(
            "Compago generó un enlace de pago en {origin}, que no está entre las direcciones permitidas, y no se lo dimos a nadie. \
             Si es la página de pago de Compago, agrégala a CHECKOUT_ORIGINS. Si no la reconoces, pregunta primero a Compago.",
            "Compago created a payment link at {origin}, which is not an allowed address, and nobody was given it. If it is \
             Compago’s payment page, add it to CHECKOUT_ORIGINS. If you do not recognize it, ask Compago first.",
        ),
        CheckCode::CheckoutLinkInvalid => Words::new(
            "Compago generó un enlace de pago que no es una dirección https, y no se lo dimos a nadie. Avisa a Compago.",
            "Compago created a payment link that is not an https address, and nobody was given it. Tell Compago.",
        ),
        CheckCode::SecretNotShown => Words::new(
            "Las notificaciones esperan: nadie ha visto todavía el secreto con que se firman. En Ajustes, elige “Mostrar el secreto de las \
             notificaciones” y pon en tu sistema el que se muestra; después se envían solas.",
            "Webhooks wait: nobody has seen the secret yet that they are signed with. In Settings, choose “Show the webhook secret” \
             and enter the one that is shown in your system; then they are sent by themselves.",
        ),
        CheckCode::Status => Words::new(
            "Tu sistema respondió con el estado {status}. Revisa WEBHOOK_URL, que tu sistema compruebe la firma con el mismo \
             WEBHOOK_SECRET y que responda 2xx también a los tipos que no conoce.",
            "Your system answered with the status {status}. Check WEBHOOK_URL, that your system verifies the signature with the \
             same WEBHOOK_SECRET, and that it answers 2xx to types that it does not know as well.",
        ),
        CheckCode::RedirectNotFollowed => Words::new(
            "Tu sistema respondió con una redirección (estado {status}), que no se sigue. Pon en WEBHOOK_URL la dirección final.",
            "Your system answered with a redirect (status {status}), which is not followed. Set WEBHOOK_URL to the final address.",
        ),
        CheckCode::NoConnection => Words::new(
            "No pudimos conectarnos a tu sistema. Revisa WEBHOOK_URL y que se pueda llegar a esa dirección desde internet.",
            "We could not connect to your system. Check WEBHOOK_URL, and that this address can be reached from the internet.",
        ),
        CheckCode::TimedOut => Words::new(
            "Tu sistema no respondió en 20 segundos. Haz que responda en cuanto reciba la notificación y trabaje después.",
            "Your system did not answer within 20 seconds. Have it answer as soon as it receives the webhook, and work afterwards.",
        ),
        CheckCode::FileUnreadable => Words::new(
            "{first} Corrige {file} y publica la tienda otra vez.",
            "{first} Correct {file} and deploy the shop again.",
        ),
    }
}
