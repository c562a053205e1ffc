//! The portal's pages: no script, nothing from elsewhere.
//!
//! | module | what it answers |
//! |---|---|
//! | [`visit`] | who comes, in which language, from which form of ours |
//! | [`page`] | a page as a list of blocks, written once as HTML |
//! | [`fields`] | fields that several pages ask for |
//! | [`trouble`] | why not, in words |
//! | [`enter`] | signing in and out |
//! | [`hint`] | coming from a device that waits |
//! | [`onwards`] | the way to the provider and back |
//! | [`device`] | which device is to be signed in |
//! | [`password`] | choosing an account password |
//! | [`forgotten`] | a forgotten account password |
//! | [`account`] | overview, devices, what waits |
//! | [`undo`] | what was displaced, and a shorter time for it |
//! | [`terms`] | region and terms |
//! | [`two_factor`], [`contact`], [`providers`] | what can be turned on, off or over |
//! | [`enrolment`] | something is shown once, tried, then asked for |
//! | [`lost`] | what was lost: seven days, which anybody of the account ends |
//! | [`operation`] | what was asked for waits for its proofs |
//! | [`timeline`] | what happened, in words, and who may read it here |
//! | [`download`] | files to keep |
//! | [`deletion`] | deleting the account, and keeping it after all |

mod account;
mod contact;
mod deletion;
mod device;
mod download;
mod enrolment;
mod enter;
mod fields;
mod forgotten;
mod hint;
mod lost;
mod onwards;
mod operation;
mod page;
mod password;
mod providers;
mod terms;
mod timeline;
mod trouble;
mod two_factor;
mod undo;
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
        .route("/portal/hint/{token}", get(hint::show).post(hint::go))
        .route("/portal/to/{provider}", post(onwards::to_provider))
        .route("/portal/again", post(onwards::again))
        .route("/portal/back/{provider}", get(onwards::back))
        .route(
            "/portal/device/{sign_in}",
            get(device::show).post(device::to_provider),
        )
        .route("/portal/terms", get(terms::show).post(terms::agree))
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
        .route("/portal/undo", get(undo::show).post(undo::shorten))
        .merge(protections())
        .merge(records())
        .merge(seven_days())
        .layer(DefaultBodyLimit::max(MOST))
}

/// What takes the proofs of a weakening.
fn protections() -> Router<Shared> {
    Router::new()
        .route("/portal/two-factor", get(two_factor::show))
        .route("/portal/two-factor/phone", post(two_factor::phone))
        .route(
            "/portal/two-factor/authenticator",
            post(two_factor::authenticator),
        )
        .route(
            "/portal/two-factor/backup-codes",
            post(two_factor::backup_codes),
        )
        .route("/portal/two-factor/off", post(two_factor::off))
        .route("/portal/two-factor/no-phone", post(two_factor::no_phone))
        .route("/portal/two-factor/strict", post(two_factor::strict))
        .route("/portal/two-factor/standard", post(two_factor::standard))
        .route(
            "/portal/email",
            get(contact::email).post(contact::another_email),
        )
        .route(
            "/portal/password",
            get(contact::password).post(contact::another_password),
        )
        .route("/portal/enrolments/{enrolment}", post(enrolment::try_it))
        .route("/portal/providers", get(providers::show))
        .route("/portal/providers/unlink", post(providers::unlink))
        .route("/portal/providers/add/{provider}", post(providers::add))
        .route(
            "/portal/operations/{operation}",
            get(operation::show).post(operation::confirm),
        )
        .route("/portal/operations/{operation}/mail", post(operation::mail))
        .route("/portal/operations/{operation}/text", post(operation::text))
        .route(
            "/portal/operations/{operation}/cancel",
            post(operation::cancel),
        )
}

/// What is read, kept and ended.
fn records() -> Router<Shared> {
    Router::new()
        .route("/portal/timeline", get(timeline::show))
        .route("/portal/timeline/file", get(timeline::file))
        .route("/portal/read", post(timeline::open))
        .route("/portal/data", get(download::show))
        .route("/portal/data/file", get(download::account))
        .route("/portal/delete", get(deletion::show).post(deletion::delete))
        .route("/portal/delete/mail", post(deletion::mail))
        .route("/portal/delete/code", post(deletion::code))
        .route("/portal/delete/keep", post(deletion::keep_it))
}

/// What was lost, and the seven days in the place of it.
fn seven_days() -> Router<Shared> {
    Router::new()
        .route("/portal/lost/factor", get(lost::factor::show))
        .route("/portal/lost/factor/mail", post(lost::factor::mail))
        .route("/portal/lost/factor/code", post(lost::factor::code))
        .route("/portal/lost/address", get(lost::address::show))
        .route("/portal/lost/address/mail", post(lost::address::mail))
        .route("/portal/lost/address/code", post(lost::address::code))
        .route(
            "/portal/lost/provider",
            get(lost::provider::show).post(lost::provider::begin),
        )
        .route("/portal/lost/provider/mail", post(lost::provider::mail))
        .route("/portal/lost/provider/code", post(lost::provider::code))
        .route(
            "/portal/lost/password",
            get(lost::password::show).post(lost::password::begin),
        )
        .route("/portal/lost/{lost}/stop", post(lost::stop_it))
        .route("/portal/email/mine", post(lost::mine))
}
