//! `/v1/operations…`.

use axum::Json as Reply;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sigill_core::id::OperationId;
use sigill_core::wire::operation::{Ask, Asked, Confirm, Confirmed, Progress};
use sigill_core::wire::problem::Problem;

use super::extract::{Json, Name, Nothing, Signed};
use crate::failure::Failure;
use crate::operation::{ask, confirm, watch};
use crate::service::Shared;

/// Asks for a dangerous act. Nothing happens yet.
#[utoipa::path(post, operation_id = "operation_create", path = "/v1/operations", tag = "operation", request_body = Ask, responses(
    (status = 201, body = Asked),
    (status = 409, body = Problem, description = "`stale`, `key_reused`"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn create(
    State(service): State<Shared>,
    request: Signed<Json<Ask>>,
) -> Result<(StatusCode, Reply<Asked>), Failure> {
    let asked = ask::ask(&service, &request.caller, request.body.0).await?;
    Ok((StatusCode::CREATED, Reply(asked)))
}

/// Where an operation stands.
#[utoipa::path(get, operation_id = "operation_show", path = "/v1/operations/{operation}", tag = "operation",
    params(("operation" = String, Path, description = "Its name, 32 hexadecimal digits")),
    responses((status = 200, body = Progress), (status = 404, body = Problem)))]
pub(crate) async fn show(
    State(service): State<Shared>,
    Name(id): Name<OperationId>,
    request: Signed<Nothing>,
) -> Result<Reply<Progress>, Failure> {
    Ok(Reply(watch::progress(&service, &request.caller, id).await?))
}

/// Asks for a new code; the old one is dead.
#[utoipa::path(post, operation_id = "operation_code", path = "/v1/operations/{operation}/code", tag = "operation",
    params(("operation" = String, Path, description = "Its name, 32 hexadecimal digits")),
    responses((status = 200, body = Asked), (status = 429, body = Problem, description = "`too_soon`"), (status = "4XX", body = Problem)))]
pub(crate) async fn code(
    State(service): State<Shared>,
    Name(id): Name<OperationId>,
    request: Signed<Nothing>,
) -> Result<Reply<Asked>, Failure> {
    Ok(Reply(watch::resend(&service, &request.caller, id).await?))
}

/// Asks for a text message with a code; the one before it is dead.
#[utoipa::path(post, operation_id = "operation_text", path = "/v1/operations/{operation}/text", tag = "operation",
    params(("operation" = String, Path, description = "Its name, 32 hexadecimal digits")),
    responses((status = 200, body = Asked), (status = 429, body = Problem, description = "`too_soon`"),
        (status = 503, body = Problem, description = "`texts_unavailable`"), (status = "4XX", body = Problem)))]
pub(crate) async fn text(
    State(service): State<Shared>,
    Name(id): Name<OperationId>,
    request: Signed<Nothing>,
) -> Result<Reply<Asked>, Failure> {
    Ok(Reply(watch::text(&service, &request.caller, id).await?))
}

/// Brings the proofs.
#[utoipa::path(post, operation_id = "operation_confirm", path = "/v1/operations/{operation}/confirm", tag = "operation", request_body = Confirm,
    params(("operation" = String, Path, description = "Its name, 32 hexadecimal digits")),
    responses(
        (status = 200, body = Confirmed),
        (status = 403, body = Problem, description = "`proof_rejected`"),
        (status = 409, body = Problem, description = "`stale`"),
        (status = 410, body = Problem, description = "`expired`, `burnt`, `superseded`, `cancelled`, `code_expired`"),
        (status = "4XX", body = Problem)))]
pub(crate) async fn confirm(
    State(service): State<Shared>,
    Name(id): Name<OperationId>,
    request: Signed<Json<Confirm>>,
) -> Result<Response, Failure> {
    let Signed { caller, body, raw } = request;
    let answer = confirm::confirm(service, caller, (id, raw), body.0).await?;
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Ok((
        status,
        [(header::CONTENT_TYPE, "application/json")],
        answer.body,
    )
        .into_response())
}

/// Cancels an operation; twice is once.
#[utoipa::path(post, operation_id = "operation_cancel", path = "/v1/operations/{operation}/cancel", tag = "operation",
    params(("operation" = String, Path, description = "Its name, 32 hexadecimal digits")),
    responses((status = 204, description = "It is void"), (status = "4XX", body = Problem)))]
pub(crate) async fn cancel(
    State(service): State<Shared>,
    Name(id): Name<OperationId>,
    request: Signed<Nothing>,
) -> Result<StatusCode, Failure> {
    watch::cancel(&service, &request.caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The device's journal is done with it.
#[utoipa::path(post, operation_id = "operation_acknowledge", path = "/v1/operations/{operation}/ack", tag = "operation",
    params(("operation" = String, Path, description = "Its name, 32 hexadecimal digits")),
    responses((status = 204, description = "Noted"), (status = 404, body = Problem)))]
pub(crate) async fn acknowledge(
    State(service): State<Shared>,
    Name(id): Name<OperationId>,
    request: Signed<Nothing>,
) -> Result<StatusCode, Failure> {
    watch::acknowledge(&service, &request.caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
