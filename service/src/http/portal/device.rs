//! The tab that the extension opened: which device is to be signed in.

use axum::http::StatusCode;
use axum::response::Response;
use sigill_core::id::OperationId;
use sigill_core::wire::portal::sign_in_words;
use sigill_core::wire::problem::Code;

use super::super::extract::Name;
use super::enter::Button;
use super::onwards::go_to_provider;
use super::page::{Block, Form, Page, Weight};
use super::visit::{Posted, Visit};
use crate::portal::trouble::Trouble;
use crate::store::flows::{Purpose, SignInRow, sign_in_waiting};

/// The tab that the extension opened: which device it is, to be compared.
pub(crate) async fn show(visit: Visit, Name(id): Name<OperationId>) -> Response {
    match waiting(&visit, id).await {
        Ok(row) => visit.show(StatusCode::OK, page(&visit, &row)),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn waiting(visit: &Visit, OperationId(id): OperationId) -> Result<SignInRow, Trouble> {
    let service = &visit.service;
    let row = sign_in_waiting(&service.store, id, service.now()).await?;
    let row = row.filter(|row| row.granted.is_none());
    row.ok_or_else(|| Code::NotFound.into())
}

fn page(visit: &Visit, row: &SignInRow) -> Page {
    let provider = visit.service.providers.label(&row.provider);
    let id = OperationId(row.id);
    let fill = [("device", row.device_name.as_str()), ("provider", provider)];
    let mut blocks = vec![
        Block::Paragraph(visit.texts.text("portal_device_asks", &fill)),
        Block::Large {
            label: visit.say("portal_device_words"),
            value: sign_in_words(id, row.device).to_string(),
        },
        Block::Paragraph(visit.say("portal_device_not_you")),
        Block::Form(Form {
            action: format!("/portal/device/{id}"),
            fields: Vec::new(),
            button: visit.texts.text("portal_sign_in_with", &fill),
            weight: Weight::Main,
        }),
    ];
    if visit.stranger.network != row.network {
        blocks.insert(2, Block::Alert(visit.say("portal_device_elsewhere")));
    }
    Page::new(visit.say("portal_device_title"), blocks)
}

/// The words are the same: to the provider.
pub(crate) async fn to_provider(
    Name(id): Name<OperationId>,
    Posted { visit, form }: Posted<Button>,
) -> Response {
    let Button {} = form;
    match waiting(&visit, id).await {
        Ok(row) => go_to_provider(&visit, &row.provider, Purpose::Device(row.id)).await,
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// Back from the provider: it is signed in.
pub(super) fn signed_in(visit: &Visit, row: &SignInRow) -> Response {
    let fill = [("device", row.device_name.as_str())];
    let text = visit.texts.text("portal_device_done", &fill);
    let page = Page::new(
        visit.say("portal_device_done_title"),
        vec![Block::Notice(text)],
    );
    visit.show(StatusCode::OK, page)
}
