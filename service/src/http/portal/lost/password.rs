//! The account password is forgotten, and no second factor is at hand: from the
//! page of the forgotten password, once its code was typed.

use axum::response::Response;
use serde::Deserialize;
use sigill_core::confirmation::wait::Lost;
use sigill_core::wire::SecretText;

use super::super::page::{Block, Form, Page, Weight};
use super::super::password::new_password;
use super::super::visit::{Posted, Visit};
use super::{begun, shown, title, what};
use crate::portal::forgotten::code_of;
use crate::portal::link::{chosen, is_open};
use crate::portal::lost::password::confirm;
use crate::portal::trouble::Trouble;

/// The new password, twice.
#[derive(Deserialize)]
pub(crate) struct Chosen {
    password: SecretText,
    again: SecretText,
}

/// The form, for whoever typed the code.
pub(crate) async fn show(visit: Visit) -> Response {
    let code = code_of(&visit.service, visit.browser).await;
    match code {
        Ok(Some(row)) if is_open(&row, visit.service.now()) => {
            shown(&visit, async { Ok(form(&visit)) }).await
        }
        Ok(_) => visit.go("/portal/forgot"),
        Err(trouble) => visit.refuse(&trouble),
    }
}

fn form(visit: &Visit) -> Page {
    let mut blocks = what(visit, Lost::Password);
    blocks.push(Block::Form(Form {
        action: "/portal/lost/password".into(),
        fields: new_password(visit),
        button: visit.say("portal_lost_begin"),
        weight: Weight::Main,
    }));
    blocks.push(Block::Small(visit.say("portal_not_master")));
    Page::new(title(visit, Lost::Password), blocks)
}

/// Takes the password; the seven days begin.
pub(crate) async fn begin(Posted { visit, form: typed }: Posted<Chosen>) -> Response {
    let confirmed = async {
        let password = chosen(typed.password, &typed.again)?;
        let comes = (visit.stranger, visit.browser);
        confirm(&visit.service, comes, password).await
    };
    match confirmed.await {
        Ok(until) => begun(&visit, Lost::Password, until),
        Err(Trouble::NoCode) => visit.go("/portal/forgot"),
        Err(trouble) => visit.again(&trouble, form(&visit)),
    }
}
