//! `/stop/…`, the link in mails about what takes seven days, and
//! `/v1/waits/…/stop`, the button of a device. Both can only say no.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sigill_core::confirmation::wait::Lost;
use sigill_core::wire::problem::Problem;

use super::extract::{Name, Nothing, Signed};
use super::link::{Link, Question};
use crate::account::overview;
use crate::courier::wait::will;
use crate::failure::Failure;
use crate::service::Shared;
use crate::wait::stop::{stop, stop_by_mail, waiting};

const ABSENT: &str = "portal_wait_absent";

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

/// What waits, and until when.
pub(crate) async fn ask(link: Link) -> Response {
    let texts = link.texts;
    let found = waiting(&link.service, &link.token).await.map(|row| {
        let title = texts.text("portal_wait_title", &[]);
        Question {
            button: Some(texts.text("portal_wait_stop", &[])),
            after_button: Some(texts.text("mail_wait_was_you", &[])),
            ..Question::told(title, vec![will(texts, &row)])
        }
    });
    link.answer(found, ABSENT)
}

/// Its button.
pub(crate) async fn press(link: Link) -> Response {
    let texts = link.texts;
    let stopped = stop_by_mail(&link.service, &link.token).await.map(|()| {
        let then = ["portal_wait_stopped", "mail_wait_stopped_then"];
        let then = then.map(|key| texts.text(key, &[]));
        Question::told(texts.text("notme_done_title", &[]), then.into())
    });
    link.answer(stopped, ABSENT)
}
