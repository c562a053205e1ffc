//! Pages of the service itself: no script, nothing from elsewhere.

use askama::Template;
use axum::Json as Reply;
use axum::extract::{Query, State};
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use sigill_core::wire::account::Language;

use crate::courier::post::{Mail, Post};
use crate::courier::texts::Texts;
use crate::failure::Failure;
use crate::service::Shared;

/// The process runs.
pub(crate) async fn is_alive() -> &'static str {
    "alive\n"
}

/// The database answers.
pub(crate) async fn is_ready(State(service): State<Shared>) -> Result<&'static str, Failure> {
    service
        .store
        .is_ready()
        .await
        .map_err(|_| Failure::busy())?;
    Ok("ready\n")
}

/// The pages' looks, in light and dark.
pub(crate) async fn style() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, include_str!("../../templates/page.css"))
}

const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(super) fn page(status: StatusCode, html: askama::Result<String>) -> Response {
    match html {
        Ok(html) => (status, [(CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response(),
        Err(error) => Failure::internal(&error).into_response(),
    }
}

/// `?lang` decides, else the browser's languages, else English.
pub(super) fn language(query: Option<&str>, headers: &HeaderMap) -> Texts {
    let asked =
        query.and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("lang=")));
    let accepted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let ranges = accepted.into_iter().flat_map(|value| value.split(','));
    let mut wanted = asked.into_iter().chain(ranges).map(str::trim);
    Texts(
        wanted
            .find_map(|tag| match tag.get(..2) {
                Some("sv") => Some(Language::Swedish),
                Some("en") => Some(Language::English),
                Some(_) | None => None,
            })
            .unwrap_or_default(),
    )
}

#[derive(Template)]
#[template(path = "inbox.html")]
struct InboxPage {
    mails: Vec<Mail>,
}

fn mails(service: &Shared) -> Vec<Mail> {
    match &service.post {
        Post::Inbox(inbox) => inbox.mails(),
        Post::Server(_) => Vec::new(),
    }
}

/// Mails that were not sent, for trying out.
pub(crate) async fn inbox(State(service): State<Shared>) -> Response {
    let shown = InboxPage {
        mails: mails(&service),
    };
    page(StatusCode::OK, shown.render())
}

/// The same for programs: `[{id, at, to, subject, text, html}]`, newest first.
pub(crate) async fn inbox_json(
    State(service): State<Shared>,
    Query(filter): Query<Filter>,
) -> Reply<Vec<Mail>> {
    let wanted = |mail: &Mail| filter.to.as_ref().is_none_or(|to| *to == mail.to);
    Reply(mails(&service).into_iter().filter(wanted).collect())
}

/// Which mails.
#[derive(serde::Deserialize)]
pub(crate) struct Filter {
    to: Option<String>,
}
