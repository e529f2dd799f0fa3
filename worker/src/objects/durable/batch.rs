//! Projections that are published together.

use compago::json;

/// Projections that are being published: ids, each with its projection as text.
pub(super) struct Batch(Vec<[String; 2]>);

impl Batch {
    pub(super) const fn new(projections: Vec<[String; 2]>) -> Self {
        Self(projections)
    }

    /// Returns the ids of the webhooks that were delivered and whose machine is in the batch as well.
    pub(super) fn delivered_with_machine(&self) -> Vec<&str> {
        let machines: Vec<String> =
            self.iter().filter_map(|[id, _]| Some(id.split_once('/')?.1.to_ascii_lowercase())).collect();
        let is_implied = |[id, json]: &&[String; 2]| {
            let reference = id.strip_prefix("webhook/evt_").and_then(|id| id.split('_').next());
            json.contains(r#""state":"delivered""#)
                && reference.is_some_and(|reference| machines.iter().any(|of| of == reference))
        };
        self.iter().filter(is_implied).map(|[id, _]| id.as_str()).collect()
    }

    /// Returns the ids, each with its projection as text.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[String; 2]> {
        self.0.iter()
    }

    /// Returns it as JSON.
    pub(super) fn json(&self) -> String {
        json::to_string(&self.0)
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
