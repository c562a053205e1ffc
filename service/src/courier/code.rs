//! Mails that carry a code. The code is made when the mail leaves, and is
//! nowhere else in clear: not in the database, not in a log.

use sigill_core::confirmation::action::Action;
use sigill_core::confirmation::code::{AddressBinding, Code, CodeBinding, Salt};
use sigill_core::confirmation::operation::{CODE_LIFETIME, LiveCode, Operation, Refused};
use sigill_core::confirmation::policy::Reach;
use sigill_core::id::{AccountId, OperationId};
use sigill_core::wire::Seconds;
use zeroize::Zeroizing;

use super::Outcome;
use super::letter::{Block, Letter};
use super::notice::{action_name, not_me_url};
use super::post::Handed;
use super::texts::Texts;
use crate::failure::Failure;
use crate::operation::weaken::lets_in;
use crate::password::PasswordError;
use crate::random;
use crate::service::{Service, Shared};
use crate::store::accounts::{AccountRow, account};
use crate::store::enrolments::Person;
use crate::store::operation_row::OperationRow;
use crate::store::operations::{account_of_operation, operation_of, save_operation};
use crate::store::outbox::OutboxRow;
use crate::store::sessions::{DeviceRow, device_in};
use crate::store::sign_ups::{SignUpRow, set_sign_up_code, sign_up};

/// Makes a code that nobody gets: where no mail with a code is due, the courier
/// is busy for as long as where one is, so that whatever comes next waits alike.
pub(super) async fn no_code(service: &Shared) -> Result<(), Failure> {
    let (code, salt) = draw()?;
    let this = Shared::clone(service);
    let made = service.hashing.run(move || {
        let nobody = AddressBinding {
            account: AccountId([0; 16]),
            email: "",
        };
        nobody.tag(&code, &this.pepper, &salt)
    });
    made.await?.map_err(|_| PasswordError::Busy)?;
    Ok(())
}

pub(super) fn draw() -> Result<(Code, Salt), Failure> {
    // Each draw is taken with a probability of 42/43: sixteen are enough for ever.
    let random: [u8; 64] = random::bytes()?;
    let mut draws = random.as_chunks::<4>().0.iter();
    let code = Code::draw(|| draws.next().copied().unwrap_or_default());
    Ok((code, random::bytes()?))
}

/// An operation's code.
pub(super) async fn operation(service: &Shared, row: &OutboxRow) -> Result<Outcome, Failure> {
    let id = OperationId(row.subject);
    let Some(owner) = account_of_operation(&service.store, id).await? else {
        return Ok(Outcome::Settled);
    };
    if !service.post.is_there().await {
        return Ok(Outcome::Later);
    }
    let Some(scene) = load(service, (owner, id)).await? else {
        return Ok(Outcome::Settled);
    };
    let binding = match scene.row.operation.next_code(service.now()) {
        Ok(binding) => binding,
        Err(Refused::NoCodesLeft) => {
            let last = scene.row.operation.code_no;
            change(service, (owner, id), |operation| operation.bounced(last)).await?;
            return Ok(Outcome::Settled);
        }
        Err(_) => return Ok(Outcome::Settled),
    };
    let (code, live) = make(service, &binding).await?;
    let grouped = code.grouped();
    if !store_code(service, (owner, id), (&binding, live)).await? {
        return Ok(Outcome::Settled);
    }
    let letter = letter(service, &scene, (binding.code_no, &grouped));
    let mailbox = (&service.config.mail_from, scene.account.email.as_str());
    let now = service.now();
    let handed = service.post.hand_over(&letter, mailbox, now).await;
    note(service, (owner, id), (handed, binding.code_no)).await
}

