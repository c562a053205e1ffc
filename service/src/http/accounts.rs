//! `/v1/accounts…`, `/v1/sessions…`, `/v1/account`, `/v1/devices/…`.

use axum::Json as Reply;
use axum::extract::State;
use axum::http::StatusCode;
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::account::{
    Account, Alarms, Lift, Refresh, Session, SignIn, SignUp, Verification, Verify,
};
use sigill_core::wire::problem::Problem;

use super::extract::{Json, Name, Nothing, Proven, Signed};
use crate::account::{connecting, deletion, hold, overview, session, sign_in, sign_up};
use crate::failure::Failure;
use crate::operation::ask::shares;
use crate::service::Shared;

/// Asks for a new account; the same answer for known and unknown addresses.
#[utoipa::path(post, operation_id = "account_create", path = "/v1/accounts", tag = "account", request_body = SignUp, responses(
    (status = 202, description = "A mail is on its way"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn create(
    State(service): State<Shared>,
    request: Proven<Json<SignUp>>,
) -> Result<StatusCode, Failure> {
    sign_up::sign_up(&service, request.stranger, request.body.0).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Takes the code from the verification mail.
#[utoipa::path(post, operation_id = "account_verify", path = "/v1/accounts/verify", tag = "account", request_body = Verify, responses(
    (status = 204, description = "The account is there"),
    (status = 403, body = Problem, description = "`proof_rejected`"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn verify(
    State(service): State<Shared>,
    request: Proven<Json<Verify>>,
) -> Result<StatusCode, Failure> {
    sign_up::verify(&service, request.stranger, request.body.0).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks for the verification mail again; always the same answer.
#[utoipa::path(post, operation_id = "account_resend", path = "/v1/accounts/verification", tag = "account", request_body = Verification, responses(
    (status = 202, description = "If one is due, it is on its way"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn resend(
    State(service): State<Shared>,
    request: Proven<Json<Verification>>,
) -> Result<StatusCode, Failure> {
    sign_up::resend(&service, request.stranger, request.body.0).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Signs a device in.
#[utoipa::path(post, operation_id = "account_begin", path = "/v1/sessions", tag = "account", request_body = SignIn, responses(
    (status = 201, body = Session),
    (status = 403, body = Problem, description = "`sign_in_rejected`, `email_not_verified`"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn begin(
    State(service): State<Shared>,
    request: Proven<Json<SignIn>>,
) -> Result<(StatusCode, Reply<Session>), Failure> {
    let session = sign_in::sign_in(&service, request.stranger, request.body.0).await?;
    Ok((StatusCode::CREATED, Reply(session)))
}

/// Swaps a refresh token for its successor.
#[utoipa::path(post, operation_id = "account_refresh", path = "/v1/sessions/refresh", tag = "account", request_body = Refresh, responses(
    (status = 200, body = Session),
    (status = 401, body = Problem, description = "`signed_out`")))]
pub(crate) async fn refresh(
    State(service): State<Shared>,
    request: Proven<Json<Refresh>>,
) -> Result<Reply<Session>, Failure> {
    let session = session::refresh(&service, request.stranger, request.body.0).await?;
    Ok(Reply(session))
}

/// Ends the session that asks.
#[utoipa::path(delete, operation_id = "account_end", path = "/v1/sessions/current", tag = "account", responses(
    (status = 204, description = "It ended"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn end(
    State(service): State<Shared>,
    request: Signed<Nothing>,
) -> Result<StatusCode, Failure> {
    let own = &request.caller.session;
    session::sign_out(&service, (own.account, own.device)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The account as the asking device sees it.
#[utoipa::path(get, operation_id = "account_show", path = "/v1/account", tag = "account", responses(
    (status = 200, body = Account),
    (status = "4XX", body = Problem)))]
pub(crate) async fn show(
    State(service): State<Shared>,
    request: Signed<Nothing>,
) -> Result<Reply<Account>, Failure> {
    Ok(Reply(overview::overview(&service, &request.caller).await?))
}

/// Signs a device of the account out.
#[utoipa::path(delete, operation_id = "account_sign_device_out", path = "/v1/devices/{device}", tag = "account",
    params(("device" = String, Path, description = "Its name, 32 hexadecimal digits")),
    responses((status = 204, description = "Its sessions ended"), (status = "4XX", body = Problem)))]
pub(crate) async fn sign_device_out(
    State(service): State<Shared>,
    Name(device): Name<DeviceId>,
    request: Signed<Nothing>,
) -> Result<StatusCode, Failure> {
    let own = &request.caller.session;
    session::sign_device_out(&service, (own.account, own.device), device).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lifts the hold.
#[utoipa::path(post, operation_id = "account_lift", path = "/v1/hold/lift", tag = "account", request_body = Lift, responses(
    (status = 204, description = "Nothing waits any more"),
    (status = 403, body = Problem, description = "`held`, `second_factor_needed`, `proof_rejected`"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn lift(
    State(service): State<Shared>,
    request: Signed<Json<Lift>>,
) -> Result<StatusCode, Failure> {
    let whose = (request.caller.asker(), shares(&service, &request.caller));
    hold::lift(&service, whose, request.body.0.second_factor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a device hears by its key alone.
#[utoipa::path(get, operation_id = "account_alarms", path = "/v1/alarms", tag = "account", responses(
    (status = 200, body = Alarms),
    (status = "4XX", body = Problem)))]
pub(crate) async fn alarms(
    State(service): State<Shared>,
    request: Proven<Nothing>,
) -> Result<Reply<Alarms>, Failure> {
    Ok(Reply(hold::alarms(&service, request.stranger).await?))
}

/// A device that was there before says no.
#[utoipa::path(post, operation_id = "account_veto", path = "/v1/alarms/{account}/veto", tag = "account",
    params(("account" = String, Path, description = "The account, 32 hexadecimal digits")),
    responses((status = 204, description = "What waited is cancelled"), (status = "4XX", body = Problem)))]
pub(crate) async fn veto(
    State(service): State<Shared>,
    Name(account): Name<AccountId>,
    request: Proven<Nothing>,
) -> Result<StatusCode, Failure> {
    hold::veto(&service, request.stranger, account).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Keeps an account that was to be deleted. No limit counts this.
#[utoipa::path(post, operation_id = "account_keep", path = "/v1/account/keep", tag = "account", responses(
    (status = 204, description = "It stays"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn keep(
    State(service): State<Shared>,
    request: Signed<Nothing>,
) -> Result<StatusCode, Failure> {
    let session = &request.caller.session;
    deletion::keep(&service, (session.account, session.device)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes connecting back: within 72 hours, by the only device. The device checks
/// the master password, unties its vault after this, and signs out.
#[utoipa::path(post, operation_id = "account_undo_connecting", path = "/v1/account/connecting/undo", tag = "account", responses(
    (status = 204, description = "It is in the timeline, and mailed"),
    (status = 403, body = Problem, description = "`not_offered`"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn undo_connecting(
    State(service): State<Shared>,
    request: Signed<Nothing>,
) -> Result<StatusCode, Failure> {
    connecting::undo(&service, &request.caller).await?;
    Ok(StatusCode::NO_CONTENT)
}
