//! An operation is prepared. Nothing happens yet.

use sigill_core::confirmation::action::{Action, ClearScope, RestoreSource};
use sigill_core::confirmation::operation::{Fresh, Known, Operation, may_stand};
use sigill_core::confirmation::policy::{Proof, Proofs, Reach};
use sigill_core::confirmation::timeline::{Event, Step};
use sigill_core::id::{Hash, OperationId, UploadId};
use sigill_core::vault::head::{Head, RootEntry};
use sigill_core::wire::operation::{Ask, Asked};
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Anchoring, TaggedHead};
use sigill_core::wire::{Bytes, Seconds};

use super::facts::{Scene, scene};
use super::step::{ask_text, with_step};
use super::weaken;
use crate::account::Caller;
use crate::cloud::check::{covers, parse_head, upload_for};
use crate::cloud::read::current;
use crate::failure::Failure;
use crate::limits::Shares;
use crate::random;
use crate::service::Service;
use crate::store::Tx;
use crate::store::epochs::highest_epoch;
use crate::store::generations::GenerationRow;
use crate::store::limits::{Counted, count};
use crate::store::operation_row::{Brings, Budget, Counts, OperationRow};
use crate::store::operations::{
    insert_operation, operation_of_key, pending_operations, save_operation,
};
use crate::store::outbox::{Kind, post};
use crate::store::uploads::{seal_upload, upload_entries};
use crate::timeline;

/// Prepares an operation; the same key with the same request gets the same answer.
pub(crate) async fn ask(service: &Service, caller: &Caller, ask: Ask) -> Result<Asked, Failure> {
    let asker = caller.asker();
    let owner = (asker.account, asker.device);
    let now = service.now();
    let mut tx = service.store.begin(asker.account).await?;
    let action = ask.request.action;
    let scene = scene(&mut tx, (asker, action), now).await?;
    let hint = scene.account.hint()?;
    let key = ask.request.idempotency_key;
    if let Some(known) = operation_of_key(&mut tx, owner, key).await? {
        known.operation.asked_again(&ask)?;
        let asked = known.operation.asked(hint, now);
        return with_step(&mut tx, &known.operation, asked).await;
    }
    let budget = match count_in(service, &mut tx, caller, action).await? {
        Ok(budget) => budget,
        Err(over) => {
            tx.commit().await?;
            return Err(timeline::refused(service, caller, (action, over)).await?);
        }
    };
    // A refusal from here on takes back what was counted, and seals no upload.
    let (row, due) = match prepare(service, &mut tx, (caller, &scene, budget), ask).await {
        Ok(prepared) => prepared,
        Err(why) => {
            tx.rollback().await?;
            return Err(timeline::refused(service, caller, (action, why)).await?);
        }
    };
    for older in pending_operations(&mut tx, owner).await? {
        save_operation(&mut tx, &older.operation.supersede(now), now).await?;
    }
    insert_operation(&mut tx, &row).await?;
    let event = Event::operation(Step::Asked, action);
    timeline::note_operation(
        service,
        &mut tx,
        (&row.operation, event),
        Some(caller.network),
    )
    .await?;
    let operation = post_due(service, &mut tx, (caller, row.operation, due)).await?;
    save_operation(&mut tx, &operation, now).await?;
    let asked = with_step(&mut tx, &operation, operation.asked(hint, now)).await?;
    tx.commit().await?;
    service.bell.notify_one();
    Ok(asked)
}

/// The row of a new operation, and the codes to send.
async fn prepare(
    service: &Service,
    tx: &mut Tx,
    (caller, scene, budget): (&Caller, &Scene, Budget),
    ask: Ask,
) -> Result<(OperationRow, Proofs), Failure> {
    let fresh = Fresh {
        id: OperationId(random::bytes()?),
        now: service.now(),
    };
    let (operation, due) = Operation::prepare(caller.asker(), &ask, &scene.facts, fresh)?;
    check_offered(tx, &operation, service.now()).await?;
    let row = OperationRow {
        operation,
        counts: counts(tx, scene, &ask).await?,
        brings: brings(service, tx, (caller, scene), ask).await?,
        budget,
        asked_from: Some(caller.address.to_string()),
    };
    Ok((row, due))
}

/// What this service carries out of the table. The cloud is frozen for a device
/// whose sync is off: what lies there does not come back there from here.
async fn check_offered(tx: &mut Tx, operation: &Operation, now: Seconds) -> Result<(), Failure> {
    match (operation.request.action, operation.reach) {
        (
            Action::Restore {
                source: RestoreSource::Cloud { .. },
                ..
            },
            Reach::ThisDevice,
        ) => Err(Code::SyncIsOff.into()),
        (Action::Weaken { what, parameters }, _) => {
            let whose = (operation.account, operation.device);
            weaken::known(tx, whose, ((what, parameters), now)).await?;
            Ok(())
        }
        (
            Action::ClearVault { .. }
            | Action::ReplaceCloud
            | Action::Restore { .. }
            | Action::ResetMasterPassword
            | Action::RenewMasterPassword,
            _,
        ) => Ok(()),
    }
}

