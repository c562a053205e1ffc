//! Two-factor authentication: what is on, and what turns it on, off or over.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigill_core::confirmation::action::Weakening;
use sigill_core::confirmation::factor::Way;
use sigill_core::confirmation::policy::Profile;
use sigill_core::wire::factor::{Enrol, Factor, Factors};
use sigill_core::wire::weakening::Parameters;

use super::enrolment;
use super::enter::Button;
use super::operation::go_to;
use super::page::{Block, Field, Form, Input, Item, Page, Weight};
use super::visit::{Posted, Visit};
use crate::factor::enrol;
use crate::portal::account::{go_strict, shown};
use crate::portal::trouble::Trouble;
use crate::portal::weaken::{ask_about, ask_bare};

/// A telephone number.
#[derive(Deserialize)]
pub(crate) struct Phone {
    number: String,
}

/// What is on.
pub(crate) async fn show(visit: Visit) -> Response {
    match due(&visit).await {
        Ok(page) => visit.show(StatusCode::OK, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn due(visit: &Visit) -> Result<Page, Trouble> {
    let session = visit.member().await?;
    let shown = shown(&visit.service, session).await?;
    let asker = visit.caller(session).asker();
    let factors = enrol::list(&visit.service, asker).await?;
    let blocks = if shown.account.password.is_none() {
        not_linked(visit)
    } else {
        [state(visit, &factors), offers(visit, &factors)].concat()
    };
    Ok(Page::new(visit.say("portal_factors_title"), blocks))
}

/// What takes an account password is not offered before there is one.
pub(super) fn not_linked(visit: &Visit) -> Vec<Block> {
    vec![
        Block::Paragraph(visit.say("portal_trouble_not_linked")),
        Block::Link {
            label: visit.say("portal_password_title"),
            url: "/portal/choose-password".into(),
        },
    ]
}

fn state(visit: &Visit, factors: &Factors) -> Vec<Block> {
    if factors.factors.is_empty() {
        return vec![Block::Paragraph(visit.say("portal_factors_none"))];
    }
    let profile = match factors.profile {
        Profile::Strict => "portal_factors_is_strict",
        Profile::Standard => "portal_factors_is_standard",
    };
    let items = factors.factors.iter().map(|one| factor(visit, one));
    let left = u64::from(factors.backup_codes_left);
    vec![
        Block::Items(items.collect()),
        Block::Paragraph(visit.texts.counted("portal_factors_codes", left)),
        Block::Paragraph(visit.say(profile)),
    ]
}

fn factor(visit: &Visit, factor: &Factor) -> Item {
    let since = visit.texts.time(factor.since);
    let fill = [("time", since.as_str())];
    let mut lines = vec![visit.texts.text("portal_factors_since", &fill)];
    lines.extend(factor.hint.clone());
    Item {
        title: visit.say(match factor.way {
            Way::TextMessage => "portal_factors_phone",
            Way::Authenticator | Way::BackupCode => "portal_factors_authenticator",
        }),
        lines,
        form: None,
    }
}

fn offers(visit: &Visit, factors: &Factors) -> Vec<Block> {
    let has = |way| factors.factors.iter().any(|factor| factor.way == way);
    let phone = if has(Way::TextMessage) {
        "portal_factors_change_phone"
    } else {
        "portal_factors_add_phone"
    };
    let authenticator = if has(Way::Authenticator) {
        "portal_factors_change_authenticator"
    } else {
        "portal_factors_add_authenticator"
    };
    let mut blocks = vec![
        Block::Heading(visit.say(phone)),
        Block::Form(Form {
            action: "/portal/two-factor/phone".into(),
            fields: vec![Field::Text(Input {
                name: "number",
                label: visit.say("portal_factors_number"),
                kind: "tel",
                fills: "tel",
                value: String::new(),
            })],
            button: visit.say("portal_factors_text_me"),
            weight: Weight::Main,
        }),
        Block::Heading(visit.say("portal_factors_authenticator")),
        quiet(visit, ("authenticator", authenticator)),
    ];
    if !factors.factors.is_empty() {
        blocks.extend(of_the_enrolled(visit, factors));
    }
    blocks
}

/// What can be done with factors that are there.
fn of_the_enrolled(visit: &Visit, factors: &Factors) -> Vec<Block> {
    let profile = match factors.profile {
        Profile::Strict => ("standard", "portal_factors_standard"),
        Profile::Standard => ("strict", "portal_factors_strict"),
    };
    let mut blocks = vec![
        Block::Heading(visit.say("portal_enrol_codes")),
        quiet(visit, ("backup-codes", "portal_factors_renew")),
        Block::Heading(visit.say("portal_factors_how_much")),
        quiet(visit, profile),
        Block::Heading(visit.say("portal_factors_off_heading")),
    ];
    if factors.factors.len() > 1 {
        blocks.push(quiet(visit, ("no-phone", "portal_factors_no_phone")));
    }
    blocks.push(quiet(visit, ("off", "portal_factors_off")));
    blocks
}

fn quiet(visit: &Visit, (place, key): (&str, &str)) -> Block {
    Block::Form(Form::button(
        format!("/portal/two-factor/{place}"),
        visit.say(key),
        Weight::Quiet,
    ))
}

/// Texts a code to a phone.
pub(crate) async fn phone(Posted { visit, form }: Posted<Phone>) -> Response {
    let number = form.number;
    enrolment::begin(&visit, Enrol::Phone { number }).await
}

/// Shows an authenticator its key.
pub(crate) async fn authenticator(Posted { visit, form }: Posted<Button>) -> Response {
    let Button {} = form;
    enrolment::begin(&visit, Enrol::Authenticator).await
}

/// Shows new backup codes.
pub(crate) async fn backup_codes(Posted { visit, form }: Posted<Button>) -> Response {
    let Button {} = form;
    enrolment::begin(&visit, Enrol::BackupCodes).await
}

/// Asks to take every factor away.
pub(crate) async fn off(Posted { visit, form }: Posted<Button>) -> Response {
    let Button {} = form;
    without(&visit, Weakening::ChangeSecondFactor).await
}

/// Asks to take the phone away.
pub(crate) async fn no_phone(Posted { visit, form }: Posted<Button>) -> Response {
    let Button {} = form;
    without(&visit, Weakening::ChangePhone).await
}

async fn without(visit: &Visit, what: Weakening) -> Response {
    let begun = async {
        let caller = visit.caller(visit.member().await?);
        ask_about(&visit.service, &caller, (what, Parameters::NoFactor)).await
    };
    go_to(visit, begun.await)
}

/// Asks to leave the strict profile.
pub(crate) async fn standard(Posted { visit, form }: Posted<Button>) -> Response {
    let Button {} = form;
    let begun = async {
        let caller = visit.caller(visit.member().await?);
        ask_bare(&visit.service, &caller, Weakening::DropStrictProfile).await
    };
    go_to(&visit, begun.await)
}

/// Turns the strict profile on: it takes nothing away, and asks for nothing.
pub(crate) async fn strict(Posted { visit, form }: Posted<Button>) -> Response {
    let Button {} = form;
    let done = async { go_strict(&visit.service, visit.member().await?).await };
    match done.await {
        Ok(()) => visit.go("/portal/two-factor"),
        Err(trouble) => visit.refuse(&trouble),
    }
}
