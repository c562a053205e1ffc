//! Signing in and out.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigill_core::wire::SecretText;
use sigill_core::wire::portal::Place;
use sigill_core::wire::problem::Code;

use super::fields::{email_input, factor_field, password_field};
use super::page::{Block, Field, Form, Input, Page, Weight};
use super::visit::{Posted, Visit};
use crate::account::session::sign_out as end;
use crate::portal::session;
use crate::portal::trouble::Trouble;

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
            fills: "username",
            value: email.into(),
            ..email_input(visit, "portal_email")
        }),
        password_field(visit),
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
pub(super) const fn path_of(place: Place) -> &'static str {
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
    let own = (session.account, session.device);
    match end(&visit.service, own).await {
        Ok(()) => visit.go("/portal/sign-in"),
        Err(failure) => visit.refuse(&failure.into()),
    }
}
