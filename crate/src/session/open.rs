//! The keys while the vault is open, and when it locks.
//!
//! They lie in the browser's session storage with a deadline. Every use reads
//! them there first: past the deadline, or where the clock has gone back, they
//! are wiped instead.

use sigill_core::encode::{DecodeError, Decoder, Encoder};
use sigill_core::id::GenerationId;
use sigill_core::vault::kdf::Kdf;
use sigill_core::vault::key::{EpochKeys, RootKey, VaultKey};
use sigill_core::vault::slot::{SlotError, SlotKind};
use sigill_core::wire::Seconds;
use zeroize::Zeroizing;

use super::Session;
use super::vault::{Author, Vault};
use crate::api::{Derivation, Status, Unlock, UnlockByCode};
use crate::json::base64url;
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

const KEYS: &str = "open";

/// The largest integer that JavaScript counts exactly: never.
const NEVER: Seconds = (1 << 53) - 1;

/// An open vault's keys.
pub(crate) struct Open {
    pub(crate) generation: GenerationId,
    pub(crate) keys: EpochKeys,
    pub(crate) locks_at: Seconds,
    /// When the person last showed that it is theirs to open.
    pub(crate) opened_at: Seconds,
    /// When the clock was last looked at.
    seen: Seconds,
    /// Seconds without a touch until it locks; 0 for never.
    patience: Seconds,
}

impl Open {
    const LABEL: &'static str = "sigill/open/2";

    pub(crate) fn begin(
        generation: GenerationId,
        keys: EpochKeys,
        lock_after: u32,
        now: Seconds,
    ) -> Self {
        let patience = 60 * u64::from(lock_after);
        Self {
            generation,
            keys,
            locks_at: NEVER,
            opened_at: now,
            seen: now,
            patience,
        }
        .touched(now)
    }

    /// The same keys open the generation that takes the place of theirs.
    pub(crate) fn moved_to(self, generation: GenerationId) -> Self {
        Self { generation, ..self }
    }

    fn touched(mut self, now: Seconds) -> Self {
        self.seen = now;
        if self.patience > 0 {
            self.locks_at = now + self.patience;
        }
        self
    }

    fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let encoder = self.generation.encode(Encoder::new(Self::LABEL));
        let encoder = encoder.bytes(self.keys.export().as_ref());
        let encoder = encoder.integer(self.locks_at).integer(self.opened_at);
        let encoder = encoder.integer(self.seen);
        Zeroizing::new(encoder.integer(self.patience).finish())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::open(Self::LABEL, bytes)?;
        let generation = GenerationId::decode(&mut decoder)?;
        let keys = Zeroizing::new(decoder.array()?);
        let open = Self {
            generation,
            keys: EpochKeys::import(&keys),
            locks_at: decoder.integer()?,
            opened_at: decoder.integer()?,
            seen: decoder.integer()?,
            patience: decoder.integer()?,
        };
        decoder.finish()?;
        Ok(open)
    }

    /// Its time is over, or the clock has gone back.
    const fn is_due_at(&self, now: Seconds) -> bool {
        now >= self.locks_at || now < self.seen
    }
}

impl<R: Rim> Session<R> {
    /// The keys, if the vault is open now.
    pub(crate) async fn open(&self) -> Result<Option<Open>, Trouble> {
        // What is loaded is what the store's pointer names. The keys are read last:
        // locked while the pointer was read, it is locked.
        let active = match self.loaded() {
            Some(vault) => Some(vault.id),
            None => self.active().await?,
        };
        let Some(row) = self.rim.session_get(KEYS).await? else {
            self.forget_entries();
            return Ok(None);
        };
        let open = Open::from_bytes(&Zeroizing::new(row)).ok();
        let now = self.rim.now();
        match open {
            Some(open) if open.is_due_at(now) => self.wipe().await.map(|()| None),
            Some(open) if active == Some(open.generation) => Ok(Some(open)),
            // Another generation is taking that one's place. Whoever does so wipes
            // these keys and may have set new ones by now: those must stay.
            Some(_) => Ok(None),
            None => self.wipe().await.map(|()| None),
        }
    }