/// Writes down what became of code `number`.
async fn note(
    service: &Service,
    whose: (AccountId, OperationId),
    (handed, number): (Handed, u32),
) -> Result<Outcome, Failure> {
    let now = service.now();
    match handed {
        Handed::Taken => {
            change(service, whose, |operation| {
                operation.handed_over(number, now)
            })
            .await?;
            Ok(Outcome::Settled)
        }
        Handed::Refused => {
            change(service, whose, |operation| operation.bounced(number)).await?;
            Ok(Outcome::Settled)
        }
        Handed::NotTaken => {
            change(service, whose, |operation| operation.not_taken(number)).await?;
            Ok(Outcome::Later)
        }
        // The code counts: it may be in the mailbox.
        Handed::Unknown => Ok(Outcome::Later),
    }
}

/// The rows that a code mail speaks of.
struct Scene {
    row: OperationRow,
    account: AccountRow,
    device: DeviceRow,
    /// Whom it would let in.
    lets_in: Option<Person>,
}

async fn load(
    service: &Service,
    (owner, id): (AccountId, OperationId),
) -> Result<Option<Scene>, Failure> {
    let mut tx = service.store.begin(owner).await?;
    let Some(row) = operation_of(&mut tx, owner, id).await? else {
        return Ok(None);
    };
    // A mail that can't say who is let in carries no code.
    let Ok(lets_in) = lets_in(&mut tx, &row.operation).await else {
        return Ok(None);
    };
    let device = device_in(&mut tx, owner, row.operation.device).await?;
    let account = account(&mut tx, owner).await?;
    Ok(account.zip(device).map(|(account, device)| Scene {
        row,
        account,
        device,
        lets_in,
    }))
}

async fn make(service: &Shared, binding: &CodeBinding) -> Result<(Code, LiveCode), Failure> {
    let (code, salt) = draw()?;
    let made_at = service.now();
    let this = Shared::clone(service);
    let binding = binding.clone();
    let made = service.hashing.run(move || {
        let tag = binding.tag(&code, &this.pepper, &salt);
        tag.map(|tag| (code, LiveCode { salt, tag, made_at }))
    });
    Ok(made.await?.map_err(|_| PasswordError::Busy)?)
}

/// Stored before the mail server hears of it; `false` where the operation ended meanwhile.
async fn store_code(
    service: &Service,
    (owner, id): (AccountId, OperationId),
    (binding, live): (&CodeBinding, LiveCode),
) -> Result<bool, Failure> {
    let mut tx = service.store.begin(owner).await?;
    let Some(row) = operation_of(&mut tx, owner, id).await? else {
        return Ok(false);
    };
    let (operation, made) = row.operation.code_made(binding, live, service.now());
    save_operation(&mut tx, &operation, service.now()).await?;
    tx.commit().await?;
    Ok(made.is_ok())
}

