//! Text messages that carry a code. As with mails, the code is made when the
//! text leaves, and is nowhere else in clear. A text is not tried again by
//! itself: the page says what became of it, and offers the other ways.

use sigill_core::confirmation::code::{CodeBinding, EnrolmentBinding, SignInBinding, TextFor};
use sigill_core::confirmation::factor::Way;
use sigill_core::confirmation::operation::{CODE_LIFETIME, LiveCode, Operation, Refused};
use sigill_core::id::{AccountId, DeviceId, EnrolmentId, OperationId};
use sigill_core::wire::account::Language;
use zeroize::Zeroizing;

use super::code::{change, draw};
use super::gateway::{Texts, hand_over};
use super::letter::{Block, Letter};
use super::post::{Handed, Post};
use super::texts::Texts as Words;
use super::{Outcome, code};
use crate::failure::Failure;
use crate::limits::{DAY, Limit};
use crate::password::PasswordError;
use crate::service::{Service, Shared};
use crate::store::accounts::account;
use crate::store::enrolments::{enrolment, save_enrolment};
use crate::store::factors::factors;
use crate::store::limits::{Counted, count};
use crate::store::operations::{account_of_operation, operation_of, save_operation};
use crate::store::outbox::OutboxRow;
use crate::store::sign_in_texts::{SignInText, account_signing_in, set_sign_in_text};

/// Hands a text over, where the service's own cap for a day allows it.
async fn send(service: &Service, to: &str, text: String) -> Result<Handed, Failure> {
    let cap = Limit {
        rule: "text/service/day",
        count: service.config.texts_a_day,
        window: DAY,
    };
    let mut tx = service.store.begin_writing().await?;
    let counted = count(&mut tx, &cap, &[0; 32], service.now()).await?;
    tx.commit().await?;
    if let Counted::Over { .. } = counted {
        tracing::warn!("the cap for texts a day is reached");
        return Ok(Handed::Refused);
    }
    Ok(match (&service.texts, &service.post) {
        (Texts::Gateway(gateway, client), _) => hand_over(gateway, client, (to, &text)).await,
        (Texts::Inbox, Post::Inbox(inbox)) => {
            inbox.put(&shown(text), to, service.now());
            Handed::Taken
        }
        (Texts::Inbox, Post::Server(_)) | (Texts::None, _) => Handed::Refused,
    })
}

/// A text on the inbox page.
fn shown(text: String) -> Letter {
    Letter {
        language: "en",
        subject: String::from("SMS"),
        blocks: text
            .split("\n\n")
            .map(|part| Block::Paragraph(part.into()))
            .collect(),
    }
}

/// The words: what it is for, and the code in a line of its own.
fn words(language: Language, (key, fill): (&str, &[(&str, &str)]), code: &str) -> String {
    let texts = Words(language);
    let no_one = texts.text("text_no_one", &[]);
    format!("{}\n\n{code}\n\n{no_one}", texts.text(key, fill))
}

/// The number of an account's phone, and its language.
async fn phone(service: &Service, owner: AccountId) -> Result<Option<(String, Language)>, Failure> {
    let mut tx = service.store.begin(owner).await?;
    let row = account(&mut tx, owner).await?;
    let factors = factors(&mut tx, owner).await?;
    let phone = factors
        .into_iter()
        .find(|factor| factor.way == Way::TextMessage);
    Ok(phone
        .zip(row)
        .map(|(phone, row)| (phone.value, row.language)))
}

/// The code of an operation.
pub(super) async fn operation(service: &Shared, row: &OutboxRow) -> Result<Outcome, Failure> {
    let id = OperationId(row.subject);
    let Some(owner) = account_of_operation(&service.store, id).await? else {
        return Ok(Outcome::Settled);
    };
    let Some((number, language)) = phone(service, owner).await? else {
        return Ok(Outcome::Settled);
    };
    let Some((binding, code, reference)) = store(service, (owner, id)).await? else {
        return Ok(Outcome::Settled);
    };
    let fill = [("reference", reference.as_str())];
    let text = words(language, ("text_operation", &fill), &code);
    let handed = send(service, &number, text).await?;
    let now = service.now();
    let step = |operation: Operation| match handed {
        Handed::Taken => operation.text_handed_over(binding.code_no, now),
        Handed::Unknown => operation.text_unknown(binding.code_no),
        Handed::Refused | Handed::NotTaken => operation.text_refused(binding.code_no),
    };
    change(service, (owner, id), step).await?;
    Ok(Outcome::Settled)
}

