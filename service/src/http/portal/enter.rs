//! Signing in and out, the way to the provider and back.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigill_core::id::OperationId;
use sigill_core::wire::SecretText;
use sigill_core::wire::portal::{Place, sign_in_words};
use sigill_core::wire::problem::Code;

use super::super::extract::Name;
use super::page::{Block, Field, Form, Input, Page, Weight};
use super::providers;
use super::visit::{Posted, Visit};
use crate::openid::flow::{self, Callback};
use crate::portal::account::shown;
use crate::portal::third_party::{Arrived, arrive, count_way};
use crate::portal::trouble::Trouble;
use crate::portal::{hint as hints, session};
use crate::store::flows::{Purpose, SignInRow, Then, sign_in_waiting};
use crate::store::identities::IdentityRow;
use crate::store::portal::{SignedInBy, set_waiting};
use crate::store::sessions::SessionId;

/// A form with nothing but its button.
#[derive(Deserialize)]
pub(crate) struct Button {}

/// Address and account password.
#[derive(Deserialize)]
pub(crate) struct SignIn {
    email: String,
    password: SecretText,
    #[serde(default)]
    second_factor: Option<SecretText>,
}

/// Where somebody signs in.
pub(crate) async fn form(visit: Visit) -> Response {
    if visit.session.is_some() {
        return visit.go("/portal");
    }
    visit.show(StatusCode::OK, sign_in_page(&visit, ("", Step::Password)))
}

/// What the form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Password,
    /// … and the second factor.
    SecondFactor,
}

/// Once the second factor was asked for, the form keeps asking for it.
pub(super) fn step_of(trouble: &Trouble, typed: Option<&SecretText>) -> Step {
    let is_due = matches!(trouble, Trouble::Failed(failure)
        if failure.0.error == Code::SecondFactorNeeded);
    if is_due || typed.is_some() {
        Step::SecondFactor
    } else {
        Step::Password
    }
}

/// The field for a second factor.
pub(super) fn factor_field(visit: &Visit) -> Field {
    Field::Text(Input {
        name: "second_factor",
        label: visit.say("portal_second_factor"),
        kind: "text",
        fills: "one-time-code",
        value: String::new(),
    })
}

fn sign_in_page(visit: &Visit, (email, step): (&str, Step)) -> Page {
    let providers = visit.service.providers.all().iter().map(|provider| {
        let fill = [("provider", provider.settings.label.as_str())];
        Block::Form(Form {
            action: format!("/portal/to/{}", provider.settings.name),
            fields: Vec::new(),
            button: visit.texts.text("portal_sign_in_with", &fill),
            weight: Weight::Quiet,
        })
    });
    let mut fields = vec![
        Field::Text(Input {
            name: "email",
            label: visit.say("portal_email"),
            kind: "email",
            fills: "username",
            value: email.into(),
        }),
        Field::Text(Input {
            name: "password",
            label: visit.say("portal_password"),
            kind: "password",
            fills: "current-password",
            value: String::new(),
        }),
    ];
    if step == Step::SecondFactor {
        fields.push(factor_field(visit));
    }
    let mut blocks = vec![
        Block::Form(Form {
            action: "/portal/sign-in".into(),
            fields,
            button: visit.say("portal_sign_in"),
            weight: Weight::Main,
        }),
        Block::Small(visit.say("portal_not_master")),
        Block::Link {
            label: visit.say("portal_forgotten_link"),
            url: "/portal/forgot".into(),
        },
    ];
    if step == Step::SecondFactor {
        blocks.push(Block::Link {
            label: visit.say("portal_lost_factor_link"),
            url: "/portal/lost/factor".into(),
        });
    }
    blocks.extend(providers);
    if !visit.service.providers.all().is_empty() {
        blocks.push(Block::Link {
            label: visit.say("portal_lost_provider_link"),
            url: "/portal/lost/provider".into(),
        });
    }
    Page::new(visit.say("portal_sign_in_title"), blocks)
}

/// Signs in by address and account password.
pub(crate) async fn sign_in(Posted { visit, form }: Posted<SignIn>) -> Response {
    let comes = (visit.stranger, visit.browser);
    let typed = session::Typed {
        email: &form.email,
        password: &form.password,
        second_factor: form.second_factor.as_ref(),
    };
    match session::sign_in(&visit.service, comes, visit.texts, typed).await {
        Ok(begun) => visit.go_as(&begun.cookie, path_of(begun.place)),
        Err(trouble) => {
            let step = step_of(&trouble, form.second_factor.as_ref());
            visit.again(&trouble, sign_in_page(&visit, (&form.email, step)))
        }
    }
}

