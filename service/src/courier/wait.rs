//! Mails about what takes seven days: begun, nearly over, stopped, done. Each
//! goes to every address that can say no; while it can, it holds the link, and waits
//! for a mail server as long as it takes.

use sigill_core::account::MailAddress;
use sigill_core::wire::Seconds;

use super::Outcome;
use super::letter::{Block, Letter};
use super::notice::hand_over;
use super::texts::Texts;
use crate::failure::Failure;
use crate::service::{Service, Shared};
use crate::store::accounts::{AccountRow, account};
use crate::store::outbox::{Kind, OutboxRow};
use crate::store::waits::{Brings, WaitRow};
use crate::wait::stop::token;

/// The mail of a row in the outbox.
pub(super) async fn letter(service: &Shared, row: &OutboxRow) -> Result<Outcome, Failure> {
    let wait = service.store.wait(row.subject).await?;
    let Some((wait, to)) = wait.zip(row.address.as_deref()) else {
        return Ok(Outcome::Settled); // asked anew meanwhile
    };
    let mut tx = service.store.begin(wait.account).await?;
    let account = account(&mut tx, wait.account).await?;
    drop(tx);
    let Some(account) = account else {
        return Ok(Outcome::Settled);
    };
    if wait.wait.is_on() && !service.post.is_there().await {
        return Ok(Outcome::NoServer);
    }
    let texts = Texts(account.language);
    let at = row.created_at;
    let letter = if row.kind == Kind::WaitStopped {
        over(texts, ("stopped", &wait), at)
    } else if row.kind == Kind::WaitDone {
        done(texts, (&wait, &account), at)
    } else if !wait.wait.is_on() {
        return Ok(Outcome::Settled); // over meanwhile
    } else if row.kind == Kind::WaitReminded {
        waits(service, (texts, "reminded"), &wait)
    } else {
        waits(service, (texts, "asked"), &wait)
    };
    Ok(hand_over(service, &letter, to).await)
}

/// What will happen, and when.
pub(crate) fn will(texts: Texts, row: &WaitRow) -> String {
    let until = texts.time(row.wait.until());
    let address = match &row.brings {
        Brings::Address(email) | Brings::Link { email, .. } => MailAddress::parse(email).ok(),
        Brings::Nothing | Brings::Password(_) => None,
    };
    let hint = address.map_or_else(String::new, |address| address.hint());
    let fill = [("time", until.as_str()), ("email", hint.as_str())];
    let key = format!("portal_wait_{}_will", row.wait.lost.word());
    texts.text(&key, &fill)
}

fn waits(service: &Service, (texts, step): (Texts, &str), row: &WaitRow) -> Letter {
    let asked = texts.time(row.wait.asked_at);
    let shown = format!("portal_wait_{}_shown", row.wait.lost.word());
    Letter {
        language: texts.tag(),
        subject: texts.text(&format!("mail_wait_{step}_subject"), &[]),
        blocks: vec![
            Block::Paragraph(will(texts, row)),
            Block::Paragraph(texts.text(&shown, &[("time", &asked)])),
            Block::Paragraph(texts.text("mail_wait_was_you", &[])),
            Block::Paragraph(texts.text("mail_wait_not_you", &[])),
            Block::Link {
                label: texts.text("portal_wait_stop", &[]),
                url: format!(
                    "{}/stop/{}?lang={}",
                    service.config.public_url,
                    token(service, row.id),
                    texts.tag()
                ),
            },
        ],
    }
}

fn over(texts: Texts, (step, row): (&str, &WaitRow), at: Seconds) -> Letter {
    let at = texts.time(at);
    let lost = row.wait.lost.word();
    Letter {
        language: texts.tag(),
        subject: texts.text(&format!("mail_wait_{step}_subject"), &[]),
        blocks: vec![
            Block::Paragraph(texts.text(&format!("mail_wait_{lost}_{step}"), &[("time", &at)])),
            Block::Paragraph(texts.text(&format!("mail_wait_{step}_then"), &[])),
        ],
    }
}

fn done(texts: Texts, (row, account): (&WaitRow, &AccountRow), at: Seconds) -> Letter {
    let mut letter = over(texts, ("done", row), at);
    let until = texts.time(account.hold.until);
    let held = texts.text("mail_wait_done_held", &[("time", &until)]);
    letter.blocks.insert(1, Block::Paragraph(held));
    letter
}
