//! The messages of all problems in all languages. `{field}` is replaced by the field's display name, `{limit}` by the
//! problem's limit, `{sum}` by what an amount should be. A message is an instruction that the reader can follow; it never contains the rejected value.

use super::{Locale, Problem, ProblemCode, Words};
use fields::FIELDS;

mod fields;

/// Returns the problem's message with field and limit filled in.
pub(super) fn detail(problem: &Problem, locale: Locale) -> String {
    words(problem.code).fill(locale, |part| match part {
        "field" => Some(field(&problem.pointer, locale)),
        "limit" => problem.limit.map(|limit| limit.to_string()),
        "sum" => problem.sum.map(|sum| sum.to_string()),
        _ => None,
    })
}

/// Returns the field's display name; for a field of a list entry, with the entry's number counted from 1.
fn field(pointer: &str, locale: Locale) -> String {
    // The keys of metadata are the merchant's own words.
    let pointer = if pointer.starts_with(METADATA) { METADATA.trim_end_matches('/') } else { pointer };
    let name = pointer.rsplit('/').find(|segment| index(segment).is_none()).unwrap_or_default();
    let plain = FIELDS.iter().find(|(known, _)| *known == name).map_or(&UNKNOWN, |(_, words)| words).in_locale(locale);
    match pointer.split('/').find_map(index) {
        Some(at) => format!("{plain}{}{}", LINE.in_locale(locale), at.saturating_add(1)),
        None => plain.to_owned(),
    }
}

fn index(segment: &str) -> Option<u32> {
    segment.parse().ok()
}

/// What precedes a key of metadata in a pointer.
const METADATA: &str = "/metadata/";

const UNKNOWN: Words = Words { es: "este campo", en: "this field" };
const LINE: Words = Words { es: " del renglón ", en: " in line " };

