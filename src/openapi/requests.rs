//! What requests accept beside the fields of their types.

use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::api::payment_method::create::Display;
use crate::value::{ButtonColor, ButtonText};

/// The fields that [`Display`] is read from: in a request, each of them may be missing.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is described, never made")]
pub(crate) struct DisplayFields {
    /// Whether Compago's form is a page of its own or shown in an `iframe`.
    #[schemars(extend("enum" = [mode(&Display::Link), mode(&EMBEDDED), Value::Null], "default" = mode(&Display::Link)))]
    display_mode: Option<String>,
    /// The text on the form's button, with `EMBEDDED` alone.
    button_text: Option<ButtonText>,
    /// The color of the form's button, with `EMBEDDED` alone.
    button_color: Option<ButtonColor>,
}

/// An embedded form with the button that Compago gives it.
const EMBEDDED: Display = Display::Embedded { button_text: None, button_color: None };

/// Returns the words for the ways in which a form is shown.
pub(crate) fn modes() -> [Value; 2] {
    [mode(&Display::Link), mode(&EMBEDDED)]
}

/// A token that begins a session.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is described, never made")]
pub(super) struct SessionRequest {
    /// `OPERATOR_TOKEN` or `CASHIER_TOKEN`.
    token: String,
}

/// Returns the word for the way in which a form is shown.
fn mode(display: &Display) -> Value {
    serde_json::to_value(display).unwrap()["displayMode"].clone()
}

/// Adds `currency`, which a request for a charge may name: pesos are the only one, so nothing keeps it.
pub(crate) fn add_currency(schema: &mut Schema) {
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut).unwrap();
    let currency = json!({
        "anyOf": [{ "$ref": "#/components/schemas/Currency" }, { "type": "null" }],
        "description": "The currency of the amount.",
    });
    properties.shift_insert(1, "currency".to_owned(), currency);
}
