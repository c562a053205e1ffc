//! What a request brings: a vault, with the acts that put one into the cloud,
//! and nothing with every other.

use super::refused::Refused;
use super::request::Request;
use crate::confirmation::action::Action;
use crate::confirmation::policy::Reach;
use crate::id::{Hash, VaultId};
use crate::vault::head::Head;
use crate::vault::slots::Slots;
use crate::wire::Bytes;
use crate::wire::operation::Ask;

/// Which vault an act puts into the cloud.
enum Puts {
    Nothing,
    /// The one that the request names.
    Named(VaultId),
    /// A new one.
    New,
}

const fn puts(action: Action, reach: Reach, named: VaultId) -> Puts {
    match (action, reach) {
        (Action::ReplaceCloud | Action::RenewMasterPassword, Reach::Cloud) => Puts::Named(named),
        (Action::ResetMasterPassword, Reach::Cloud) => Puts::New,
        (
            Action::ReplaceCloud
            | Action::ResetMasterPassword
            | Action::RenewMasterPassword
            | Action::ClearVault { .. }
            | Action::Restore { .. }
            | Action::Weaken { .. },
            _,
        ) => Puts::Nothing,
    }
}

/// Checks that the request brings what its action takes, that the bytes are
/// those that the digest names, and that the head follows the base.
pub(super) fn brought(ask: &Ask, reach: Reach) -> Result<(), Refused> {
    let request = &ask.request;
    let names = (request.new_head_hash, request.new_slots_hash);
    let vault = match puts(request.action, reach, request.vault) {
        Puts::Nothing => return brings_nothing(ask),
        Puts::Named(vault) => Some(vault),
        Puts::New => None,
    };
    let (Some(head), Some(slots)) = (&ask.new_head, &ask.new_slots) else {
        return Err(Refused::Shape);
    };
    if names.0 != Some(Hash::of(&head.0)) {
        return Err(Refused::Shape);
    }
    let head = Head::from_bytes(&head.0).map_err(|_| Refused::Vault)?;
    let slots = Slots::from_bytes(slots.iter().map(Bytes::as_ref)).map_err(|_| Refused::Vault)?;
    if names.1 != Some(slots.hash()) {
        return Err(Refused::Shape);
    }
    let follows = Some(head.seq) == request.base_seq.checked_add(1)
        && head.previous == request.base_head_hash;
    let is_whole = head.slots_hash == slots.hash()
        && (head.vault, head.epoch) == (slots.vault(), slots.epoch());
    let is_named = vault.is_none_or(|named| named == head.vault);
    if follows && is_whole && is_named {
        Ok(())
    } else {
        Err(Refused::Vault)
    }
}

/// Whether `head` may take the place of a vault sealed under `standing`: a reset
/// brings a vault that nobody had, a renewal the next epoch of the one that stands.
#[must_use]
pub fn may_stand(action: Action, head: &Head, standing: Option<(VaultId, u64)>) -> bool {
    match action {
        Action::ResetMasterPassword => standing.is_none_or(|(vault, _)| vault != head.vault),
        Action::RenewMasterPassword => standing.is_some_and(|(vault, epoch)| {
            vault == head.vault && Some(head.epoch) == epoch.checked_add(1)
        }),
        Action::ReplaceCloud
        | Action::ClearVault { .. }
        | Action::Restore { .. }
        | Action::Weaken { .. } => true,
    }
}

/// Whether the old head key may have a word for what the act brings: it has one for
/// the next epoch of an open vault. After a forgotten master password nobody can
/// vouch, and what replaces the cloud is no epoch that follows.
pub(super) fn may_be_vouched_for(request: &Request) -> bool {
    request.action == Action::RenewMasterPassword && request.new_head_hash.is_some()
}

fn brings_nothing(ask: &Ask) -> Result<(), Refused> {
    let request = &ask.request;
    let names_nothing = request.new_head_hash.is_none()
        && request.new_slots_hash.is_none()
        && request.upload.is_none();
    if names_nothing && ask.new_head.is_none() && ask.new_slots.is_none() {
        Ok(())
    } else {
        Err(Refused::Shape)
    }
}
