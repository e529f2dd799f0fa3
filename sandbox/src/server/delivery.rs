//! Brings an answer to the caller as its fault demands: late, once the faults are cleared, in part, or not at all.

use std::io;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{StreamExt, stream};

use super::line::Line;
use crate::api::Outlook;

/// Middleware of every request.
pub(super) async fn deliver(ConnectInfo(line): ConnectInfo<Line>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    match response.extensions_mut().remove() {
        None | Some(Outlook::Answered) => {}
        Some(Outlook::Late(by)) => tokio::time::sleep(by).await,
        // An error means that the sandbox was reset, which clears its faults as well.
        Some(Outlook::Held(mut release)) => release.changed().await.unwrap_or_default(),
        Some(Outlook::Halved) => return halved(response).await,
        Some(Outlook::Lost) => line.drop_connection(),
    }
    response
}

/// Declares the whole length, sends half of the body, then disconnects.
async fn halved(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let half = whole.slice(..whole.len() / 2);
    let sent = stream::once(async move { Ok(half) });
    let broken = stream::once(async {
        // The server flushes when the next part is not ready yet; without the pause it would send nothing.
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    });
    Response::from_parts(parts, Body::from_stream(sent.chain(broken)))
}