    /// Keys of a generation that is no longer here, left by a worker that was
    /// killed before it wiped them. The caller holds the vault.
    pub(crate) async fn wipe_strangers(&self) -> Result<(), Trouble> {
        let Some(row) = self.rim.session_get(KEYS).await? else {
            return Ok(());
        };
        let open = Open::from_bytes(&Zeroizing::new(row)).ok();
        let generation = open.map(|open| open.generation);
        if generation.is_some() && generation == self.active().await? {
            Ok(())
        } else {
            self.wipe().await
        }
    }

    /// The keys.
    ///
    /// # Errors
    /// [`Trouble::Locked`].
    pub(crate) async fn keys(&self) -> Result<Open, Trouble> {
        self.open().await?.ok_or(Trouble::Locked)
    }

    /// The keys leave the memory of browser and session.
    pub(crate) async fn wipe(&self) -> Result<(), Trouble> {
        self.forget_entries();
        self.rim.session_clear().await
    }

    /// Begins to be open, with these keys.
    pub(crate) async fn open_with(
        &self,
        generation: GenerationId,
        keys: EpochKeys,
        lock_after: u32,
    ) -> Result<(), Trouble> {
        self.begin_open(&Open::begin(generation, keys, lock_after, self.rim.now()))
            .await
    }

    /// Keeps an open vault's keys for a while.
    pub(crate) async fn begin_open(&self, open: &Open) -> Result<(), Trouble> {
        self.rim.session_set(KEYS, &open.to_bytes()).await
    }

    /// A generation takes another's place by `turn`, and is open with what `next` makes
    /// of the keys. Locked while the work went on, it stays locked.
    pub(crate) async fn stay_open(
        &self,
        turn: impl Future<Output = Result<(), Trouble>>,
        next: impl FnOnce(Open) -> Open,
    ) -> Result<(), Trouble> {
        let _held = self.rim.lock("open").await?;
        let open = self.open().await?;
        turn.await?;
        match open {
            Some(open) => self.begin_open(&next(open)).await,
            None => Ok(()),
        }
    }

    pub(crate) async fn author(&self) -> Result<Author, Trouble> {
        Ok(Author {
            device: super::service::proof::device(&self.rim).await?,
            now: self.rim.now(),
            timeline: self.timeline_seen().await?,
        })
    }

    /// How a new master password's root key is to be derived: as the vault's that is
    /// here, at no less than today's default.
    ///
    /// # Errors
    /// `damaged`.
    pub async fn new_derivation(&self) -> Result<Derivation, Trouble> {
        let kdf = match self.vault().await {
            Ok(vault) => vault.kdf()?.raised(),
            Err(Trouble::NoVault | Trouble::Damaged) => Kdf::DEFAULT,
            Err(trouble) => return Err(trouble),
        };
        Ok(Derivation::of(kdf, &self.random()?))
    }

    /// How the root key of the vault here is derived; where there is none, of
    /// the one that can be brought back.
    ///
    /// # Errors
    /// `no_vault`, `damaged`.
    pub async fn derivation(&self) -> Result<Derivation, Trouble> {
        match self.vault().await {
            Ok(vault) => derivation_of(&vault),
            Err(Trouble::NoVault) => match self.restorable().await {
                Ok((_, vault)) => derivation_of(&vault),
                Err(Trouble::NotFound) => Err(Trouble::NoVault),
                Err(trouble) => Err(trouble),
            },
            Err(trouble) => Err(trouble),
        }
    }

    /// Opens the vault. One that was brought back from an older epoch gets its new
    /// keys with it; where the service can't be asked, it stays read-only.
    ///
    /// # Errors
    /// `wrong_master_password`, `no_vault`, `damaged`.
    pub async fn unlock(&self, unlock: Unlock) -> Result<Status, Trouble> {
        let held = self.rim.lock("vault").await?;
        let vault = self.vault().await?;
        let root = root(unlock.root)?;
        let opened = vault.slots.password().open(&root);
        let vault_key = opened.map_err(|error| why(error, Trouble::WrongMasterPassword))?;
        self.open_by(&vault, &vault_key, unlock.lock_after).await?;
        drop(held);
        self.anchor_when_possible(&root, unlock.lock_after).await?;
        self.status().await
    }

