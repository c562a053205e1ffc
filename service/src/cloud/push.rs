//! A head and its records take their place, if the cloud still stands where
//! the device says that it does.

use sigill_core::confirmation::operation::CloudHead;
use sigill_core::id::GenerationId;
use sigill_core::vault::head::Head;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Anchoring, Push, Pushed};

use super::check::{ParsedHead, covers, parse_head, parse_records, parse_slots, syncs, upload_for};
use super::read::current;
use super::slots::{self, nonce_at};
use crate::account::Caller;
use crate::account::session::{Pending, has_pending};
use crate::failure::Failure;
use crate::limits::DAY;
use crate::random;
use crate::service::Service;
use crate::store::Tx;
use crate::store::clouds::{CloudRow, cloud, save_cloud};
use crate::store::epochs::highest_epoch;
use crate::store::generations::{GenerationRow, insert_generation, save_generation_head};
use crate::store::records::{Writing, insert_head, put_record, put_upload, root_entries};
use crate::store::slots::insert_slots_change;

/// Writes a push, or nothing of it.
pub(crate) async fn push(
    service: &Service,
    caller: &Caller,
    push: Push,
) -> Result<Pushed, Failure> {
    let asker = caller.asker();
    let new = parse_head(push.head.clone(), asker)?;
    let mut tx = service.store.begin(asker.account).await?;
    syncs(&mut tx, asker).await?;
    let row = cloud(&mut tx, asker.account).await?;
    let pending = has_pending(&mut tx, (asker.account, asker.device), service.now()).await?;
    if pending == Pending::One {
        return Err(Code::OperationPending.into());
    }
    if let Some(pushed) = was_taken(service, &row, &new.head) {
        return Ok(pushed);
    }
    follows(&push, &row, &new.head)?;
    let (generation, changed) = match current(&mut tx, &row).await? {
        Some(old) => {
            let generation = next(old.clone(), &push, &new)?;
            let nonce = nonce_at(service, asker, row.head);
            (generation, slots::changed(&push, (&old, &new), nonce)?)
        }
        None => {
            let highest = highest_epoch(&mut tx, asker.account, new.head.vault).await?;
            (first(&push, &new, highest)?, None)
        }
    };
    let tells = changed.is_some();
    if let Some((deed, changed)) = changed {
        insert_slots_change(&mut tx, (asker.account, new.head.seq), &changed).await?;
        slots::tell(service, &mut tx, caller, deed).await?;
    }
    let generation_id = write(service, &mut tx, (caller, &push), (generation, &new.head)).await?;
    insert_head(&mut tx, asker.account, new.head.seq, &new.tagged).await?;
    let head = CloudHead {
        seq: new.head.seq,
        hash: new.head.hash(),
    };
    let was = row.head;
    let row = CloudRow {
        head,
        generation: Some(generation_id),
        sealed_under: Some((new.head.vault, new.head.epoch)),
        ..row
    };
    save_cloud(&mut tx, &row, was).await?;
    tx.commit().await?;
    service.live.tell(asker.account, asker.device);
    if tells {
        service.bell.notify_one();
    }
    Ok(Pushed {
        seq: head.seq,
        generation: generation_id,
        now: service.now(),
    })
}

/// The same push again, after its answer was lost.
pub(crate) fn was_taken(service: &Service, row: &CloudRow, head: &Head) -> Option<Pushed> {
    let stands = row.head.seq == head.seq && row.head.hash == head.hash();
    let generation = row.generation.filter(|_| stands)?;
    Some(Pushed {
        seq: head.seq,
        generation,
        now: service.now(),
    })
}

/// Compare-and-swap: against the cloud first, then the head against itself.
fn follows(push: &Push, row: &CloudRow, head: &Head) -> Result<(), Failure> {
    let base = CloudHead {
        seq: push.base_seq,
        hash: push.base_head_hash,
    };
    if base != row.head {
        return Err(Code::HeadMoved.into());
    }
    let is_next = Some(head.seq) == base.seq.checked_add(1) && head.previous == base.hash;
    // A head that an operation brings comes with that operation.
    if is_next && head.operation.is_none() {
        Ok(())
    } else {
        Err(Code::MalformedVault.into())
    }
}

