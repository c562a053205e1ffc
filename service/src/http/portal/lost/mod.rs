//! Pages for somebody who lost something: what is left to show, then seven days
//! that anybody of the account can end.
//!
//! | module | what was lost |
//! |---|---|
//! | [`factor`] | phone, authenticator and backup codes |
//! | [`address`] | the mailbox |
//! | [`provider`] | the account at the provider |
//! | [`password`] | the account password, with no second factor at hand |

pub(super) mod address;
pub(super) mod factor;
pub(super) mod password;
pub(super) mod provider;

use axum::http::StatusCode;
use axum::response::Response;
use sigill_core::confirmation::wait::Lost;
use sigill_core::wire::Seconds;

use super::super::extract::Name;
use super::enter::Button;
use super::fields::code_field;
use super::page::{Block, Form, Page, Weight};
use super::visit::{Posted, Visit};
use crate::courier::wait::will;
use crate::portal::account::{Shown, still_mine};
use crate::portal::trouble::Trouble;
use crate::store::portal_codes::PortalCodeRow;
use crate::wait::stop::stop;

/// What waits, each with the button that stops it.
pub(super) fn waiting(visit: &Visit, shown: &Shown) -> Vec<Block> {
    let blocks = shown.waits.iter().flat_map(|row| {
        let form = Form::button(
            format!("/portal/lost/{}/stop", row.wait.lost.word()),
            visit.say("portal_wait_stop"),
            Weight::Main,
        );
        [Block::Alert(will(visit.texts, row)), Block::Form(form)]
    });
    let mut blocks: Vec<Block> = blocks.collect();
    if !blocks.is_empty() {
        blocks.push(Block::Small(visit.say("portal_wait_meanwhile")));
    }
    blocks
}

/// Stops one.
pub(crate) async fn stop_it(
    Name(lost): Name<Lost>,
    Posted { visit, form }: Posted<Button>,
) -> Response {
    let Button {} = form;
    let stopped = async {
        let session = visit.signed_in()?;
        let whose = (session.account, lost);
        Ok::<_, Trouble>(stop(&visit.service, whose, Some(session.device)).await?)
    };
    match stopped.await {
        Ok(()) => {
            let blocks = vec![
                Block::Notice(visit.say("portal_wait_stopped")),
                Block::Paragraph(visit.say("mail_wait_stopped_then")),
                link(&visit, ("portal_back", "/portal")),
            ];
            let page = Page::new(visit.say("notme_done_title"), blocks);
            visit.show(StatusCode::OK, page)
        }
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// Once a year: is the address still the person's own?
pub(super) fn address_question(visit: &Visit, shown: &Shown) -> Vec<Block> {
    if shown.address_asked.is_none() {
        return Vec::new();
    }
    let fill = [("email", shown.account.email.as_str())];
    let yes = Form::button(
        "/portal/email/mine",
        visit.say("address_mine"),
        Weight::Quiet,
    );
    vec![
        Block::Paragraph(visit.texts.text("address_question", &fill)),
        Block::Form(yes),
        link(visit, ("address_change", "/portal/email")),
    ]
}

/// *Yes, it is mine.*
pub(crate) async fn mine(Posted { visit, form }: Posted<Button>) -> Response {
    let Button {} = form;
    let noted = async { still_mine(&visit.service, visit.member().await?).await };
    match noted.await {
        Ok(()) => visit.go("/portal"),
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// A page's link.
fn link(visit: &Visit, (key, url): (&str, &str)) -> Block {
    Block::Link {
        label: visit.say(key),
        url: url.into(),
    }
}

/// What it is for, what comes instead, and how long it takes.
fn what(visit: &Visit, lost: Lost) -> Vec<Block> {
    let what = format!("portal_lost_{}_what", lost.word());
    vec![
        Block::Paragraph(visit.say(&what)),
        Block::Paragraph(visit.say("portal_lost_how")),
    ]
}

fn title(visit: &Visit, lost: Lost) -> String {
    visit.say(&format!("portal_lost_{}_title", lost.word()))
}

/// Where the code is typed, and the way back to the beginning.
fn code_step(visit: &Visit, lost: Lost, row: &PortalCodeRow) -> Vec<Block> {
    let place = format!("/portal/lost/{}", lost.word());
    let fill = [("email", row.email.as_str())];
    vec![
        Block::Paragraph(visit.texts.text("portal_code_sent", &fill)),
        Block::Form(Form {
            action: format!("{place}/code"),
            fields: vec![code_field(visit)],
            button: visit.say("portal_lost_begin"),
            weight: Weight::Main,
        }),
        Block::Small(visit.say("portal_lost_how")),
        link(visit, ("portal_lost_again", &format!("{place}?again=1"))),
    ]
}

/// Whether the first step is wanted again.
fn is_again(visit: &Visit) -> bool {
    visit.number("again").is_some()
}

/// It has begun.
fn begun(visit: &Visit, lost: Lost, until: Seconds) -> Response {
    let until = visit.texts.time(until);
    let done = format!("portal_lost_{}_begun", lost.word());
    let blocks = vec![
        Block::Notice(visit.texts.text(&done, &[("time", until.as_str())])),
        Block::Paragraph(visit.say("portal_wait_meanwhile")),
        link(visit, ("portal_back", "/portal")),
    ];
    visit.show(StatusCode::OK, Page::new(title(visit, lost), blocks))
}

/// How a step ended: it has begun, or the step that is due, with the reason on top.
async fn follow(
    visit: &Visit,
    (lost, done): (Lost, Result<Option<Seconds>, Trouble>),
    due: impl Future<Output = Result<Page, Trouble>>,
) -> Response {
    match done {
        Ok(Some(until)) => begun(visit, lost, until),
        Ok(None) | Err(Trouble::NoCode) => visit.go(&format!("/portal/lost/{}", lost.word())),
        Err(trouble @ (Trouble::SignedOut | Trouble::NotFresh(_))) => visit.refuse(&trouble),
        Err(trouble) => match due.await {
            Ok(page) => visit.again(&trouble, page),
            Err(trouble) => visit.refuse(&trouble),
        },
    }
}

async fn shown(visit: &Visit, due: impl Future<Output = Result<Page, Trouble>>) -> Response {
    match due.await {
        Ok(page) => visit.show(StatusCode::OK, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}
