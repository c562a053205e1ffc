//! `/v1/timeline…`.

use axum::Json as Reply;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use sigill_core::wire::problem::{Code, Problem};
use sigill_core::wire::timeline::{Page, Password};

use super::extract::{Json, Nothing, Signed};
use crate::failure::Failure;
use crate::service::Shared;
use crate::timeline::read;

/// Which entries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct After {
    #[serde(default)]
    after: u64,
}

/// What happened in the account, in pages.
#[utoipa::path(get, operation_id = "timeline_show", path = "/v1/timeline", tag = "timeline",
    params(("after" = Option<u64>, Query, description = "The last entry that is known; 0 for everything")),
    responses(
        (status = 200, body = Page),
        (status = 403, body = Problem, description = "`password_needed`"),
        (status = "4XX", body = Problem)))]
pub(crate) async fn show(
    State(service): State<Shared>,
    after: Result<Query<After>, QueryRejection>,
    request: Signed<Nothing>,
) -> Result<Reply<Page>, Failure> {
    let Query(After { after }) = after.map_err(|_| Failure::from(Code::MalformedRequest))?;
    Ok(Reply(read::page(&service, &request.caller, after).await?))
}

/// The account password, for a device that is new.
#[utoipa::path(post, operation_id = "timeline_open", path = "/v1/timeline/password", tag = "timeline", request_body = Password,
    responses(
        (status = 204, description = "This session may read for ten minutes"),
        (status = 403, body = Problem, description = "`proof_rejected`"),
        (status = "4XX", body = Problem)))]
pub(crate) async fn open(
    State(service): State<Shared>,
    request: Signed<Json<Password>>,
) -> Result<StatusCode, Failure> {
    read::open(&service, &request.caller, request.body.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