/// Where a generation is to be written.
enum Target {
    New(GenerationRow),
    Standing(GenerationRow),
}

/// The first head of a vault in an empty cloud brings the slots. It is of no
/// lower epoch than the vault had there before.
fn first(push: &Push, new: &ParsedHead, highest: Option<u64>) -> Result<Target, Failure> {
    if highest.is_some_and(|highest| new.head.epoch < highest) {
        return Err(Code::VaultDiffers.into());
    }
    let slots = push.slots.clone().filter(|_| push.signature.is_none());
    let slots = slots.ok_or_else(|| Failure::from(Code::MalformedVault))?;
    parse_slots(&slots, &new.head)?;
    Ok(Target::New(of_head(new, slots)?))
}

/// A generation that `new` is the first head of.
pub(crate) fn of_head(
    new: &ParsedHead,
    slots: Vec<sigill_core::wire::Bytes>,
) -> Result<GenerationRow, Failure> {
    let account = new.head.account;
    Ok(GenerationRow {
        id: GenerationId(random::bytes()?),
        account: account.ok_or_else(|| Failure::from(Code::MalformedVault))?,
        vault: new.head.vault,
        epoch: new.head.epoch,
        anchoring: Anchoring::Anchored,
        anchor_epoch: None,
        head_seq: new.head.seq,
        head_hash: new.head.hash(),
        head: new.tagged.clone(),
        slots,
        count: new.head.count,
        voucher: None,
    })
}

/// A later head: the same vault and epoch, and the slots that stand or come. After a Restore the first one
/// has to name what it brings back, and no other may.
fn next(generation: GenerationRow, push: &Push, new: &ParsedHead) -> Result<Target, Failure> {
    if (new.head.vault, new.head.epoch) != (generation.vault, generation.epoch) {
        return Err(Code::VaultDiffers.into());
    }
    let awaited = match generation.anchoring {
        Anchoring::Anchored => None,
        // Across epochs it waits for new keys, and those come with an epoch of their own.
        Anchoring::Unanchored if generation.anchor_epoch != Some(generation.epoch) => {
            return Err(Code::VaultDiffers.into());
        }
        Anchoring::Unanchored => Some(generation.head_hash),
    };
    if new.head.restored_from != awaited {
        return Err(Code::VaultDiffers.into());
    }
    let slots = push.slots.as_ref().unwrap_or(&generation.slots).clone();
    parse_slots(&slots, &new.head)?;
    Ok(Target::Standing(GenerationRow {
        anchoring: Anchoring::Anchored,
        anchor_epoch: None,
        head_seq: new.head.seq,
        head_hash: new.head.hash(),
        head: new.tagged.clone(),
        slots,
        count: new.head.count,
        ..generation
    }))
}

/// Writes records and generation, then looks whether the head is the one over
/// what stands there now.
async fn write(
    service: &Service,
    tx: &mut Tx,
    (caller, push): (&Caller, &Push),
    (target, head): (Target, &Head),
) -> Result<GenerationId, Failure> {
    let id = match &target {
        Target::New(generation) | Target::Standing(generation) => generation.id,
    };
    let writing = Writing {
        generation: id,
        seq: head.seq,
        keep_until: service.now().saturating_add(30 * DAY),
    };
    for record in parse_records(&push.records, head)? {
        put_record(tx, writing, &record).await?;
    }
    if let Some(upload) = push.upload {
        let upload = upload_for(service, tx, (caller.asker(), upload), head).await?;
        put_upload(tx, writing, upload).await?;
    }
    covers(head, root_entries(tx, id).await?)?;
    match &target {
        Target::New(generation) => insert_generation(tx, generation).await?,
        Target::Standing(generation) => save_generation_head(tx, generation).await?,
    }
    Ok(id)
}
