//! What is kept of the checks, and when they may be made.

use core::time::Duration;

use serde::{Deserialize, Serialize};

use super::{CompagoFinding, WebhookFinding};
use crate::flow::clock::is_fresh;
use crate::flow::record::Record;
use crate::value::UnixMillis;

/// How long after a check there is no other one.
pub const CHECK_PAUSE: Duration = Duration::from_secs(10);

/// What is kept of the checks.
///
/// ```
/// use compago::flow::setting_checks::{CheckRecords, CheckRefusal};
/// use compago::value::UnixMillis;
///
/// let now = UnixMillis(1_772_388_000_000);
/// let begun = CheckRecords::default().begin("one", now)?;
/// assert_eq!(begun.clone().begin("one", UnixMillis(now.millis() + 4_000)), Ok(begun.clone()));
/// assert_eq!(begun.clone().begin("two", UnixMillis(now.millis() + 4_000)), Err(CheckRefusal { seconds: 6 }));
/// assert!(begun.begin("two", UnixMillis(now.millis() + 10_000)).is_ok());
/// # Ok::<(), CheckRefusal>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckRecords {
    /// When the last check on request was begun.
    begun_at: Option<UnixMillis>,
    /// The id of the request that began it.
    #[serde(default)]
    begun_by: Option<String>,
    /// What Compago answered.
    pub(super) compago: Option<Asked<CompagoFinding>>,
    /// What the merchant's backend answered.
    pub(super) webhook: Option<Asked<WebhookFinding>>,
    /// The last payment link that was refused for its origin.
    pub(super) refused: Option<RefusedOrigin>,
}

impl Record for CheckRecords {
    const VERSION: u32 = 1;
}

/// What somebody answered who was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked<Finding> {
    /// When.
    pub at: UnixMillis,
    /// The URL that was asked. What was found of another one says nothing of the one that is set now.
    pub url: String,
    /// What came of it.
    pub finding: Finding,
}

/// What came of the checks that ask somebody; `None` for one that was not made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// Of Compago.
    pub compago: Option<Asked<CompagoFinding>>,
    /// Of the merchant's backend.
    pub webhook: Option<Asked<WebhookFinding>>,
}

/// A payment link that was refused, since Compago made it on an origin that is not allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedOrigin {
    /// The origin; `None` if it was no https URL.
    pub origin: Option<String>,
    /// When the last such link was refused.
    pub at: UnixMillis,
}

/// A check was begun a moment ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("the settings were checked a moment ago: they can be checked again in {seconds} s")]
pub struct CheckRefusal {
    /// In how many seconds there may be another one.
    pub seconds: u32,
}

impl CheckRecords {
    /// Returns the records with a check that begins now. A request that is repeated, which has the same id, has begun it already.
    ///
    /// # Errors
    /// [`CheckRefusal`] less than [`CHECK_PAUSE`] after the last one.
    pub fn begin(self, id: &str, now: UnixMillis) -> Result<Self, CheckRefusal> {
        if self.begun_by.as_deref() == Some(id) {
            return Ok(self);
        }
        if let Some(at) = self.begun_at.filter(|at| is_fresh(*at, CHECK_PAUSE, now)) {
            let left = CHECK_PAUSE.saturating_sub(now.since(at)).as_millis().div_ceil(1_000);
            return Err(CheckRefusal { seconds: u32::try_from(left).unwrap_or(u32::MAX) });
        }
        Ok(Self { begun_at: Some(now), begun_by: Some(id.to_owned()), ..self })
    }

    /// Returns the records with what was found. What was not asked this time stays as it was known.
    #[must_use]
    pub fn with(self, Findings { compago, webhook }: Findings) -> Self {
        Self { compago: compago.or(self.compago), webhook: webhook.or(self.webhook), ..self }
    }

    /// Returns the records with a link that was refused; `None` if the same origin was noted within the last minute.
    #[must_use]
    pub fn with_refused(self, origin: Option<&str>, now: UnixMillis) -> Option<Self> {
        const NOTED: Duration = Duration::from_secs(60);
        let is_noted =
            self.refused.as_ref().is_some_and(|it| it.origin.as_deref() == origin && is_fresh(it.at, NOTED, now));
        let refused = Some(RefusedOrigin { origin: origin.map(str::to_owned), at: now });
        (!is_noted).then_some(Self { refused, ..self })
    }
}
