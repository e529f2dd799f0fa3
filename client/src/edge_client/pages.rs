//! The pages of a list, one after the other.

use compago::api::list::PageSize;
use compago::edge::index_answers::IndexPage;
use compago::edge::list::PageView;
use compago::edge::{Edge, ProblemDetails};
use compago::endpoint::{CallError, Endpoint, Transport};
use futures_util::stream::{Stream, StreamExt, try_unfold};

use super::EdgeClient;
use crate::limits::MAX_PAGES;

/// A page of a list.
pub(super) trait Page {
    /// Returns whether pages can follow this one.
    fn may_continue(&self) -> bool;
}

impl<T> Page for IndexPage<T> {
    fn may_continue(&self) -> bool {
        is_full(self.items.len(), self.page_size)
    }
}

impl<T> Page for PageView<T> {
    fn may_continue(&self) -> bool {
        is_full(self.items.len().saturating_add(self.unreadable), self.page_size)
    }
}

/// A page of a table, whose size is not in it: what is behind the last row is empty.
impl Page for String {
    fn may_continue(&self) -> bool {
        !self.is_empty()
    }
}

fn is_full(items: usize, size: PageSize) -> bool {
    items >= usize::from(size.get())
}

/// Requests one page after the other until none can follow, or [`MAX_PAGES`] were read, beginning with the number
/// `first`. `call` makes the call for a number.
pub(super) fn pages<'a, T, E>(
    client: &'a EdgeClient<T>,
    first: u32,
    call: impl Fn(u32) -> E,
) -> impl Stream<Item = Result<E::Answer, CallError<ProblemDetails>>>
where
    T: Transport<Edge>,
    E: Endpoint<Host = Edge, Answer: Page> + 'a,
{
    let pages = try_unfold((Some(first), call), move |(number, call)| async move {
        let Some(number) = number else { return Ok(None) };
        let page = client.call(&call(number)).await?;
        let next = if page.may_continue() { number.checked_add(1) } else { None };
        Ok(Some((page, (next, call))))
    });
    pages.take(MAX_PAGES)
}
