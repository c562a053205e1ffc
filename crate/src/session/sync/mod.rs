//! Keeping this device and the cloud in step.
//!
//! | module | one idea |
//! |---|---|
//! | [`pull`] | what the service shows, checked before anything is believed |
//! | [`push`] | changes go up under a head that follows the pinned one |
//! | [`upload`] | many records go up part by part, and go on after a cut |
//! | [`merge`] | records of both sides become one |
//! | [`vouched`] | a later epoch, which the head key held vouches for or does not |
//!
//! Nothing is changed on the service's word alone: what does not verify, or
//! does not follow what is pinned, pauses sync until the person decides.

pub(crate) mod merge;
mod pull;
pub(crate) mod push;
mod upload;
pub(crate) mod vouched;

use sigill_core::vault::generation::{Pin, Refused, Wholesale, follow};
use sigill_core::vault::slots::Slots;
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Anchoring, Cloud, CloudVault, Moved};

use pull::{Reading, slots_after};

use super::Session;
use super::account::signed_out;
use super::rows::{Paused, SYNC, SyncRow};
use super::service::exchange::{Call, parse};
use super::vault::{Restored, Vault};
use crate::api::{PauseReason, Status};
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// Seconds between two looks at a cloud that is in step.
const EVERY: Seconds = 60;
/// Seconds until a service that did not answer is asked again.
const PATIENCE: Seconds = 30;
/// Pushes that may lose against another device before this waits.
const ROUNDS: u32 = 5;

/// How a look at the cloud ended.
enum Outcome {
    InStep,
    /// The vault is locked, and what came can't be checked without its keys.
    Waiting,
    Paused(Paused),
}

/// What a look at the cloud asks for next.
enum Next {
    Done(Outcome),
    Push(Box<Cloud>),
}

impl<R: Rim> Session<R> {
    /// Syncs now.
    ///
    /// # Errors
    /// `service_garbage`, or what the service says; that it is away shows in the status.
    pub async fn sync_now(&self) -> Result<Status, Trouble> {
        match self.sync().await {
            Ok(()) | Err(Trouble::Unreachable) => self.status().await,
            Err(trouble) if trouble.is(Code::SignedOut) => self.status().await,
            Err(trouble) => Err(trouble),
        }
    }

    /// Waits until another device writes, 15 seconds at most: whether to sync now.
    ///
    /// # Errors
    /// What the service says (`signed_out`, `sync_is_off`, `too_many_requests`),
    /// `service_unreachable`, `service_garbage`, `locked`, `no_vault`.
    pub async fn moved(&self) -> Result<bool, Trouble> {
        let vault = self.vault().await?;
        self.keys().await?; // no entry is opened: another session may begin meanwhile
        let link = vault.link.as_ref().ok_or_else(signed_out)?;
        let waits = Call::get(format!("/v1/vault/moved?seq={}", link.pin.seq));
        let Moved { moved } = parse(&self.ask_service(&waits).await?)?;
        Ok(moved)
    }

    /// Syncs if it is time to.
    pub(crate) async fn sync_when_due(&self) -> Result<(), Trouble> {
        let row: SyncRow = self.read(SYNC).await?.unwrap_or_default();
        let since = self.rim.now().abs_diff(row.tried);
        let dirty = match self.vault().await {
            Ok(vault) => vault.is_draft() && row.paused.is_none(),
            Err(Trouble::NoVault | Trouble::Damaged) => false,
            Err(trouble) => return Err(trouble),
        };
        let due = if row.answered {
            dirty || since >= EVERY
        } else {
            since >= PATIENCE
        };
        if due { self.sync().await } else { Ok(()) }
    }

    /// Looks at the cloud, once, whoever asks at the same time.
    pub(crate) async fn sync(&self) -> Result<(), Trouble> {
        let away = self.signed_in_view().await?.is_none() || self.sync_is_off().await?;
        if away || self.operation_is_open().await? {
            return Ok(());
        }
        let _held = self.rim.lock("sync").await?;
        let mut outcome = self.rounds().await;
        if let Err(trouble) = &outcome
            && trouble.is(Code::ClientTooOld)
        {
            outcome = Ok(Outcome::Paused(Paused::of(PauseReason::Outdated)));
        }
        if let Ok(Outcome::InStep) = outcome
            && let Err(trouble) = self.files_in_step().await
        {
            outcome = Err(trouble);
        }
        let mut row: SyncRow = self.read(SYNC).await?.unwrap_or_default();
        row.tried = self.rim.now();
        row.answered = outcome.is_ok();
        match &outcome {
            Ok(Outcome::InStep) => {
                row.paused = None;
                row.agreed = Some(row.tried);
            }
            Ok(Outcome::Waiting) => row.paused = None,
            Ok(Outcome::Paused(paused)) => row.paused = Some(paused.clone()),
            Err(_) => {}
        }
        self.write(SYNC, &row).await?;
        outcome.map(drop)
    }

