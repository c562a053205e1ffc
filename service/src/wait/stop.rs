//! Any device of the account, or whoever reads a mail about it, says no.

use sigill_core::confirmation::wait::{Lost, Step};
use sigill_core::encode::Encoder;
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::problem::Code;

use super::facts::Facts;
use super::tell::{addresses, note, post_each};
use crate::failure::Failure;
use crate::mail_link;
use crate::service::Service;
use crate::store::outbox::Kind;
use crate::store::waits::{WaitId, WaitRow, put_wait, wait_of};

/// The link in the mails about one asking. It stops that one, and does nothing else.
pub(crate) fn token(service: &Service, id: WaitId) -> String {
    mail_link::write(service, (id, says(id)))
}

/// `encode("sigill/stop/1", id)`
fn says(id: WaitId) -> Encoder {
    Encoder::new("sigill/stop/1").bytes(&id)
}

/// What a link is about, while it can be stopped.
pub(crate) async fn waiting(service: &Service, token: &str) -> Result<WaitRow, Failure> {
    let absent = || Failure::from(Code::NotFound);
    let token = mail_link::read(token).filter(|token| token.says(service, says(token.name)));
    let id = token.ok_or_else(absent)?.name;
    let row = service.store.wait(id).await?;
    row.filter(|row| row.wait.is_on()).ok_or_else(absent)
}

/// The link's button.
pub(crate) async fn stop_by_mail(service: &Service, token: &str) -> Result<(), Failure> {
    let row = waiting(service, token).await?;
    let whose = (row.account, row.wait.lost);
    stop(service, whose, None).await
}

/// Says no; twice is once.
pub(crate) async fn stop(
    service: &Service,
    (account, lost): (AccountId, Lost),
    device: Option<DeviceId>,
) -> Result<(), Failure> {
    let now = service.now();
    let mut tx = service.store.begin(account).await?;
    let facts = Facts::load(&mut tx, account).await?;
    let row = wait_of(&mut tx, (account, lost)).await?;
    let Some((facts, row)) = facts.zip(row) else {
        return Err(Code::NotFound.into());
    };
    let Ok(vetoed) = row.wait.veto(now) else {
        return Ok(());
    };
    let to = addresses(&mut tx, (&facts.account, &row.brings), now).await?;
    let row = row.after(vetoed);
    put_wait(&mut tx, &row).await?;
    note(service, &mut tx, (&row, Step::Stopped), (device, None)).await?;
    post_each(&mut tx, (Kind::WaitStopped, row.id, &to), now).await?;
    tx.commit().await?;
    service.bell.notify_one();
    Ok(())
}
