//! Mails that tell of something.

use sigill_core::confirmation::action::{Action, ClearScope, RestoreSource};
use sigill_core::confirmation::operation::{Operation, State};
use sigill_core::confirmation::policy::Reach;
use sigill_core::confirmation::receipt::Receipt;
use sigill_core::confirmation::timeline::{Change, Event};
use sigill_core::id::{AccountId, OperationId};

use super::Outcome;
use super::code::no_code;
use super::letter::{Block, Letter};
use super::post::Handed;
use super::texts::Texts;
use crate::account::deletion::keep_token;
use crate::failure::Failure;
use crate::operation::watch::not_me_token;
use crate::service::{Service, Shared};
use crate::store::accounts::{HeldBy, account};
use crate::store::addresses::former_address;
use crate::store::as_word;
use crate::store::operation_row::OperationRow;
use crate::store::operations::{account_of_operation, operation_of};
use crate::store::outbox::OutboxRow;
use crate::store::sessions::{DeviceRow, device_in};
use crate::store::sign_ups::sign_up;
use crate::store::timeline::last_device;

/// What an act is called, in the middle of a sentence.
pub(crate) fn action_name(texts: Texts, action: Action) -> String {
    let key = match action {
        Action::ResetMasterPassword => "mail_action_reset",
        Action::RenewMasterPassword => "mail_action_renew",
        Action::ReplaceCloud => "mail_action_replace_cloud",
        Action::ClearVault { scope } => match scope {
            ClearScope::ThisDevice => "mail_action_clear_this_device",
            ClearScope::Everywhere => "mail_action_clear_everywhere",
        },
        Action::Restore { source, .. } => match source {
            RestoreSource::Cloud { .. } => "mail_action_restore_cloud",
            RestoreSource::Device { .. } => "mail_action_restore_device",
        },
        Action::Weaken { what, .. } => {
            return texts.text(&format!("mail_action_weaken_{}", as_word(what)), &[]);
        }
    };
    texts.text(key, &[])
}

pub(super) async fn hand_over(service: &Service, letter: &Letter, to: &str) -> Outcome {
    let mailbox = (&service.config.mail_from, to);
    match service.post.hand_over(letter, mailbox, service.now()).await {
        Handed::Taken | Handed::Refused => Outcome::Settled,
        Handed::NotTaken | Handed::Unknown => Outcome::Later,
    }
}

/// Somebody signed up with an address that has an account.
pub(super) async fn has_account(service: &Shared, row: &OutboxRow) -> Result<Outcome, Failure> {
    let Some(waiting) = sign_up(&service.store, AccountId(row.subject)).await? else {
        return Ok(Outcome::Settled);
    };
    no_code(service).await?;
    let texts = Texts(waiting.language);
    let letter = Letter {
        language: texts.tag(),
        subject: texts.text("mail_has_account_subject", &[]),
        blocks: vec![
            Block::Paragraph(texts.text("mail_has_account_why", &[("email", &waiting.email)])),
            Block::Paragraph(texts.text("mail_has_account_not_you", &[])),
        ],
    };
    Ok(hand_over(service, &letter, &waiting.email).await)
}

/// What was done, and until when it can be undone.
pub(super) async fn done(service: &Service, posted: &OutboxRow) -> Result<Outcome, Failure> {
    let id = OperationId(posted.subject);
    let Some(owner) = account_of_operation(&service.store, id).await? else {
        return Ok(Outcome::Settled);
    };
    let mut tx = service.store.begin(owner).await?;
    let row = operation_of(&mut tx, owner, id).await?;
    let account = account(&mut tx, owner).await?;
    let (Some(row), Some(account)) = (row, account) else {
        return Ok(Outcome::Settled);
    };
    let device = device_in(&mut tx, owner, row.operation.device).await?;
    let State::Executed { receipt } = &row.operation.state else {
        return Ok(Outcome::Settled);
    };
    let at = receipt.receipt.executed_at;
    let former = former_address(&mut tx, owner, at).await?;
    drop(tx);
    let texts = Texts(account.language);
    let done = Done {
        row: &row,
        receipt: &receipt.receipt,
        device: device.as_ref(),
        address: posted.address.as_deref().unwrap_or("?"),
    };
    let letter = done_letter(service, texts, &done);
    // To the old address too, where it was changed by this very act.
    if let Some(former) = former {
        hand_over(service, &letter, &former).await;
    }
    Ok(hand_over(service, &letter, &account.email).await)
}

