//! Any device of the account, or whoever reads a mail about it, says no.

use sigill_core::confirmation::wait::Lost;
use sigill_core::encode::Encoder;
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::problem::Code;

use super::facts::Facts;
use super::step::{load, step};
use crate::failure::Failure;
use crate::mail_link;
use crate::service::Service;
use crate::store::Tx;
use crate::store::waits::{WaitId, WaitRow};

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
    let loaded = load(service, (row.account, row.wait.lost)).await?;
    // Asked anew meanwhile, it is another asking.
    let loaded = loaded.filter(|(_, _, now)| now.id == row.id);
    say_no(service, loaded, None).await
}

/// Says no; twice is once.
pub(crate) async fn stop(
    service: &Service,
    whose: (AccountId, Lost),
    device: Option<DeviceId>,
) -> Result<(), Failure> {
    let loaded = load(service, whose).await?;
    say_no(service, loaded, device).await
}

async fn say_no(
    service: &Service,
    loaded: Option<(Tx, Facts, WaitRow)>,
    device: Option<DeviceId>,
) -> Result<(), Failure> {
    let (mut tx, facts, row) = loaded.ok_or_else(|| Failure::from(Code::NotFound))?;
    let Ok(vetoed) = row.wait.veto(service.now()) else {
        return Ok(());
    };
    step(service, &mut tx, (&facts, row, vetoed), (device, None)).await?;
    tx.commit().await?;
    service.bell.notify_one();
    Ok(())
}
