use super::*;
use crate::vault::fixture::{EPOCH, PASSWORD, RECOVERY, VAULT, public, root, slot, vault_key};
use crate::vault::slot::SlotPublic;

#[test]
fn their_order_matters_to_nothing() {
    let one = Slots::parse([slot(PASSWORD, 1), slot(RECOVERY, 2)]).unwrap();
    let other = Slots::parse([slot(RECOVERY, 2), slot(PASSWORD, 1)]).unwrap();
    assert!(one == other);
    assert_eq!(one.hash(), other.hash());
    assert_eq!((one.vault(), one.epoch()), (VAULT, EPOCH));
    let encoded = one.to_bytes();
    let read = Slots::from_bytes(encoded.iter().map(Vec::as_slice)).unwrap();
    assert!(read == one);
}

#[test]
fn their_hash_covers_each_of_them() {
    let password = Slots::only(slot(PASSWORD, 1)).unwrap();
    let both = Slots::parse([slot(PASSWORD, 1), slot(RECOVERY, 2)]).unwrap();
    assert_ne!(password.hash(), both.hash());
}

#[test]
fn a_vault_without_a_password_slot_is_refused() {
    assert_eq!(Slots::parse([]), Err(SlotsError::NoPassword));
    let recovery = Slots::only(slot(RECOVERY, 1));
    assert_eq!(recovery, Err(SlotsError::NoPassword));
}

#[test]
fn a_second_password_or_recovery_slot_is_refused() {
    let slot_id = SlotId([2; 16]);
    let refused = Err(SlotsError::OneTooMany { slot: slot_id });
    assert_eq!(
        Slots::parse([slot(PASSWORD, 1), slot(PASSWORD, 2)]),
        refused
    );
    let three = [slot(RECOVERY, 1), slot(RECOVERY, 2), slot(PASSWORD, 3)];
    assert_eq!(Slots::parse(three), refused);
}

#[test]
fn more_passkeys_than_a_vault_has_are_refused() {
    let passkeys = |count| (2..count + 2).map(|name| slot(SlotKind::Passkey, name));
    let with = |count| Slots::parse(passkeys(count).chain([slot(PASSWORD, 1)]));
    let most = u8::try_from(Slots::PASSKEYS).unwrap();
    assert!(with(most).is_ok());
    let slot = SlotId([most + 2; 16]);
    assert_eq!(with(most + 1), Err(SlotsError::OneTooMany { slot }));
}

#[test]
fn two_slots_of_one_name_are_refused() {
    let slots = [slot(PASSWORD, 1), slot(SlotKind::Passkey, 1)];
    let slot = SlotId([1; 16]);
    assert_eq!(Slots::parse(slots), Err(SlotsError::Duplicate { slot }));
}

#[test]
fn a_slot_of_another_epoch_is_refused() {
    let foreign = SlotPublic {
        epoch: EPOCH + 1,
        ..public(SlotKind::Passkey, 2)
    };
    let foreign = Slot::seal(foreign, &root(), &vault_key(), [0; 12]);
    let slots = Slots::parse([slot(PASSWORD, 1), foreign]);
    let slot = SlotId([2; 16]);
    assert_eq!(slots, Err(SlotsError::Foreign { slot }));
}