/// What a notice about a done act is made of.
struct Done<'a> {
    row: &'a OperationRow,
    receipt: &'a Receipt,
    device: Option<&'a DeviceRow>,
    address: &'a str,
}

fn done_letter(service: &Service, texts: Texts, done: &Done<'_>) -> Letter {
    let receipt = done.receipt;
    let action = action_name(texts, receipt.action);
    let device = done.device.map_or("?", |device| device.name.as_str());
    let since = done
        .device
        .map_or_else(String::new, |device| texts.time(device.known_since));
    let at = texts.time(receipt.executed_at);
    let fill = [
        ("device", device),
        ("action", action.as_str()),
        ("time", at.as_str()),
        ("since", since.as_str()),
        ("address", done.address),
    ];
    let undo = if matches!(receipt.action, Action::Weaken { .. }) {
        texts.text("mail_code_entries_stay", &[])
    } else if receipt.quarantine_until > receipt.executed_at {
        let until = texts.time(receipt.quarantine_until);
        texts.text("mail_done_undo", &[("date", &until)])
    } else {
        texts.text("mail_done_cloud_as_it_was", &[])
    };
    let reference = done.row.operation.reference().to_string();
    Letter {
        language: texts.tag(),
        subject: texts.text("mail_done_subject", &[]),
        blocks: vec![
            Block::Paragraph(texts.text("mail_done_what", &fill)),
            Block::Paragraph(counts(texts, done.row)),
            Block::Paragraph(undo),
            Block::Paragraph(texts.text("mail_done_not_you", &[])),
            Block::Link {
                label: texts.text("mail_done_sign_out", &[]),
                url: not_me_url(service, texts, &done.row.operation),
            },
            Block::Small(texts.text("mail_done_device", &fill)),
            Block::Small(texts.text("mail_done_words", &[("reference", &reference)])),
        ],
    }
}

/// The service's own counts of living entries, before and after.
fn counts(texts: Texts, row: &OperationRow) -> String {
    match row.operation.reach {
        Reach::ThisDevice => texts.counted("mail_code_cloud_stays", row.counts.now),
        Reach::Cloud => [
            texts.counted("mail_done_before", row.counts.now),
            texts.counted("mail_done_after", row.counts.after),
        ]
        .join(" "),
    }
}

/// Opening it changes nothing; its button cancels, and signs the device out.
pub(super) fn not_me_url(service: &Service, texts: Texts, operation: &Operation) -> String {
    format!(
        "{}/not-me/{}?lang={}",
        service.config.public_url,
        not_me_token(service, operation.id),
        texts.tag()
    )
}

/// Dangerous acts are frozen for a day.
pub(super) async fn frozen(service: &Service, row: &OutboxRow) -> Result<Outcome, Failure> {
    let id = AccountId(row.subject);
    let mut tx = service.store.begin(id).await?;
    let Some(account) = account(&mut tx, id).await? else {
        return Ok(Outcome::Settled);
    };
    drop(tx);
    let texts = Texts(account.language);
    let until = texts.time(account.frozen_until);
    let letter = Letter {
        language: texts.tag(),
        subject: texts.text("mail_frozen_subject", &[]),
        blocks: vec![
            Block::Paragraph(texts.text("mail_frozen_what", &[("time", &until)])),
            Block::Paragraph(texts.text("mail_frozen_then", &[])),
        ],
    };
    Ok(hand_over(service, &letter, &account.email).await)
}

