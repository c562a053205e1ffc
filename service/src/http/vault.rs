//! `/v1/vault…`, `/v1/uploads…`, `/v1/generations`.

use axum::Json as Reply;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use sigill_core::id::{GenerationId, ItemId, UploadId};
use sigill_core::wire::problem::{Code, Problem};
use sigill_core::wire::vault::{
    Changes, Cloud, EpochNonce, Generations, Moved, NewEpoch, Push, Pushed, Upload, UploadPart,
};

use super::extract::{Json, Name, Nothing, Signed};
use crate::cloud::{epoch, live, push, read, slots, upload};
use crate::failure::Failure;
use crate::service::Shared;

/// What the cloud holds.
#[utoipa::path(get, operation_id = "vault_show", path = "/v1/vault", tag = "vault", responses(
    (status = 200, body = Cloud),
    (status = "4XX", body = Problem)))]
pub(crate) async fn show(
    State(service): State<Shared>,
    request: Signed<Nothing>,
) -> Result<Reply<Cloud>, Failure> {
    Ok(Reply(read::vault(&service, &request.caller).await?))
}

/// Which changes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Since {
    generation: GenerationId,
    since: u64,
    after: Option<ItemId>,
}

/// What changed since a `seq`, in pages.
#[utoipa::path(get, operation_id = "vault_changes", path = "/v1/vault/changes", tag = "vault",
    params(
        ("generation" = String, Query, description = "The generation that is read, 32 hexadecimal digits"),
        ("since" = u64, Query, description = "The last `seq` that is known; 0 for everything"),
        ("after" = Option<String>, Query, description = "`after` of the page before")),
    responses(
        (status = 200, body = Changes),
        (status = 409, body = Problem, description = "`generation_replaced`"),
        (status = "4XX", body = Problem)))]
pub(crate) async fn changes(
    State(service): State<Shared>,
    since: Result<Query<Since>, QueryRejection>,
    request: Signed<Nothing>,
) -> Result<Reply<Changes>, Failure> {
    let Query(since) = since.map_err(|_| Failure::from(Code::MalformedRequest))?;
    let since = read::Since {
        generation: since.generation,
        seq: since.since,
        after: since.after,
    };
    Ok(Reply(
        read::changes(&service, &request.caller, since).await?,
    ))
}

/// Where a device knows the cloud to stand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    seq: u64,
}

/// Waits, for 15 seconds at most, until the cloud stands elsewhere than the device knows.
#[utoipa::path(get, operation_id = "vault_moved", path = "/v1/vault/moved", tag = "vault",
    params(("seq" = u64, Query, description = "The last `seq` that is known")),
    responses(
        (status = 200, body = Moved),
        (status = 429, body = Problem, description = "`too_many_requests`: too many of the account's pages wait"),
        (status = "4XX", body = Problem)))]
pub(crate) async fn moved(
    State(service): State<Shared>,
    known: Result<Query<Known>, QueryRejection>,
    request: Signed<Nothing>,
) -> Result<Reply<Moved>, Failure> {
    let Query(known) = known.map_err(|_| Failure::from(Code::MalformedRequest))?;
    Ok(Reply(
        live::moved(&service, &request.caller, known.seq).await?,
    ))
}

/// Writes records and the head over them.
#[utoipa::path(post, operation_id = "vault_push", path = "/v1/vault/push", tag = "vault", request_body = Push, responses(
    (status = 200, body = Pushed),
    (status = 409, body = Problem, description = "`operation_pending`, `vault_differs`"),
    (status = 412, body = Problem, description = "`head_moved`"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn push(
    State(service): State<Shared>,
    request: Signed<Json<Push>>,
) -> Result<Reply<Pushed>, Failure> {
    Ok(Reply(
        push::push(&service, &request.caller, request.body.0).await?,
    ))
}

/// What the password slot that stands signs together with a new epoch.
#[utoipa::path(get, operation_id = "vault_epoch_nonce", path = "/v1/vault/epoch", tag = "vault", responses(
    (status = 200, body = EpochNonce),
    (status = "4XX", body = Problem)))]
pub(crate) async fn epoch_nonce(
    State(service): State<Shared>,
    request: Signed<Nothing>,
) -> Result<Reply<EpochNonce>, Failure> {
    Ok(Reply(slots::nonce(&service, &request.caller).await?))
}

/// Puts the same vault under a new key into the old one's place.
#[utoipa::path(post, operation_id = "vault_begin_epoch", path = "/v1/vault/epoch", tag = "vault", request_body = NewEpoch, responses(
    (status = 200, body = Pushed),
    (status = 403, body = Problem, description = "`proof_rejected`"),
    (status = 409, body = Problem, description = "`operation_pending`, `vault_differs`"),
    (status = 412, body = Problem, description = "`head_moved`"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn begin_epoch(
    State(service): State<Shared>,
    request: Signed<Json<NewEpoch>>,
) -> Result<Reply<Pushed>, Failure> {
    Ok(Reply(
        epoch::begin(&service, &request.caller, request.body.0).await?,
    ))
}

/// Begins an upload.
#[utoipa::path(post, operation_id = "vault_begin_upload", path = "/v1/uploads", tag = "vault", responses(
    (status = 201, body = Upload),
    (status = "4XX", body = Problem)))]
pub(crate) async fn begin_upload(
    State(service): State<Shared>,
    request: Signed<Nothing>,
) -> Result<(StatusCode, Reply<Upload>), Failure> {
    let upload = upload::begin(&service, &request.caller).await?;
    Ok((StatusCode::CREATED, Reply(upload)))
}

/// Adds records to an upload.
#[utoipa::path(put, operation_id = "vault_add_to_upload", path = "/v1/uploads/{upload}", tag = "vault", request_body = UploadPart,
    params(("upload" = String, Path, description = "Its name, 32 hexadecimal digits")),
    responses((status = 204, description = "They are there"), (status = "4XX", body = Problem)))]
pub(crate) async fn add_to_upload(
    State(service): State<Shared>,
    Name(id): Name<UploadId>,
    request: Signed<Json<UploadPart>>,
) -> Result<StatusCode, Failure> {
    upload::add(&service, &request.caller, (id, request.body.0)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Generations that can be brought back.
#[utoipa::path(get, operation_id = "vault_generations", path = "/v1/generations", tag = "vault", responses(
    (status = 200, body = Generations),
    (status = "4XX", body = Problem)))]
pub(crate) async fn generations(
    State(service): State<Shared>,
    request: Signed<Nothing>,
) -> Result<Reply<Generations>, Failure> {
    Ok(Reply(read::generations(&service, &request.caller).await?))
}
