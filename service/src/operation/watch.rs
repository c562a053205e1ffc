//! Progress, a new code, cancelling, and "this was not me".

use sigill_core::confirmation::action::{Action, Weakening};
use sigill_core::confirmation::operation::{Operation, State};
use sigill_core::confirmation::timeline::{Event, Step};
use sigill_core::encode::Encoder;
use sigill_core::id::OperationId;
use sigill_core::wire::operation::{Asked, Progress};
use sigill_core::wire::problem::Code;

use super::ask::{post_due, shares};
use super::step::{ask_text, with_step};
use crate::account::session::{GivesBack, end_device};
use crate::account::{Caller, deletion};
use crate::failure::Failure;
use crate::mail_link;
use crate::service::Service;
use crate::store::Tx;
use crate::store::accounts::{AccountRow, account};
use crate::store::limits::Counted;
use crate::store::operation_row::{Budget, OperationRow};
use crate::store::operations::{account_of_operation, operation_of, save_operation};
use crate::store::sessions::{DeviceRow, device_in, forget_trust};
use crate::store::timeline::has_entry;
use crate::timeline;

async fn load(
    tx: &mut Tx,
    caller: &Caller,
    id: OperationId,
) -> Result<(OperationRow, AccountRow), Failure> {
    let asker = caller.asker();
    let row = operation_of(tx, asker.account, id).await?;
    let account = account(tx, asker.account).await?;
    row.zip(account).ok_or_else(|| Code::NotFound.into())
}

/// Where an operation stands, for the device that asked for it.
pub(crate) async fn progress(
    service: &Service,
    caller: &Caller,
    id: OperationId,
) -> Result<Progress, Failure> {
    let mut tx = service.store.begin(caller.session.account).await?;
    let (row, account) = load(&mut tx, caller, id).await?;
    let hint = account.hint()?;
    let operation = &row.operation;
    Ok(
        match operation.progress(caller.asker(), hint, service.now())? {
            Progress::Pending(asked) => {
                Progress::Pending(with_step(&mut tx, operation, asked).await?)
            }
            over @ (Progress::Executed { .. }
            | Progress::Stale
            | Progress::Expired
            | Progress::Burnt
            | Progress::Superseded
            | Progress::Cancelled) => over,
        },
    )
}

/// A text message with a code, for the first time or again.
pub(crate) async fn text(
    service: &Service,
    caller: &Caller,
    id: OperationId,
) -> Result<Asked, Failure> {
    let mut tx = service.store.begin(caller.session.account).await?;
    let (row, account) = load(&mut tx, caller, id).await?;
    let hint = account.hint()?;
    let (operation, asked) = ask_text(service, &mut tx, (caller, row.operation)).await?;
    save_operation(&mut tx, &operation, service.now()).await?;
    let shown = operation.asked(hint, service.now());
    let shown = with_step(&mut tx, &operation, shown).await?;
    tx.commit().await?;
    service.bell.notify_one();
    asked.map(|()| shown)
}

/// A new code; the old one is dead.
pub(crate) async fn resend(
    service: &Service,
    caller: &Caller,
    id: OperationId,
) -> Result<Asked, Failure> {
    let now = service.now();
    let mut tx = service.store.begin(caller.session.account).await?;
    let (row, account) = load(&mut tx, caller, id).await?;
    let hint = account.hint()?;
    let (operation, due) = row.operation.clone().resend(caller.asker(), now);
    let due = match due {
        Ok(due) => due,
        Err(refused) => {
            save_operation(&mut tx, &operation, service.now()).await?;
            tx.commit().await?;
            return Err(refused.into());
        }
    };
    if row.budget == Budget::Counted && !due.is_empty() {
        let deed = &service.config.limits.code_mail;
        let counted = deed.count(&mut tx, &shares(service, caller), now).await?;
        if let Counted::Over { wait } = counted {
            tx.commit().await?;
            return Err(Failure::wait(Code::TooManyRequests, wait));
        }
    }
    save_operation(&mut tx, &operation, service.now()).await?;
    let operation = post_due(service, &mut tx, (caller, operation, due)).await?;
    let asked = with_step(&mut tx, &operation, operation.asked(hint, now)).await?;
    tx.commit().await?;
    service.bell.notify_one();
    Ok(asked)
}

