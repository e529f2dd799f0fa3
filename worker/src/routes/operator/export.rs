//! `GET /api/operator/orders.csv`: a page of the list of orders as a table, with who bought and where it goes.
//!
//! The index knows which orders are on the page, and nothing of their customers: each order is asked itself, and records that it was
//! exported. The pages together are one table: only the first has a header, and each line ends with a line break. Without a filter of its
//! own the table ends with its first page's time: an order that is placed meanwhile would shift the pages behind it.

use compago::edge::Role;
use compago::edge::csv::CsvFormat;
use compago::edge::operator_query::{OrderExportQuery, OrderQuery};
use compago::edge::order_csv::OrderExport;
use compago::edge::order_detail::OrderRow;
use compago::problem::Locale;
use futures_util::stream::{self, StreamExt as _};
use serde::Deserialize;
use serde_json::json;
use worker::{Env, Response};

use crate::config::ORDERS;
use crate::http::error::{ApiError, InternalError};
use crate::http::request::{Incoming, locale};
use crate::http::respond::head;
use crate::objects::index_client;
use crate::objects::operator_index::list;
use crate::objects::order::message::Command;
use crate::objects::order::send;
use crate::objects::stored::read;
use crate::routes::shop_file;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// How many orders are asked at the same time: the connections that a Worker may have open at once.
const AT_ONCE: usize = 6;

/// A page of the index's list.
#[derive(Deserialize)]
struct Page {
    count: u64,
    items: Vec<OrderRow>,
}

/// Answers with a page of the list, and names the next one in `Link`. An order that cannot answer has only what the index knows.
///
/// # Errors
/// [`ApiError::InvalidQuery`], [`ApiError::Internal`].
pub(super) async fn answer(role: Role, query: &str, request: &Incoming, env: &Env) -> Result<Response, ApiError> {
    let OrderExportQuery { mut orders, format } = OrderExportQuery::parse(query).ok_or(ApiError::InvalidQuery)?;
    orders.to.get_or_insert_with(now);
    let mut answer = index_client::send(&list::orders_asked(orders.clone()), locale(request), env).await?;
    if answer.status_code() != 200 {
        return Ok(answer);
    }
    let Page { count, items } = read(&answer.text().await?)?;
    let behind = u64::from(orders.page) * u64::from(orders.page_size.get());
    let next = (behind < count).then(|| link_to_next(&orders, format));
    let zone = shop_file::zone(env).await;
    let named = format!("attachment; filename=\"{}\"", format.order_file_name(now(), &zone));
    let total = count.to_string();
    let mut headers = Vec::from([
        ("content-type", "text/csv; charset=utf-8"),
        ("content-disposition", named.as_str()),
        ("x-total-count", total.as_str()),
    ]);
    headers.extend(next.as_deref().map(|next| ("link", next)));
    let head = head(200, &headers)?;
    if request.method() == "HEAD" {
        return Ok(head.empty());
    }
    let mut table = if orders.page == 1 { format.order_header() } else { String::new() };
    let mut rows = stream::iter(items).map(|row| ask(row, role, env)).buffered(AT_ONCE);
    while let Some(order) = rows.next().await {
        table.push_str(&format.order_row(&order, &zone));
    }
    Ok(head.fixed(table.into_bytes()))
}

/// What an order says of itself, or, if it cannot answer, what the index knows of it.
async fn ask(row: OrderRow, role: Role, env: &Env) -> OrderExport {
    match export(&row, role, env).await {
        Ok(order) => order,
        Err(error) => {
            log::write(
                Level::Warn,
                "order-not-exported",
                json!({ "reference": row.reference.to_string(), "code": error.code(), "error": error.internal() }),
            );
            OrderExport::of_row(row)
        }
    }
}

async fn export(row: &OrderRow, role: Role, env: &Env) -> Result<OrderExport, ApiError> {
    let mut answer = send(&row.reference, Command::Export { role }, Locale::En, env).await?;
    match answer.status_code() {
        200 => Ok(read(&answer.text().await?)?),
        404 => {
            index_client::report_missing(&row.reference, env).await?;
            Err(ApiError::NotFound)
        }
        status => Err(InternalError::Answered { whose: ORDERS, status }.into()),
    }
}

/// The `Link` of the page that follows, relative to the host that was asked.
fn link_to_next(orders: &OrderQuery, format: CsvFormat) -> String {
    let next = OrderExportQuery { orders: OrderQuery { page: orders.page + 1, ..orders.clone() }, format };
    let pairs: Vec<String> = next
        .pairs()
        .into_iter()
        .map(|(name, value)| {
            format!("{}={}", js_sys::encode_uri_component(&name), js_sys::encode_uri_component(&value))
        })
        .collect();
    format!("</api/operator/orders.csv?{}>; rel=\"next\"", pairs.join("&"))
}
