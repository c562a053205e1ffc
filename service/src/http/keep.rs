//! The link in a mail that tells of a deletion: it keeps the account.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sigill_core::wire::problem::Code;

use super::extract::Name;
use super::pages::{POLICY, QuestionPage, language, page};
use crate::account::deletion::{going, keep_by_mail};
use crate::courier::texts::Texts;
use crate::failure::Failure;
use crate::service::Shared;

/// Opening it changes nothing: mail scanners open links.
pub(crate) async fn ask(
    State(service): State<Shared>,
    Name(token): Name<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let texts = language(query.as_deref(), &headers);
    match going(&service, &token).await {
        Ok(row) => {
            let at = texts.time(row.delete_at);
            let waits = texts.text("portal_delete_waits", &[("time", &at)]);
            let button = texts.text("portal_delete_keep", &[]);
            shown(texts, ("portal_delete_title", waits), Some(button))
        }
        Err(failure) => not_shown(texts, failure),
    }
}

/// Its button.
pub(crate) async fn keep(
    State(service): State<Shared>,
    Name(token): Name<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let texts = language(query.as_deref(), &headers);
    match keep_by_mail(&service, &token).await {
        Ok(_) => {
            let kept = texts.text("portal_delete_kept", &[]);
            shown(texts, ("notme_done_title", kept), None)
        }
        Err(failure) => not_shown(texts, failure),
    }
}

fn question(texts: Texts, (title, text): (&str, String), button: Option<String>) -> QuestionPage {
    QuestionPage {
        language: texts.tag(),
        title: texts.text(title, &[]),
        paragraphs: vec![text],
        small: None,
        button,
        after_button: None,
    }
}

fn shown(texts: Texts, said: (&str, String), button: Option<String>) -> Response {
    page(
        StatusCode::OK,
        POLICY,
        question(texts, said, button).render(),
    )
}

fn not_shown(texts: Texts, failure: Failure) -> Response {
    if failure.0.error != Code::NotFound {
        return failure.into_response();
    }
    let said = ("notme_absent_title", texts.text("keep_absent_text", &[]));
    page(
        StatusCode::NOT_FOUND,
        POLICY,
        question(texts, said, None).render(),
    )
}
