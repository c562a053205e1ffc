//! Every path.

use std::time::Duration;

use axum::Router;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{delete, get, post, put};
use sigill_core::wire::problem::Code;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::timeout::TimeoutLayer;

use super::observe::{log, offer_nonce, protect};
use super::{
    accounts, factors, files, keep, not_me, openapi, operations, pages, portal, sign_ins, stop,
    timeline, vault,
};
use crate::courier::post::Post;
use crate::failure::Failure;
use crate::service::Shared;

/// The longest that an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Versions of the protocol that are over: where one ends, its paths come here, so
/// that whoever still speaks it hears why nothing goes on.
const OVER: &str = "/v0/{*rest}";

/// The whole service.
pub fn router(service: &Shared) -> Router {
    let all = Router::new()
        .merge(version_1(service))
        .route("/healthz", get(pages::is_alive))
        .route("/readyz", get(pages::is_ready))
        .route("/page.css", get(pages::style))
        .route("/not-me/{token}", get(not_me::ask).post(not_me::press))
        .route("/stop/{token}", get(stop::ask).post(stop::press))
        .route("/keep/{token}", get(keep::ask).post(keep::press))
        .merge(inbox(service))
        .merge(portal::routes(service))
        .fallback(absent)
        .method_not_allowed_fallback(wrong_method);
    all.layer(TimeoutLayer::with_status_code(
        StatusCode::SERVICE_UNAVAILABLE,
        PATIENCE,
    ))
    .layer(from_fn(protect))
    .layer(from_fn(log))
    .with_state(Shared::clone(service))
}

fn version_1(service: &Shared) -> Router<Shared> {
    Router::new()
        .route("/v1/accounts", post(accounts::create))
        .route("/v1/accounts/verify", post(accounts::verify))
        .route("/v1/accounts/verification", post(accounts::resend))
        .route("/v1/sessions", post(accounts::begin))
        .route("/v1/sessions/refresh", post(accounts::refresh))
        .route("/v1/sessions/current", delete(accounts::end))
        .route("/v1/account", get(accounts::show))
        .route("/v1/devices/{device}", delete(accounts::sign_device_out))
        .route("/v1/vault", get(vault::show))
        .route("/v1/vault/changes", get(vault::changes))
        .route("/v1/vault/moved", get(vault::moved))
        .route("/v1/vault/push", post(vault::push))
        .route(
            "/v1/vault/epoch",
            get(vault::epoch_nonce).post(vault::begin_epoch),
        )
        .route("/v1/uploads", post(vault::begin_upload))
        .route("/v1/uploads/{upload}", put(vault::add_to_upload))
        .route("/v1/generations", get(vault::generations))
        .route("/v1/files", get(files::list).post(files::claim))
        .route(
            "/v1/files/{file}",
            get(files::read).put(files::add).delete(files::release),
        )
        .route("/v1/operations", post(operations::create))
        .route("/v1/operations/{operation}", get(operations::show))
        .route("/v1/operations/{operation}/code", post(operations::code))
        .route("/v1/operations/{operation}/text", post(operations::text))
        .route(
            "/v1/operations/{operation}/confirm",
            post(operations::confirm),
        )
        .route(
            "/v1/operations/{operation}/cancel",
            post(operations::cancel),
        )
        .route(
            "/v1/operations/{operation}/ack",
            post(operations::acknowledge),
        )
        .route("/v1/timeline", get(timeline::show))
        .route("/v1/timeline/password", post(timeline::open))
        .route("/v1/providers", get(sign_ins::providers))
        .route("/v1/sign-ins", post(sign_ins::begin))
        .route("/v1/sign-ins/{sign_in}/session", post(sign_ins::progress))
        .route("/v1/portal-hints", post(sign_ins::hint))
        .route("/v1/hold/lift", post(accounts::lift))
        .route("/v1/alarms", get(accounts::alarms))
        .route("/v1/alarms/{account}/veto", post(accounts::veto))
        .route("/v1/account/keep", post(accounts::keep))
        .route(
            "/v1/account/connecting/undo",
            post(accounts::undo_connecting),
        )
        .route("/v1/account/address", post(stop::still_mine))
        .route("/v1/waits/{lost}/stop", post(stop::by_device))
        .route("/v1/factors", get(factors::list))
        .route("/v1/enrolments", post(factors::enrol))
        .route("/v1/enrolments/{enrolment}/try", post(factors::try_it))
        .route("/v1/weakenings", post(factors::stage))
        .route("/v1/openapi.json", get(openapi::document))
        .route("/v1/{*rest}", axum::routing::any(absent))
        .route(OVER, axum::routing::any(over))
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(Shared::clone(service), offer_nonce))
        .layer(cors())
}

/// The inbox page is there only where mails have no other place to go.
fn inbox(service: &Shared) -> Router<Shared> {
    match service.post {
        Post::Inbox(_) => Router::new()
            .route("/dev/inbox", get(pages::inbox))
            .route("/dev/inbox.json", get(pages::inbox_json)),
        Post::Server(_) => Router::new(),
    }
}

/// Extensions may ask, and nothing else: no web page, no cookies.
fn cors() -> CorsLayer {
    let is_extension = |origin: &HeaderValue| {
        let schemes = ["chrome-extension://", "moz-extension://"];
        schemes
            .iter()
            .any(|scheme| origin.as_bytes().starts_with(scheme.as_bytes()))
    };
    let dpop = HeaderName::from_static("dpop");
    let nonce = HeaderName::from_static("dpop-nonce");
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |origin, _| {
            is_extension(origin)
        }))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, dpop])
        .expose_headers([nonce, RETRY_AFTER])
        .max_age(Duration::from_secs(3_600))
}

async fn absent() -> Failure {
    Code::NotFound.into()
}

async fn over() -> Failure {
    Code::ClientTooOld.into()
}

async fn wrong_method() -> Failure {
    Code::MethodNotAllowed.into()
}