/// Where a place is.
const fn path_of(place: Place) -> &'static str {
    match place {
        Place::Account | Place::ForgottenPassword | Place::LostFactor => "/portal",
        Place::ChoosePassword => "/portal/choose-password",
    }
}

/// Ends the session.
pub(crate) async fn sign_out(Posted { visit, form }: Posted<Button>) -> Response {
    let Button {} = form;
    let Some(session) = &visit.session else {
        return visit.go("/portal/sign-in");
    };
    match session::sign_out(&visit.service, session).await {
        Ok(()) => visit.go("/portal/sign-in"),
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// A device sent its person here, and waits.
pub(crate) async fn hint(visit: Visit, Name(token): Name<String>) -> Response {
    match open_hint(&visit, &token).await {
        Ok(path) => visit.go(path),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn open_hint(visit: &Visit, token: &str) -> Result<&'static str, Trouble> {
    let service = &visit.service;
    let hint = hints::open(service, visit.browser, token).await?;
    // Nobody can sign in who lost what signing in takes.
    match hint.place {
        Place::ForgottenPassword => return Ok("/portal/forgot"),
        Place::LostFactor => return Ok("/portal/lost/factor"),
        Place::Account | Place::ChoosePassword => {}
    }
    let Some(session) = &visit.session else {
        return Ok("/portal/sign-in");
    };
    if session.account != hint.account {
        return Err(Trouble::OtherAccount);
    }
    let mut tx = service.store.begin(session.account).await?;
    set_waiting(&mut tx, session.session, hint.device).await?;
    tx.commit().await?;
    Ok(path_of(hint.place))
}

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

fn signed_in(visit: &Visit, row: &SignInRow) -> Response {
    let fill = [("device", row.device_name.as_str())];
    let text = visit.texts.text("portal_device_done", &fill);
    let page = Page::new(
        visit.say("portal_device_done_title"),
        vec![Block::Notice(text)],
    );
    visit.show(StatusCode::OK, page)
}

/// The tab that the extension opened: which device it is, to be compared.
pub(crate) async fn device(visit: Visit, Name(id): Name<OperationId>) -> Response {
    match waiting(&visit, id).await {
        Ok(row) => visit.show(StatusCode::OK, device_page(&visit, &row)),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn waiting(visit: &Visit, OperationId(id): OperationId) -> Result<SignInRow, Trouble> {
    let service = &visit.service;
    let row = sign_in_waiting(&service.store, id, service.now()).await?;
    let row = row.filter(|row| row.granted.is_none());
    row.ok_or_else(|| Code::NotFound.into())
}

fn device_page(visit: &Visit, row: &SignInRow) -> Page {
    let provider = visit.service.providers.label(&row.provider);
    let id = OperationId(row.id);
    let fill = [("device", row.device_name.as_str()), ("provider", provider)];
    let mut blocks = vec![
        Block::Paragraph(visit.texts.text("portal_device_asks", &fill)),
        Block::Large {
            label: visit.say("portal_device_words"),
            value: sign_in_words(id, row.device).to_string(),
        },
        Block::Paragraph(visit.say("portal_device_not_you")),
        Block::Form(Form {
            action: format!("/portal/device/{id}"),
            fields: Vec::new(),
            button: visit.texts.text("portal_sign_in_with", &fill),
            weight: Weight::Main,
        }),
    ];
    if visit.stranger.network != row.network {
        blocks.insert(2, Block::Alert(visit.say("portal_device_elsewhere")));
    }
    Page::new(visit.say("portal_device_title"), blocks)
}

/// The words are the same: to the provider.
pub(crate) async fn device_to_provider(
    Name(id): Name<OperationId>,
    Posted { visit, form }: Posted<Button>,
) -> Response {
    let Button {} = form;
    match waiting(&visit, id).await {
        Ok(row) => go_to_provider(&visit, &row.provider, Purpose::Device(row.id)).await,
        Err(trouble) => visit.refuse(&trouble),
    }
}