    /// Opens the vault by its recovery code, as it was typed.
    ///
    /// # Errors
    /// `no_recovery_code` where it can't be one, or the vault has none,
    /// `mistyped_recovery_code`, `wrong_recovery_code`, `no_vault`, `damaged`.
    pub async fn unlock_by_code(&self, unlock: UnlockByCode) -> Result<Status, Trouble> {
        let held = self.rim.lock("vault").await?;
        let vault = self.vault().await?;
        let code = super::epoch::code(unlock.code)?;
        let (slot, salt) = vault.slots.recovery().ok_or(Trouble::NoRecoveryCode)?;
        let opened = slot.open(&code.root(salt));
        let vault_key = opened.map_err(|error| why(error, Trouble::WrongRecoveryCode))?;
        self.open_by(&vault, &vault_key, unlock.lock_after).await?;
        drop(held);
        self.status().await
    }

    pub(super) async fn open_by(
        &self,
        vault: &Vault,
        vault_key: &VaultKey,
        lock_after: u32,
    ) -> Result<(), Trouble> {
        let keys = EpochKeys::derive(vault_key, vault.head.vault, vault.head.epoch);
        if !vault.head.is_tagged(&keys, &vault.tag) {
            return Err(Trouble::Damaged);
        }
        let author = self.author().await?;
        let anchors = vault.is_unanchored() && !vault.waits_for_new_keys();
        if anchors || vault.is_beside_the_pin() && !vault.is_unanchored() {
            let mut anchored = vault.clone();
            anchored.redraft(&keys, author)?;
            self.keep(anchored, Batch::default()).await?;
        }
        self.open_with(vault.id, keys, lock_after).await
    }

    /// Locks it.
    ///
    /// # Errors
    /// Only where the browser's session storage fails.
    pub async fn lock(&self) -> Result<Status, Trouble> {
        self.close().await?;
        self.status().await
    }

    /// Locked at once: what read the keys before writes none afterwards.
    pub(crate) async fn close(&self) -> Result<(), Trouble> {
        let _held = self.rim.lock("open").await?;
        self.wipe().await
    }

    /// The person did something.
    ///
    /// # Errors
    /// Only where the browser's session storage fails.
    pub async fn touch(&self) -> Result<(), Trouble> {
        // The click that locks is something done too: keys that were read before
        // it must not be written after it.
        let _held = self.rim.lock("open").await?;
        if let Some(open) = self.open().await? {
            self.begin_open(&open.touched(self.rim.now())).await?;
        }
        Ok(())
    }

    /// Whether a root key opens the vault here, or the one that can be brought
    /// back: an account password must not.
    ///
    /// # Errors
    /// `malformed_input`, `damaged`.
    pub async fn is_master_password(&self, typed: String) -> Result<bool, Trouble> {
        let root = root(typed)?;
        match self.vault().await {
            Ok(vault) => Ok(vault.slots.password().matches(&root)),
            Err(Trouble::NoVault) => match self.restorable().await {
                Ok((_, vault)) => Ok(vault.slots.password().matches(&root)),
                Err(Trouble::NotFound) => Ok(false),
                Err(trouble) => Err(trouble),
            },
            Err(trouble) => Err(trouble),
        }
    }
}

/// A slot that did not open: by a wrong secret, or because it is not whole.
pub(super) fn why(error: SlotError, wrong: Trouble) -> Trouble {
    match error {
        SlotError::WrongKey => wrong,
        SlotError::Damaged
        | SlotError::DoesNotSign
        | SlotError::BadSignature
        | SlotError::Kdf(_)
        | SlotError::UnknownSuite(_)
        | SlotError::Encoding(_) => Trouble::Damaged,
    }
}

pub(crate) fn derivation_of(vault: &Vault) -> Result<Derivation, Trouble> {
    match &vault.slots.password().public().kind {
        SlotKind::Password { kdf, salt } => Ok(Derivation::of(*kdf, salt)),
        SlotKind::Recovery { .. } | SlotKind::Passkey => Err(Trouble::Damaged),
    }
}

/// A root key, as a page hands it over: base64url, 32 bytes.
pub(crate) fn root(text: String) -> Result<RootKey, Trouble> {
    let text = Zeroizing::new(text);
    let bytes = Zeroizing::new(base64url(&text)?);
    let root: [u8; 32] = bytes
        .as_slice()
        .try_into()
        .map_err(|_| Trouble::MalformedInput)?;
    Ok(RootKey::from_bytes(root))
}
