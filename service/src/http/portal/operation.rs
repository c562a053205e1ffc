//! A weakening that waits for its proofs: the account password first, then the
//! code from the mail, with the second factor where there is one.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigill_core::confirmation::factor::Way;
use sigill_core::confirmation::policy::Proof;
use sigill_core::id::OperationId;
use sigill_core::wire::SecretText;
use sigill_core::wire::operation::{Asked, Mail, Progress, Proofs};

use super::super::extract::Name;
use super::enter::Button;
use super::fields::{code_field, factor_field, password_field};
use super::page::{Block, Form, Page, Weight};
use super::visit::{Posted, Visit};
use crate::courier::notice::action_name;
use crate::operation::watch;
use crate::portal::trouble::Trouble;
use crate::portal::weaken::{Looked, look, prove};
use crate::store::enrolments::Person;

/// The proofs that a step asks for.
#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    password: Option<SecretText>,
    #[serde(default)]
    code: Option<SecretText>,
    #[serde(default)]
    second_factor: Option<SecretText>,
}

/// Where it is.
pub(super) fn path_of(id: OperationId) -> String {
    format!("/portal/operations/{id}")
}

/// Sends the browser to an operation that was begun, or says why it was not.
pub(super) fn go_to(visit: &Visit, begun: Result<OperationId, Trouble>) -> Response {
    match begun {
        Ok(id) => visit.go(&path_of(id)),
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// The step that is due, or how it ended.
pub(crate) async fn show(visit: Visit, Name(id): Name<OperationId>) -> Response {
    match due(&visit, id).await {
        Ok(page) => visit.show(StatusCode::OK, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn due(visit: &Visit, id: OperationId) -> Result<Page, Trouble> {
    let session = visit.member().await?;
    let looked = look(&visit.service, &visit.caller(session), id).await?;
    let action = action_name(visit.texts, looked.operation.request.action);
    let fill = [("action", action.as_str())];
    let over = |key| vec![Block::Alert(visit.texts.text(key, &fill))];
    let (title, mut blocks) = match &looked.progress {
        Progress::Pending(asked) => {
            let blocks = step(visit, (&looked, asked));
            return Ok(Page::new(visit.say("portal_operation_title"), blocks));
        }
        Progress::Executed { .. } => {
            let done = visit.texts.text("portal_operation_done", &fill);
            ("notme_done_title", vec![Block::Notice(done)])
        }
        Progress::Stale => ("portal_trouble_title", over("portal_trouble_stale")),
        Progress::Expired => ("portal_trouble_title", over("portal_trouble_expired")),
        Progress::Burnt => ("portal_trouble_title", over("portal_trouble_burnt")),
        Progress::Superseded => ("portal_trouble_title", over("portal_trouble_superseded")),
        Progress::Cancelled => ("portal_trouble_title", over("portal_trouble_cancelled")),
    };
    blocks.push(Block::Link {
        label: visit.say("portal_back"),
        url: "/portal".into(),
    });
    Ok(Page::new(visit.say(title), blocks))
}

/// What will happen, and the proofs that are due.
fn step(visit: &Visit, (looked, asked): (&Looked, &Asked)) -> Vec<Block> {
    let action = action_name(visit.texts, looked.operation.request.action);
    let asks = visit
        .texts
        .text("portal_operation_asks", &[("action", action.as_str())]);
    let place = path_of(looked.operation.id);
    let mut blocks = vec![Block::Paragraph(asks)];
    if let Some(person) = &looked.lets_in {
        blocks.push(lets_in(visit, person));
    }
    if asked.required.contains(&Proof::AccountPassword) {
        blocks.extend(password(visit, &place));
    } else {
        blocks.extend(codes(visit, (&place, asked)));
    }
    blocks.push(Block::Form(Form::button(
        format!("{place}/cancel"),
        visit.say("portal_operation_cancel"),
        Weight::Quiet,
    )));
    blocks
}

/// Who gets in, to be looked at before anything is typed.
fn lets_in(visit: &Visit, person: &Person) -> Block {
    let provider = visit.service.providers.label(&person.provider);
    Block::Large {
        label: visit.say("portal_operation_lets_in"),
        value: format!("{provider}: {}", person.who()),
    }
}

fn password(visit: &Visit, place: &str) -> Vec<Block> {
    vec![
        Block::Form(Form {
            action: place.into(),
            fields: vec![password_field(visit)],
            button: visit.say("portal_operation_password"),
            weight: Weight::Main,
        }),
        Block::Small(visit.say("portal_not_master")),
        Block::Link {
            label: visit.say("portal_forgotten_link"),
            url: "/portal/forgot".into(),
        },
    ]
}

fn codes(visit: &Visit, (place, asked): (&str, &Asked)) -> Vec<Block> {
    let fill = [("email", asked.mail_hint.as_str())];
    let mailed = match asked.mail {
        Mail::Bounced => Block::Alert(visit.texts.text("portal_operation_bounced", &fill)),
        Mail::NotDue | Mail::Queued | Mail::HandedOver { .. } => {
            Block::Paragraph(visit.texts.text("portal_code_sent", &fill))
        }
    };
    let mut fields = vec![code_field(visit)];
    let mut blocks = vec![
        mailed,
        Block::Large {
            label: visit.say("mail_code_words"),
            value: asked.reference.join(" "),
        },
    ];
    if asked.required.contains(&Proof::TextMessageCode) {
        fields.push(factor_field(visit));
        blocks.extend(texted(visit, asked));
    }
    blocks.push(Block::Form(Form {
        action: place.into(),
        fields,
        button: visit.say("portal_code_button"),
        weight: Weight::Main,
    }));
    blocks.push(again(visit, place, ("mail", "portal_code_again")));
    let ways = asked.second_factor.iter().flat_map(|step| &step.ways);
    if ways.into_iter().any(|way| *way == Way::TextMessage) {
        blocks.push(again(visit, place, ("text", "portal_operation_text")));
    }
    if asked.required.contains(&Proof::TextMessageCode) {
        blocks.push(Block::Link {
            label: visit.say("portal_lost_factor_link"),
            url: "/portal/lost/factor".into(),
        });
    }
    blocks
}

/// How far the text message is, where there is a phone.
fn texted(visit: &Visit, asked: &Asked) -> Option<Block> {
    let step = asked.second_factor.as_ref()?;
    let fill = [("phone", step.phone_hint.as_deref()?)];
    Some(match step.text {
        Mail::Bounced => Block::Alert(visit.texts.text("portal_operation_no_text", &fill)),
        Mail::NotDue => Block::Paragraph(visit.say("portal_operation_other_ways")),
        Mail::Queued | Mail::HandedOver { .. } => {
            Block::Paragraph(visit.texts.text("portal_operation_texted", &fill))
        }
    })
}

fn again(visit: &Visit, place: &str, (what, key): (&str, &str)) -> Block {
    Block::Form(Form::button(
        format!("{place}/{what}"),
        visit.say(key),
        Weight::Quiet,
    ))
}

/// Takes what was typed.
pub(crate) async fn confirm(
    Name(id): Name<OperationId>,
    Posted { visit, form }: Posted<Typed>,
) -> Response {
    let proofs = Proofs {
        email_code: form.code,
        account_password: form.password,
        text_message_code: form.second_factor,
    };
    let proved = async {
        let caller = visit.caller(visit.member().await?);
        prove(&visit.service, caller, (id, proofs)).await
    };
    follow(&visit, id, proved.await.map(drop)).await
}

/// On to the page of the operation, or the same with the reason on top.
async fn follow(visit: &Visit, id: OperationId, done: Result<(), Trouble>) -> Response {
    match done {
        Ok(()) => visit.go(&path_of(id)),
        Err(trouble) => match due(visit, id).await {
            Ok(page) => visit.again(&trouble, page),
            Err(trouble) => visit.refuse(&trouble),
        },
    }
}

/// A button beside the proofs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Mail,
    Text,
    Cancel,
}

async fn press(
    (Name(id), Posted { visit, form }): (Name<OperationId>, Posted<Button>),
    beside: Beside,
) -> Response {
    let Button {} = form;
    let service = &visit.service;
    let pressed = async {
        let caller = visit.caller(visit.member().await?);
        match beside {
            Beside::Mail => watch::resend(service, &caller, id).await.map(drop)?,
            Beside::Text => watch::text(service, &caller, id).await.map(drop)?,
            Beside::Cancel => watch::cancel(service, &caller, id).await?,
        }
        Ok(())
    };
    follow(&visit, id, pressed.await).await
}

/// Mails a new code.
pub(crate) async fn mail(id: Name<OperationId>, posted: Posted<Button>) -> Response {
    press((id, posted), Beside::Mail).await
}

/// Texts a code.
pub(crate) async fn text(id: Name<OperationId>, posted: Posted<Button>) -> Response {
    press((id, posted), Beside::Text).await
}

/// Keeps everything as it is.
pub(crate) async fn cancel(id: Name<OperationId>, posted: Posted<Button>) -> Response {
    press((id, posted), Beside::Cancel).await
}