const fn words(code: ProblemCode) -> Words {
    match code {
        ProblemCode::Required => Words { es: "Falta {field}.", en: "Enter {field}." },
        ProblemCode::UnknownField => Words {
            es: "Este campo no se usa aquí. Quítalo o revisa cómo está escrito.",
            en: "This field is not used here. Remove it or check its spelling.",
        },
        ProblemCode::DoubledField => Words { es: "Envía {field} una sola vez.", en: "Send {field} only once." },
        ProblemCode::TypeObject => {
            Words { es: "Envía {field} como objeto JSON.", en: "Send {field} as a JSON object." }
        }
        ProblemCode::TypeArray => {
            Words { es: "Envía {field} como arreglo JSON.", en: "Send {field} as a JSON array." }
        }
        ProblemCode::TypeString => {
            Words { es: "Envía {field} como texto, entre comillas.", en: "Send {field} as text, in quotes." }
        }
        ProblemCode::TypeInteger => Words {
            es: "Envía {field} como número entero, sin comillas.",
            en: "Send {field} as a whole number, without quotes.",
        },
        ProblemCode::TypeBoolean => {
            Words { es: "Envía {field} como true o false.", en: "Send {field} as true or false." }
        }
        ProblemCode::TooLong => Words {
            es: "Acorta {field}: máximo {limit} caracteres.",
            en: "Shorten {field} to {limit} characters or fewer.",
        },
        ProblemCode::ControlCharacter => Words {
            es: "Vuelve a escribir {field}: tiene caracteres que no se pueden mostrar.",
            en: "Type {field} again: it has characters that cannot be shown.",
        },
        ProblemCode::StackedMarks => Words {
            es: "Vuelve a escribir {field}: tiene demasiados acentos sobre una misma letra.",
            en: "Type {field} again: it has too many accents on one letter.",
        },
        ProblemCode::EmailFormat => Words {
            es: "Escribe {field} completo, por ejemplo nombre@ejemplo.com.",
            en: "Enter {field} in full, for example name@example.com.",
        },
        ProblemCode::EmailDots => Words {
            es: "Revisa los puntos de {field}: no puede haber dos seguidos, ni uno al principio o justo antes de la @.",
            en: "Check the dots in {field}: there cannot be two in a row, or one at the start or just before the @.",
        },
        ProblemCode::PhoneFormat => Words {
            es: "Revisa {field}: escríbelo a 10 dígitos. Si es de otro país, empieza con + y su lada.",
            en: "Check {field}: enter 10 digits. If it is from another country, start with + and the country code.",
        },
        ProblemCode::PhoneCountryCode => Words {
            es: "Escribe {field} a 10 dígitos. Si es de otro país, empieza con + y su lada.",
            en: "Enter {field} with 10 digits. If it is from another country, start with + and the country code.",
        },
        ProblemCode::PhoneExtension => {
            Words { es: "Escribe {field} sin la extensión.", en: "Enter {field} without the extension." }
        }
        ProblemCode::PhoneRepeated => Words {
            es: "Revisa {field}: no puede ser el mismo dígito repetido.",
            en: "Check {field}: it cannot be one digit repeated.",
        },
        ProblemCode::StateCode => Words {
            es: "Elige uno de los 32 estados de México, por ejemplo CDMX.",
            en: "Choose one of the 32 states of Mexico, for example CDMX.",
        },
        ProblemCode::ZipFormat => {
            Words { es: "Escribe los cinco dígitos del código postal.", en: "Enter the five-digit postal code." }
        }
        ProblemCode::AmountFormat => Words {
            es: "Escribe {field} con dígitos y punto decimal, por ejemplo 350.50.",
            en: "Enter {field} with digits and a decimal point, for example 350.50.",
        },
        ProblemCode::AmountDecimals => Words {
            es: "Escribe {field} con dos decimales como máximo.",
            en: "Enter {field} with two decimals at most.",
        },
        ProblemCode::AmountRange => Words {
            es: "Escribe {field} entre 0.01 y 99,999,999.99 pesos.",
            en: "Enter {field} between 0.01 and 99,999,999.99 pesos.",
        },
        ProblemCode::AmountBelowOnePeso => Words {
            es: "Escribe {field} de 1.00 peso o más: es el mínimo con una tarjeta guardada.",
            en: "Enter {field} of 1.00 peso or more: that is the minimum for a saved card.",
        },
        ProblemCode::DisplayMode => Words {
            es: "Usa LINK para una página propia o EMBEDDED para un iframe.",
            en: "Use LINK for a page of its own or EMBEDDED for an iframe.",
        },
        ProblemCode::EmbeddedOnly => Words {
            es: "Quita {field} o usa displayMode EMBEDDED: solo ahí se muestra.",
            en: "Remove {field} or use displayMode EMBEDDED: it is shown only there.",
        },
        ProblemCode::ColorFormat => Words { es: "Escribe {field} como #16A34A.", en: "Write {field} like #16A34A." },
        ProblemCode::FormTtlRange => {
            Words { es: "Elige {field} entre 1 y 43,200 minutos.", en: "Choose {field} between 1 and 43,200 minutes." }
        }
        ProblemCode::Currency => {
            Words { es: "Usa MXN: los pagos son en pesos mexicanos.", en: "Use MXN: payments are in Mexican pesos." }
        }
        ProblemCode::TtlRange => {
            Words { es: "Elige {field} entre 10 y 2,880 minutos.", en: "Choose {field} between 10 and 2,880 minutes." }
        }
        ProblemCode::ExternalIdFormat => Words {
            es: "Escribe {field} sin espacios, acentos ni signos: por ejemplo factura-881.",
            en: "Enter {field} without spaces, accents or symbols: for example invoice-881.",
        },
        ProblemCode::WordFormat => Words {
            es: "Escribe {field} sin espacios ni acentos: por ejemplo mesa-4.",
            en: "Enter {field} without spaces or accents: for example table-4.",
        },
        ProblemCode::SkuFormat => Words {
            es: "Indica {field} con su clave (SKU): de 1 a 40 letras sin acento, dígitos, guiones y guiones bajos.",
            en: "Identify {field} by its SKU: 1 to 40 unaccented letters, digits, hyphens and underscores.",
        },
        ProblemCode::SkuUnknown => Words {
            es: "Quita {field} del pedido: ya no está a la venta.",
            en: "Remove {field} from the order: it is no longer for sale.",
        },
        ProblemCode::SkuSoldOut => Words {
            es: "Quita {field} del pedido: está agotado.",
            en: "Remove {field} from the order: it is sold out.",
        },
        ProblemCode::SkuRepeated => Words {
            es: "Quita {field} y suma su cantidad al renglón donde ya está.",
            en: "Remove {field} and add its quantity to the line that already has it.",
        },
        ProblemCode::QuantityRange => {
            Words { es: "Elige {field} entre 1 y 99.", en: "Choose {field} between 1 and 99." }
        }
        ProblemCode::ItemsEmpty => Words { es: "Agrega al menos un producto.", en: "Add at least one product." },
        ProblemCode::ItemsTooMany => Words {
            es: "Pide {limit} productos distintos como máximo.",
            en: "Order at most {limit} different products at once.",
        },
        ProblemCode::TotalRange => Words {
            es: "Reduce el pedido: el total pasa de 99,999,999.99 pesos.",
            en: "Reduce the order: its total is above 99,999,999.99 pesos.",
        },
        ProblemCode::TotalMismatch => Words {
            es: "Corrige {field}: los productos y el envío suman {sum} pesos.",
            en: "Correct {field}: items and shipping add up to {sum} pesos.",
        },
        ProblemCode::ShippingMethodFormat => Words {
            es: "Indica {field} con su clave: de 1 a 40 letras minúsculas sin acento, dígitos y guiones.",
            en: "Identify {field} by its code: 1 to 40 unaccented lower-case letters, digits and hyphens.",
        },
        ProblemCode::ShippingMethodUnknown => Words {
            es: "Elige otra forma de entrega: la tienda ya no ofrece esta.",
            en: "Choose another shipping method: the shop no longer offers this one.",
        },
        ProblemCode::TrackingNumberFormat => Words {
            es: "Escribe {field} solo con letras sin acento, números, guiones y espacios.",
            en: "Enter {field} with unaccented letters, digits, hyphens and spaces only.",
        },
        ProblemCode::NotWithStatus => Words {
            es: "Quita {field}: no va con este estado.",
            en: "Remove {field}: it does not apply to this status.",
        },
        ProblemCode::FulfilmentStatus => {
            Words { es: "Usa prepared, handed-over o undone.", en: "Use prepared, handed-over or undone." }
        }
        ProblemCode::ZipStateMismatch => Words {
            es: "Revisa el código postal: no es del estado que elegiste.",
            en: "Check the postal code: it is not in the state you chose.",
        },
        ProblemCode::MetadataKey => Words {
            es: "Usa en {field} claves de 1 a 40 letras sin acento, dígitos, guiones y guiones bajos.",
            en: "Use keys of 1 to 40 unaccented letters, digits, hyphens and underscores in {field}.",
        },
        ProblemCode::MetadataTooMany => {
            Words { es: "Deja en {field} {limit} claves como máximo.", en: "Keep at most {limit} keys in {field}." }
        }
        ProblemCode::MetadataTooLarge => Words {
            es: "Acorta {field}: todo junto pasa de {limit} bytes.",
            en: "Shorten {field}: together they have more than {limit} bytes.",
        },
        ProblemCode::UrlHttps => Words {
            es: "Escribe {field} completa, desde https://.",
            en: "Enter {field} in full, beginning with https://.",
        },
        ProblemCode::UrlFormat => Words {
            es: "Escribe {field} como https://tienda.example/ruta, sin usuario, espacios ni #.",
            en: "Enter {field} like https://shop.example/path, without a user name, spaces or #.",
        },
        ProblemCode::UrlOrigin => Words {
            es: "Usa para {field} una página de un origen permitido, fuera de /api/: el de la tienda o, si el pedido se hace en una página, uno de EMBED_ORIGINS.",
            en: "Use a page on an allowed origin for {field}, not below /api/: the shop's or, for an order that a page makes, one of EMBED_ORIGINS.",
        },
        ProblemCode::IdFormat => Words {
            es: "Escribe en {field} un identificador de Compago, como 0f0e0d0c-1111-4222-8333-444455556666.",
            en: "Enter a Compago ID in {field}, such as 0f0e0d0c-1111-4222-8333-444455556666.",
        },
        ProblemCode::PageRange => Words {
            es: "Escribe en {field} un número de página, desde 1.",
            en: "Enter a page number in {field}, from 1 on.",
        },
        ProblemCode::PageSizeRange => Words {
            es: "Escribe en {field} de 1 a 500 elementos por página.",
            en: "Enter 1 to 500 items per page in {field}.",
        },
    }
}
