//! What a grant allows, carried out inside the transaction that judged.
//!
//! Whatever leaves its place here lies sealed under its old keys for 30 days.

use std::net::IpAddr;

use sigill_core::confirmation::action::RestoreSource;
use sigill_core::confirmation::grant::{
    ClearEverywhere, Grant, Granted, RenewMasterPassword, ReplaceCloud, ResetMasterPassword,
    Restore,
};
use sigill_core::confirmation::operation::{Asker, CloudHead, anchoring_epoch};
use sigill_core::confirmation::policy::Reach;
use sigill_core::confirmation::receipt::Done;
use sigill_core::id::GenerationId;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{LastAct, TaggedHead};
use sigill_core::wire::{Bytes, Seconds};

use super::facts::Scene;
use super::weaken::weaken;
use crate::cloud::check::parse_head;
use crate::cloud::push::of_head;
use crate::factor::own::Used;
use crate::failure::Failure;
use crate::random;
use crate::service::Service;
use crate::store::Tx;
use crate::store::clouds::{CloudRow, save_cloud};
use crate::store::epochs::highest_epoch;
use crate::store::generations::{
    Displacement, GenerationRow, bring_back, displace, insert_generation,
};
use crate::store::limits::Subject;
use crate::store::operation_row::OperationRow;
use crate::store::records::{Writing, insert_head, put_upload};

/// Everything that an effect takes besides its grant.
pub(crate) struct Act<'a> {
    pub(crate) row: &'a OperationRow,
    pub(crate) scene: Scene,
    pub(crate) seals: Seals,
    /// The network that confirms.
    pub(crate) network: Subject,
    /// The same for the notice.
    pub(crate) address: IpAddr,
    /// A second factor that is good once.
    pub(crate) used: Used,
    pub(crate) now: Seconds,
}

/// What leaves the device with its confirmation only.
pub(crate) struct Seals {
    pub(crate) head_tag: Option<Bytes>,
    /// For the head that begins the next epoch of an open vault.
    pub(crate) voucher: Option<Bytes>,
}

/// Carries out what was granted.
pub(crate) async fn carry_out(
    service: &Service,
    tx: &mut Tx,
    granted: Granted,
    act: Act<'_>,
) -> Result<Done, Failure> {
    match granted {
        // The receipt is all that the device needs.
        Granted::ClearThisDevice(_grant) => Ok(act.nothing_displaced()),
        Granted::ClearEverywhere(grant) => clear_everywhere(tx, grant, act).await,
        Granted::ReplaceCloud(grant) => replace_cloud(tx, grant, act).await,
        Granted::Restore(grant) => restore(tx, grant, act).await,
        Granted::ResetMasterPassword(grant) => reset(tx, grant, act).await,
        Granted::RenewMasterPassword(grant) => renew(tx, grant, act).await,
        Granted::Weaken(grant) => weaken(service, tx, grant, act).await,
    }
}

impl Act<'_> {
    /// The cloud is left as it is.
    pub(crate) fn nothing_displaced(&self) -> Done {
        Done {
            at: self.now,
            new_seq: self.scene.cloud.head.seq,
            quarantine_until: self.now,
        }
    }

    fn new_seq(&self) -> u64 {
        self.scene.cloud.head.seq.saturating_add(1)
    }

    /// The current generation, where there is one, leaves its place.
    async fn displace(&self, tx: &mut Tx) -> Result<Done, Failure> {
        let nothing = Done {
            new_seq: self.new_seq(),
            ..self.nothing_displaced()
        };
        let Some(standing) = self.scene.cloud.generation else {
            return Ok(nothing);
        };
        let displacement = Displacement {
            by: self.row.operation.request.action,
            device_name: self.scene.device.name.clone(),
            at: self.now,
            until: self.now.saturating_add(self.scene.account.undo),
        };
        displace(tx, standing, &displacement).await?;
        Ok(Done {
            quarantine_until: displacement.until,
            ..nothing
        })
    }

    /// The cloud after the act.
    async fn save(&self, tx: &mut Tx, after: CloudRow) -> Result<(), Failure> {
        let seq = self.new_seq();
        let after = CloudRow {
            head: CloudHead { seq, ..after.head },
            last_act: Some(LastAct {
                action: self.row.operation.request.action,
                device_name: self.scene.device.name.clone(),
                at: self.now,
                seq,
            }),
            ..after
        };
        Ok(save_cloud(tx, &after, self.scene.cloud.head).await?)
    }
}