    async fn rounds(&self) -> Result<Outcome, Trouble> {
        for _ in 0..ROUNDS {
            let cloud = self.refresh_cloud().await?;
            let vault = match self.vault().await {
                Ok(vault) if vault.link.is_some() => vault,
                Ok(_) => return Ok(Outcome::Waiting), // for the person's choice
                Err(Trouble::NoVault) => return self.without_vault().await,
                Err(trouble) => return Err(trouble),
            };
            let step = match self.look_at(&vault, cloud).await? {
                Next::Done(outcome) => return Ok(outcome),
                Next::Push(cloud) => self.push(&cloud).await,
            };
            match step {
                Ok(()) => return Ok(Outcome::InStep),
                // Another device was first: look again, merge, push again.
                Err(trouble) if trouble.is(Code::HeadMoved) => {}
                Err(trouble) if trouble.is(Code::GenerationReplaced) => {}
                Err(trouble) if trouble.is(Code::VaultDiffers) => {}
                Err(Trouble::Locked) => return Ok(Outcome::Waiting),
                Err(trouble) => return Err(trouble),
            }
        }
        Err(Trouble::refused(Code::Busy))
    }

    /// Nothing is here: what paused sync then goes on pausing it.
    async fn without_vault(&self) -> Result<Outcome, Trouble> {
        let row: SyncRow = self.read(SYNC).await?.unwrap_or_default();
        Ok(row.paused.map_or(Outcome::InStep, Outcome::Paused))
    }

    /// Compares what the service says stands with what is pinned.
    async fn look_at(&self, vault: &Vault, cloud: Cloud) -> Result<Next, Trouble> {
        let Some(link) = &vault.link else {
            return Ok(Next::Done(Outcome::Waiting));
        };
        let stands = link.pin.stands_at(cloud.seq, cloud.head_hash);
        let Some(there) = &cloud.vault else {
            return self.empty_cloud(vault, cloud, stands).await;
        };
        if (there.vault, there.epoch) != (link.pin.vault, link.pin.epoch) {
            let differs = self.differs_from(&link.pin, (&cloud, there)).await?;
            return Ok(Next::Done(differs));
        }
        if there.anchoring == Anchoring::Unanchored && link.restored.is_none() {
            return Ok(Next::Done(paused(PauseReason::CloudRestored, &cloud)));
        }
        match stands {
            Ok(()) => self.stands_where_pinned(vault, there, cloud.clone()).await,
            Err(Refused::NotReached { .. }) => self.moved_on(vault, there).await,
            Err(_) => Ok(Next::Done(paused(PauseReason::RolledBack, &cloud))),
        }
    }

    async fn stands_where_pinned(
        &self,
        vault: &Vault,
        there: &CloudVault,
        cloud: Cloud,
    ) -> Result<Next, Trouble> {
        self.adopt_generation(there).await?;
        if vault.is_draft() && !vault.is_unanchored() {
            Ok(Next::Push(Box::new(cloud)))
        } else if vault.is_unanchored() {
            Ok(Next::Done(Outcome::Waiting))
        } else {
            Ok(Next::Done(Outcome::InStep))
        }
    }

    /// A cloud without a vault: before the first push, or after a clear.
    async fn empty_cloud(
        &self,
        vault: &Vault,
        cloud: Cloud,
        stands: Result<(), Refused>,
    ) -> Result<Next, Trouble> {
        let never_pushed = vault
            .link
            .as_ref()
            .is_some_and(|link| link.generation.is_none());
        match stands {
            Ok(()) if never_pushed => Ok(Next::Push(Box::new(cloud))),
            Err(Refused::NotReached { .. }) => {
                Ok(Next::Done(paused(PauseReason::CloudCleared, &cloud)))
            }
            Ok(()) | Err(_) => Ok(Next::Done(paused(PauseReason::RolledBack, &cloud))),
        }
    }