/// Cancels an operation. No limit counts this.
pub(crate) async fn cancel(
    service: &Service,
    caller: &Caller,
    id: OperationId,
) -> Result<(), Failure> {
    let mut tx = service.store.begin(caller.session.account).await?;
    let (row, _) = load(&mut tx, caller, id).await?;
    let (operation, cancelled) = row.operation.cancel(caller.session.account, service.now());
    save_operation(&mut tx, &operation, service.now()).await?;
    tx.commit().await?;
    Ok(cancelled?)
}

/// The device's journal is done with it. The operation stays, for the record.
pub(crate) async fn acknowledge(
    service: &Service,
    caller: &Caller,
    id: OperationId,
) -> Result<(), Failure> {
    let mut tx = service.store.begin(caller.session.account).await?;
    let (row, _) = load(&mut tx, caller, id).await?;
    if row.operation.device == caller.session.device {
        Ok(())
    } else {
        Err(Code::NotFound.into())
    }
}

/// The link in every code mail. It can cancel, and never approve.
pub(crate) fn not_me_token(service: &Service, id: OperationId) -> String {
    mail_link::write(service, (id.0, says_not_me(id)))
}

/// `encode("sigill/not-me/1", operation)`
fn says_not_me(id: OperationId) -> Encoder {
    id.encode(Encoder::new("sigill/not-me/1"))
}

fn parse_not_me(service: &Service, token: &str) -> Option<OperationId> {
    let token = mail_link::read(token)?;
    let id = OperationId(token.name);
    token.says(service, says_not_me(id)).then_some(id)
}

/// What the *not me* page shows.
pub(crate) struct NotMe {
    pub(crate) operation: Operation,
    pub(crate) device: Option<DeviceRow>,
}

async fn load_not_me(service: &Service, token: &str) -> Result<(Tx, NotMe), Failure> {
    let absent = || Failure::from(Code::NotFound);
    let id = parse_not_me(service, token).ok_or_else(absent)?;
    let owner = account_of_operation(&service.store, id)
        .await?
        .ok_or_else(absent)?;
    let mut tx = service.store.begin(owner).await?;
    let row = operation_of(&mut tx, owner, id).await?.ok_or_else(absent)?;
    let device = device_in(&mut tx, owner, row.operation.device).await?;
    let shown = NotMe {
        operation: row.operation.tick(service.now()),
        device,
    };
    Ok((tx, shown))
}

/// Opening the link shows, and changes nothing: mail scanners open links.
pub(crate) async fn not_me(service: &Service, token: &str) -> Result<NotMe, Failure> {
    let (_tx, shown) = load_not_me(service, token).await?;
    Ok(shown)
}

/// The button: the operation is cancelled where it still waits, and the device
/// that asked is signed out.
pub(crate) async fn was_not_me(service: &Service, token: &str) -> Result<NotMe, Failure> {
    let (mut tx, shown) = load_not_me(service, token).await?;
    let operation = repudiate(service, &mut tx, (shown.operation, GivesBack::All)).await?;
    tx.commit().await?;
    Ok(NotMe { operation, ..shown })
}

/// *This was not me*, wherever it is said: the operation is cancelled where it
/// still waits, an account that it was to delete stays, and the device that
/// asked is signed out. Said again, it stands in the timeline no second time. No
/// limit counts this.
pub(crate) async fn repudiate(
    service: &Service,
    tx: &mut Tx,
    (operation, gives): (Operation, GivesBack),
) -> Result<Operation, Failure> {
    let action = operation.request.action;
    let owner = operation.account;
    let event = Event::operation(Step::NotMe, action);
    if !has_entry(tx, owner, (operation.id, event)).await? {
        timeline::note_operation(service, tx, (&operation, event), None).await?;
    }
    let (operation, _too_late) = operation.cancel(owner, service.now());
    save_operation(tx, &operation, service.now()).await?;
    if let Action::Weaken {
        what: Weakening::DeleteAccount,
        ..
    } = action
    {
        deletion::cancel(service, tx, (owner, None)).await?;
    }
    forget_trust(tx, (owner, operation.device), service.now()).await?;
    end_device(service, tx, (owner, operation.device), gives).await?;
    Ok(operation)
}

impl NotMe {
    /// Whether it is too late to cancel.
    pub(crate) const fn is_executed(&self) -> bool {
        matches!(self.operation.state, State::Executed { .. })
    }
}
