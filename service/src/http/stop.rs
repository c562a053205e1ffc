//! `/stop/…`, the link in mails about what takes seven days, and
//! `/v1/waits/…/stop`, the button of a device. Both can only say no.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sigill_core::confirmation::wait::Lost;
use sigill_core::wire::problem::{Code, Problem};

use super::extract::{Name, Nothing, Signed};
use super::pages::{POLICY, QuestionPage, language, page};
use crate::account::overview;
use crate::courier::texts::Texts;
use crate::courier::wait::will;
use crate::failure::Failure;
use crate::service::Shared;
use crate::wait::stop::{stop, stop_by_mail, waiting};

/// What waits does not happen; twice is once.
#[utoipa::path(post, operation_id = "wait_stop", path = "/v1/waits/{lost}/stop", tag = "account",
    params(("lost" = String, Path, description = "`factor`, `address`, `provider` or `password`")),
    responses((status = 204, description = "It does not happen"), (status = "4XX", body = Problem)))]
pub(crate) async fn by_device(
    State(service): State<Shared>,
    Name(lost): Name<Lost>,
    request: Signed<Nothing>,
) -> Result<StatusCode, Failure> {
    let session = &request.caller.session;
    let whose = (session.account, lost);
    stop(&service, whose, Some(session.device)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The address is still the person's own.
#[utoipa::path(post, operation_id = "account_address", path = "/v1/account/address", tag = "account",
    responses((status = 204, description = "Not asked again for a year"), (status = "4XX", body = Problem)))]
pub(crate) async fn still_mine(
    State(service): State<Shared>,
    request: Signed<Nothing>,
) -> Result<StatusCode, Failure> {
    overview::still_mine(&service, request.caller.session.account).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Opening the link changes nothing: mail scanners open links.
pub(crate) async fn show(
    State(service): State<Shared>,
    Name(token): Name<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let texts = language(query.as_deref(), &headers);
    match waiting(&service, &token).await {
        Ok(row) => {
            let mut question = said(texts, "portal_wait_title", vec![will(texts, &row)]);
            question.button = Some(texts.text("portal_wait_stop", &[]));
            question.after_button = Some(texts.text("mail_wait_was_you", &[]));
            page(StatusCode::OK, POLICY, question.render())
        }
        Err(failure) => absent(texts, failure),
    }
}

/// Its button.
pub(crate) async fn by_mail(
    State(service): State<Shared>,
    Name(token): Name<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let texts = language(query.as_deref(), &headers);
    match stop_by_mail(&service, &token).await {
        Ok(()) => {
            let then = ["portal_wait_stopped", "mail_wait_stopped_then"];
            let then = then.map(|key| texts.text(key, &[]));
            let answer = said(texts, "notme_done_title", then.into());
            page(StatusCode::OK, POLICY, answer.render())
        }
        Err(failure) => absent(texts, failure),
    }
}

fn said(texts: Texts, title: &str, paragraphs: Vec<String>) -> QuestionPage {
    QuestionPage {
        language: texts.tag(),
        title: texts.text(title, &[]),
        paragraphs,
        small: None,
        button: None,
        after_button: None,
    }
}

fn absent(texts: Texts, failure: Failure) -> Response {
    if failure.0.error != Code::NotFound {
        return failure.into_response();
    }
    let over = vec![texts.text("portal_wait_absent", &[])];
    let over = said(texts, "notme_absent_title", over);
    page(StatusCode::NOT_FOUND, POLICY, over.render())
}
