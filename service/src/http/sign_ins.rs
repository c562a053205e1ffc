//! `/v1/providers`, `/v1/sign-ins…`, `/v1/portal-hints`.

use axum::Json as Reply;
use axum::extract::State;
use axum::http::StatusCode;
use sigill_core::id::OperationId;
use sigill_core::wire::portal::{
    AskHint, BeginSignIn, Hint, Provider, Providers, SignInBegun, SignInProgress,
};
use sigill_core::wire::problem::Problem;

use super::extract::{Json, Name, Nothing, Proven, Signed};
use crate::account::provider_session;
use crate::failure::Failure;
use crate::portal::hint;
use crate::service::Shared;

/// Where somebody can sign in besides by an account password.
#[utoipa::path(get, operation_id = "providers_list", path = "/v1/providers", tag = "account",
    responses((status = 200, body = Providers)))]
pub(crate) async fn providers(State(service): State<Shared>) -> Reply<Providers> {
    let providers = service.providers.all().iter().map(|one| Provider {
        name: one.settings.name.clone(),
        label: one.settings.label.clone(),
    });
    Reply(Providers {
        providers: providers.collect(),
    })
}

/// A device wants to be signed in by a provider; the answer's address is for a tab.
#[utoipa::path(post, operation_id = "sign_in_begin", path = "/v1/sign-ins", tag = "account", request_body = BeginSignIn, responses(
    (status = 201, body = SignInBegun),
    (status = "4XX", body = Problem)))]
pub(crate) async fn begin(
    State(service): State<Shared>,
    request: Proven<Json<BeginSignIn>>,
) -> Result<(StatusCode, Reply<SignInBegun>), Failure> {
    let begun = provider_session::begin(&service, request.stranger, request.body.0).await?;
    Ok((StatusCode::CREATED, Reply(begun)))
}

/// How far it is; with the session once it is there.
#[utoipa::path(post, operation_id = "sign_in_progress", path = "/v1/sign-ins/{sign_in}/session", tag = "account",
    params(("sign_in" = String, Path, description = "Its name, 32 hexadecimal digits")),
    responses(
        (status = 200, body = SignInProgress),
        (status = 404, body = Problem, description = "Unknown, over, or another device's"),
        (status = "4XX", body = Problem)))]
pub(crate) async fn progress(
    State(service): State<Shared>,
    Name(sign_in): Name<OperationId>,
    request: Proven<Nothing>,
) -> Result<Reply<SignInProgress>, Failure> {
    let Proven {
        stranger,
        body: Nothing,
    } = request;
    let progress = provider_session::progress(&service, stranger.device, sign_in).await?;
    Ok(Reply(progress))
}

/// The way to the portal, for a person whose device waits.
#[utoipa::path(post, operation_id = "portal_hint", path = "/v1/portal-hints", tag = "account", request_body = AskHint, responses(
    (status = 201, body = Hint),
    (status = "4XX", body = Problem)))]
pub(crate) async fn hint(
    State(service): State<Shared>,
    request: Signed<Json<AskHint>>,
) -> Result<(StatusCode, Reply<Hint>), Failure> {
    let hint = hint::ask(&service, &request.caller, request.body.0.place).await?;
    Ok((StatusCode::CREATED, Reply(hint)))
}
