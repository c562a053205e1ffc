//! The account's address, and its password for whoever knows the old one.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigill_core::confirmation::action::Weakening;
use sigill_core::wire::SecretText;
use sigill_core::wire::factor::Enrol;
use sigill_core::wire::weakening::Parameters;

use super::enrolment;
use super::fields::email_field;
use super::operation::path_of;
use super::page::{Block, Form, Page, Weight};
use super::password::{Mail, new_password};
use super::two_factor::not_linked;
use super::visit::{Posted, Visit};
use crate::portal::account::shown;
use crate::portal::trouble::Trouble;
use crate::portal::weaken::ask_about;

/// Another password, twice.
#[derive(Deserialize)]
pub(crate) struct Another {
    password: SecretText,
    again: SecretText,
}

/// The address, and the form for another.
pub(crate) async fn email(visit: Visit) -> Response {
    let page = async {
        let session = visit.member().await?;
        let shown = shown(&visit.service, session).await?;
        let title = visit.say("portal_email_title");
        if shown.account.password.is_none() {
            return Ok(Page::new(title, not_linked(&visit)));
        }
        let now = (visit.say("portal_email_now"), shown.account.email);
        let blocks = vec![
            Block::Facts(vec![now]),
            Block::Paragraph(visit.say("portal_email_how")),
            Block::Form(Form {
                action: "/portal/email".into(),
                fields: vec![email_field(&visit, "portal_email_new")],
                button: visit.say("portal_password_mail_button"),
                weight: Weight::Main,
            }),
            Block::Link {
                label: visit.say("portal_lost_address_link"),
                url: "/portal/lost/address".into(),
            },
        ];
        Ok::<_, Trouble>(Page::new(title, blocks))
    };
    match page.await {
        Ok(page) => visit.show(StatusCode::OK, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// Mails a code to the new address.
pub(crate) async fn another_email(Posted { visit, form }: Posted<Mail>) -> Response {
    enrolment::begin(&visit, Enrol::Email { email: form.email }).await
}

/// The form for another password.
pub(crate) async fn password(visit: Visit) -> Response {
    match password_page(&visit).await {
        Ok(page) => visit.show(StatusCode::OK, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn password_page(visit: &Visit) -> Result<Page, Trouble> {
    let session = visit.member().await?;
    let shown = shown(&visit.service, session).await?;
    let title = visit.say("portal_another_password_title");
    if shown.account.password.is_none() {
        return Ok(Page::new(title, not_linked(visit)));
    }
    let blocks = vec![
        Block::Paragraph(visit.say("portal_another_password_how")),
        Block::Form(Form {
            action: "/portal/password".into(),
            fields: new_password(visit),
            button: visit.say("portal_operation_on"),
            weight: Weight::Main,
        }),
        Block::Small(visit.say("portal_not_master")),
        Block::Small(visit.say("portal_another_password_then")),
    ];
    Ok(Page::new(title, blocks))
}

/// Stages it; on to the old one.
pub(crate) async fn another_password(Posted { visit, form }: Posted<Another>) -> Response {
    let begun = async {
        let caller = visit.caller(visit.member().await?);
        if form.password.expose() != form.again.expose() {
            return Err(Trouble::PasswordsDiffer);
        }
        let password = form.password;
        let about = Parameters::AccountPassword { password };
        let what = Weakening::ChangeAccountPassword;
        ask_about(&visit.service, &caller, (what, about)).await
    };
    match begun.await {
        Ok(id) => visit.go(&path_of(id)),
        Err(trouble) => match password_page(&visit).await {
            Ok(page) => visit.again(&trouble, page),
            Err(trouble) => visit.refuse(&trouble),
        },
    }
}