pub(super) async fn change(
    service: &Service,
    (owner, id): (AccountId, OperationId),
    step: impl FnOnce(Operation) -> Operation,
) -> Result<(), Failure> {
    let mut tx = service.store.begin(owner).await?;
    if let Some(row) = operation_of(&mut tx, owner, id).await? {
        save_operation(&mut tx, &step(row.operation), service.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn letter(service: &Service, scene: &Scene, (number, code): (u32, &Zeroizing<String>)) -> Letter {
    let texts = Texts(scene.account.language);
    let operation = &scene.row.operation;
    let device = scene.device.name.as_str();
    let action = action_name(texts, operation.request.action);
    let until = texts.time(service.now().saturating_add(CODE_LIFETIME));
    let from = scene.row.asked_from.as_deref().unwrap_or("?");
    let since = texts.time(scene.device.known_since);
    let at = texts.time(operation.created_at);
    let url = not_me_url(service, texts, operation);
    let mut blocks = vec![
        Block::Paragraph(texts.text("mail_code_asks", &[("device", device), ("action", &action)])),
        Block::Paragraph(entries(texts, scene)),
        Block::Large {
            label: texts.text("mail_code_words", &[]),
            value: operation.reference().to_string(),
        },
        Block::Large {
            label: texts.text("mail_code_code", &[("time", &until)]),
            value: code.to_string(),
        },
        Block::Paragraph(texts.text("mail_code_no_one", &[])),
        Block::Link {
            label: texts.text("mail_code_not_you", &[]),
            url,
        },
        Block::Small(texts.text(
            "mail_code_device",
            &[
                ("device", device),
                ("since", &since),
                ("address", from),
                ("time", &at),
            ],
        )),
    ];
    if let Some(person) = &scene.lets_in {
        let provider = service.providers.label(&person.provider);
        let label = texts.text("mail_code_lets_in", &[]);
        let value = format!("{provider}: {}", person.who());
        blocks.insert(1, Block::Large { label, value });
    }
    if number > 1 {
        let number = number.to_string();
        let again = texts.text("mail_code_again", &[("n", &number)]);
        blocks.insert(2, Block::Paragraph(again));
    }
    Letter {
        language: texts.tag(),
        subject: texts.text("mail_code_subject", &[]),
        blocks,
    }
}

/// The service's own counts of living entries.
fn entries(texts: Texts, scene: &Scene) -> String {
    let counts = scene.row.counts;
    if matches!(scene.row.operation.request.action, Action::Weaken { .. }) {
        return texts.text("mail_code_entries_stay", &[]);
    }
    match scene.row.operation.reach {
        Reach::ThisDevice => texts.counted("mail_code_cloud_stays", counts.now),
        Reach::Cloud => [
            texts.counted("mail_code_now", counts.now),
            texts.counted("mail_code_after", counts.after),
        ]
        .join(" "),
    }
}

/// A code that verifies an address.
pub(super) async fn verification(service: &Shared, row: &OutboxRow) -> Result<Outcome, Failure> {
    let waiting = sign_up(&service.store, AccountId(row.subject)).await?;
    let Some(waiting) = waiting.filter(|waiting| waiting.expires_at > service.now()) else {
        return Ok(Outcome::Settled);
    };
    if !service.post.is_there().await {
        return Ok(Outcome::Later);
    }
    let (code, salt) = draw()?;
    let grouped = code.grouped();
    let this = Shared::clone(service);
    let (id, email) = (waiting.id, waiting.email.clone());
    let made = service.hashing.run(move || {
        let binding = AddressBinding {
            account: id,
            email: &email,
        };
        binding.tag(&code, &this.pepper, &salt)
    });
    let tag = made.await?.map_err(|_| PasswordError::Busy)?;
    let now = service.now();
    let until = now.saturating_add(CODE_LIFETIME);
    set_sign_up_code(&service.store, id, (salt, tag), until).await?;
    let letter = verification_letter(&waiting, (&grouped, &Texts(waiting.language).time(until)));
    let mailbox = (&service.config.mail_from, waiting.email.as_str());
    Ok(match service.post.hand_over(&letter, mailbox, now).await {
        Handed::Taken | Handed::Refused => Outcome::Settled,
        Handed::NotTaken | Handed::Unknown => Outcome::Later,
    })
}

/// The mail to an address that an account wants to have.
pub(super) fn address_letter(
    (texts, email): (Texts, &str),
    (code, until): (&str, Seconds),
) -> Letter {
    let until = texts.time(until);
    Letter {
        language: texts.tag(),
        subject: texts.text("mail_verify_subject", &[]),
        blocks: vec![
            Block::Paragraph(texts.text("mail_address_why", &[("email", email)])),
            Block::Paragraph(texts.text("mail_verify_not_you", &[])),
            Block::Large {
                label: texts.text("mail_verify_code", &[("time", &until)]),
                value: code.into(),
            },
            Block::Paragraph(texts.text("mail_code_no_one", &[])),
        ],
    }
}

fn verification_letter(waiting: &SignUpRow, (code, until): (&str, &str)) -> Letter {
    let texts = Texts(waiting.language);
    Letter {
        language: texts.tag(),
        subject: texts.text("mail_verify_subject", &[]),
        blocks: vec![
            Block::Paragraph(texts.text("mail_verify_why", &[("email", &waiting.email)])),
            Block::Paragraph(texts.text("mail_verify_not_you", &[])),
            Block::Large {
                label: texts.text("mail_verify_code", &[("time", until)]),
                value: code.into(),
            },
            Block::Paragraph(texts.text("mail_code_no_one", &[])),
        ],
    }
}
