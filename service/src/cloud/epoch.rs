//! A new epoch: the same vault under a new key, with slots of its own. It follows
//! a changed master password, or anchors what was brought back from an older epoch.
//!
//! Whoever holds an open vault must not be able to lock its owner out: the
//! password slot that stands signs the change; see [`slots`](super::slots).

use sigill_core::confirmation::action::Action;
use sigill_core::confirmation::operation::{Asker, CloudHead};
use sigill_core::confirmation::timeline::Change;
use sigill_core::id::GenerationId;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Anchoring, LastAct, NewEpoch, Pushed};

use super::check::{
    ParsedHead, covers, parse_head, parse_records, parse_slots, parse_voucher, syncs, upload_for,
};
use super::push::of_head;
use super::read::current;
use super::slots::{check_signed, nonce_at, note_and_post, standing};
use crate::account::Caller;
use crate::account::session::{Pending, has_pending};
use crate::failure::Failure;
use crate::service::Service;
use crate::store::Tx;
use crate::store::accounts::account;
use crate::store::clouds::{CloudRow, cloud, save_cloud};
use crate::store::generations::{Displacement, GenerationRow, displace, insert_generation};
use crate::store::outbox::Kind;
use crate::store::records::{Writing, insert_head, put_record, put_upload, root_entries};
use crate::store::sessions::device_in;

/// Puts the vault of the new epoch into the old one's place, or does nothing.
/// The old one stays sealed under its old keys for the account's time of undo.
pub(crate) async fn begin(
    service: &Service,
    caller: &Caller,
    begins: NewEpoch,
) -> Result<Pushed, Failure> {
    let asker = caller.asker();
    let new = parse_head(begins.head.clone(), asker)?;
    let mut tx = service.store.begin(asker.account).await?;
    syncs(&mut tx, asker).await?;
    let row = cloud(&mut tx, asker.account).await?;
    let pending = has_pending(&mut tx, (asker.account, asker.device), service.now()).await?;
    if pending == Pending::One {
        return Err(Code::OperationPending.into());
    }
    if let Some(pushed) = super::push::was_taken(service, &row, &new.head) {
        return Ok(pushed);
    }
    let old = current(&mut tx, &row).await?;
    let old = old.ok_or_else(|| Failure::from(Code::VaultDiffers))?;
    follows(&begins, &row, &new)?;
    succeeds(&old, &new)?;
    let nonce = nonce_at(service, asker, row.head);
    parse_slots(&begins.slots, &new.head)?;
    check_signed(&standing(&old)?, &new, (&begins.signature, nonce))?;
    let generation = GenerationRow {
        voucher: parse_voucher(begins.voucher.as_ref())?,
        ..of_head(&new, begins.slots.clone())?
    };
    write(service, &mut tx, (caller, &begins), (&generation, &new)).await?;
    let by = by(&old, &row);
    displace_old(service, &mut tx, asker, (old.id, by)).await?;
    insert_generation(&mut tx, &generation).await?;
    insert_head(&mut tx, asker.account, new.head.seq, &new.tagged).await?;
    let after = after(service, &mut tx, (asker, &row), (&generation, by)).await?;
    save_cloud(&mut tx, &after, row.head).await?;
    let told = (Change::KeysChanged, Some(Kind::KeysChanged));
    note_and_post(service, &mut tx, caller, told).await?;
    tx.commit().await?;
    service.live.tell(asker.account, asker.device);
    service.bell.notify_one();
    Ok(Pushed {
        seq: new.head.seq,
        generation: generation.id,
        now: service.now(),
    })
}

/// What a new epoch is to the generation that goes: that of a changed master
/// password replaces it, that of an anchor ends the Restore.
fn by(old: &GenerationRow, row: &CloudRow) -> Action {
    match (old.anchoring, &row.last_act) {
        (Anchoring::Unanchored, Some(act)) => act.action,
        (Anchoring::Unanchored, None) | (Anchoring::Anchored, _) => Action::ReplaceCloud,
    }
}

async fn name_of(tx: &mut Tx, asker: Asker) -> Result<String, Failure> {
    let device = device_in(tx, asker.account, asker.device).await?;
    Ok(device.map_or_else(String::new, |device| device.name))
}

async fn displace_old(
    service: &Service,
    tx: &mut Tx,
    asker: Asker,
    (old, by): (GenerationId, Action),
) -> Result<(), Failure> {
    let account = account(tx, asker.account).await?;
    let account = account.ok_or_else(|| Failure::from(Code::SignedOut))?;
    let displacement = Displacement {
        by,
        device_name: name_of(tx, asker).await?,
        at: service.now(),
        until: service.now().saturating_add(account.undo),
    };
    Ok(displace(tx, old, &displacement).await?)
}

/// The cloud after it.
async fn after(
    service: &Service,
    tx: &mut Tx,
    (asker, row): (Asker, &CloudRow),
    (generation, by): (&GenerationRow, Action),
) -> Result<CloudRow, Failure> {
    let seq = generation.head_seq;
    Ok(CloudRow {
        head: CloudHead {
            seq,
            hash: generation.head_hash,
        },
        generation: Some(generation.id),
        sealed_under: Some((generation.vault, generation.epoch)),
        last_act: Some(LastAct {
            action: by,
            device_name: name_of(tx, asker).await?,
            at: service.now(),
            seq,
        }),
        ..row.clone()
    })
}

/// Compare-and-swap: against the cloud first, then the head against itself.
fn follows(begins: &NewEpoch, row: &CloudRow, new: &ParsedHead) -> Result<(), Failure> {
    let base = CloudHead {
        seq: begins.base_seq,
        hash: begins.base_head_hash,
    };
    if base != row.head {
        return Err(Code::HeadMoved.into());
    }
    let head = &new.head;
    let is_next = Some(head.seq) == base.seq.checked_add(1) && head.previous == base.hash;
    // The keys of an older epoch vouch for nothing.
    let vouches = begins.voucher.is_none() || head.restored_from.is_none();
    if is_next && head.operation.is_none() && vouches {
        Ok(())
    } else {
        Err(Code::MalformedVault.into())
    }
}

/// The next epoch of the same vault; where it waits for its anchor under new keys,
/// the one that it waits for, which names what was brought back.
fn succeeds(old: &GenerationRow, new: &ParsedHead) -> Result<(), Failure> {
    let (epoch, restored) = match old.anchoring {
        Anchoring::Anchored => (old.epoch.checked_add(1), None),
        Anchoring::Unanchored => {
            let later = old.anchor_epoch.filter(|epoch| *epoch > old.epoch);
            (later, Some(old.head_hash))
        }
    };
    let head = &new.head;
    let is_next = head.vault == old.vault && Some(head.epoch) == epoch;
    if is_next && head.restored_from == restored {
        Ok(())
    } else {
        Err(Code::VaultDiffers.into())
    }
}

/// Writes the records, and looks whether the head is the one over them.
async fn write(
    service: &Service,
    tx: &mut Tx,
    (caller, begins): (&Caller, &NewEpoch),
    (generation, new): (&GenerationRow, &ParsedHead),
) -> Result<(), Failure> {
    let writing = Writing {
        generation: generation.id,
        seq: new.head.seq,
        keep_until: service.now(),
    };
    for record in parse_records(&begins.records, &new.head)? {
        put_record(tx, writing, &record).await?;
    }
    if let Some(upload) = begins.upload {
        let upload = upload_for(service, tx, (caller.asker(), upload), &new.head).await?;
        put_upload(tx, writing, upload).await?;
    }
    covers(&new.head, root_entries(tx, generation.id).await?)
}
