//! What stands in `tests/vectors/stored/`.

/// The records of one type.
pub(super) struct Fixture {
    pub(super) name: &'static str,
    lines: &'static str,
}

/// A line of a fixture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    /// When it was stored.
    pub(super) now: &'static str,
    /// When it is to be woken.
    pub(super) wake_at: Option<&'static str>,
    /// As it was stored.
    pub(super) text: &'static str,
    /// The id and the text of its listing; of a record from before there were fixtures, the text that version 0 wrote it to.
    pub(super) beside: &'static str,
}

impl Record {
    pub(super) fn listing(&self) -> Option<(&'static str, &'static str)> {
        self.beside.split_once(' ')
    }

    pub(super) fn listing_text(&self) -> Option<(String, String)> {
        self.listing().map(|(id, text)| (id.to_owned(), text.to_owned()))
    }
}

impl Fixture {
    pub(super) fn records(&self) -> impl Iterator<Item = Record> {
        self.lines.lines().map(|line| {
            let [now, wake_at, text, beside] = <[&str; 4]>::try_from(line.split('\t').collect::<Vec<_>>()).unwrap();
            let wake_at = Some(wake_at).filter(|text| *text != "-");
            Record { now, wake_at, text, beside }
        })
    }
}

macro_rules! fixtures {
    ($version:literal: $($name:literal),*) => {
        &[$(Fixture {
            name: $name,
            lines: include_str!(concat!("../../vectors/stored/", $version, "/", $name, ".tsv")),
        }),*]
    };
}

/// The records of the version that stores them as today's code does.
pub(super) const TODAY: &[Fixture] = fixtures!(
    "v3": "order", "intent", "charge", "refund", "saved-card", "delivery", "webhook", "run", "open-link", "bucket", "watch", "hit"
);

/// The records of before orders had items and charges had metadata, and before records named their version.
pub(super) const EARLIER: &[Fixture] = fixtures!(
    "v0": "order", "intent", "charge", "refund", "saved-card", "delivery", "webhook", "run", "open-link", "bucket"
);

/// The records of before the list watcher, when orders looked their payments up in a list that they shared.
pub(super) const BEFORE_LIST_WATCH: &[Fixture] = fixtures!(
    "v2": "order", "intent", "charge", "refund", "saved-card", "delivery", "webhook", "run", "open-link", "bucket"
);

/// Records in shapes from before there were fixtures.
pub(super) const OLDER: &[Fixture] = fixtures!("older": "order", "delivery", "run");

/// The records of one type in some fixtures.
pub(super) fn records_in(fixtures: &'static [Fixture], name: &str) -> impl Iterator<Item = Record> {
    fixtures.iter().filter(move |fixture| fixture.name == name).flat_map(Fixture::records)
}

/// The records of one type, of every version.
pub(super) fn records_of(name: &str) -> impl Iterator<Item = Record> {
    let earlier = records_in(BEFORE_LIST_WATCH, name).chain(records_in(EARLIER, name));
    records_in(TODAY, name).chain(earlier).chain(records_in(OLDER, name))
}
