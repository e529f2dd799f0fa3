//! Compago's lists of saved cards and of their charges, as our own API asks for them and shows them.

use super::saved_card::{ChargeStatus, SavedCardStatus};
use crate::{
    api::{
        list::{Page, PageSize},
        payment_method::{CardPaymentStatus, MethodStatus, get::MethodReading, payment::CardPayment},
    },
    json::{IfSome, ToJson, Writer},
    value::Reference,
};

impl SavedCardStatus {
    /// Compago's state in our words.
    pub const fn of(status: &MethodStatus) -> Self {
        match status {
            MethodStatus::Pending => Self::Pending,
            MethodStatus::Active => Self::Active,
            MethodStatus::Expired => Self::Expired,
            MethodStatus::Revoked => Self::Revoked,
            MethodStatus::Unknown(_) => Self::Unknown,
        }
    }
}

impl ChargeStatus {
    /// Compago's state in our words: one that has not begun is under way, one that was cancelled charged nothing.
    pub const fn of(status: &CardPaymentStatus) -> Self {
        match status {
            CardPaymentStatus::NotInitialized | CardPaymentStatus::Pending => Self::Pending,
            CardPaymentStatus::Confirmed => Self::Confirmed,
            CardPaymentStatus::Cancelled => Self::Declined,
            CardPaymentStatus::Refunded => Self::Refunded,
            CardPaymentStatus::Unknown(_) => Self::Unknown,
        }
    }
}

/// A state by which a list can be filtered, in our words.
pub trait Filter: Sized {
    /// The state that the word names; `None` for no word of ours.
    fn named(word: &str) -> Option<Self>;
}

impl Filter for MethodStatus {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "pending" => Self::Pending,
            "active" => Self::Active,
            "expired" => Self::Expired,
            "revoked" => Self::Revoked,
            _ => return None,
        })
    }
}

impl Filter for CardPaymentStatus {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "pending" => Self::Pending,
            "confirmed" => Self::Confirmed,
            "declined" => Self::Cancelled,
            "refunded" => Self::Refunded,
            _ => return None,
        })
    }
}

/// The query of a list: `status`, `page` counted from 1, and `pageSize`, 1 to 500.
///
/// ```
/// use compago::api::payment_method::MethodStatus;
/// use compago::edge::card_list::ListQuery;
///
/// let query = ListQuery::<MethodStatus>::parse("status=active&page=2").unwrap();
/// assert_eq!((query.status, query.page, query.page_size.get()), (Some(MethodStatus::Active), 2, 100));
/// for wrong in ["status=ACTIVE", "page=0", "pageSize=501", "page=1&page=1", "limit=5"] {
///     assert!(ListQuery::<MethodStatus>::parse(wrong).is_none(), "{wrong}");
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery<Status> {
    /// Only what is in this state.
    pub status: Option<Status>,
    /// Counted from 1.
    pub page: u32,
    /// 100, as Compago has it, unless it is said.
    pub page_size: PageSize,
}

impl<Status: Filter> ListQuery<Status> {
    /// Reads a query; `None` if it holds anything else, or something twice.
    pub fn parse(query: &str) -> Option<Self> {
        let (mut status, mut page, mut page_size) = (None, None, None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let fresh = match name {
                "status" => status.replace(Status::named(value)?).is_none(),
                "page" => page.replace(value.parse().ok().filter(|page| *page > 0)?).is_none(),
                "pageSize" => page_size.replace(PageSize::new(value.parse().ok()?).ok()?).is_none(),
                _ => false,
            };
            if !fresh {
                return None;
            }
        }
        Some(Self { status, page: page.unwrap_or(1), page_size: page_size.unwrap_or(PageSize::DEFAULT) })
    }
}

/// One page of a list: `{ count, page, pageSize, items }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageView<T> {
    /// How many items there are on all pages together, if it was told.
    pub count: Option<u64>,
    /// Counted from 1.
    pub page: u32,
    /// How many items were asked for.
    pub page_size: PageSize,
    /// Those that could be read.
    pub items: Vec<T>,
}

impl<T> PageView<T> {
    /// The page that was asked for, each item in our words.
    pub fn of<Status, Item>(asked: &ListQuery<Status>, page: Page<Item>, told: impl FnMut(Item) -> T) -> Self {
        let items = page.readable.into_iter().map(told).collect();
        Self { count: page.count, page: asked.page, page_size: asked.page_size, items }
    }
}

impl<T: ToJson> ToJson for PageView<T> {
    fn to_json(&self, out: &mut Writer) {
        out.object(&[
            ("count", &self.count),
            ("page", &self.page),
            ("pageSize", &self.page_size.get()),
            ("items", &self.items),
        ]);
    }
}

/// A saved card in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodItem(pub MethodReading);

impl ToJson for MethodItem {
    fn to_json(&self, out: &mut Writer) {
        let Self(reading) = self;
        out.object(&[
            ("id", &reading.id),
            ("status", &SavedCardStatus::of(&reading.status)),
            ("externalId", &reading.external_id),
            ("card", &IfSome(&Some(&reading.card).filter(|card| !card.is_unknown()))),
            ("createdAt", &reading.created_at),
        ]);
    }
}

/// A charge as Compago tells it, with our own name for it if it was made here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardPaymentView {
    /// What Compago tells.
    pub payment: CardPayment,
    /// Ours.
    pub reference: Option<Reference>,
}

impl ToJson for CardPaymentView {
    fn to_json(&self, out: &mut Writer) {
        let Self { payment, reference } = self;
        out.object(&[
            ("id", &payment.id),
            ("status", &ChargeStatus::of(&payment.status)),
            ("amount", &payment.amount),
            ("currency", &payment.currency),
            ("createdAt", &IfSome(&payment.created_at)),
            ("reference", &IfSome(&reference.map(|reference| reference.to_string()))),
        ]);
    }
}
