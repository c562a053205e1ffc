//! The account at the provider is gone.

use axum::response::Response;
use serde::Deserialize;
use sigill_core::confirmation::wait::Lost;
use sigill_core::wire::SecretText;

use super::super::enter::Button;
use super::super::fields::told_field;
use super::super::page::{Block, Form, Page, Weight};
use super::super::password::{Typed, new_password};
use super::super::terms;
use super::super::visit::{Posted, Visit};
use super::{code_step, follow, is_again, shown, title, what};
use crate::portal::code::prove;
use crate::portal::link::{Agreed, chosen, is_open};
use crate::portal::lost::code_of;
use crate::portal::lost::provider::{Sent, ask_code, confirm, sent};
use crate::portal::trouble::Trouble;
use crate::store::portal_codes::CodeFor;

/// The password, twice, with region and terms where they were never given.
#[derive(Deserialize)]
pub(crate) struct Chosen {
    password: SecretText,
    again: SecretText,
    #[serde(default)]
    region: String,
    #[serde(default)]
    terms: String,
}

/// The step that is due.
pub(crate) async fn show(visit: Visit) -> Response {
    shown(&visit, due(&visit)).await
}

async fn due(visit: &Visit) -> Result<Page, Trouble> {
    let service = &visit.service;
    let title = title(visit, Lost::Provider);
    let sent = match sent(service, visit.browser).await {
        Ok(sent) => sent,
        Err(Trouble::NoEstablishedDevice) => {
            let mut blocks = what(visit, Lost::Provider);
            blocks.push(Block::Notice(visit.say("portal_lost_no_device")));
            return Ok(Page::new(title, blocks));
        }
        Err(trouble) => return Err(trouble),
    };
    let code = code_of(service, (visit.browser, CodeFor::LostProvider)).await?;
    let code = code.filter(|_| !is_again(visit));
    Ok(Page::new(
        title,
        match code {
            Some(row) if is_open(&row, service.now()) => choose(visit, &sent),
            Some(row) if row.proven_at == 0 => code_step(visit, Lost::Provider, &row),
            Some(_) | None => first(visit, &sent),
        },
    ))
}

fn first(visit: &Visit, sent: &Sent) -> Vec<Block> {
    let mut blocks = what(visit, Lost::Provider);
    let Some(told) = sent.told.as_ref() else {
        blocks.push(Block::Notice(visit.say("portal_lost_no_address")));
        return blocks;
    };
    blocks.push(Block::Form(Form {
        action: "/portal/lost/provider/mail".into(),
        fields: vec![told_field(visit, Some(told))],
        button: visit.say("portal_password_mail_button"),
        weight: Weight::Main,
    }));
    blocks
}

fn choose(visit: &Visit, sent: &Sent) -> Vec<Block> {
    let mut fields = new_password(visit);
    if sent.agreed != Agreed::ToThese {
        fields.extend(terms::fields(visit));
    }
    vec![
        Block::Paragraph(visit.say("portal_lost_choose")),
        Block::Form(Form {
            action: "/portal/lost/provider".into(),
            fields,
            button: visit.say("portal_lost_begin"),
            weight: Weight::Main,
        }),
        Block::Small(visit.say("portal_not_master")),
        Block::Small(visit.say("portal_lost_how")),
    ]
}

/// Mails a code.
pub(crate) async fn mail(Posted { visit, form }: Posted<Button>) -> Response {
    let Button {} = form;
    let comes = (visit.stranger, visit.browser);
    let sent = ask_code(&visit.service, comes, visit.texts).await;
    follow(&visit, (Lost::Provider, sent.map(|()| None)), due(&visit)).await
}

/// Takes the code; on to the password.
pub(crate) async fn code(Posted { visit, form }: Posted<Typed>) -> Response {
    let key = (visit.browser, CodeFor::LostProvider);
    let proven = prove(&visit.service, key, &form.code).await;
    follow(&visit, (Lost::Provider, proven.map(|_| None)), due(&visit)).await
}

/// Takes the password; the seven days begin.
pub(crate) async fn begin(Posted { visit, form }: Posted<Chosen>) -> Response {
    let confirmed = async {
        let password = chosen(form.password, &form.again)?;
        let region = (form.terms == "yes").then_some(form.region.as_str());
        let comes = (visit.stranger, visit.browser);
        confirm(&visit.service, comes, (password, region)).await
    };
    let done = confirmed.await.map(Some);
    follow(&visit, (Lost::Provider, done), due(&visit)).await
}
