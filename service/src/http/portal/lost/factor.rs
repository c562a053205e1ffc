//! Phone, authenticator and backup codes are gone.

use axum::response::Response;
use serde::Deserialize;
use sigill_core::confirmation::wait::Lost;
use sigill_core::wire::SecretText;

use super::super::fields::{email_field, password_field};
use super::super::page::{Block, Form, Page, Weight};
use super::super::password::Typed;
use super::super::visit::{Posted, Visit};
use super::{code_step, follow, is_again, shown, title, what};
use crate::portal::code::prove;
use crate::portal::lost::code_of;
use crate::portal::lost::factor::{self, confirm};
use crate::portal::trouble::Trouble;
use crate::store::portal_codes::CodeFor;

/// Address and account password.
#[derive(Deserialize)]
pub(crate) struct Who {
    email: String,
    password: SecretText,
}

/// The step that is due.
pub(crate) async fn show(visit: Visit) -> Response {
    shown(&visit, due(&visit)).await
}

async fn due(visit: &Visit) -> Result<Page, Trouble> {
    let code = code_of(&visit.service, (visit.browser, CodeFor::LostFactor)).await?;
    let blocks = match code {
        Some(row) if !is_again(visit) => code_step(visit, Lost::Factor, &row),
        Some(_) | None => first(visit),
    };
    Ok(Page::new(title(visit, Lost::Factor), blocks))
}

fn first(visit: &Visit) -> Vec<Block> {
    let mut blocks = what(visit, Lost::Factor);
    blocks.push(Block::Form(Form {
        action: "/portal/lost/factor/mail".into(),
        fields: vec![email_field(visit, "portal_email"), password_field(visit)],
        button: visit.say("portal_password_mail_button"),
        weight: Weight::Main,
    }));
    blocks.push(Block::Small(visit.say("portal_not_master")));
    blocks
}

/// Mails a code, once the password was right.
pub(crate) async fn mail(Posted { visit, form }: Posted<Who>) -> Response {
    let typed = factor::Typed {
        email: &form.email,
        password: &form.password,
    };
    let comes = (visit.stranger, visit.browser);
    let sent = factor::ask_code(&visit.service, comes, (visit.texts, typed)).await;
    let again = async { Ok(Page::new(title(&visit, Lost::Factor), first(&visit))) };
    follow(&visit, (Lost::Factor, sent.map(|()| None)), again).await
}

/// Takes the code; the seven days begin.
pub(crate) async fn code(Posted { visit, form }: Posted<Typed>) -> Response {
    let confirmed = async {
        let key = (visit.browser, CodeFor::LostFactor);
        prove(&visit.service, key, &form.code).await?;
        confirm(&visit.service, (visit.stranger, visit.browser)).await
    };
    let done = confirmed.await.map(Some);
    follow(&visit, (Lost::Factor, done), due(&visit)).await
}
