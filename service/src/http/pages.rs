//! Pages of the service itself: no script, nothing from elsewhere.

use askama::Template;
use axum::Json as Reply;
use axum::extract::{Query, RawQuery, State};
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use sigill_core::confirmation::operation::State as Stand;
use sigill_core::wire::account::Language;
use sigill_core::wire::problem::Code;

use super::extract::Name;
use crate::courier::notice::action_name;
use crate::courier::post::{Mail, Post};
use crate::courier::texts::Texts;
use crate::failure::Failure;
use crate::operation::watch::{NotMe, not_me as look, was_not_me as act};
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

pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(super) fn page(
    status: StatusCode,
    policy: &'static str,
    html: askama::Result<String>,
) -> Response {
    match html {
        Ok(html) => (status, [(CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response(),
        Err(error) => Failure::internal(&error).into_response(),
    }
}

/// What a link in a mail asks, and its button.
#[derive(Template)]
#[template(path = "question.html")]
pub(super) struct QuestionPage {
    pub(super) language: &'static str,
    pub(super) title: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) small: Option<String>,
    pub(super) button: Option<String>,
    pub(super) after_button: Option<String>,
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

/// The link in a code mail. Opening it changes nothing.
pub(crate) async fn not_me(
    State(service): State<Shared>,
    Name(token): Name<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let texts = language(query.as_deref(), &headers);
    match look(&service, &token).await {
        Ok(shown) => page(StatusCode::OK, POLICY, question(texts, &shown).render()),
        Err(failure) => not_shown(texts, failure),
    }
}

/// Its button.
pub(crate) async fn was_not_me(
    State(service): State<Shared>,
    Name(token): Name<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let texts = language(query.as_deref(), &headers);
    match act(&service, &token).await {
        Ok(shown) => page(StatusCode::OK, POLICY, answer(texts, &shown).render()),
        Err(failure) => not_shown(texts, failure),
    }
}

fn asked(texts: Texts, shown: &NotMe) -> String {
    let device = shown
        .device
        .as_ref()
        .map_or("?", |device| device.name.as_str());
    let action = action_name(texts, shown.operation.request.action);
    let time = texts.time(shown.operation.created_at);
    let fill = [
        ("device", device),
        ("action", action.as_str()),
        ("time", time.as_str()),
    ];
    texts.text("notme_asked", &fill)
}

fn stand(texts: Texts, shown: &NotMe) -> String {
    match &shown.operation.state {
        Stand::Pending => texts.text("notme_pending", &[]),
        Stand::Executed { receipt } => {
            let receipt = &receipt.receipt;
            if receipt.quarantine_until > receipt.executed_at {
                let date = texts.time(receipt.quarantine_until);
                texts.text("notme_executed", &[("date", &date)])
            } else {
                texts.text("notme_executed_cloud_as_it_was", &[])
            }
        }
        Stand::Stale | Stand::Expired | Stand::Burnt | Stand::Superseded | Stand::Cancelled => {
            texts.text("notme_over", &[])
        }
    }
}

fn words(texts: Texts, shown: &NotMe) -> Option<String> {
    let reference = shown.operation.reference().to_string();
    Some(texts.text("notme_words", &[("reference", &reference)]))
}

fn question(texts: Texts, shown: &NotMe) -> QuestionPage {
    let button = match shown.operation.state {
        Stand::Pending => "notme_button",
        Stand::Executed { .. }
        | Stand::Stale
        | Stand::Expired
        | Stand::Burnt
        | Stand::Superseded
        | Stand::Cancelled => "notme_button_executed",
    };
    QuestionPage {
        language: texts.tag(),
        title: texts.text("notme_title", &[]),
        paragraphs: vec![asked(texts, shown), stand(texts, shown)],
        small: words(texts, shown),
        button: Some(texts.text(button, &[])),
        after_button: Some(texts.text("notme_was_me", &[])),
    }
}

fn answer(texts: Texts, shown: &NotMe) -> QuestionPage {
    let paragraphs = if shown.is_executed() {
        vec![texts.text("notme_done_executed", &[]), stand(texts, shown)]
    } else {
        vec![texts.text("notme_done_cancelled", &[])]
    };
    QuestionPage {
        language: texts.tag(),
        title: texts.text("notme_done_title", &[]),
        paragraphs: [paragraphs, vec![texts.text("notme_next", &[])]].concat(),
        small: words(texts, shown),
        button: None,
        after_button: None,
    }
}

fn not_shown(texts: Texts, failure: Failure) -> Response {
    if failure.0.error != Code::NotFound {
        return failure.into_response();
    }
    let absent = QuestionPage {
        language: texts.tag(),
        title: texts.text("notme_absent_title", &[]),
        paragraphs: vec![texts.text("notme_absent_text", &[])],
        small: None,
        button: None,
        after_button: None,
    };
    page(StatusCode::NOT_FOUND, POLICY, absent.render())
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
    page(StatusCode::OK, POLICY, shown.render())
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
