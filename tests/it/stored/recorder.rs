//! Writes the fixtures of a new version: of all records that the tests of the machines store, for every field, every variant and
//! every pair of a stage and a call in flight the shortest that has it. That takes some minutes.
//!
//! `COMPAGO_WRITE_FIXTURES=v4 cargo test -p compago --test it` makes `tests/vectors/stored/v4`. A folder that exists is left as
//! it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

use compago::flow::projection::Projection;
use compago::flow::record::Record;
use compago::value::UnixMillis;
use serde_json::Value;

type Kept = BTreeMap<String, Line>;

/// The time at which the record was stored, when it is to be woken, its text and that of its listing.
type Line = (String, String, String, String);

static FOLDER: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let version = std::env::var("COMPAGO_WRITE_FIXTURES").ok()?;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/stored").join(version);
    std::fs::create_dir(&folder).expect("fixtures of a new version");
    Some(folder)
});

static KEPT: Mutex<BTreeMap<&'static str, Kept>> = Mutex::new(BTreeMap::new());

/// Keeps a record that was stored at `now` for the fixtures, if it is the shortest that shows one of its features.
pub(crate) fn keep(
    name: &'static str,
    record: &impl Record,
    wake_at: Option<UnixMillis>,
    listing: impl FnOnce() -> Option<Projection>,
    now: UnixMillis,
) {
    keep_text(name, || super::write(record), wake_at, listing, now);
}

/// Keeps the text of what is no record of its own.
pub(crate) fn keep_text(
    name: &'static str,
    text: impl FnOnce() -> String,
    wake_at: Option<UnixMillis>,
    listing: impl FnOnce() -> Option<Projection>,
    now: UnixMillis,
) {
    let Some(folder) = &*FOLDER else { return };
    let listing = listing().map_or_else(none, |listing| format!("{} {}", listing.id, listing.json));
    let line = (now.to_string(), wake_at.map_or_else(none, |at| at.to_string()), text(), listing);
    let value: Value = serde_json::from_str(&line.2).unwrap();
    let mut kept = KEPT.lock().unwrap();
    let of_name = kept.entry(name).or_default();
    let mut improved = false;
    for feature in features(&value) {
        let shorter = |other: &Line| (line.2.len(), &line) < (other.2.len(), other);
        if of_name.get(&feature).is_none_or(shorter) {
            of_name.insert(feature, line.clone());
            improved = true;
        }
    }
    if improved {
        let lines: BTreeSet<&Line> = of_name.values().collect();
        let mut text = String::new();
        for (now, wake_at, record, listing) in lines {
            writeln!(text, "{now}\t{wake_at}\t{record}\t{listing}").unwrap();
        }
        std::fs::write(folder.join(format!("{name}.tsv")), text).unwrap();
    }
}

fn none() -> String {
    "-".to_owned()
}

/// What a record shows: which fields it has, of which types, the words in them, and its stage beside the call in flight.
fn features(value: &Value) -> BTreeSet<String> {
    let mut features = BTreeSet::new();
    collect(value, "", &mut features);
    let of = |parts: &[&str]| -> Vec<String> {
        features.iter().filter(|feature| parts.iter().any(|part| feature.starts_with(part))).cloned().collect()
    };
    let stages = of(&[".current.stage", ".stage", ".status", ".revoking", ".state"]);
    let flights = of(&[".flight.kind", ".flight=", ".flights.current"]);
    for stage in &stages {
        features.extend(flights.iter().map(|flight| format!("{stage} & {flight}")));
    }
    features
}

fn collect(value: &Value, path: &str, features: &mut BTreeSet<String>) {
    match value {
        Value::Null => features.insert(format!("{path}=null")),
        Value::Bool(truth) => features.insert(format!("{path}={truth}")),
        Value::Number(number) => {
            features.insert(format!("{path}={}", if number.as_u64() == Some(0) { "0" } else { "number" }))
        }
        Value::String(text) => {
            let is_word =
                text.len() < 32 && text.bytes().all(|byte| byte.is_ascii_lowercase() || b"-.".contains(&byte));
            features.insert(format!("{path}={}", if is_word { text } else { "text" }))
        }
        Value::Array(entries) => {
            entries.iter().for_each(|entry| collect(entry, &format!("{path}[]"), features));
            features.insert(format!("{path}=[{}]", entries.len().min(2)))
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| collect(value, &format!("{path}.{name}"), features));
            features.insert(format!("{path}={{}}"))
        }
    };
}
