//! Providers that sign in to the account: which, one more, one less.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigill_core::confirmation::action::Weakening;
use sigill_core::confirmation::policy::Profile;
use sigill_core::id::EnrolmentId;
use sigill_core::wire::problem::Code;
use sigill_core::wire::weakening::Parameters;

use super::super::extract::Name;
use super::enter::Button;
use super::onwards::go_to_provider;
use super::operation::go_to;
use super::page::{Block, Field, Form, Item, Page, Weight};
use super::two_factor::not_linked;
use super::visit::{Posted, Visit};
use crate::portal::account::{Shown, shown};
use crate::portal::trouble::Trouble;
use crate::portal::weaken::{ask_about, enrolling, take_effect};
use crate::store::flows::Purpose;
use crate::store::identities::IdentityRow;

/// A person at a provider.
#[derive(Deserialize)]
pub(crate) struct Identity {
    issuer: String,
    subject: String,
}

/// Who signs in how.
pub(crate) async fn show(visit: Visit) -> Response {
    let page = async {
        let session = visit.member().await?;
        let shown = shown(&visit.service, session).await?;
        Ok::<_, Trouble>(page(&visit, &shown))
    };
    match page.await {
        Ok(page) => visit.show(StatusCode::OK, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

fn page(visit: &Visit, shown: &Shown) -> Page {
    let is_linked = shown.account.password.is_some();
    let items = shown.identities.iter();
    let items: Vec<Item> = items.map(|row| item(visit, (row, is_linked))).collect();
    let mut blocks = vec![if items.is_empty() {
        Block::Paragraph(visit.say("portal_providers_none"))
    } else {
        Block::Items(items)
    }];
    if is_linked {
        blocks.push(Block::Small(visit.say("portal_providers_devices")));
        let known = visit.service.providers.all().iter().map(|provider| {
            let fill = [("provider", provider.settings.label.as_str())];
            Block::Form(Form::button(
                format!("/portal/providers/add/{}", provider.settings.name),
                visit.texts.text("portal_providers_add", &fill),
                Weight::Quiet,
            ))
        });
        blocks.extend(known);
    } else {
        blocks.extend(not_linked(visit));
    }
    Page::new(visit.say("portal_providers_title"), blocks)
}

/// The last way in is never taken away: without an account password there is no button.
fn item(visit: &Visit, (row, is_linked): (&IdentityRow, bool)) -> Item {
    let label = visit.service.providers.label(&row.provider);
    let since = visit.texts.time(row.added_at);
    let fill = [("email", row.email.as_str()), ("time", since.as_str())];
    let key = if row.email.is_empty() {
        "portal_identity_since"
    } else {
        "portal_identity"
    };
    let hidden = |name, value: &str| Field::Hidden {
        name,
        value: value.into(),
    };
    let form = is_linked.then(|| Form {
        action: "/portal/providers/unlink".into(),
        fields: vec![
            hidden("issuer", &row.issuer),
            hidden("subject", &row.subject),
        ],
        button: visit
            .texts
            .text("portal_providers_unlink", &[("provider", label)]),
        weight: Weight::Quiet,
    });
    Item {
        title: label.into(),
        lines: vec![visit.texts.text(key, &fill)],
        form,
    }
}

/// Asks to take one away.
pub(crate) async fn unlink(Posted { visit, form }: Posted<Identity>) -> Response {
    let begun = async {
        let caller = visit.caller(visit.member().await?);
        let about = Parameters::Identity {
            issuer: form.issuer,
            subject: form.subject,
        };
        ask_about(&visit.service, &caller, (Weakening::UnlinkProvider, about)).await
    };
    go_to(&visit, begun.await)
}

/// To a provider, to show who is to be let in.
pub(crate) async fn add(
    Name(provider): Name<String>,
    Posted { visit, form }: Posted<Button>,
) -> Response {
    let Button {} = form;
    let purpose = async {
        let session = visit.member().await?;
        let shown = shown(&visit.service, session).await?;
        match shown.account.password {
            Some(_) => Ok(Purpose::Add(session.session)),
            None => Err(Trouble::from(Code::AccountNotLinked)),
        }
    };
    match purpose.await {
        Ok(purpose) => go_to_provider(&visit, &provider, purpose).await,
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// Back from there: asks to let them in.
pub(super) async fn adding(visit: &Visit, id: EnrolmentId) -> Response {
    let begun = async {
        let caller = visit.caller(visit.member().await?);
        let row = enrolling(&visit.service, &caller, id).await?;
        take_effect(&visit.service, &caller, (&row, "", Profile::Standard)).await
    };
    go_to(visit, begun.await)
}
