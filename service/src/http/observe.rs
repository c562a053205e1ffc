//! Logs without secrets, and headers on every answer.
//!
//! A line says: request, method, matched path, status, milliseconds. Never a
//! body, a token, a query, an address, or the path itself (it may hold a link's token).

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::dpop::nonce;
use crate::random;
use crate::service::Shared;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
static DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// One line a request.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = random::bytes::<8>().map_or(0, u64::from_be_bytes);
    let id = format!("{id:016x}");
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>();
    let path = path.map_or_else(|| "(none)".into(), |path| path.as_str().to_owned());
    let mut response = next.run(request).await;
    let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    tracing::info!(request = %id, %method, path, status, milliseconds, "answered");
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(&REQUEST_ID, id);
    }
    response
}

/// What every answer says to browsers.
pub(crate) async fn protect(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (STRICT_TRANSPORT_SECURITY, "max-age=63072000"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers
        .entry(axum::http::header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(
            "default-src 'none'; frame-ancestors 'none'",
        ));
    response
}

/// A fresh nonce with every answer, so that the next proof needs no second request.
pub(crate) async fn offer_nonce(
    State(service): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let nonce = nonce::make(&service.secrets.nonce, service.now());
    if let Ok(nonce) = HeaderValue::from_str(&nonce) {
        response.headers_mut().insert(&DPOP_NONCE, nonce);
    }
    response
}
