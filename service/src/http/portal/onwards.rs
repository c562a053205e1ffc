//! The way to the provider and back.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::extract::Name;
use super::device::signed_in;
use super::enter::{Button, path_of};
use super::page::{Block, Field, Form, Page, Weight};
use super::providers;
use super::visit::{Posted, Visit};
use crate::openid::flow::{self, Callback};
use crate::portal::account::shown;
use crate::portal::third_party::{Arrived, arrive, count_way};
use crate::portal::trouble::Trouble;
use crate::store::flows::{Purpose, Then};
use crate::store::identities::IdentityRow;
use crate::store::portal::SignedInBy;
use crate::store::sessions::SessionId;

/// To a provider, to sign in here.
pub(crate) async fn to_provider(
    Name(provider): Name<String>,
    Posted { visit, form }: Posted<Button>,
) -> Response {
    let Button {} = form;
    go_to_provider(&visit, &provider, Purpose::Portal).await
}

/// Where somebody goes on who proved anew who they are.
#[derive(Deserialize)]
pub(crate) struct Again {
    #[serde(default)]
    then: String,
}

/// The places, by what the forms call them.
const THEN: [(&str, Then, &str); 4] = [
    ("password", Then::ChoosePassword, "/portal/choose-password"),
    ("delete", Then::DeleteAccount, "/portal/delete"),
    ("timeline", Then::Timeline, "/portal/timeline"),
    ("data", Then::Data, "/portal/data"),
];

pub(super) fn word_of(then: Then) -> &'static str {
    let found = THEN.iter().find(|(_, known, _)| *known == then);
    found.map_or("", |(word, _, _)| word)
}

pub(super) fn after(then: Then) -> &'static str {
    let found = THEN.iter().find(|(_, known, _)| *known == then);
    found.map_or("/portal", |(_, _, path)| path)
}

/// The way to the provider that the session came from, and back to `then`.
pub(super) fn again_form(visit: &Visit, then: Then, identities: &[IdentityRow]) -> Form {
    Form {
        action: "/portal/again".into(),
        fields: vec![Field::Hidden {
            name: "then",
            value: word_of(then).into(),
        }],
        button: visit.texts.text(
            "portal_sign_in_again",
            &[("provider", own_provider(visit, identities))],
        ),
        weight: Weight::Main,
    }
}

/// What people call the provider that the session came from.
pub(super) fn own_provider<'a>(visit: &'a Visit, identities: &'a [IdentityRow]) -> &'a str {
    let by = visit.session.as_ref().map(|session| &session.by);
    let own = identities.iter().find(|row| {
        matches!(by, Some(SignedInBy::Identity { issuer, subject })
            if row.issuer == *issuer && row.subject == *subject)
    });
    own.map_or("", |row| visit.service.providers.label(&row.provider))
}

/// To the same provider, to prove anew who it is.
pub(crate) async fn again(Posted { visit, form }: Posted<Again>) -> Response {
    let found = THEN.iter().find(|(word, _, _)| *word == form.then);
    let then = found.map_or(Then::ChoosePassword, |(_, then, _)| *then);
    match provider_of_session(&visit).await {
        Ok((provider, session)) => {
            go_to_provider(&visit, &provider, Purpose::Again(session, then)).await
        }
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn provider_of_session(visit: &Visit) -> Result<(String, SessionId), Trouble> {
    let session = visit.member().await?;
    let SignedInBy::Identity { issuer, subject } = &session.by else {
        return Err(Trouble::HasPassword);
    };
    let shown = shown(&visit.service, session).await?;
    let mut identities = shown.identities.into_iter();
    let own = identities.find(|row| row.issuer == *issuer && row.subject == *subject);
    let own = own.ok_or(Trouble::NobodysIdentity)?;
    Ok((own.provider, session.session))
}

/// A page that sends the browser on by itself: after a form, a browser that
/// obeys `form-action` follows no redirect to another host.
pub(super) async fn go_to_provider(visit: &Visit, provider: &str, purpose: Purpose) -> Response {
    let service = &visit.service;
    let begun = async {
        count_way(service, visit.stranger).await?;
        Ok::<_, Trouble>(flow::begin(service, provider, (visit.browser, purpose)).await?)
    };
    match begun.await {
        Ok(url) => {
            let fill = [("provider", service.providers.label(provider))];
            let link = Block::Link {
                label: visit.texts.text("portal_onwards_link", &fill),
                url: url.clone(),
            };
            let title = visit.texts.text("portal_onwards_title", &fill);
            let mut page = Page::new(title, vec![link]);
            page.onwards = Some(url);
            visit.show(StatusCode::OK, page)
        }
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// Back from a provider.
pub(crate) async fn back(
    visit: Visit,
    Path(provider): Path<String>,
    Query(callback): Query<Callback>,
) -> Response {
    match come_back(&visit, &provider, callback).await {
        Ok(Arrived::Device(row)) => signed_in(&visit, &row),
        Ok(Arrived::Portal(begun)) => visit.go_as(&begun.cookie, path_of(begun.place)),
        Ok(Arrived::Again(then)) => visit.go(after(then)),
        Ok(Arrived::Adding(id)) => providers::adding(&visit, id).await,
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn come_back(visit: &Visit, provider: &str, callback: Callback) -> Result<Arrived, Trouble> {
    let service = &visit.service;
    let claims = flow::finish(service, (provider, visit.browser), callback).await?;
    let comes = (visit.browser, visit.session.as_ref());
    arrive(service, comes, visit.texts, claims).await
}
