//! Something is enrolled: shown once, tried, then asked for.

use axum::http::StatusCode;
use axum::response::Response;
use qrcode::{Color, EcLevel, QrCode};
use serde::Deserialize;
use sigill_core::confirmation::policy::{Profile, SecondFactor};
use sigill_core::id::EnrolmentId;
use sigill_core::wire::SecretText;
use sigill_core::wire::factor::{Enrol, Enrolled};

use super::super::extract::Name;
use super::operation::path_of;
use super::page::{Block, Field, Form, Input, Page, Picture, Weight};
use super::visit::{Posted, Visit};
use crate::factor::enrol;
use crate::operation::ask::shares;
use crate::portal::account::shown;
use crate::portal::trouble::Trouble;
use crate::portal::weaken::{enrolling, take_effect};
use crate::store::enrolments::EnrolmentKind;
use crate::store::portal::PortalRow;

/// What shows that it works, and how much the account asks for from then on.
#[derive(Deserialize)]
pub(crate) struct Tried {
    code: SecretText,
    #[serde(default)]
    strict: String,
}

/// Begins to enrol, and shows what is shown once.
pub(super) async fn begin(visit: &Visit, request: Enrol) -> Response {
    match begun(visit, request).await {
        Ok(page) => visit.show(StatusCode::OK, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn begun(visit: &Visit, request: Enrol) -> Result<Page, Trouble> {
    let session = visit.member().await?;
    let caller = visit.caller(session);
    let whose = (caller.asker(), shares(&visit.service, &caller));
    let enrolled = enrol::begin(&visit.service, whose, request).await?;
    page(visit, session, (enrolled.enrolment, Some(&enrolled))).await
}

async fn page(
    visit: &Visit,
    session: &PortalRow,
    (id, new): (EnrolmentId, Option<&Enrolled>),
) -> Result<Page, Trouble> {
    let caller = visit.caller(session);
    let row = enrolling(&visit.service, &caller, id).await?;
    let shown = shown(&visit.service, session).await?;
    let (title, how) = words(row.kind);
    let fill = [("to", row.value.as_str())];
    let mut blocks = new.map_or_else(Vec::new, |new| once(visit, new));
    blocks.push(Block::Paragraph(match row.kind {
        EnrolmentKind::Phone | EnrolmentKind::Email => visit.texts.text(how, &fill),
        EnrolmentKind::Authenticator | EnrolmentKind::BackupCodes | EnrolmentKind::Identity => {
            visit.say(how)
        }
    }));
    let is_factor = matches!(
        row.kind,
        EnrolmentKind::Phone | EnrolmentKind::Authenticator
    );
    let is_first = shown.account.second_factor == SecondFactor::Off;
    let strict = (is_factor && is_first).then(|| Field::Ticked {
        name: "strict",
        label: visit.say("portal_factors_strict"),
    });
    blocks.push(Block::Form(Form {
        action: format!("/portal/enrolments/{id}"),
        fields: [code_field(visit)].into_iter().chain(strict).collect(),
        button: visit.say("portal_code_button"),
        weight: Weight::Main,
    }));
    Ok(Page::new(visit.say(title), blocks))
}

fn code_field(visit: &Visit) -> Field {
    Field::Text(Input {
        name: "code",
        label: visit.say("portal_enrol_code"),
        kind: "text",
        fills: "one-time-code",
        value: String::new(),
    })
}

/// What the page is called, and how it is shown that it works.
const fn words(kind: EnrolmentKind) -> (&'static str, &'static str) {
    match kind {
        EnrolmentKind::Phone => ("portal_enrol_phone_title", "portal_enrol_phone"),
        EnrolmentKind::Authenticator => (
            "portal_enrol_authenticator_title",
            "portal_enrol_authenticator",
        ),
        EnrolmentKind::BackupCodes => ("portal_enrol_backup_title", "portal_enrol_backup"),
        EnrolmentKind::Email | EnrolmentKind::Identity => {
            ("portal_email_title", "portal_enrol_email")
        }
    }
}

/// What is shown now and never again.
fn once(visit: &Visit, new: &Enrolled) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !new.backup_codes.is_empty() {
        let codes = new.backup_codes.iter();
        blocks.push(Block::Heading(visit.say("portal_enrol_codes")));
        blocks.push(Block::Notice(visit.say("portal_enrol_codes_once")));
        blocks.push(Block::Codes(
            codes.map(|code| code.expose().into()).collect(),
        ));
    }
    if let Some(otpauth) = &new.otpauth {
        let url = otpauth.expose();
        blocks.push(Block::Paragraph(visit.say("portal_enrol_scan")));
        blocks.extend(picture(visit, url));
        blocks.push(Block::Large {
            label: visit.say("portal_enrol_key"),
            value: secret_in(url).into(),
        });
        blocks.push(Block::Link {
            label: visit.say("portal_enrol_here"),
            url: url.into(),
        });
    }
    blocks
}

/// The key by itself, for whoever types it.
fn secret_in(otpauth: &str) -> &str {
    let query = otpauth.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut secrets = pairs.filter(|(name, _)| *name == "secret");
    secrets.next().map_or("", |(_, secret)| secret)
}

/// White squares around the code (ISO/IEC 18004 §9.1).
const QUIET: usize = 4;

/// The address as a QR code; none where it does not fit into one.
fn picture(visit: &Visit, text: &str) -> Option<Block> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let squares = code.to_colors();
    let path = (0..).zip(&squares).filter_map(|(at, color)| {
        let (x, y) = (at % width + QUIET, at / width + QUIET);
        (*color == Color::Dark).then(|| format!("M{x} {y}h1v1h-1z"))
    });
    Some(Block::Picture(Picture {
        label: visit.say("portal_enrol_picture"),
        side: width + 2 * QUIET,
        path: path.collect(),
    }))
}

/// Takes what shows that it works; on to the proofs.
pub(crate) async fn try_it(
    Name(id): Name<EnrolmentId>,
    Posted { visit, form }: Posted<Tried>,
) -> Response {
    let asked = async {
        let caller = visit.caller(visit.member().await?);
        let row = enrolling(&visit.service, &caller, id).await?;
        let profile = match form.strict.as_str() {
            "yes" => Profile::Strict,
            _ => Profile::Standard,
        };
        take_effect(&visit.service, &caller, (&row, form.code.expose(), profile)).await
    };
    match asked.await {
        Ok(operation) => visit.go(&path_of(operation)),
        Err(trouble) => once_more(&visit, id, trouble).await,
    }
}

/// The form again; what was shown once is not shown.
async fn once_more(visit: &Visit, id: EnrolmentId, trouble: Trouble) -> Response {
    let page = async {
        let session = visit.member().await?;
        page(visit, session, (id, None)).await
    };
    match page.await {
        Ok(page) => visit.again(&trouble, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}
