//! What was displaced, until when it can come back, and a shorter time for that.

use axum::response::Response;
use serde::Deserialize;
use sigill_core::confirmation::action::Weakening;
use sigill_core::wire::weakening::Parameters;

use super::account::page;
use super::operation::path_of;
use super::page::{Block, Field, Form, Item, Page, Weight};
use super::visit::{Posted, Visit};
use crate::limits::DAY;
use crate::portal::account::Shown;
use crate::portal::weaken::ask_about;
use crate::store::generations::{Displacement, GenerationRow};

/// A shorter time.
#[derive(Deserialize)]
pub(crate) struct Window {
    days: String,
}

/// What was displaced.
pub(crate) async fn show(visit: Visit) -> Response {
    page(&visit, |_, shown| undo_page(&visit, shown)).await
}

fn undo_page(visit: &Visit, shown: &Shown) -> Page {
    let items = displaced(visit, shown);
    let mut blocks = if items.is_empty() {
        vec![Block::Paragraph(visit.say("portal_undo_none"))]
    } else {
        vec![
            Block::Paragraph(visit.say("portal_undo_how")),
            Block::Items(items),
        ]
    };
    if shown.account.password.is_some() {
        blocks.extend(window(visit, shown));
    }
    Page::new(visit.say("portal_undo_title"), blocks)
}

fn displaced(visit: &Visit, shown: &Shown) -> Vec<Item> {
    let item = |(generation, by): &(GenerationRow, Displacement)| {
        let at = visit.texts.time(by.at);
        let until = visit.texts.time(by.until);
        let fill = [
            ("device", by.device_name.as_str()),
            ("time", at.as_str()),
            ("date", until.as_str()),
        ];
        Item {
            title: visit.texts.counted("portal_undo_count", generation.count),
            lines: vec![
                visit.texts.text("portal_undo_by", &fill),
                visit.texts.text("portal_undo_until", &fill),
            ],
            form: None,
        }
    };
    shown.displaced.iter().map(item).collect()
}

/// How long what goes lies sealed, and the shorter times that can be chosen.
fn window(visit: &Visit, shown: &Shown) -> Vec<Block> {
    let days = shown.account.undo / DAY;
    let shorter = SHORTER.iter().filter(|(n, _)| *n < days);
    let options: Vec<_> = shorter
        .map(|(n, word)| (*word, visit.texts.counted("portal_undo_days", *n)))
        .collect();
    let now = visit.texts.counted("portal_undo_days", days);
    let mut blocks = vec![
        Block::Heading(visit.say("portal_undo_window")),
        Block::Paragraph(
            visit
                .texts
                .text("portal_undo_window_now", &[("days", &now)]),
        ),
    ];
    if !options.is_empty() {
        blocks.push(Block::Form(Form {
            action: "/portal/undo".into(),
            fields: vec![Field::Select {
                name: "days",
                label: visit.say("portal_undo_window_new"),
                options,
            }],
            button: visit.say("portal_undo_window_button"),
            weight: Weight::Quiet,
        }));
    }
    blocks.push(Block::Small(visit.say("portal_undo_window_then")));
    blocks
}

/// What the form offers; the service takes 1 to 29.
const SHORTER: [(u64, &str); 4] = [(14, "14"), (7, "7"), (3, "3"), (1, "1")];

/// Stages it; on to the proofs.
pub(crate) async fn shorten(Posted { visit, form }: Posted<Window>) -> Response {
    let begun = async {
        let caller = visit.caller(visit.member().await?);
        let days = form.days.parse().unwrap_or_default();
        let about = (
            Weakening::ShortenUndoWindow,
            Parameters::UndoWindow { days },
        );
        ask_about(&visit.service, &caller, about).await
    };
    match begun.await {
        Ok(id) => visit.go(&path_of(id)),
        Err(trouble) => visit.refuse(&trouble),
    }
}
