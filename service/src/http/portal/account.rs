//! Overview, devices, what waits.

use axum::http::StatusCode;
use axum::response::Response;
use sigill_core::id::{DeviceId, OperationId};

use super::super::extract::Name;
use super::deletion::waits;
use super::enter::Button;
use super::lost::{address_question, waiting as waiting_days};
use super::page::{Block, Form, Item, Page, Weight};
use super::visit::{Posted, Visit};
use crate::account::session::sign_device_out as sign_out;
use crate::courier::notice::action_name;
use crate::portal::account::{Shown, shown, was_not_me as cancel};
use crate::portal::trouble::Trouble;
use crate::store::portal::PortalRow;
use crate::store::sessions::DeviceRow;

async fn load(visit: &Visit) -> Result<(&PortalRow, Shown), Trouble> {
    let session = visit.member().await?;
    Ok((session, shown(&visit.service, session).await?))
}

/// Loads and shows, or says why not.
pub(super) async fn page(visit: &Visit, make: impl FnOnce(&PortalRow, &Shown) -> Page) -> Response {
    match load(visit).await {
        Ok((session, shown)) => visit.show(StatusCode::OK, make(session, &shown)),
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// The account.
pub(crate) async fn overview(visit: Visit) -> Response {
    page(&visit, |session, shown| {
        let blocks = [standing(&visit, shown), links(&visit, (session, shown))];
        Page::new(visit.say("portal_account_title"), blocks.concat())
    })
    .await
}

fn standing(visit: &Visit, shown: &Shown) -> Vec<Block> {
    let account = &shown.account;
    let email = if account.email.is_empty() {
        visit.say("portal_email_none")
    } else {
        account.email.clone()
    };
    let password = match account.password {
        Some(_) => "portal_password_set",
        None => "portal_password_none",
    };
    let mut facts = vec![
        (visit.say("portal_email"), email),
        (visit.say("portal_password"), visit.say(password)),
    ];
    for row in &shown.identities {
        let since = visit.texts.time(row.added_at);
        let label = visit.service.providers.label(&row.provider);
        let fill = [("email", row.email.as_str()), ("time", since.as_str())];
        let key = if row.email.is_empty() {
            "portal_identity_since"
        } else {
            "portal_identity"
        };
        facts.push((label.into(), visit.texts.text(key, &fill)));
    }
    let mut blocks = vec![Block::Facts(facts)];
    if !shown.pending.is_empty() {
        let count = u64::try_from(shown.pending.len()).unwrap_or(u64::MAX);
        blocks.insert(0, Block::Alert(visit.texts.counted("portal_waits", count)));
    }
    if account.delete_at > 0 {
        blocks.splice(0..0, waits(visit, account.delete_at));
    }
    blocks.splice(0..0, waiting_days(visit, shown));
    blocks.extend(address_question(visit, shown));
    blocks
}

fn links(visit: &Visit, (session, shown): (&PortalRow, &Shown)) -> Vec<Block> {
    let mut blocks = Vec::new();
    let places: &[(&str, &str)] = match shown.account.password {
        None => &[("portal_password_title", "/portal/choose-password")],
        Some(_) => &[
            ("portal_email_title", "/portal/email"),
            ("portal_another_password_title", "/portal/password"),
        ],
    };
    blocks.extend(places.iter().map(|(key, url)| Block::Link {
        label: visit.say(key),
        url: (*url).into(),
    }));
    if let Some(waiting) = session.waiting {
        let fill = [("device", shown.device_name(waiting))];
        blocks.push(Block::Notice(
            visit.texts.text("portal_device_waits", &fill),
        ));
    }
    blocks
}

/// Devices that are signed in.
pub(crate) async fn devices(visit: Visit) -> Response {
    page(&visit, |session, shown| {
        let items = shown.devices.iter().map(|row| device(&visit, session, row));
        let mut blocks = waiting_days(&visit, shown);
        blocks.push(Block::Items(items.collect()));
        blocks.push(Block::Small(visit.say("portal_devices_lost")));
        Page::new(visit.say("portal_devices_title"), blocks)
    })
    .await
}

fn device(visit: &Visit, session: &PortalRow, row: &DeviceRow) -> Item {
    let since = visit.texts.time(row.known_since);
    let seen = visit.texts.time(row.last_seen);
    let fill = [("since", since.as_str()), ("seen", seen.as_str())];
    let mut lines = vec![visit.texts.text("portal_device_dates", &fill)];
    if row.device == session.device {
        lines.insert(0, visit.say("portal_device_here"));
    }
    if Some(row.device) == session.waiting {
        lines.insert(0, visit.say("portal_device_waiting"));
    }
    Item {
        title: row.name.clone(),
        lines,
        form: Some(Form {
            action: format!("/portal/devices/{}/sign-out", row.device),
            fields: Vec::new(),
            button: visit
                .texts
                .text("portal_device_sign_out", &[("device", &row.name)]),
            weight: Weight::Quiet,
        }),
    }
}

/// Signs one out.
pub(crate) async fn sign_device_out(
    Name(device): Name<DeviceId>,
    Posted { visit, form }: Posted<Button>,
) -> Response {
    let Button {} = form;
    let done = async {
        let session = visit.member().await?;
        let own = (session.account, session.device);
        Ok(sign_out(&visit.service, own, device).await?)
    };
    match done.await {
        Ok(()) => visit.go("/portal/devices"),
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// What waits for its proofs.
pub(crate) async fn waiting(visit: Visit) -> Response {
    page(&visit, |_, shown| {
        let items: Vec<Item> = shown
            .pending
            .iter()
            .map(|row| {
                let operation = &row.operation;
                let action = action_name(visit.texts, operation.request.action);
                let at = visit.texts.time(operation.created_at);
                let fill = [
                    ("device", shown.device_name(operation.device)),
                    ("action", action.as_str()),
                    ("time", at.as_str()),
                ];
                let words = operation.reference().to_string();
                let words = visit.texts.text("notme_words", &[("reference", &words)]);
                Item {
                    title: visit.texts.text("notme_asked", &fill),
                    lines: vec![words, visit.say("notme_pending")],
                    form: Some(Form {
                        action: format!("/portal/waiting/{}/not-me", operation.id),
                        fields: Vec::new(),
                        button: visit.say("notme_button"),
                        weight: Weight::Main,
                    }),
                }
            })
            .collect();
        let mut blocks = waiting_days(&visit, shown);
        if !items.is_empty() {
            blocks.push(Block::Items(items));
        } else if blocks.is_empty() {
            blocks.push(Block::Paragraph(visit.say("portal_waiting_none")));
        }
        Page::new(visit.say("portal_waiting_title"), blocks)
    })
    .await
}

/// *This was not me.*
pub(crate) async fn was_not_me(
    Name(operation): Name<OperationId>,
    Posted { visit, form }: Posted<Button>,
) -> Response {
    let Button {} = form;
    let done = async {
        let session = visit.member().await?;
        cancel(&visit.service, session, operation).await
    };
    match done.await {
        Ok(()) => {
            let blocks = vec![
                Block::Notice(visit.say("notme_done_cancelled")),
                Block::Paragraph(visit.say("notme_next")),
            ];
            let page = Page::new(visit.say("notme_done_title"), blocks);
            visit.show(StatusCode::OK, page)
        }
        Err(trouble) => visit.refuse(&trouble),
    }
}
