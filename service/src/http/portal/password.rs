//! Choosing an account password, step by step.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigill_core::account::MailAddress;
use sigill_core::wire::SecretText;
use sigill_core::wire::problem::Code;

use super::fields::code_field;
use super::onwards::{again_form, own_provider};
use super::page::{Block, Field, Form, Input, Page, Weight};
use super::visit::{Posted, Visit};
use crate::portal::account::{Shown, shown};
use crate::portal::code::{Wanted, ask, prove};
use crate::portal::link::{Stage, chosen, is_fresh, link, stage};
use crate::portal::trouble::Trouble;
use crate::store::flows::Then;
use crate::store::portal_codes::{CodeFor, PortalCodeRow};

/// Where the code is to go.
#[derive(Deserialize)]
pub(crate) struct Mail {
    pub(super) email: String,
}

/// The code from the mail.
#[derive(Deserialize)]
pub(crate) struct Typed {
    pub(super) code: SecretText,
}

/// The new password, twice.
#[derive(Deserialize)]
pub(crate) struct Chosen {
    password: SecretText,
    again: SecretText,
}

/// The step that is due.
pub(crate) async fn show(visit: Visit) -> Response {
    match due(&visit).await {
        Ok(page) => visit.show(StatusCode::OK, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn due(visit: &Visit) -> Result<Page, Trouble> {
    let session = visit.member().await?;
    let shown = shown(&visit.service, session).await?;
    let blocks = match stage(&visit.service, (session, &shown.account)).await? {
        Stage::HasPassword => there(visit),
        Stage::SignInAgain => sign_in_again(visit, &shown),
        Stage::AskForCode => ask_for_code(visit, &shown),
        Stage::TypeCode(row) => type_code(visit, &row),
        Stage::Choose(row) => choose(visit, &row),
    };
    Ok(Page::new(visit.say("portal_password_title"), blocks))
}

/// The step that is due, with the reason on top.
async fn once_more(visit: &Visit, trouble: &Trouble) -> Response {
    match due(visit).await {
        Ok(page) => visit.again(trouble, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

fn there(visit: &Visit) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(visit.say("portal_password_there"))];
    if visit
        .session
        .as_ref()
        .is_some_and(|it| it.waiting.is_some())
    {
        blocks.push(Block::Notice(visit.say("portal_password_done_waiting")));
    }
    blocks
}

fn sign_in_again(visit: &Visit, shown: &Shown) -> Vec<Block> {
    let fill = [("provider", own_provider(visit, &shown.identities))];
    vec![
        Block::Paragraph(visit.texts.text("portal_password_why", &fill)),
        Block::Form(again_form(visit, Then::ChoosePassword, &shown.identities)),
    ]
}

fn ask_for_code(visit: &Visit, shown: &Shown) -> Vec<Block> {
    let claimed = shown.identities.iter().find(|row| !row.email.is_empty());
    vec![
        Block::Paragraph(visit.say("portal_password_mail")),
        Block::Form(Form {
            action: "/portal/choose-password/mail".into(),
            fields: vec![Field::Text(Input {
                name: "email",
                label: visit.say("portal_email"),
                kind: "email",
                fills: "email",
                value: claimed.map_or_else(String::new, |row| row.email.clone()),
            })],
            button: visit.say("portal_password_mail_button"),
            weight: Weight::Main,
        }),
    ]
}

fn type_code(visit: &Visit, row: &PortalCodeRow) -> Vec<Block> {
    let fill = [("email", row.email.as_str())];
    let sent = visit.texts.text("portal_code_sent", &fill);
    let form = code_form(visit, ("/portal/choose-password", &row.email));
    [vec![Block::Paragraph(sent)], form].concat()
}

/// Where the code is typed, and asked for anew.
pub(super) fn code_form(visit: &Visit, (place, email): (&str, &str)) -> Vec<Block> {
    vec![
        Block::Form(Form {
            action: format!("{place}/code"),
            fields: vec![code_field(visit)],
            button: visit.say("portal_code_button"),
            weight: Weight::Main,
        }),
        Block::Form(Form {
            action: format!("{place}/mail"),
            fields: vec![Field::Hidden {
                name: "email",
                value: email.into(),
            }],
            button: visit.say("portal_code_again"),
            weight: Weight::Quiet,
        }),
    ]
}

/// A new password, twice.
pub(super) fn new_password(visit: &Visit) -> Vec<Field> {
    let password = |name, key| {
        Field::Text(Input {
            name,
            label: visit.say(key),
            kind: "password",
            fills: "new-password",
            value: String::new(),
        })
    };
    vec![
        password("password", "portal_new_password"),
        password("again", "portal_new_password_again"),
    ]
}

fn choose(visit: &Visit, row: &PortalCodeRow) -> Vec<Block> {
    let email = Field::Shown {
        name: "email",
        label: visit.say("portal_email"),
        value: row.email.clone(),
    };
    vec![
        Block::Form(Form {
            action: "/portal/choose-password".into(),
            fields: [vec![email], new_password(visit)].concat(),
            button: visit.say("portal_save"),
            weight: Weight::Main,
        }),
        Block::Small(visit.say("portal_not_master")),
        Block::Small(visit.say("portal_password_then")),
    ]
}

/// Mails a code.
pub(crate) async fn mail(Posted { visit, form }: Posted<Mail>) -> Response {
    match mail_code(&visit, &form.email).await {
        Ok(()) => visit.go("/portal/choose-password"),
        Err(trouble) => once_more(&visit, &trouble).await,
    }
}

async fn mail_code(visit: &Visit, email: &str) -> Result<(), Trouble> {
    let service = &visit.service;
    let session = visit.member().await?;
    if !is_fresh(session, service.now()) {
        return Err(Trouble::NotFresh(Then::ChoosePassword));
    }
    let email = MailAddress::parse(email).map_err(|_| Code::MalformedEmail)?;
    let wanted = Wanted {
        browser: visit.browser,
        purpose: CodeFor::Linking,
        network: visit.stranger.network,
        account: Some(session.account),
        base: None,
        email: &email,
        language: visit.texts.0,
    };
    Ok(ask(service, wanted).await?)
}

/// Takes the code.
pub(crate) async fn code(Posted { visit, form }: Posted<Typed>) -> Response {
    let proven = async {
        visit.member().await?;
        prove(
            &visit.service,
            (visit.browser, CodeFor::Linking),
            &form.code,
        )
        .await
    };
    match proven.await {
        Ok(_) => visit.go("/portal/choose-password"),
        Err(trouble) => once_more(&visit, &trouble).await,
    }
}

/// Saves the changes.
pub(crate) async fn save(Posted { visit, form }: Posted<Chosen>) -> Response {
    let saved = async {
        let session = visit.member().await?;
        let password = chosen(form.password, &form.again)?;
        link(&visit.service, session, password).await
    };
    match saved.await {
        Ok(()) => done(&visit).await,
        Err(trouble) => once_more(&visit, &trouble).await,
    }
}

/// What there is now, to be looked over.
async fn done(visit: &Visit) -> Response {
    let Some(session) = &visit.session else {
        return visit.go("/portal");
    };
    let shown = match shown(&visit.service, session).await {
        Ok(shown) => shown,
        Err(trouble) => return visit.refuse(&trouble),
    };
    let providers = shown.identities.iter().map(|row| {
        let label = visit.service.providers.label(&row.provider);
        (label.to_owned(), row.email.clone())
    });
    let email = (visit.say("portal_email"), shown.account.email.clone());
    let mut blocks = vec![
        Block::Notice(visit.say("portal_password_done")),
        Block::Paragraph(visit.say("portal_password_review")),
        Block::Facts([email].into_iter().chain(providers).collect()),
    ];
    if let Some(waiting) = session.waiting {
        let fill = [("device", shown.device_name(waiting))];
        let text = visit.texts.text("portal_password_go_back", &fill);
        blocks.insert(1, Block::Paragraph(text));
    }
    let page = Page::new(visit.say("portal_password_done_title"), blocks);
    visit.show(StatusCode::OK, page)
}