/// No vault stands in the cloud; the hash of its last head stays, so that
/// whatever comes next is chained to it.
async fn clear_everywhere(
    tx: &mut Tx,
    _grant: Grant<ClearEverywhere>,
    act: Act<'_>,
) -> Result<Done, Failure> {
    let done = act.displace(tx).await?;
    let after = CloudRow {
        generation: None,
        ..act.scene.cloud.clone()
    };
    act.save(tx, after).await?;
    Ok(done)
}

/// The head that the operation brought, its tag now with it, over the records
/// that it staged.
async fn replace_cloud(
    tx: &mut Tx,
    _grant: Grant<ReplaceCloud>,
    act: Act<'_>,
) -> Result<Done, Failure> {
    put(tx, act).await
}

/// A new vault takes the place of the one whose master password is forgotten. Where the device does not sync, its own
/// vault is all that changes: the receipt is all that it needs.
async fn reset(
    tx: &mut Tx,
    _grant: Grant<ResetMasterPassword>,
    act: Act<'_>,
) -> Result<Done, Failure> {
    put_if_synced(tx, act).await
}

/// The next epoch of the vault takes the place of the one before.
async fn renew(
    tx: &mut Tx,
    _grant: Grant<RenewMasterPassword>,
    act: Act<'_>,
) -> Result<Done, Failure> {
    put_if_synced(tx, act).await
}

async fn put_if_synced(tx: &mut Tx, act: Act<'_>) -> Result<Done, Failure> {
    match act.row.operation.reach {
        Reach::ThisDevice => Ok(act.nothing_displaced()),
        Reach::Cloud => put(tx, act).await,
    }
}

/// Puts the vault that the operation brought into the cloud.
async fn put(tx: &mut Tx, act: Act<'_>) -> Result<Done, Failure> {
    let malformed = || Failure::from(Code::MalformedVault);
    let brings = act.row.brings.as_ref().ok_or_else(malformed)?;
    let tag = act.seals.head_tag.clone().ok_or_else(malformed)?;
    let operation = &act.row.operation;
    let asker = Asker {
        account: operation.account,
        device: operation.device,
    };
    let head = brings.head.clone();
    let new = parse_head(TaggedHead { head, tag }, asker)?;
    let generation = GenerationRow {
        voucher: act.seals.voucher.clone(),
        ..of_head(&new, brings.slots.clone())?
    };
    let done = act.displace(tx).await?;
    insert_generation(tx, &generation).await?;
    insert_head(tx, operation.account, new.head.seq, &new.tagged).await?;
    if let Some(upload) = operation.request.upload {
        let writing = Writing {
            generation: generation.id,
            seq: new.head.seq,
            keep_until: act.now,
        };
        put_upload(tx, writing, upload).await?;
    }
    let after = CloudRow {
        head: CloudHead {
            hash: generation.head_hash,
            ..act.scene.cloud.head
        },
        generation: Some(generation.id),
        sealed_under: Some((generation.vault, generation.epoch)),
        ..act.scene.cloud.clone()
    };
    act.save(tx, after).await?;
    Ok(done)
}

/// A generation that lies at the service comes back, unanchored: it has no head
/// of its own number until a device that can open it writes one; across epochs
/// under new keys. One that lies
/// on the device comes back there; the receipt is all that it needs.
async fn restore(tx: &mut Tx, grant: Grant<Restore>, act: Act<'_>) -> Result<Done, Failure> {
    match grant.about().source {
        RestoreSource::Device { .. } => return Ok(act.nothing_displaced()),
        RestoreSource::Cloud { .. } => {}
    }
    let named = act.scene.named.as_ref();
    let named = named.ok_or_else(|| Failure::from(Code::NotFound))?;
    let done = act.displace(tx).await?;
    let new = GenerationId(random::bytes()?);
    let highest = highest_epoch(tx, named.account, named.vault).await?;
    let anchor = anchoring_epoch(grant.about().reach, named.epoch, highest);
    let anchor = anchor.ok_or_else(|| Failure::from(Code::MalformedVault))?;
    bring_back(tx, named.id, new, (act.new_seq(), anchor)).await?;
    // The keys in use stay those that were, until it is anchored.
    let after = CloudRow {
        generation: Some(new),
        ..act.scene.cloud.clone()
    };
    act.save(tx, after).await?;
    Ok(done)
}
