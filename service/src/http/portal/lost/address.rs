//! The mailbox is dead.

use axum::response::Response;
use serde::Deserialize;
use sigill_core::confirmation::wait::Lost;
use sigill_core::wire::SecretText;

use super::super::enter::{Step, step_of};
use super::super::fields::{email_field, factor_field, password_field};
use super::super::page::{Block, Form, Page, Weight};
use super::super::password::Typed;
use super::super::visit::{Posted, Visit};
use super::{code_step, follow, is_again, shown, title, waiting, what};
use crate::portal::account;
use crate::portal::code::prove;
use crate::portal::lost::address::{self, Open, confirm, is_open};
use crate::portal::lost::code_of;
use crate::portal::trouble::Trouble;
use crate::store::portal_codes::CodeFor;

/// The new address, and what proves that the account is the person's.
#[derive(Deserialize)]
pub(crate) struct Another {
    email: String,
    password: SecretText,
    #[serde(default)]
    second_factor: Option<SecretText>,
}

/// The step that is due.
pub(crate) async fn show(visit: Visit) -> Response {
    shown(&visit, due(&visit, Step::Password)).await
}

async fn due(visit: &Visit, step: Step) -> Result<Page, Trouble> {
    let session = visit.member().await?;
    let known = account::shown(&visit.service, session).await?;
    let asked = known.waits.iter().any(|row| row.wait.lost == Lost::Address);
    let blocks = if asked {
        waiting(visit, &known)
    } else {
        let key = (session.cookie, CodeFor::LostAddress);
        match code_of(&visit.service, key).await? {
            Some(row) if !is_again(visit) => code_step(visit, Lost::Address, &row),
            Some(_) | None => match is_open(&visit.service, session).await? {
                Open::Yes => first(visit, step),
                Open::NeedsDevice => no_device(visit),
            },
        }
    };
    Ok(Page::new(title(visit, Lost::Address), blocks))
}

fn no_device(visit: &Visit) -> Vec<Block> {
    let mut blocks = what(visit, Lost::Address);
    blocks.push(Block::Notice(visit.say("portal_lost_no_device")));
    blocks
}

fn first(visit: &Visit, step: Step) -> Vec<Block> {
    let mut fields = vec![
        email_field(visit, "portal_email_new"),
        password_field(visit),
    ];
    if step == Step::SecondFactor {
        fields.push(factor_field(visit));
    }
    let mut blocks = what(visit, Lost::Address);
    blocks.push(Block::Form(Form {
        action: "/portal/lost/address/mail".into(),
        fields,
        button: visit.say("portal_password_mail_button"),
        weight: Weight::Main,
    }));
    blocks.push(Block::Small(visit.say("portal_not_master")));
    blocks
}

/// Mails a code to the new address, once everything else was right.
pub(crate) async fn mail(Posted { visit, form }: Posted<Another>) -> Response {
    let typed = address::Typed {
        email: &form.email,
        password: &form.password,
        second_factor: form.second_factor.as_ref(),
    };
    let sent = async {
        let session = visit.member().await?;
        let comes = (session, visit.stranger);
        address::ask_code(&visit.service, comes, (visit.texts, typed)).await
    };
    let sent = sent.await;
    let step = sent.as_ref().err().map_or(Step::Password, |trouble| {
        step_of(trouble, form.second_factor.as_ref())
    });
    let again = async {
        let blocks = first(&visit, step);
        Ok(Page::new(title(&visit, Lost::Address), blocks))
    };
    follow(&visit, (Lost::Address, sent.map(|()| None)), again).await
}

/// Takes the code; the seven days begin.
pub(crate) async fn code(Posted { visit, form }: Posted<Typed>) -> Response {
    let confirmed = async {
        let session = visit.member().await?;
        let key = (session.cookie, CodeFor::LostAddress);
        prove(&visit.service, key, &form.code).await?;
        confirm(&visit.service, (session, visit.stranger)).await
    };
    let done = confirmed.await.map(Some);
    follow(&visit, (Lost::Address, done), due(&visit, Step::Password)).await
}
