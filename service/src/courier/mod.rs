//! Mails leave here, and only here: a request puts a row into the outbox, in
//! the transaction that the mail tells of.
//!
//! | module | one idea |
//! |---|---|
//! | [`post`] | the mail server, or the inbox page |
//! | [`gateway`] | the gateway for text messages |
//! | [`code`] | mails that carry a code, made at the moment they leave |
//! | [`text`] | text messages that carry a code |
//! | [`notice`] | mails that tell of something |
//! | [`portal`] | mails of the portal |
//! | [`wait`] | mails about what takes seven days |
//! | [`letter`] | a mail as a list of blocks: once as text, once as HTML |
//! | [`texts`] | the words, English and Swedish |

pub(crate) mod code;
pub mod gateway;
pub(crate) mod letter;
pub(crate) mod notice;
pub(crate) mod portal;
pub(crate) mod post;
pub(crate) mod text;
pub(crate) mod texts;
pub(crate) mod wait;

use std::time::Duration;

use sigill_core::confirmation::timeline::Change;
use sigill_core::wire::Seconds;
use tokio::sync::oneshot;

use crate::failure::Failure;
use crate::limits::DAY;
use crate::service::Shared;
use crate::store::StoreError;
use crate::store::outbox::{Kind, OutboxRow, settle, take_due, try_again};

/// Seconds for which nobody else takes a mail that is being handed over.
const LEASE: Seconds = 90;
/// A notice that could not be handed over for so long never will be.
const GIVE_UP: Seconds = 2 * DAY;

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It left, or never will.
    Settled,
    /// To be tried again, later each time.
    Later,
    /// The same, however old it gets: no server takes any mail, and what the mail
    /// tells of waits for it.
    NoServer,
}

/// Hands over everything that is due. How many mails were looked at.
///
/// # Errors
/// Where the database does not answer.
pub async fn deliver_due(service: &Shared) -> Result<u32, StoreError> {
    let mut looked_at = 0;
    while deliver_next(service).await? {
        looked_at += 1;
    }
    Ok(looked_at)
}

/// Hands over the mail that has been due longest; whether there was one.
async fn deliver_next(service: &Shared) -> Result<bool, StoreError> {
    let now = service.now();
    let lease = now.saturating_add(LEASE);
    let Some(row) = take_due(&service.store, now, lease).await? else {
        return Ok(false);
    };
    let outcome = deliver(service, &row).await.unwrap_or(Outcome::Later);
    let is_old = service.now() >= row.created_at.saturating_add(GIVE_UP);
    let again = match outcome {
        Outcome::NoServer => true,
        Outcome::Later => !is_old,
        Outcome::Settled => false,
    };
    if again {
        let at = service.now().saturating_add(pause(row.attempts));
        try_again(&service.store, row.id, at).await?;
    } else {
        settle(&service.store, row.id).await?;
    }
    Ok(true)
}

/// 2, 4, 8 … 64 seconds.
fn pause(attempts: u32) -> Seconds {
    1 << attempts.clamp(1, 6)
}

async fn deliver(service: &Shared, row: &OutboxRow) -> Result<Outcome, Failure> {
    match row.kind {
        Kind::OperationCode => code::operation(service, row).await,
        Kind::Verification => code::verification(service, row).await,
        Kind::HasAccount => notice::has_account(service, row).await,
        Kind::Done => notice::done(service, row).await,
        Kind::Frozen => notice::frozen(service, row).await,
        Kind::PortalCode => portal::code(service, row).await,
        Kind::Linked | Kind::PasswordReset => portal::password_set(service, row).await,
        Kind::Held => notice::held(service, row).await,
        Kind::KeysChanged => notice::changed(service, row, Change::KeysChanged).await,
        Kind::PasskeyAdded => notice::changed(service, row, Change::PasskeyAdded).await,
        Kind::PasskeyRemoved => notice::changed(service, row, Change::PasskeyRemoved).await,
        Kind::KdfLowered => notice::changed(service, row, Change::KdfLowered).await,
        Kind::KdfRaised => notice::changed(service, row, Change::KdfRaised).await,
        Kind::ConnectingUndone => notice::changed(service, row, Change::ConnectingUndone).await,
        Kind::DeletionAsked => notice::deletion_asked(service, row).await,
        Kind::WaitAsked | Kind::WaitReminded | Kind::WaitStopped | Kind::WaitDone => {
            wait::letter(service, row).await
        }
        Kind::OperationText => text::operation(service, row).await,
        Kind::EnrolmentText => text::enrolling(service, row).await,
        Kind::EnrolmentMail => text::enrolling_mail(service, row).await,
        Kind::SignInText => text::sign_in(service, row).await,
    }
}

/// Delivers whenever the bell rings, and once a second for what waits its turn, until
/// `stop` is dropped: the mail that is being handed over then is handed over whole,
/// and not once more at the next start. Those behind it wait for that.
pub async fn run(service: Shared, mut stop: oneshot::Receiver<()>) {
    while stop.try_recv() == Err(oneshot::error::TryRecvError::Empty) {
        match deliver_next(&service).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(error = %error, "the outbox waits"),
        }
        tokio::select! {
            _ = &mut stop => return,
            _ = tokio::time::timeout(Duration::from_secs(1), service.bell.notified()) => {}
        }
    }
}
