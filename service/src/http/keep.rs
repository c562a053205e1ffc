//! The link in a mail that tells of a deletion: it keeps the account.

use axum::response::Response;

use super::link::{Link, Question};
use crate::account::deletion::{going, keep_by_mail};

const ABSENT: &str = "keep_absent_text";

/// When it goes.
pub(crate) async fn ask(link: Link) -> Response {
    let texts = link.texts;
    let found = going(&link.service, &link.token).await.map(|row| {
        let at = texts.time(row.delete_at);
        let title = texts.text("portal_delete_title", &[]);
        let waits = texts.text("portal_delete_waits", &[("time", &at)]);
        Question {
            button: Some(texts.text("portal_delete_keep", &[])),
            ..Question::told(title, vec![waits])
        }
    });
    link.answer(found, ABSENT)
}

/// Its button.
pub(crate) async fn press(link: Link) -> Response {
    let texts = link.texts;
    let kept = keep_by_mail(&link.service, &link.token).await.map(|_| {
        let title = texts.text("notme_done_title", &[]);
        Question::told(title, vec![texts.text("portal_delete_kept", &[])])
    });
    link.answer(kept, ABSENT)
}
