//! A forgotten account password, step by step.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigill_core::wire::SecretText;

use super::enter::{Step, step_of};
use super::fields::factor_field;
use super::page::{Block, Field, Form, Input, Page, Weight};
use super::password::{Mail, Typed, code_form, new_password};
use super::visit::{Posted, Visit};
use crate::portal::code::prove;
use crate::portal::forgotten::{ask_code, code_of, reset};
use crate::portal::link::{chosen, is_open};
use crate::portal::trouble::Trouble;
use crate::store::portal_codes::CodeFor;

/// The new password, twice, and the second factor where there is one.
#[derive(Deserialize)]
pub(crate) struct Chosen {
    password: SecretText,
    again: SecretText,
    #[serde(default)]
    second_factor: Option<SecretText>,
}

/// The step that is due.
pub(crate) async fn show(visit: Visit) -> Response {
    match due(&visit, Step::Password).await {
        Ok(page) => visit.show(StatusCode::OK, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn due(visit: &Visit, step: Step) -> Result<Page, Trouble> {
    let code = code_of(&visit.service, visit.browser).await?;
    let now = visit.service.now();
    let blocks = match code {
        Some(row) if is_open(&row, now) => choose(visit, step),
        Some(row) if row.proven_at == 0 => {
            let fill = [("email", row.email.as_str())];
            let sent = visit.texts.text("portal_forgotten_sent", &fill);
            [
                vec![Block::Paragraph(sent)],
                code_form(visit, ("/portal/forgot", &row.email)),
            ]
            .concat()
        }
        Some(_) | None => vec![
            Block::Paragraph(visit.say("portal_forgotten_how")),
            Block::Form(Form {
                action: "/portal/forgot/mail".into(),
                fields: vec![Field::Text(Input {
                    name: "email",
                    label: visit.say("portal_email"),
                    kind: "email",
                    fills: "username",
                    value: String::new(),
                })],
                button: visit.say("portal_password_mail_button"),
                weight: Weight::Main,
            }),
        ],
    };
    Ok(Page::new(visit.say("portal_forgotten_title"), blocks))
}

fn choose(visit: &Visit, step: Step) -> Vec<Block> {
    let mut fields = new_password(visit);
    if step == Step::SecondFactor {
        fields.push(factor_field(visit));
    }
    let mut blocks = vec![
        Block::Form(Form {
            action: "/portal/forgot".into(),
            fields,
            button: visit.say("portal_save"),
            weight: Weight::Main,
        }),
        Block::Small(visit.say("portal_not_master")),
        Block::Small(visit.say("portal_forgotten_then")),
    ];
    if step == Step::SecondFactor {
        blocks.push(Block::Link {
            label: visit.say("portal_lost_factor_link"),
            url: "/portal/lost/password".into(),
        });
    }
    blocks
}

async fn once_more(visit: &Visit, trouble: &Trouble, step: Step) -> Response {
    match due(visit, step).await {
        Ok(page) => visit.again(trouble, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// Mails a code, or none: the answer is the same.
pub(crate) async fn mail(Posted { visit, form }: Posted<Mail>) -> Response {
    let comes = (visit.stranger, visit.browser);
    match ask_code(&visit.service, comes, (visit.texts, &form.email)).await {
        Ok(()) => visit.go("/portal/forgot"),
        Err(trouble) => once_more(&visit, &trouble, Step::Password).await,
    }
}

/// Takes the code.
pub(crate) async fn code(Posted { visit, form }: Posted<Typed>) -> Response {
    let key = (visit.browser, CodeFor::Forgotten);
    match prove(&visit.service, key, &form.code).await {
        Ok(_) => visit.go("/portal/forgot"),
        Err(trouble) => once_more(&visit, &trouble, Step::Password).await,
    }
}

/// Saves the changes.
pub(crate) async fn save(Posted { visit, form }: Posted<Chosen>) -> Response {
    let factor = form.second_factor.as_ref();
    let saved = async {
        let password = chosen(form.password, &form.again)?;
        let comes = (visit.stranger, visit.browser);
        reset(&visit.service, comes, (password, factor)).await
    };
    match saved.await {
        Ok(()) => {
            let blocks = vec![
                Block::Notice(visit.say("portal_forgotten_done")),
                Block::Paragraph(visit.say("portal_forgotten_held")),
                Block::Link {
                    label: visit.say("portal_sign_in"),
                    url: "/portal/sign-in".into(),
                },
            ];
            let page = Page::new(visit.say("portal_forgotten_title"), blocks);
            visit.show(StatusCode::OK, page)
        }
        Err(Trouble::NoCode) => visit.go("/portal/forgot"),
        Err(trouble) => {
            let step = step_of(&trouble, factor);
            once_more(&visit, &trouble, step).await
        }
    }
}
