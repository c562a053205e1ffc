//! `/v1/files…`.

use axum::Json as Reply;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use sigill_core::id::{FileId, FilesKeyId, VaultId};
use sigill_core::wire::file::{FileChunks, FileClaim, FileStand, Files};
use sigill_core::wire::problem::{Code, Problem};

use super::extract::{Json, Name, Nothing, Signed};
use crate::cloud::files;
use crate::failure::Failure;
use crate::service::Shared;

fn understood<T>(query: Result<Query<T>, QueryRejection>) -> Result<T, Failure> {
    query
        .map(|Query(query)| query)
        .map_err(|_| Code::MalformedRequest.into())
}

/// Which epoch.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Of {
    vault: VaultId,
    epoch: u64,
}

/// The files of an epoch of a vault.
#[utoipa::path(get, operation_id = "files_list", path = "/v1/files", tag = "files",
    params(
        ("vault" = String, Query, description = "The vault, 32 hexadecimal digits"),
        ("epoch" = u64, Query, description = "Its epoch")),
    responses((status = 200, body = Files), (status = "4XX", body = Problem)))]
pub(crate) async fn list(
    State(service): State<Shared>,
    of: Result<Query<Of>, QueryRejection>,
    request: Signed<Nothing>,
) -> Result<Reply<Files>, Failure> {
    let of = understood(of)?;
    let of = (of.vault, of.epoch);
    Ok(Reply(files::list(&service, &request.caller, of).await?))
}

/// Says that an item will name a file, or still does; what is missing of it.
#[utoipa::path(post, operation_id = "files_claim", path = "/v1/files", tag = "files", request_body = FileClaim, responses(
    (status = 200, body = FileStand),
    (status = 409, body = Problem, description = "`file_differs`"),
    (status = 507, body = Problem, description = "`quota_exceeded`, with the sizes"),
    (status = "4XX", body = Problem)))]
pub(crate) async fn claim(
    State(service): State<Shared>,
    request: Signed<Json<FileClaim>>,
) -> Result<Reply<FileStand>, Failure> {
    let stand = files::claim(&service, &request.caller, request.body.0).await?;
    Ok(Reply(stand))
}

/// Adds chunks to a file that was claimed.
#[utoipa::path(put, operation_id = "files_add", path = "/v1/files/{file}", tag = "files", request_body = FileChunks,
    params(("file" = String, Path, description = "Its name, 32 hexadecimal digits")),
    responses(
        (status = 204, description = "They are there"),
        (status = 409, body = Problem, description = "`file_differs`"),
        (status = "4XX", body = Problem)))]
pub(crate) async fn add(
    State(service): State<Shared>,
    Name(id): Name<FileId>,
    request: Signed<Json<FileChunks>>,
) -> Result<StatusCode, Failure> {
    files::add(&service, &request.caller, (id, request.body.0)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// From which chunk on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct From {
    files_key: FilesKeyId,
    from: u32,
}

/// Reads chunks of a file.
#[utoipa::path(get, operation_id = "files_read", path = "/v1/files/{file}", tag = "files",
    params(
        ("file" = String, Path, description = "Its name, 32 hexadecimal digits"),
        ("files_key" = String, Query, description = "The name of the key that it is sealed under, 32 hexadecimal digits"),
        ("from" = u32, Query, description = "The first chunk")),
    responses((status = 200, body = FileChunks), (status = "4XX", body = Problem)))]
pub(crate) async fn read(
    State(service): State<Shared>,
    Name(id): Name<FileId>,
    from: Result<Query<From>, QueryRejection>,
    request: Signed<Nothing>,
) -> Result<Reply<FileChunks>, Failure> {
    let from = understood(from)?;
    let which = (id, from.files_key, from.from);
    Ok(Reply(files::read(&service, &request.caller, which).await?))
}

/// Under which key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Under {
    files_key: FilesKeyId,
}

/// Releases a file: it goes in 30 days, unless it is claimed again.
#[utoipa::path(delete, operation_id = "files_release", path = "/v1/files/{file}", tag = "files",
    params(
        ("file" = String, Path, description = "Its name, 32 hexadecimal digits"),
        ("files_key" = String, Query, description = "The name of the key that it is sealed under, 32 hexadecimal digits")),
    responses((status = 204, description = "It goes in 30 days"), (status = "4XX", body = Problem)))]
pub(crate) async fn release(
    State(service): State<Shared>,
    Name(id): Name<FileId>,
    under: Result<Query<Under>, QueryRejection>,
    request: Signed<Nothing>,
) -> Result<StatusCode, Failure> {
    let name = (id, understood(under)?.files_key);
    files::release(&service, &request.caller, name).await?;
    Ok(StatusCode::NO_CONTENT)
}
