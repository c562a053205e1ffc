//! Passkeys that open the vault. The slot names none: which credential it is and
//! what the person calls it stays on the device where it was added.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sigill_core::encode::{DecodeError, Decoder, Encoder};
use sigill_core::id::SlotId;
use sigill_core::vault::key::RootKey;

use super::Session;
use super::open::{root, why};
use super::vault::Vault;
use crate::api::{NewPasskey, PasskeySlot, Status, UnlockByPasskey};
use crate::json::base64url;
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// Letters of a passkey's name, at most.
const NAME: usize = 80;
/// Bytes of a credential's name, at most (`WebAuthn`, section 4).
const CREDENTIAL: usize = 1023;

/// What this device knows of a passkey that was added on it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Passkey {
    pub(crate) slot: SlotId,
    /// The authenticator's name for it.
    credential: Vec<u8>,
    /// The person's.
    name: String,
}

impl Passkey {
    /// A new one, and what opens its slot.
    pub(crate) fn of(new: NewPasskey) -> Result<(Self, RootKey), Trouble> {
        let root = root(new.root)?;
        let credential = base64url(&new.credential)?;
        if credential.is_empty() || credential.len() > CREDENTIAL {
            return Err(Trouble::MalformedInput);
        }
        let passkey = Self {
            slot: new.slot,
            credential,
            name: name(&new.name)?,
        };
        Ok((passkey, root))
    }
}

/// Several new ones.
pub(crate) fn passkeys(new: Vec<NewPasskey>) -> Result<Vec<(Passkey, RootKey)>, Trouble> {
    new.into_iter().map(Passkey::of).collect()
}

fn name(typed: &str) -> Result<String, Trouble> {
    let name = typed.trim();
    if name.is_empty() || name.chars().count() > NAME {
        return Err(Trouble::MalformedInput);
    }
    Ok(name.to_owned())
}

const LABEL: &str = "sigill/passkeys-row/1";

pub(crate) fn passkeys_to_bytes(passkeys: &[Passkey]) -> Vec<u8> {
    let encoder = Encoder::new(LABEL).list(passkeys.iter(), |e, known| {
        let encoder = known.slot.encode(e).bytes(&known.credential);
        encoder.text(&known.name)
    });
    encoder.finish()
}

pub(crate) fn passkeys_from_bytes(bytes: &[u8]) -> Result<Vec<Passkey>, DecodeError> {
    let mut decoder = Decoder::open(LABEL, bytes)?;
    let passkeys = decoder.list(|d| {
        Ok(Passkey {
            slot: SlotId::decode(d)?,
            credential: d.bytes()?.to_owned(),
            name: d.text()?.to_owned(),
        })
    })?;
    decoder.finish()?;
    Ok(passkeys)
}

impl Vault {
    /// The passkeys that open it; those of this device first.
    pub(crate) fn passkey_slots(&self) -> Vec<PasskeySlot> {
        let known = |slot: SlotId| self.passkeys.iter().find(|known| known.slot == slot);
        let slots = self.slots.passkeys().map(|slot| slot.public().slot);
        let (own, others): (Vec<_>, Vec<_>) = slots.partition(|slot| known(*slot).is_some());
        let of = |slot: SlotId| PasskeySlot {
            slot: slot.to_string(),
            credential: known(slot).map(|known| URL_SAFE_NO_PAD.encode(&known.credential)),
            name: known(slot).map(|known| known.name.clone()),
        };
        own.into_iter().chain(others).map(of).collect()
    }

    /// What is known of passkeys that no longer open it goes.
    pub(crate) fn forget_passkeys(&mut self) {
        let slots = &self.slots;
        let opens = |known: &Passkey| slots.passkey(known.slot).is_some();
        self.passkeys.retain(opens);
    }
}

impl<R: Rim> Session<R> {
    /// Opens the vault by a passkey. One that was brought back waits for its master
    /// password.
    ///
    /// # Errors
    /// `wrong_passkey`, `unanchored`, `no_vault`, `damaged`.
    pub async fn unlock_by_passkey(&self, unlock: UnlockByPasskey) -> Result<Status, Trouble> {
        let held = self.rim.lock("vault").await?;
        let vault = self.vault().await?;
        let root = root(unlock.root)?;
        if vault.is_unanchored() {
            return Err(Trouble::Unanchored);
        }
        let slot = vault.slots.passkey(unlock.slot);
        let opened = slot.ok_or(Trouble::WrongPasskey)?.open(&root);
        let vault_key = opened.map_err(|error| why(error, Trouble::WrongPasskey))?;
        self.open_by(&vault, &vault_key, unlock.lock_after).await?;
        drop(held);
        self.status().await
    }

    /// Calls a passkey of this device another name.
    ///
    /// # Errors
    /// `not_found`, `malformed_input`, `locked`.
    pub async fn name_passkey(&self, slot: &str, typed: &str) -> Result<Status, Trouble> {
        let held = self.rim.lock("vault").await?;
        let (vault, _) = self.opened().await?;
        let mut named = Vault::clone(&vault);
        let mut known = named.passkeys.iter_mut();
        let known = known.find(|known| slot.parse() == Ok(known.slot));
        known.ok_or(Trouble::NotFound)?.name = name(typed)?;
        self.keep(named, Batch::default()).await?;
        drop(held);
        self.status().await
    }
}