/// Living entries in the cloud now, and after the act.
async fn counts(tx: &mut Tx, scene: &Scene, ask: &Ask) -> Result<Counts, Failure> {
    let now = current(tx, &scene.cloud)
        .await?
        .map_or(0, |generation| generation.count);
    let brought = || {
        let head = ask.new_head.as_ref()?;
        Head::from_bytes(&head.0).ok().map(|head| head.count)
    };
    let after = match ask.request.action {
        Action::ClearVault {
            scope: ClearScope::Everywhere,
        } => 0,
        Action::ReplaceCloud | Action::ResetMasterPassword | Action::RenewMasterPassword => {
            brought().unwrap_or(now)
        }
        Action::Restore { .. } => scene.named.as_ref().map_or(now, |named| named.count),
        Action::ClearVault {
            scope: ClearScope::ThisDevice,
        }
        | Action::Weaken { .. } => now,
    };
    Ok(Counts { now, after })
}

/// Looks into what the act brings; from here on its records stay as they are.
async fn brings(
    service: &Service,
    tx: &mut Tx,
    (caller, scene): (&Caller, &Scene),
    ask: Ask,
) -> Result<Option<Brings>, Failure> {
    let (Some(head), Some(slots)) = (ask.new_head, ask.new_slots) else {
        return Ok(None);
    };
    let asker = caller.asker();
    // The tag comes with the confirmation; its place is held by one of the right length.
    let tagged = TaggedHead {
        head,
        tag: Bytes(vec![0; 32]),
    };
    let new = parse_head(tagged, asker)?;
    let head = &new.head;
    let action = ask.request.action;
    let standing = current(tx, &scene.cloud).await?;
    let known = Known {
        standing: standing
            .as_ref()
            .map(|standing| standing.vault)
            .or(scene.cloud.sealed_under.map(|(vault, _)| vault)),
        highest: highest_epoch(tx, asker.account, head.vault).await?,
    };
    let is_right = head.operation == Some(ask.request.idempotency_key)
        && head.restored_from == anchors(action, standing.as_ref())
        && may_stand(action, head, known);
    if !is_right {
        return Err(Code::MalformedVault.into());
    }
    let entries = match ask.request.upload {
        None => Vec::new(),
        Some(upload) => staged(service, tx, (caller, upload), head).await?,
    };
    covers(head, entries)?;
    Ok(Some(Brings {
        head: new.tagged.head,
        slots,
    }))
}

/// What the brought head has to anchor: a renewal of what was brought back is its
/// new epoch at the same time, for whoever opened it by its recovery code.
fn anchors(action: Action, standing: Option<&GenerationRow>) -> Option<Hash> {
    let waits = |standing: &&GenerationRow| standing.anchoring == Anchoring::Unanchored;
    let renewed = standing.filter(|_| action == Action::RenewMasterPassword);
    renewed.filter(waits).map(|standing| standing.head_hash)
}

async fn staged(
    service: &Service,
    tx: &mut Tx,
    (caller, upload): (&Caller, UploadId),
    head: &Head,
) -> Result<Vec<RootEntry>, Failure> {
    let upload = upload_for(service, tx, (caller.asker(), upload), head).await?;
    seal_upload(tx, upload).await?;
    Ok(upload_entries(tx, upload).await?)
}

/// Counts the operation and its first mail, unless it is the one Restore a day
/// that lies outside the budget: undoing must not wait for a limit.
async fn count_in(
    service: &Service,
    tx: &mut Tx,
    caller: &Caller,
    action: Action,
) -> Result<Result<Budget, Failure>, Failure> {
    let limits = &service.config.limits;
    let now = service.now();
    let shares = shares(service, caller);
    if matches!(action, Action::Restore { .. }) {
        let free = count(tx, &limits.free_restore, &shares.account, now).await?;
        if matches!(free, Counted::Within { .. }) {
            return Ok(Ok(Budget::Free));
        }
    }
    for deed in [&limits.operation, &limits.code_mail] {
        if let Counted::Over { wait } = deed.count(tx, &shares, now).await? {
            return Ok(Err(Failure::wait(Code::TooManyRequests, wait)));
        }
    }
    Ok(Ok(Budget::Counted))
}

/// Whose shares an operation counts against.
pub(crate) fn shares(service: &Service, caller: &Caller) -> Shares {
    let asker = caller.asker();
    Shares {
        device: service.device_share(asker.device),
        account: service.account_share(asker.account),
        network: caller.network,
    }
}

/// Puts the mails and texts that are due into the outbox. A text that can't be
/// had now is no reason to refuse: there may be another way, and the page asks.
pub(crate) async fn post_due(
    service: &Service,
    tx: &mut Tx,
    (caller, operation, due): (&Caller, Operation, Proofs),
) -> Result<Operation, Failure> {
    if due.covers(Proofs::CODE) {
        let OperationId(subject) = operation.id;
        post(
            tx,
            random::bytes()?,
            (Kind::OperationCode, subject),
            service.now(),
        )
        .await?;
    }
    if due.contains(Proof::TextMessageCode) {
        let (operation, _asked) = ask_text(service, tx, (caller, operation)).await?;
        return Ok(operation);
    }
    Ok(operation)
}
