//! Files to keep: the timeline, and everything that the service has of an account.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::page::{Block, Page};
use super::timeline::before_reading;
use super::visit::Visit;
use crate::portal::file::{self, Saved};
use crate::portal::trouble::Trouble;
use crate::store::flows::Then;

/// What there is to keep.
pub(crate) async fn show(visit: Visit) -> Response {
    match due(&visit).await {
        Ok(page) => visit.show(StatusCode::OK, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn due(visit: &Visit) -> Result<Page, Trouble> {
    let title = visit.say("portal_data_title");
    if let Some(first) = before_reading(visit, Then::Data).await? {
        return Ok(Page::new(title, first));
    }
    let blocks = vec![
        Block::Paragraph(visit.say("portal_data_what")),
        Block::Paragraph(visit.say("portal_data_sealed")),
        Block::Link {
            label: visit.say("portal_data_save"),
            url: "/portal/data/file".into(),
        },
        Block::Small(visit.say("portal_data_busy")),
        Block::Heading(visit.say("portal_delete_title")),
        Block::Link {
            label: visit.say("portal_delete_link"),
            url: "/portal/delete".into(),
        },
    ];
    Ok(Page::new(title, blocks))
}

/// Everything.
pub(crate) async fn account(visit: Visit) -> Response {
    match before_reading(&visit, Then::Data).await {
        Ok(None) => save(&visit, Saved::Account).await,
        Ok(Some(_)) => visit.go("/portal/data"),
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// The timeline by itself.
pub(super) async fn timeline(visit: &Visit) -> Response {
    save(visit, Saved::Timeline).await
}

async fn save(visit: &Visit, what: Saved) -> Response {
    let begun = async {
        let caller = visit.caller(visit.member().await?);
        Ok::<_, Trouble>(file::begin(&visit.service, &caller, what).await?)
    };
    let name = match what {
        Saved::Account => "attachment; filename=\"sigill-account.json\"",
        Saved::Timeline => "attachment; filename=\"sigill-timeline.json\"",
    };
    match begun.await {
        Ok(body) => {
            let headers = [
                (CONTENT_TYPE, "application/json"),
                (CONTENT_DISPOSITION, name),
            ];
            (headers, Body::new(body)).into_response()
        }
        Err(trouble) => visit.refuse(&trouble),
    }
}
