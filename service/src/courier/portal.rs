//! Mails of the portal.

use sigill_core::account::MailAddress;
use sigill_core::confirmation::operation::CODE_LIFETIME;
use sigill_core::id::AccountId;
use sigill_core::wire::problem::Code;

use super::Outcome;
use super::code::{draw, no_code};
use super::letter::{Block, Letter};
use super::notice::hand_over;
use super::texts::Texts;
use crate::failure::Failure;
use crate::password::PasswordError;
use crate::portal::code::binding;
use crate::service::{Service, Shared};
use crate::store::accounts::account;
use crate::store::outbox::{Kind, OutboxRow};
use crate::store::portal_codes::{CodeFor, PortalCodeRow};

/// A code for a form of the portal. An address that nobody has gets no mail, and
/// costs as much: what is asked for next would tell by how long it waits.
pub(super) async fn code(service: &Shared, row: &OutboxRow) -> Result<Outcome, Failure> {
    let wanted = service.store.portal_code(row.subject).await?;
    let wanted = wanted.filter(|row| row.until > service.now());
    let Some(wanted) = wanted else {
        return Ok(Outcome::Settled);
    };
    if !service.post.is_there().await {
        return Ok(Outcome::Later);
    }
    if wanted.account.is_none() {
        no_code(service).await?;
        return Ok(Outcome::Settled);
    }
    let (code, salt) = draw()?;
    let grouped = code.grouped();
    let this = Shared::clone(service);
    let made = service.hashing.run(move || {
        let tag = binding(&wanted).tag(&code, &this.pepper, &salt);
        tag.map(|tag| (wanted, tag))
    });
    let (wanted, tag) = made.await?.map_err(|_| PasswordError::Busy)?;
    let until = service.now().saturating_add(CODE_LIFETIME);
    service
        .store
        .set_portal_code(wanted.id, (salt, tag), until)
        .await?;
    let letter = code_letter(&wanted, (&grouped, &Texts(wanted.language).time(until)));
    let known = match wanted.purpose {
        CodeFor::Forgotten => {
            let email = MailAddress::parse(&wanted.email);
            let email = email.map_err(|_| Failure::from(Code::MalformedEmail))?;
            service.store.account_of_address(&email).await?
        }
        CodeFor::Linking
        | CodeFor::Deleting
        | CodeFor::LostFactor
        | CodeFor::LostAddress
        | CodeFor::LostProvider => None,
    };
    // To the address as the account has it, however it was spelled on the page.
    let to = known.map_or(wanted.email, |known| known.email);
    Ok(hand_over(service, &letter, &to).await)
}

fn code_letter(wanted: &PortalCodeRow, (code, until): (&str, &str)) -> Letter {
    let texts = Texts(wanted.language);
    let why = match wanted.purpose {
        CodeFor::Linking => "mail_portal_linking",
        CodeFor::Forgotten => "mail_portal_forgotten",
        CodeFor::Deleting => "mail_portal_deleting",
        CodeFor::LostFactor => "mail_portal_lost_factor",
        CodeFor::LostAddress => "mail_portal_lost_address",
        CodeFor::LostProvider => "mail_portal_lost_provider",
    };
    Letter {
        language: texts.tag(),
        subject: texts.text("mail_portal_subject", &[]),
        blocks: vec![
            Block::Paragraph(texts.text(why, &[("email", &wanted.email)])),
            Block::Paragraph(texts.text("mail_portal_not_you", &[])),
            Block::Large {
                label: texts.text("mail_portal_code", &[("time", until)]),
                value: code.into(),
            },
            Block::Paragraph(texts.text("mail_code_no_one", &[])),
        ],
    }
}

/// The account has a password now, or another one.
pub(super) async fn password_set(service: &Service, row: &OutboxRow) -> Result<Outcome, Failure> {
    let id = AccountId(row.subject);
    let mut tx = service.store.begin(id).await?;
    let Some(account) = account(&mut tx, id).await? else {
        return Ok(Outcome::Settled);
    };
    drop(tx);
    let texts = Texts(account.language);
    let (name, parts) = match (row.kind, &row.address) {
        (Kind::Linked, None) => ("mail_linked", ["what", "then", "not_you"]),
        (Kind::Linked, Some(_)) => ("mail_linked", ["elsewhere", "then", "not_you_elsewhere"]),
        _ => ("mail_password_reset", ["what", "then", "not_you"]),
    };
    let at = texts.time(row.created_at);
    let text = |part: &str| texts.text(&format!("{name}_{part}"), &[("time", &at)]);
    let letter = Letter {
        language: texts.tag(),
        subject: text("subject"),
        blocks: parts.map(|part| Block::Paragraph(text(part))).into(),
    };
    let to = row.address.as_deref().unwrap_or(&account.email);
    Ok(hand_over(service, &letter, to).await)
}
