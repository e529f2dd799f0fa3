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
        ProblemCode::Required => {
            Words { es: "Agrega {field}: es un dato obligatorio.", en: "Add {field}: it is required." }
        }
        ProblemCode::UnknownField => Words {
            es: "Este campo no se conoce aquí. Quítalo o revisa cómo está escrito su nombre.",
            en: "This field is not known here. Remove it or check the spelling of its name.",
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
            es: "Acorta {field} a {limit} caracteres como máximo.",
            en: "Shorten {field} to at most {limit} characters.",
        },
        ProblemCode::ControlCharacter => Words {
            es: "Vuelve a escribir {field}: contiene caracteres que no se pueden mostrar.",
            en: "Type {field} again: it contains characters that cannot be displayed.",
        },
        ProblemCode::StackedMarks => Words {
            es: "Vuelve a escribir {field}: tiene demasiados acentos o signos sobre una misma letra.",
            en: "Type {field} again: it has too many accents or marks on one letter.",
        },
        ProblemCode::EmailFormat => Words {
            es: "Escribe {field} con la forma nombre@ejemplo.com.",
            en: "Write {field} in the form name@example.com.",
        },
        ProblemCode::EmailDots => Words {
            es: "Revisa los puntos en {field}: no puede haber dos seguidos, ni uno al principio o justo antes de la @.",
            en: "Check the dots in {field}: there cannot be two in a row, or one at the start or just before the @.",
        },
        ProblemCode::PhoneFormat => Words {
            es: "Revisa {field}: escribe los 10 dígitos, o + y la clave del país antes del número.",
            en: "Check {field}: enter its 10 digits, or + and the country code before the number.",
        },
        ProblemCode::PhoneCountryCode => Words {
            es: "Escribe {field} con 10 dígitos. Si es de otro país, empieza con + y la clave del país.",
            en: "Enter {field} with 10 digits. If it is from another country, begin with + and the country code.",
        },
        ProblemCode::PhoneExtension => Words {
            es: "Escribe {field} sin la extensión: solo el número.",
            en: "Enter {field} without the extension: the number only.",
        },
        ProblemCode::PhoneRepeated => Words {
            es: "Revisa {field}: no puede ser un solo dígito repetido.",
            en: "Check {field}: it cannot be a single repeated digit.",
        },
        ProblemCode::StateCode => Words {
            es: "Elige una de las 32 entidades federativas de México, por ejemplo CDMX.",
            en: "Choose one of the 32 states of Mexico, for example CDMX.",
        },
        ProblemCode::ZipFormat => Words {
            es: "Escribe los cinco dígitos del código postal.",
            en: "Enter the five digits of a Mexican postal code.",
        },
        ProblemCode::AmountFormat => Words {
            es: "Escribe {field} solo con dígitos y un punto, por ejemplo 350.50.",
            en: "Write {field} with digits and a dot only, for example 350.50.",
        },
        ProblemCode::AmountDecimals => Words {
            es: "Escribe {field} con dos decimales como máximo.",
            en: "Write {field} with at most two decimals.",
        },
        ProblemCode::AmountRange => Words {
            es: "Escribe {field} entre 0.01 y 99,999,999.99 pesos.",
            en: "Enter {field} between 0.01 and 99,999,999.99 pesos.",
        },
        ProblemCode::AmountBelowOnePeso => Words {
            es: "Escribe {field} de 1.00 peso o más: es lo mínimo para una tarjeta guardada.",
            en: "Enter {field} of 1.00 peso or more: it is the least for a saved card.",
        },
        ProblemCode::DisplayMode => Words {
            es: "Usa LINK para una página propia o EMBEDDED para un iframe.",
            en: "Use LINK for a page of its own or EMBEDDED for an iframe.",
        },
        ProblemCode::EmbeddedOnly => Words {
            es: "Quita {field} o usa displayMode EMBEDDED: solo ahí se muestra.",
            en: "Remove {field} or use displayMode EMBEDDED: it shows there alone.",
        },
        ProblemCode::ColorFormat => Words { es: "Escribe {field} como #16A34A.", en: "Write {field} like #16A34A." },
        ProblemCode::FormTtlRange => {
            Words { es: "Elige {field} entre 1 y 43200 minutos.", en: "Choose {field} between 1 and 43200 minutes." }
        }
        ProblemCode::Currency => {
            Words { es: "Usa MXN: los pagos son en pesos mexicanos.", en: "Use MXN: payments are in Mexican pesos." }
        }
        ProblemCode::TtlRange => {
            Words { es: "Elige {field} entre 10 y 2880 minutos.", en: "Choose {field} between 10 and 2880 minutes." }
        }
        ProblemCode::ExternalIdFormat => Words {
            es: "Usa en {field} solo letras sin acento, dígitos, guiones y guiones bajos.",
            en: "Use only unaccented letters, digits, hyphens and underscores in {field}.",
        },
        ProblemCode::WordFormat => Words {
            es: "Usa en {field} solo letras sin acento, dígitos, guiones, guiones bajos y puntos.",
            en: "Use only unaccented letters, digits, hyphens, underscores and dots in {field}.",
        },
        ProblemCode::SkuFormat => Words {
            es: "Usa para {field} su clave: de 1 a 40 letras sin acento, dígitos, guiones y guiones bajos.",
            en: "Name {field} by its SKU: 1 to 40 unaccented letters, digits, hyphens and underscores.",
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
            es: "Quita {field} y suma su cantidad en el renglón donde ya aparece.",
            en: "Remove {field} and add its quantity to the line that already names it.",
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
            es: "Usa para {field} su clave: de 1 a 40 letras minúsculas sin acento, dígitos y guiones.",
            en: "Name {field} by its code: 1 to 40 unaccented lower-case letters, digits and hyphens.",
        },
        ProblemCode::ShippingMethodUnknown => Words {
            es: "Elige otra forma de entrega: la tienda ya no ofrece esta.",
            en: "Choose another shipping method: the shop no longer offers this one.",
        },
        ProblemCode::TrackingNumberFormat => Words {
            es: "Escribe {field} solo con letras sin acento, dígitos, guiones y espacios.",
            en: "Write {field} with unaccented letters, digits, hyphens and spaces only.",
        },
        ProblemCode::NotWithStatus => Words {
            es: "Quita {field}: no va con este estado.",
            en: "Remove {field}: it does not go with this status.",
        },
        ProblemCode::FulfilmentStatus => {
            Words { es: "Usa prepared, handed-over o undone.", en: "Use prepared, handed-over or undone." }
        }
        ProblemCode::ZipStateMismatch => Words {
            es: "Revisa el código postal: no es del estado que elegiste.",
            en: "Check the postal code: it is not in the state that you chose.",
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
            es: "Escribe {field} de modo que empiece con https://.",
            en: "Write {field} so that it begins with https://.",
        },
        ProblemCode::UrlFormat => Words {
            es: "Escribe {field} con la forma https://tienda.example/ruta, sin usuario, espacios ni #.",
            en: "Write {field} in the form https://shop.example/path, without user name, spaces or #.",
        },
        ProblemCode::UrlOrigin => Words {
            es: "Usa para {field} una página de un origen permitido, fuera de /api/: el de la tienda o, si el pedido se hace en una página, uno de EMBED_ORIGINS.",
            en: "Use a page on an allowed origin for {field}, not below /api/: the shop's or, for an order that a page makes, one of EMBED_ORIGINS.",
        },
        ProblemCode::IdFormat => Words {
            es: "Escribe en {field} un id de Compago, como 0f0e0d0c-1111-4222-8333-444455556666.",
            en: "Write an id of Compago's in {field}, such as 0f0e0d0c-1111-4222-8333-444455556666.",
        },
        ProblemCode::PageRange => Words {
            es: "Escribe en {field} una página, contada desde 1.",
            en: "Write a page in {field}, counted from 1.",
        },
        ProblemCode::PageSizeRange => Words {
            es: "Escribe en {field} de 1 a 500 elementos por página.",
            en: "Write 1 to 500 items a page in {field}.",
        },
    }
}
