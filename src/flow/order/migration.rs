//! How records of orders that older releases have written become today's.

use serde::Deserialize;

use super::Order;
use super::agreement::Agreement;
use super::attempt::{Outcome, Purpose, ReviewReason, Stage};
use crate::flow::poll::PollSchedule;
use crate::flow::record::{self, Record};
use crate::json::{Json, ShapeError};
use crate::problem::Locale;
use crate::value::{MetadataSource, RetainDays, UnixMillis};

impl Record for Order {
    /// Version 2 looked payments up in a list that all orders shared. What it stored for that is ignored, and such a call that was
    /// in flight counts as a read.
    const VERSION: u32 = 3;

    fn migrate(order: &mut Json, version: u32) -> Result<(), ShapeError> {
        match version {
            0 => to_version_1(order),
            1 => to_version_2(order),
            _ => Ok(()),
        }
    }
}

/// Earlier versions had one recheck for the whole order, and before that no agreement.
fn to_version_1(order: &mut Json) -> Result<(), ShapeError> {
    let recheck: Option<FormerRecheck> = order.field("recheck")?;
    let mut earlier = order.get("earlier")?.entries()?.to_vec();
    let mut current = order.get("current")?.clone();
    for attempt in earlier.iter_mut().chain([&mut current]) {
        record_agreement(attempt)?;
        if let Some(recheck) = &recheck {
            recheck.hand_over(attempt)?;
        }
    }
    order.set("earlier", Json::Array(earlier))?;
    order.set("current", current)
}

/// Version 1 kept neither what was ordered nor anything about its delivery, and dropped the payer's data when it was paid.
fn to_version_2(order: &mut Json) -> Result<(), ShapeError> {
    let terms = [
        ("items", Json::Array(Vec::new())),
        ("shipping", Json::Null),
        ("delivery", Json::Null),
        ("metadata", Json::Object(Vec::new())),
        ("metadataSource", Json::of(&MetadataSource::Browser)),
        ("retainDays", Json::of(&RetainDays::DEFAULT)),
        ("locale", Json::of(&Locale::EsMx)),
    ];
    record::set_in_terms(order, terms)?;
    order.set("fulfilment", Json::Null)?;
    order.set("fulfilledNotified", Json::Bool(false))?;
    order.set("reads", Json::Array(Vec::new()))
}

/// Earlier versions did not record agreement; it is derived from the stage.
fn record_agreement(attempt: &mut Json) -> Result<(), ShapeError> {
    if attempt.field::<Option<Agreement>>("agreement")?.is_some() {
        return Ok(());
    }
    let is_contradicted = matches!(
        attempt.field("stage")?,
        Stage::Closed(Outcome::NeedsReview { reason: ReviewReason::Mismatch })
            | Stage::Searching { purpose: Purpose::Contradiction { .. }, .. }
    );
    let agreement =
        if is_contradicted { Agreement::Contradicted { at: attempt.field("startedAt")? } } else { Agreement::Agreed };
    attempt.set("agreement", Json::of(&agreement))
}

/// The one recheck of the whole order, of before each attempt had its own.
#[derive(Deserialize)]
struct FormerRecheck {
    attempt: u8,
    at: UnixMillis,
}

impl FormerRecheck {
    fn hand_over(&self, attempt: &mut Json) -> Result<(), ShapeError> {
        if attempt.field::<u8>("number")? != self.attempt {
            return Ok(());
        }
        let polls: PollSchedule = attempt.field("looks")?;
        let own: Option<UnixMillis> = attempt.field("recheckAt")?;
        let at = polls.read_at().max(self.at);
        attempt.set("recheckAt", Json::of(&own.map_or(at, |own| own.min(at))))
    }
}
