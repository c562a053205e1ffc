//! Deleting the account, and keeping it after all.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigill_core::account::MailAddress;
use sigill_core::confirmation::action::Weakening;
use sigill_core::wire::Seconds;

use super::enter::Button;
use super::fields::told_field;
use super::onwards::{again_form, own_provider};
use super::operation::go_to;
use super::page::{Block, Form, Page, Weight};
use super::password::{Typed, code_form};
use super::visit::{Posted, Visit};
use crate::account::deletion::keep;
use crate::portal::account::{Shown, shown};
use crate::portal::code::prove;
use crate::portal::deletion::{Stage, ask_code, begin, stage};
use crate::portal::trouble::Trouble;
use crate::portal::weaken::ask_bare;
use crate::store::flows::Then;
use crate::store::portal_codes::CodeFor;

/// Where the code is to go, if the provider tells no address.
#[derive(Deserialize)]
pub(crate) struct Mail {
    #[serde(default)]
    email: String,
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
    let blocks = match stage(&visit.service, (session, &shown)).await? {
        Stage::Waits(at) => waits(visit, at),
        Stage::Weakening => ask(visit, "portal_delete_on"),
        Stage::SignInAgain => sign_in_again(visit, &shown),
        Stage::AskForCode(told) => ask_for_code(visit, told.as_ref()),
        Stage::TypeCode(row) => {
            let fill = [("email", row.email.as_str())];
            let sent = visit.texts.text("portal_code_sent", &fill);
            let form = code_form(visit, ("/portal/delete", &row.email));
            [vec![Block::Paragraph(sent)], form].concat()
        }
        Stage::Confirm => ask(visit, "portal_delete_button"),
    };
    Ok(Page::new(visit.say("portal_delete_title"), blocks))
}

/// It goes then; the button that keeps it.
pub(super) fn waits(visit: &Visit, at: Seconds) -> Vec<Block> {
    let at = visit.texts.time(at);
    let text = visit
        .texts
        .text("portal_delete_waits", &[("time", at.as_str())]);
    vec![
        Block::Alert(text),
        Block::Form(Form::button(
            "/portal/delete/keep",
            visit.say("portal_delete_keep"),
            Weight::Main,
        )),
    ]
}

fn what_goes(visit: &Visit) -> Vec<Block> {
    ["portal_delete_what", "portal_delete_then"]
        .map(|key| Block::Paragraph(visit.say(key)))
        .into()
}

fn ask(visit: &Visit, key: &str) -> Vec<Block> {
    let mut blocks = what_goes(visit);
    blocks.push(Block::Form(Form::button(
        "/portal/delete",
        visit.say(key),
        Weight::Main,
    )));
    blocks
}

fn sign_in_again(visit: &Visit, shown: &Shown) -> Vec<Block> {
    let fill = [("provider", own_provider(visit, &shown.identities))];
    let mut blocks = what_goes(visit);
    blocks.push(Block::Paragraph(
        visit.texts.text("portal_delete_provider", &fill),
    ));
    let form = again_form(visit, Then::DeleteAccount, &shown.identities);
    blocks.push(Block::Form(form));
    blocks
}

fn ask_for_code(visit: &Visit, told: Option<&MailAddress>) -> Vec<Block> {
    vec![
        Block::Paragraph(visit.say("portal_delete_code")),
        Block::Form(Form {
            action: "/portal/delete/mail".into(),
            fields: vec![told_field(visit, told)],
            button: visit.say("portal_password_mail_button"),
            weight: Weight::Main,
        }),
    ]
}

/// On to the page, or the same with the reason on top.
async fn follow(visit: &Visit, done: Result<(), Trouble>) -> Response {
    match done {
        Ok(()) | Err(Trouble::NotFresh(_) | Trouble::NoCode) => visit.go("/portal/delete"),
        Err(trouble) => match due(visit).await {
            Ok(page) => visit.again(&trouble, page),
            Err(trouble) => visit.refuse(&trouble),
        },
    }
}

/// Mails a code.
pub(crate) async fn mail(Posted { visit, form }: Posted<Mail>) -> Response {
    let sent = async {
        let session = visit.member().await?;
        let shown = shown(&visit.service, session).await?;
        let comes = (form.email.as_str(), visit.texts.0, visit.stranger.network);
        ask_code(&visit.service, (session, &shown), comes).await
    };
    follow(&visit, sent.await).await
}

/// Takes the code.
pub(crate) async fn code(Posted { visit, form }: Posted<Typed>) -> Response {
    let proven = async {
        visit.member().await?;
        let key = (visit.browser, CodeFor::Deleting);
        prove(&visit.service, key, &form.code).await.map(drop)
    };
    follow(&visit, proven.await).await
}

/// Asks for it: by the proofs of a weakening where there is an account password.
pub(crate) async fn delete(Posted { visit, form }: Posted<Button>) -> Response {
    let Button {} = form;
    let is_linked = async {
        let session = visit.member().await?;
        let shown = shown(&visit.service, session).await?;
        Ok::<_, Trouble>((session, shown.account.password.is_some()))
    };
    match is_linked.await {
        Ok((session, true)) => {
            let caller = visit.caller(session);
            let what = Weakening::DeleteAccount;
            go_to(&visit, ask_bare(&visit.service, &caller, what).await)
        }
        Ok((session, false)) => follow(&visit, begin(&visit.service, session).await).await,
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// Keeps it.
pub(crate) async fn keep_it(Posted { visit, form }: Posted<Button>) -> Response {
    let Button {} = form;
    let kept = async {
        let session = visit.signed_in()?;
        Ok::<_, Trouble>(keep(&visit.service, (session.account, session.device)).await?)
    };
    match kept.await {
        Ok(()) => {
            let blocks = vec![
                Block::Notice(visit.say("portal_delete_kept")),
                Block::Link {
                    label: visit.say("portal_back"),
                    url: "/portal".into(),
                },
            ];
            visit.show(
                StatusCode::OK,
                Page::new(visit.say("notme_done_title"), blocks),
            )
        }
        Err(trouble) => visit.refuse(&trouble),
    }
}
