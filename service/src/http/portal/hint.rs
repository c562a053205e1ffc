//! A device sent its person here, and waits: which one, and a button. Opening the
//! address changes nothing, since anybody can send somebody an address.

use axum::http::StatusCode;
use axum::response::Response;
use sigill_core::wire::portal::Place;

use super::super::extract::Name;
use super::enter::{Button, path_of};
use super::page::{Block, Form, Page, Weight};
use super::visit::{Posted, Visit};
use crate::portal::hint::{Waiting, bind, look};
use crate::portal::trouble::Trouble;

/// Which device it is.
pub(crate) async fn show(visit: Visit, Name(token): Name<String>) -> Response {
    match waiting(&visit, &token).await {
        Ok(waiting) => visit.show(StatusCode::OK, page(&visit, &token, &waiting)),
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// What a hint says, unless another account is signed in here.
async fn waiting(visit: &Visit, token: &str) -> Result<Waiting, Trouble> {
    let waiting = look(&visit.service, visit.browser, token).await?;
    match &visit.session {
        Some(session) if session.account != waiting.hint.account => Err(Trouble::OtherAccount),
        Some(_) | None => Ok(waiting),
    }
}

fn page(visit: &Visit, token: &str, waiting: &Waiting) -> Page {
    let since = visit.texts.time(waiting.device.known_since);
    let fill = [
        ("device", waiting.device.name.as_str()),
        ("since", since.as_str()),
    ];
    let blocks = vec![
        Block::Paragraph(visit.texts.text("portal_hint_from", &fill)),
        Block::Paragraph(visit.say("portal_hint_not_you")),
        Block::Form(Form {
            action: format!("/portal/hint/{token}"),
            fields: Vec::new(),
            button: visit.texts.text("portal_hint_go", &fill),
            weight: Weight::Main,
        }),
    ];
    Page::new(visit.say("portal_hint_title"), blocks)
}

/// Its button: the device is the one that waits.
pub(crate) async fn go(
    Name(token): Name<String>,
    Posted { visit, form }: Posted<Button>,
) -> Response {
    let Button {} = form;
    match bound(&visit, &token).await {
        Ok(path) => visit.go(path),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn bound(visit: &Visit, token: &str) -> Result<&'static str, Trouble> {
    waiting(visit, token).await?;
    let comes = (visit.browser, visit.session.as_ref());
    let hint = bind(&visit.service, comes, token).await?;
    // Nobody can sign in who lost what signing in takes.
    Ok(match hint.place {
        Place::ForgottenPassword => "/portal/forgot",
        Place::LostFactor => "/portal/lost/factor",
        Place::Account | Place::ChoosePassword if visit.session.is_none() => "/portal/sign-in",
        Place::Account | Place::ChoosePassword => path_of(hint.place),
    })
}
