//! `/v1/factors`, `/v1/enrolments…`, `/v1/weakenings`.

use axum::Json as Reply;
use axum::extract::State;
use axum::http::StatusCode;
use sigill_core::id::EnrolmentId;
use sigill_core::wire::factor::{Enrol, Enrolled, Factors, Try};
use sigill_core::wire::problem::Problem;
use sigill_core::wire::weakening::{Stage, Staged};

use super::extract::{Json, Name, Nothing, Signed};
use crate::factor::{enrol, staged};
use crate::failure::Failure;
use crate::operation::ask::shares;
use crate::service::Shared;

/// The second factors of the account.
#[utoipa::path(get, operation_id = "factor_list", path = "/v1/factors", tag = "factor", responses(
    (status = 200, body = Factors),
    (status = "4XX", body = Problem)))]
pub(crate) async fn list(
    State(service): State<Shared>,
    request: Signed<Nothing>,
) -> Result<Reply<Factors>, Failure> {
    Ok(Reply(enrol::list(&service, request.caller.asker()).await?))
}

/// Begins to enrol a phone, an authenticator, backup codes or an address.
#[utoipa::path(post, operation_id = "factor_enrol", path = "/v1/enrolments", tag = "factor", request_body = Enrol, responses(
    (status = 201, body = Enrolled),
    (status = 503, body = Problem, description = "`texts_unavailable`"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn enrol(
    State(service): State<Shared>,
    request: Signed<Json<Enrol>>,
) -> Result<(StatusCode, Reply<Enrolled>), Failure> {
    let whose = (request.caller.asker(), shares(&service, &request.caller));
    let enrolled = enrol::begin(&service, whose, request.body.0).await?;
    Ok((StatusCode::CREATED, Reply(enrolled)))
}

/// Shows that what is enrolled works.
#[utoipa::path(post, operation_id = "factor_try", path = "/v1/enrolments/{enrolment}/try", tag = "factor", request_body = Try,
    params(("enrolment" = String, Path, description = "Its name, 32 hexadecimal digits")),
    responses(
        (status = 204, description = "It works"),
        (status = 403, body = Problem, description = "`proof_rejected`"),
        (status = 410, body = Problem, description = "`code_expired`, `burnt`"),
        (status = "4XX", body = Problem)))]
pub(crate) async fn try_it(
    State(service): State<Shared>,
    Name(id): Name<EnrolmentId>,
    request: Signed<Json<Try>>,
) -> Result<StatusCode, Failure> {
    let whose = (request.caller.asker(), id);
    enrol::try_it(&service, whose, request.body.0.code.expose()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Stages what the next `weaken` of this device is about.
#[utoipa::path(post, operation_id = "weakening_stage", path = "/v1/weakenings", tag = "operation", request_body = Stage, responses(
    (status = 201, body = Staged),
    (status = "4XX", body = Problem)))]
pub(crate) async fn stage(
    State(service): State<Shared>,
    request: Signed<Json<Stage>>,
) -> Result<(StatusCode, Reply<Staged>), Failure> {
    let whose = (request.caller.asker(), shares(&service, &request.caller));
    let staged = staged::begin(&service, whose, request.body.0).await?;
    Ok((StatusCode::CREATED, Reply(staged)))
}
