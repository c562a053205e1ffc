//! What a request brings: a vault, with the acts that put one into the cloud,
//! and nothing with every other.

use super::refused::Refused;
use super::request::Request;
use crate::confirmation::action::{Action, RestoreReach};
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

/// What the service knows of the vault that an act brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The vault that stands in the cloud, or last stood there.
    pub standing: Option<VaultId>,
    /// The highest epoch that the brought vault ever had in the cloud.
    pub highest: Option<u64>,
}

/// Whether `head` may stand in the cloud after what is known of its vault.
///
/// | act | brings |
/// |---|---|
/// | reset | a vault that nobody had |
/// | renewal | the epoch after the highest of the vault that stands |
/// | replacing | the highest epoch of its vault, or the one after it |
#[must_use]
pub fn may_stand(action: Action, head: &Head, known: Known) -> bool {
    let is_next = || known.highest.and_then(|highest| highest.checked_add(1)) == Some(head.epoch);
    match action {
        Action::ResetMasterPassword => known.highest.is_none(),
        Action::RenewMasterPassword => known.standing == Some(head.vault) && is_next(),
        Action::ReplaceCloud => {
            known.highest.is_none_or(|highest| highest == head.epoch) || is_next()
        }
        Action::ClearVault { .. } | Action::Restore { .. } | Action::Weaken { .. } => true,
    }
}

/// The epoch of the head that anchors a generation that was brought back. Within
/// one epoch its keys were never in doubt, and it is its own; else the one after
/// the highest that its vault ever had, so that no device is led back.
#[must_use]
pub fn anchoring_epoch(reach: RestoreReach, own: u64, highest: Option<u64>) -> Option<u64> {
    match reach {
        RestoreReach::SameEpoch => Some(own),
        RestoreReach::AcrossEpochs => highest.unwrap_or(own).max(own).checked_add(1),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::fixture::head;

    fn may(action: Action, epoch: u64, known: Known) -> bool {
        let head = Head { epoch, ..head() };
        may_stand(action, &head, known)
    }

    #[test]
    fn nothing_puts_a_lower_epoch_of_a_vault_over_a_higher_one() {
        let known = Known {
            standing: Some(head().vault),
            highest: Some(4),
        };
        let allowed = |action| (1..=7).filter(move |epoch| may(action, *epoch, known));
        assert!(allowed(Action::ReplaceCloud).eq([4, 5]));
        assert!(allowed(Action::RenewMasterPassword).eq([5]));
        assert_eq!(allowed(Action::ResetMasterPassword).count(), 0);
    }

    #[test]
    fn a_vault_that_was_never_there_may_replace_and_reset_but_not_renew() {
        let known = Known {
            standing: Some(VaultId([99; 16])),
            highest: None,
        };
        assert!(may(Action::ReplaceCloud, 3, known));
        assert!(may(Action::ResetMasterPassword, 1, known));
        assert!(!may(Action::RenewMasterPassword, 2, known));
        let known = Known {
            highest: Some(1),
            ..known
        };
        assert!(
            !may(Action::RenewMasterPassword, 2, known),
            "another stands"
        );
    }

    #[test]
    fn the_last_epoch_of_all_has_none_after_it() {
        let known = Known {
            standing: Some(head().vault),
            highest: Some(u64::MAX),
        };
        assert!(!may(Action::RenewMasterPassword, 0, known));
        let reach = RestoreReach::AcrossEpochs;
        assert_eq!(anchoring_epoch(reach, 1, Some(u64::MAX)), None);
    }

    #[test]
    fn across_epochs_the_anchor_comes_after_the_highest_and_within_one_it_stays() {
        let highest = Some(4);
        let across = RestoreReach::AcrossEpochs;
        assert_eq!(anchoring_epoch(across, 2, highest), Some(5));
        assert_eq!(anchoring_epoch(across, 2, None), Some(3));
        assert_eq!(
            anchoring_epoch(RestoreReach::SameEpoch, 4, highest),
            Some(4)
        );
    }
}
