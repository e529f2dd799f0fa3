//! Which payments a scan has seen.

use std::collections::BTreeSet;

#[cfg(doc)]
use super::Watcher;
use crate::api::one_time_payment::list::Page;
use crate::value::{PaymentId, UnixMillis};

/// The payments on the pages that the scan under way has read.
///
/// A list whose order changes while it is read may show one payment on two pages, and another one on none. Only a scan that has seen as
/// many different payments as the list counts has seen them all. The caller keeps this in memory from the first page of a scan to the
/// last, also from alarm to alarm, and passes it to [`Watcher::on_page`]; it takes some 20 bytes a payment. It is not stored: if it is lost, or
/// replaced by an empty one, the scan that is under way still finds payments, but proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// When the scan began; none before the first one.
    begun_at: Option<UnixMillis>,
    ids: BTreeSet<PaymentId>,
    unreadable: usize,
}

impl Seen {
    /// Begins with nothing for a scan that begins at this time.
    pub(super) fn begin(&mut self, begun_at: UnixMillis) {
        *self = Self { begun_at: Some(begun_at), ..Self::default() };
    }

    /// Takes a page of the scan that began at this time.
    pub(super) fn take(&mut self, page: &Page, begun_at: UnixMillis) {
        if self.begun_at == Some(begun_at) {
            self.ids.extend(page.readable.iter().map(|payment| payment.id));
            self.unreadable = self.unreadable.saturating_add(page.unreadable);
        }
    }

    /// Returns how many different payments the scan that began at this time has seen; `None` if that is not known.
    pub(super) fn different(&self, begun_at: UnixMillis) -> Option<u64> {
        let different = self.ids.len().saturating_add(self.unreadable);
        (self.begun_at == Some(begun_at)).then(|| u64::try_from(different).unwrap_or(u64::MAX))
    }

    /// Forgets all: the scan is over.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}
