//! Changes go up under a head that follows the pinned one.

use sigill_core::order::map_of;
use sigill_core::wire::Bytes;
use sigill_core::wire::vault::{Cloud, CloudVault, Push, Pushed, TaggedHead};

use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::files::Which;
use crate::session::service::exchange::{Call, parse};
use crate::session::vault::{Kept, Vault};
use crate::trouble::Trouble;

/// The slots of a vault, encoded.
pub(crate) fn slots_on_the_wire(vault: &Vault) -> Vec<Bytes> {
    vault.slots.to_bytes().into_iter().map(Bytes).collect()
}

/// A vault's head and its tag.
pub(crate) fn tagged(vault: &Vault) -> TaggedHead {
    TaggedHead {
        head: Bytes(vault.head.to_bytes()),
        tag: Bytes(vault.tag.0.to_vec()),
    }
}

/// What the cloud answered to `vault`'s head: that it stands now.
pub(crate) fn taken(answer: &[u8], vault: &Vault) -> Result<Pushed, Trouble> {
    let pushed: Pushed = parse(answer)?;
    if pushed.seq == vault.head.seq {
        Ok(pushed)
    } else {
        Err(Trouble::Garbage)
    }
}

impl<R: Rim> Session<R> {
    /// Sends the draft, if the cloud still stands where it is pinned.
    pub(super) async fn push(&self, cloud: &Cloud) -> Result<(), Trouble> {
        let vault = self.vault().await?;
        let Some(link) = vault.link.as_ref().filter(|_| vault.is_draft()) else {
            return Ok(());
        };
        if vault.is_beside_the_pin() || vault.is_unanchored() {
            return Err(Trouble::Locked); // only the keys can write the head anew
        }
        let first = cloud.vault.is_none();
        let which = if first { Which::All } else { Which::Waiting };
        self.send_files(&vault, which).await?;
        let kept = vault.kept.values();
        let changed = kept.filter(|kept| first || vault.base.contains_key(&kept.entry.item));
        let (records, upload) = self.in_parts(&changed.collect::<Vec<_>>()).await?;
        let push = Push {
            base_seq: link.pin.seq,
            base_head_hash: link.pin.head_hash,
            head: tagged(&vault),
            records,
            upload,
            slots: first.then(|| slots_on_the_wire(&vault)),
            signature: None,
        };
        let answer = self
            .ask_service(&Call::post("/v1/vault/push", &push))
            .await?;
        let pushed = taken(&answer, &vault)?;
        self.agreed(&vault, &pushed).await
    }

    /// The cloud took `sent`: what did not change since is clean.
    async fn agreed(&self, sent: &Vault, pushed: &Pushed) -> Result<(), Trouble> {
        let _held = self.rim.lock("vault").await?;
        let now = self.vault().await?;
        if now.id != sent.id {
            return Ok(()); // another generation took its place meanwhile
        }
        let mut vault = Vault::clone(&now);
        let Some(link) = &vault.link else {
            return Ok(());
        };
        // No slots change between: whoever changes them holds `sync` too.
        vault.link = Some(link.after(sent, pushed)?);
        let is_sent =
            |kept: &Kept| sent.kept.get(&kept.entry.item).map(|s| s.entry) == Some(kept.entry);
        let changed = vault
            .kept
            .values()
            .filter(|kept| !is_sent(kept))
            .map(|kept| kept.entry.item);
        vault.base = map_of(changed.map(|item| (item, sent.kept.get(&item).cloned())));
        if vault.head.hash() != sent.head.hash()
            && let Some(open) = self.open().await?
        {
            vault.redraft(&open.keys, self.author().await?)?;
        }
        self.keep(vault, Batch::default()).await.map(drop)
    }

    /// The cloud stands where it is pinned: its name for that is taken over.
    pub(super) async fn adopt_generation(&self, there: &CloudVault) -> Result<(), Trouble> {
        let _held = self.rim.lock("vault").await?;
        let mut vault = Vault::clone(&*self.vault().await?);
        match &mut vault.link {
            Some(link) if link.generation != Some(there.generation) => {
                link.generation = Some(there.generation);
            }
            Some(_) | None => return Ok(()),
        }
        self.keep(vault, Batch::default()).await.map(drop)
    }
}