    /// The cloud moved on: heads are followed from the pin, then the records
    /// under them are taken over.
    async fn moved_on(&self, vault: &Vault, there: &CloudVault) -> Result<Next, Trouble> {
        let Some(link) = &vault.link else {
            return Ok(Next::Done(Outcome::Waiting));
        };
        let Some(open) = self.open().await? else {
            return Ok(Next::Done(Outcome::Waiting));
        };
        let reading = self.read_changes(there.generation, link.pin.seq).await?;
        let cloud = &reading.cloud;
        let followed = follow(&link.pin, &open.keys, &reading.heads).and_then(|followed| {
            followed
                .pin()
                .stands_at(cloud.seq, cloud.head_hash)
                .map(|()| followed)
        });
        let followed = match followed {
            Ok(followed) => followed,
            Err(refused) => return Ok(Next::Done(paused(reason(refused), cloud))),
        };
        let anchors = |restored: Restored| {
            let heads = reading.heads.iter();
            heads
                .filter_map(|(head, _)| head.restored_from)
                .all(|from| from == restored.head)
        };
        match followed.wholesale() {
            Wholesale::None => self.take_delta(reading, *followed.pin()).await,
            Wholesale::Restored if link.restored.is_some_and(anchors) => {
                self.take_delta(reading, *followed.pin()).await
            }
            Wholesale::Restored => Ok(Next::Done(paused(PauseReason::CloudRestored, cloud))),
            Wholesale::Replaced => self.take_replaced(&reading, *followed.pin()).await,
        }
    }

    /// Another device's content took the cloud's place under the keys held here:
    /// it is taken over by itself, the copy here is sealed for a while. Whoever has
    /// the vault open can write such a head, so that it is the one that was followed,
    /// and that the same master password opens it, or one that was signed for, is
    /// seen to first: else the person decides, who has to type it.
    async fn take_replaced(&self, reading: &Reading, pin: Pin) -> Result<Next, Trouble> {
        let cloud = &reading.cloud;
        let there = cloud.vault.as_ref().ok_or(Trouble::Garbage)?;
        let held = self.vault().await?;
        let slots = Slots::from_bytes(there.slots.iter().map(AsRef::as_ref));
        let slots = slots.map_err(|_| Trouble::Garbage)?;
        let signed = slots_after(&held, reading);
        let known = signed.as_ref().unwrap_or(&held.slots).password();
        if slots.password() != known {
            return Ok(Next::Done(paused(PauseReason::CloudDiffers, cloud)));
        }
        let vault = self.download(there).await?;
        let _held = self.rim.lock("vault").await?;
        let open = self.keys().await?;
        let is_followed = vault.head.hash() == pin.head_hash;
        if !is_followed || !vault.head.is_tagged(&open.keys, &vault.tag) {
            return Ok(Next::Done(paused(PauseReason::Unverified, cloud)));
        }
        self.stage(&vault).await?;
        let flipped = self.flip(Some(vault.id), Batch::default());
        self.stay_open(flipped, |open| open.moved_to(vault.id))
            .await?;
        Ok(Next::Done(Outcome::InStep))
    }
}

/// Why sync waits, and whose act it was where the service tells.
fn paused(reason: PauseReason, cloud: &Cloud) -> Outcome {
    let act = cloud.last_act.as_ref();
    let act = act.filter(|_| {
        matches!(
            reason,
            PauseReason::CloudCleared
                | PauseReason::CloudDiffers
                | PauseReason::CloudRestored
                | PauseReason::MasterPasswordChanged
        )
    });
    Outcome::Paused(Paused {
        reason,
        device: act.map(|act| act.device_name.clone()),
        at: act.map(|act| act.at),
        vouched: None,
    })
}

const fn reason(refused: Refused) -> PauseReason {
    match refused {
        Refused::OtherVault { .. }
        | Refused::LowerEpoch { .. }
        | Refused::OtherEpoch { .. }
        | Refused::NotVouched { .. } => PauseReason::CloudDiffers,
        Refused::BadTag { .. } | Refused::WeakerKdf | Refused::UnsignedSlots { .. } => {
            PauseReason::Unverified
        }
        Refused::RolledBack { .. }
        | Refused::Forked { .. }
        | Refused::ChainBroken { .. }
        | Refused::Gap { .. }
        | Refused::NotReached { .. } => PauseReason::RolledBack,
    }
}
