//! The link in a code mail: it cancels, and signs the asking device out.

use axum::response::Response;
use sigill_core::confirmation::operation::State as Stand;

use super::link::{Link, Question};
use crate::courier::notice::action_name;
use crate::courier::texts::Texts;
use crate::operation::watch::{NotMe, not_me as look, was_not_me as act};

const ABSENT: &str = "notme_absent_text";

/// What it would do.
pub(crate) async fn ask(link: Link) -> Response {
    let found = look(&link.service, &link.token).await;
    link.answer(found.map(|shown| question(link.texts, &shown)), ABSENT)
}

/// Its button.
pub(crate) async fn press(link: Link) -> Response {
    let done = act(&link.service, &link.token).await;
    link.answer(done.map(|shown| answer(link.texts, &shown)), ABSENT)
}

fn asked(texts: Texts, shown: &NotMe) -> String {
    let device = shown
        .device
        .as_ref()
        .map_or("?", |device| device.name.as_str());
    let action = action_name(texts, shown.operation.request.action);
    let time = texts.time(shown.operation.created_at);
    let fill = [
        ("device", device),
        ("action", action.as_str()),
        ("time", time.as_str()),
    ];
    texts.text("notme_asked", &fill)
}

fn stand(texts: Texts, shown: &NotMe) -> String {
    match &shown.operation.state {
        Stand::Pending => texts.text("notme_pending", &[]),
        Stand::Executed { receipt } => {
            let receipt = &receipt.receipt;
            if receipt.quarantine_until > receipt.executed_at {
                let date = texts.time(receipt.quarantine_until);
                texts.text("notme_executed", &[("date", &date)])
            } else {
                texts.text("notme_executed_cloud_as_it_was", &[])
            }
        }
        Stand::Stale | Stand::Expired | Stand::Burnt | Stand::Superseded | Stand::Cancelled => {
            texts.text("notme_over", &[])
        }
    }
}

fn words(texts: Texts, shown: &NotMe) -> Option<String> {
    let reference = shown.operation.reference().to_string();
    Some(texts.text("notme_words", &[("reference", &reference)]))
}

fn question(texts: Texts, shown: &NotMe) -> Question {
    let button = match shown.operation.state {
        Stand::Pending => "notme_button",
        Stand::Executed { .. }
        | Stand::Stale
        | Stand::Expired
        | Stand::Burnt
        | Stand::Superseded
        | Stand::Cancelled => "notme_button_executed",
    };
    Question {
        title: texts.text("notme_title", &[]),
        paragraphs: vec![asked(texts, shown), stand(texts, shown)],
        small: words(texts, shown),
        button: Some(texts.text(button, &[])),
        after_button: Some(texts.text("notme_was_me", &[])),
    }
}

fn answer(texts: Texts, shown: &NotMe) -> Question {
    let paragraphs = if shown.is_executed() {
        vec![texts.text("notme_done_executed", &[]), stand(texts, shown)]
    } else {
        vec![texts.text("notme_done_cancelled", &[])]
    };
    Question {
        title: texts.text("notme_done_title", &[]),
        paragraphs: [paragraphs, vec![texts.text("notme_next", &[])]].concat(),
        small: words(texts, shown),
        button: None,
        after_button: None,
    }
}
