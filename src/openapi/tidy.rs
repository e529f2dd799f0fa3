//! What the document does otherwise than the generator: strict objects, one form for enumerations and nullable values, and the part of
//! a doc comment that concerns the API.

use schemars::Schema;
use schemars::generate::Contract;
use serde_json::{Map, Value, json};

use crate::edge::reconciliation::Class;

/// Returns the transformation of every schema of a contract, the ones within it included.
pub(super) fn tidy(contract: &Contract) -> impl Fn(&mut Schema) + Clone + Send + 'static {
    let is_answer = contract.is_serialize();
    move |schema| {
        let Some(fields) = schema.as_object_mut() else { return };
        for name in ["$schema", "title"] {
            fields.remove(name);
        }
        if fields.get("default").is_some_and(Value::is_null) {
            fields.remove("default");
        }
        // Formats of integers are Rust's.
        if fields
            .get("format")
            .and_then(Value::as_str)
            .is_some_and(|format| format.starts_with(['i', 'u']) && format != "uri")
        {
            fields.remove("format");
        }
        // So are the greatest values of its small integers.
        if fields.get("maximum").and_then(Value::as_u64).is_some_and(|max| WIDTHS.contains(&max)) {
            fields.remove("maximum");
        }
        if let Some(text) = fields.get("description").and_then(Value::as_str).map(summary) {
            fields.shift_insert(0, "description".to_owned(), Value::String(text));
        }
        join_words(fields);
        if is_answer {
            leave_out_null(fields);
        }
        if let Some(choices) = fields.remove("anyOf") {
            fields.insert("oneOf".to_owned(), choices);
        }
        if fields.contains_key("properties") && fields.contains_key("type") {
            fields.entry("additionalProperties").or_insert(Value::Bool(false));
        }
    }
}

/// The greatest values of integers of one byte and of two.
const WIDTHS: [u64; 2] = [0xff, 0xffff];

/// Returns the first paragraph of a doc comment as one line, with the targets of its links left out. What follows it is about Rust.
fn summary(text: &str) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let mut plain = String::with_capacity(paragraph.len());
    let mut rest = paragraph.as_str();
    while let Some((before, linked)) = rest.split_once('[') {
        let (label, after) = linked.split_once(']').unwrap_or((linked, ""));
        plain.push_str(before);
        plain.push_str(label);
        rest = match after.strip_prefix('(') {
            Some(target) => target.split_once(')').map_or("", |(_, after)| after),
            None => after,
        };
    }
    plain + rest
}

/// Makes one `enum` of the choices that the generator writes for an enumeration, one for each variant, and a list of what they mean.
fn join_words(fields: &mut Map<String, Value>) {
    let Some(Value::Array(choices)) = fields.get("oneOf") else { return };
    let words: Option<Vec<Word<'_>>> = choices.iter().map(Word::read).collect();
    let Some(words) = words else { return };
    let names: Vec<Value> = words.iter().flat_map(|word| word.names.clone()).collect();
    let meanings: String = words.iter().map(Word::line).collect();
    let text = fields.get("description").and_then(Value::as_str).unwrap_or_default();
    let description = format!("{text}\n{meanings}");
    fields.remove("oneOf");
    fields.insert("type".to_owned(), json!("string"));
    fields.insert("enum".to_owned(), Value::Array(names));
    fields.insert("description".to_owned(), Value::String(description));
}

/// One choice of an enumeration: a variant, or all that have no description.
struct Word<'a> {
    names: Vec<Value>,
    meaning: Option<&'a str>,
}

impl<'a> Word<'a> {
    fn read(choice: &'a Value) -> Option<Self> {
        let names = match (choice.get("const"), choice.get("enum")) {
            (Some(name @ Value::String(_)), None) => vec![name.clone()],
            (None, Some(Value::Array(names))) => names.clone(),
            _ => return None,
        };
        Some(Self { names, meaning: choice.get("description").and_then(Value::as_str) })
    }

    fn line(&self) -> String {
        match (self.names.as_slice(), self.meaning) {
            ([Value::String(name)], Some(meaning)) => format!("\n- `{name}`: {}", summary(meaning)),
            _ => String::new(),
        }
    }
}

/// Allows nothing but names of settings in an object that has text by name.
pub(crate) fn names_of_settings(schema: &mut Schema) {
    schema.remove("additionalProperties");
    schema.insert("patternProperties".to_owned(), json!({ "^[A-Z_]+$": { "type": "string" } }));
    schema.insert("additionalProperties".to_owned(), Value::Bool(false));
}

/// Takes null from the types of fields that may be missing from an answer: they are missing instead.
fn leave_out_null(fields: &mut Map<String, Value>) {
    let required: Vec<Value> = fields.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = fields.get_mut("properties") else { return };
    for (_, property) in properties.iter_mut().filter(|(name, _)| !required.iter().any(|known| known == name.as_str()))
    {
        let Value::Object(property) = property else { continue };
        if let Some(Value::Array(types)) = property.get_mut("type") {
            types.retain(|name| name != "null");
            if let [one] = types.as_slice() {
                let one = one.clone();
                property.insert("type".to_owned(), one);
            }
        }
        if let Some(Value::Array(choices)) = property.get_mut("anyOf") {
            choices.retain(|choice| *choice != json!({ "type": "null" }));
            if let [Value::Object(one)] = choices.as_slice() {
                let one = one.clone();
                property.remove("anyOf");
                property.extend(one);
            }
        }
    }
}

/// Replaces a number of minutes by those of an hour and of a day.
pub(crate) fn hours_or_days(schema: &mut Schema) {
    replace(schema, json!({ "enum": [60, 24 * 60] }));
}

/// Replaces a map of counts by an object with a field for each class.
pub(crate) fn by_class(schema: &mut Schema) {
    let mut classes = schemars::SchemaGenerator::default().root_schema_for::<Class>();
    let choices = classes.remove("oneOf").unwrap();
    let words = choices.as_array().unwrap().iter().filter_map(|choice| choice["const"].as_str());
    let fields = words.map(|word| (word.to_owned(), json!({ "type": "integer", "minimum": 1 })));
    replace(schema, json!({ "type": "object", "properties": Value::Object(fields.collect()) }));
}

/// Replaces a schema by another one with the same description.
fn replace(schema: &mut Schema, by: Value) {
    let description = schema.remove("description");
    *schema = Schema::try_from(by).unwrap();
    if let Some(text) = description {
        schema.insert("description".to_owned(), text);
    }
}