/// Dangerous acts wait, and why.
pub(super) async fn held(service: &Service, row: &OutboxRow) -> Result<Outcome, Failure> {
    let id = AccountId(row.subject);
    let mut tx = service.store.begin(id).await?;
    let Some(account) = account(&mut tx, id).await? else {
        return Ok(Outcome::Settled);
    };
    drop(tx);
    let texts = Texts(account.language);
    let from = match account.held_by {
        HeldBy::Restored => row.created_at, // whatever hold ran before
        HeldBy::Reset | HeldBy::Linked | HeldBy::Waited => account.hold.from,
    };
    let from = texts.time(from);
    let until = texts.time(account.hold.until);
    let (subject, what) = match account.held_by {
        HeldBy::Reset => ("mail_held_subject", "mail_held_what"),
        HeldBy::Linked => ("mail_held_linked_subject", "mail_held_linked_what"),
        HeldBy::Waited => ("mail_held_waited_subject", "mail_held_waited_what"),
        HeldBy::Restored => ("mail_held_restored_subject", "mail_held_restored_what"),
    };
    let what = texts.text(what, &[("time", &from), ("end", &until)]);
    let mut blocks = vec![Block::Paragraph(what)];
    if account.held_by != HeldBy::Restored {
        blocks.push(Block::Paragraph(texts.text("mail_held_not_you", &[])));
    }
    let letter = Letter {
        language: texts.tag(),
        subject: texts.text(subject, &[]),
        blocks,
    };
    let to = row.address.as_deref().unwrap_or(&account.email);
    Ok(hand_over(service, &letter, to).await)
}

/// Something was done by whoever knew the master password: what, what now, and
/// what to do where it was not the person.
pub(super) async fn changed(
    service: &Service,
    row: &OutboxRow,
    change: Change,
) -> Result<Outcome, Failure> {
    let id = AccountId(row.subject);
    let mut tx = service.store.begin(id).await?;
    let Some(account) = account(&mut tx, id).await? else {
        return Ok(Outcome::Settled);
    };
    let device = last_device(&mut tx, id, Event::Account(change)).await?;
    drop(tx);
    if account.email.is_empty() {
        return Ok(Outcome::Settled);
    }
    let texts = Texts(account.language);
    let at = texts.time(row.created_at);
    let device = device.as_deref().unwrap_or("?");
    let fill = [("device", device), ("time", at.as_str())];
    let text = |part: &str| texts.text(&format!("mail_{}_{part}", change.word()), &fill);
    let paragraphs = ["what", "then", "not_you"].map(|part| Block::Paragraph(text(part)));
    let letter = Letter {
        language: texts.tag(),
        subject: text("subject"),
        blocks: paragraphs.into(),
    };
    Ok(hand_over(service, &letter, &account.email).await)
}

/// An account is to be deleted; the mail keeps it.
pub(super) async fn deletion_asked(service: &Service, row: &OutboxRow) -> Result<Outcome, Failure> {
    let id = AccountId(row.subject);
    let mut tx = service.store.begin(id).await?;
    let account = account(&mut tx, id).await?;
    drop(tx);
    let account = account.filter(|account| account.delete_at > 0);
    let Some((account, to)) = account.zip(row.address.as_deref()) else {
        return Ok(Outcome::Settled); // kept meanwhile
    };
    let texts = Texts(account.language);
    let until = texts.time(account.delete_at);
    let token = keep_token(service, (id, account.delete_at));
    let (what, not_you) = match account.password {
        Some(_) => ("mail_deletion_linked_what", "mail_deletion_linked_not_you"),
        None => ("mail_deletion_what", "mail_deletion_not_you"),
    };
    let letter = Letter {
        language: texts.tag(),
        subject: texts.text("mail_deletion_subject", &[]),
        blocks: vec![
            Block::Paragraph(texts.text(what, &[("time", &until)])),
            Block::Paragraph(texts.text(not_you, &[])),
            Block::Link {
                label: texts.text("mail_deletion_keep", &[]),
                url: format!(
                    "{}/keep/{token}?lang={}",
                    service.config.public_url,
                    texts.tag()
                ),
            },
        ],
    };
    Ok(hand_over(service, &letter, to).await)
}