/// Makes the next code and stores its tag, before the gateway hears of it.
async fn store(
    service: &Shared,
    (owner, id): (AccountId, OperationId),
) -> Result<Option<(CodeBinding, Zeroizing<String>, String)>, Failure> {
    let mut tx = service.store.begin(owner).await?;
    let row = operation_of(&mut tx, owner, id).await?;
    drop(tx);
    let next = row.map(|row| row.operation.next_text(service.now()));
    let binding = match next {
        Some(Ok(binding)) => binding,
        Some(Err(Refused::NoCodesLeft)) => {
            change(service, (owner, id), |operation| {
                let last = operation.text.code_no;
                operation.text_unknown(last)
            })
            .await?;
            return Ok(None);
        }
        Some(Err(_)) | None => return Ok(None),
    };
    let (code, salt) = draw()?;
    let grouped = code.grouped();
    let made_at = service.now();
    let this = Shared::clone(service);
    let bound = binding.clone();
    let made = service.hashing.run(move || {
        let tag = bound.text_tag(&code, &this.pepper, &salt);
        tag.map(|tag| LiveCode { salt, tag, made_at })
    });
    let live = made.await?.map_err(|_| PasswordError::Busy)?;
    let mut tx = service.store.begin(owner).await?;
    let Some(row) = operation_of(&mut tx, owner, id).await? else {
        return Ok(None);
    };
    let (operation, stored) = row.operation.text_made(&binding, live, service.now());
    save_operation(&mut tx, &operation, service.now()).await?;
    tx.commit().await?;
    let reference = operation.reference().to_string();
    Ok(stored.ok().map(|()| (binding, grouped, reference)))
}

/// The code that shows that texts to a phone arrive.
pub(super) async fn enrolling(service: &Shared, row: &OutboxRow) -> Result<Outcome, Failure> {
    let Some((to, language, code)) = store_enrolment(service, EnrolmentId(row.subject)).await?
    else {
        return Ok(Outcome::Settled);
    };
    let text = words(language, ("text_enrolment", &[]), &code);
    send(service, &to, text).await?;
    Ok(Outcome::Settled)
}

/// The code that shows that mails to a new address are read.
pub(super) async fn enrolling_mail(service: &Shared, row: &OutboxRow) -> Result<Outcome, Failure> {
    if !service.post.is_there().await {
        return Ok(Outcome::Later);
    }
    let Some((to, language, code)) = store_enrolment(service, EnrolmentId(row.subject)).await?
    else {
        return Ok(Outcome::Settled);
    };
    let until = service.now().saturating_add(CODE_LIFETIME);
    let letter = code::address_letter((Words(language), &to), (&code, until));
    let mailbox = (&service.config.mail_from, to.as_str());
    let handed = service
        .post
        .hand_over(&letter, mailbox, service.now())
        .await;
    Ok(match handed {
        Handed::Taken | Handed::Refused => Outcome::Settled,
        Handed::NotTaken | Handed::Unknown => Outcome::Later,
    })
}

async fn store_enrolment(
    service: &Shared,
    id: EnrolmentId,
) -> Result<Option<(String, Language, Zeroizing<String>)>, Failure> {
    let waiting = enrolment(&service.store, id).await?;
    let Some(waiting) = waiting.filter(|row| row.until > service.now()) else {
        return Ok(None);
    };
    let (code, salt) = draw()?;
    let grouped = code.grouped();
    let this = Shared::clone(service);
    let bound = waiting.clone();
    let made = service.hashing.run(move || {
        let binding = EnrolmentBinding {
            account: bound.account,
            enrolment: bound.id,
            to: &bound.value,
        };
        binding.tag(&code, &this.pepper, &salt)
    });
    let tag = made.await?.map_err(|_| PasswordError::Busy)?;
    let mut tx = service.store.begin(waiting.account).await?;
    let Some(row) = account(&mut tx, waiting.account).await? else {
        return Ok(None);
    };
    let coded = crate::store::enrolments::EnrolmentRow {
        code: Some((salt, tag)),
        code_until: service.now().saturating_add(CODE_LIFETIME),
        ..waiting
    };
    save_enrolment(&mut tx, &coded).await?;
    tx.commit().await?;
    Ok(Some((coded.value, row.language, grouped)))
}

const fn key(purpose: TextFor) -> &'static str {
    match purpose {
        TextFor::SignIn => "text_sign_in",
        TextFor::Reset => "text_reset",
        TextFor::LostAddress => "text_lost_address",
        TextFor::Hold => "text_hold",
    }
}

/// The code of a sign-in, or of what else takes a factor; the row names the account
/// and what for, the text its device.
pub(super) async fn sign_in(service: &Shared, row: &OutboxRow) -> Result<Outcome, Failure> {
    let device = DeviceId(row.subject);
    let Some((owner, purpose)) = account_signing_in(&service.store, device).await? else {
        return Ok(Outcome::Settled);
    };
    let Some((number, language)) = phone(service, owner).await? else {
        return Ok(Outcome::Settled);
    };
    let (code, salt) = draw()?;
    let grouped = code.grouped();
    let this = Shared::clone(service);
    let binding = SignInBinding {
        account: owner,
        device,
        purpose,
    };
    let made = service
        .hashing
        .run(move || binding.tag(&code, &this.pepper, &salt));
    let tag = made.await?.map_err(|_| PasswordError::Busy)?;
    let text = SignInText {
        purpose,
        salt,
        tag,
        until: service.now().saturating_add(CODE_LIFETIME),
    };
    let mut tx = service.store.begin(owner).await?;
    set_sign_in_text(&mut tx, (owner, device), &text).await?;
    tx.commit().await?;
    send(
        service,
        &number,
        words(language, (key(purpose), &[]), &grouped),
    )
    .await?;
    Ok(Outcome::Settled)
}
