//! The portal's pages: no script, nothing from elsewhere.
//!
//! | module | what it answers |
//! |---|---|
//! | [`visit`] | who comes, in which language, from which form of ours |
//! | [`page`] | a page as a list of blocks, written once as HTML |
//! | [`trouble`] | why not, in words |
//! | [`enter`] | signing in and out, the way to the provider and back |
//! | [`password`] | choosing an account password |
//! | [`forgotten`] | a forgotten account password |
//! | [`account`] | overview, devices, what waits, undo, region and terms |

mod account;
mod enter;
mod forgotten;
mod page;
mod password;
mod trouble;
mod visit;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::portal::browser::Cookies;
use crate::service::Shared;

/// Longer forms are none of ours.
const MOST: usize = 16 << 10;

/// Its paths; none where its cookie could be read on its way.
pub(super) fn routes(service: &Shared) -> Router<Shared> {
    if Cookies::of(&service.config.public_url).is_none() {
        tracing::warn!("SIGILL_PUBLIC_URL is without TLS and not on this machine: no portal");
        return Router::new();
    }
    Router::new()
        .route("/portal", get(account::overview))
        .route("/portal/sign-in", get(enter::form).post(enter::sign_in))
        .route("/portal/sign-out", post(enter::sign_out))
        .route("/portal/hint/{token}", get(enter::hint))
        .route("/portal/to/{provider}", post(enter::to_provider))
        .route("/portal/again", post(enter::again))
        .route("/portal/back/{provider}", get(enter::back))
        .route(
            "/portal/device/{sign_in}",
            get(enter::device).post(enter::device_to_provider),
        )
        .route("/portal/terms", get(account::terms).post(account::agree))
        .route(
            "/portal/choose-password",
            get(password::show).post(password::save),
        )
        .route("/portal/choose-password/mail", post(password::mail))
        .route("/portal/choose-password/code", post(password::code))
        .route("/portal/forgot", get(forgotten::show).post(forgotten::save))
        .route("/portal/forgot/mail", post(forgotten::mail))
        .route("/portal/forgot/code", post(forgotten::code))
        .route("/portal/devices", get(account::devices))
        .route(
            "/portal/devices/{device}/sign-out",
            post(account::sign_device_out),
        )
        .route("/portal/waiting", get(account::waiting))
        .route(
            "/portal/waiting/{operation}/not-me",
            post(account::was_not_me),
        )
        .route("/portal/undo", get(account::undo))
        .layer(DefaultBodyLimit::max(MOST))
}
