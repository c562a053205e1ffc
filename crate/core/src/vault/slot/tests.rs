use super::*;
use crate::vault::fixture::{
    NONCE, PASSWORD, RECOVERY, public, root, slot, vault_key, with_each_bit_flipped, wrong_root,
};
use alloc::string::ToString;

const KINDS: [SlotKind; 3] = [PASSWORD, RECOVERY, SlotKind::Passkey];

fn change() -> SlotsChange {
    SlotsChange {
        account: crate::id::AccountId([1; 16]),
        vault: VaultId([1; 16]),
        epoch: 2,
        base_head_hash: Hash([2; 32]),
        new_slots_hash: Hash([3; 32]),
        new_head_hash: Hash([4; 32]),
        nonce: [5; 32],
    }
}

#[test]
fn a_slot_of_each_kind_opens_with_its_root_key_after_being_read_back() {
    for kind in KINDS {
        let read = Slot::from_bytes(&slot(kind, 1).to_bytes()).unwrap();
        assert!(read == slot(kind, 1));
        assert!(read.matches(&root()));
        let opened = read.open(&root()).ok().unwrap();
        assert_eq!(opened.as_bytes(), vault_key().as_bytes());
    }
}

#[test]
fn a_wrong_root_key_is_told_from_a_damaged_slot() {
    for kind in KINDS {
        let mut slot = slot(kind, 1);
        assert!(!slot.matches(&wrong_root()));
        assert_eq!(slot.open(&wrong_root()).err(), Some(SlotError::WrongKey));
        slot.wrapped[0] ^= 1;
        assert!(slot.matches(&root()));
        assert_eq!(slot.open(&root()).err(), Some(SlotError::Damaged));
    }
}

/// AES-GCM would open here: only the commitment says no.
#[test]
fn a_slot_with_another_commitment_is_refused_before_decrypting() {
    let mut slot = slot(PASSWORD, 1);
    slot.commitment[31] ^= 1;
    let kek = derive(&root(), KEK, &slot.public.to_bytes());
    let wrapped = primitive::seal(&kek, &NONCE, &slot.associated(), vault_key().as_bytes());
    slot.wrapped.copy_from_slice(&wrapped);
    assert_eq!(slot.open(&root()).err(), Some(SlotError::WrongKey));
}

#[test]
fn every_flipped_bit_is_refused() {
    for kind in KINDS {
        with_each_bit_flipped(&slot(kind, 1).to_bytes(), |bytes, bit| {
            let opened = Slot::from_bytes(bytes).and_then(|slot| slot.open(&root()));
            assert!(opened.is_err(), "bit {bit} of {kind:?}");
        });
    }
}

#[test]
fn a_slot_of_another_vault_epoch_or_name_does_not_open() {
    let own = public(PASSWORD, 1);
    for moved in [
        SlotPublic {
            vault: VaultId([99; 16]),
            ..own
        },
        SlotPublic { epoch: 2, ..own },
        SlotPublic {
            slot: SlotId([99; 16]),
            ..own
        },
    ] {
        let slot = Slot {
            public: moved,
            ..slot(PASSWORD, 1)
        };
        assert_eq!(slot.open(&root()).err(), Some(SlotError::WrongKey));
    }
}

#[test]
fn a_password_slot_below_the_floor_can_not_be_read() {
    let weak = SlotKind::Password {
        kdf: Kdf::Pbkdf2 { iterations: 1000 },
        salt: [0; 16],
    };
    let read = Slot::from_bytes(&slot(weak, 1).to_bytes());
    assert!(matches!(
        read,
        Err(SlotError::Kdf(KdfError::TooWeak { .. }))
    ));
}

#[test]
fn a_slot_of_another_suite_is_refused_by_name() {
    let hpub = Encoder::new(SlotPublic::LABEL).integer(2).finish();
    let bytes = Encoder::new(Slot::LABEL).bytes(&hpub).finish();
    assert_eq!(Slot::from_bytes(&bytes), Err(SlotError::UnknownSuite(2)));
}

#[test]
fn a_trailing_byte_is_refused() {
    let mut bytes = slot(PASSWORD, 1).to_bytes();
    bytes.push(0);
    let trailing = Err(SlotError::Encoding(DecodeError::Trailing));
    assert_eq!(Slot::from_bytes(&bytes), trailing);
}

#[test]
fn a_password_slot_signs_and_nothing_else_verifies() {
    let slot = slot(PASSWORD, 1);
    let signature = slot.sign(&root(), &change()).unwrap();
    assert_eq!(slot.verify(&change(), &signature), Ok(()));
    let other = SlotsChange {
        nonce: [6; 32],
        ..change()
    };
    let refused = Err(SlotError::BadSignature);
    assert_eq!(slot.verify(&other, &signature), refused);
    let another = super::super::fixture::slot(PASSWORD, 2);
    assert_eq!(another.verify(&change(), &signature), refused);
}

#[test]
fn who_can_not_open_a_slot_can_not_sign_with_it() {
    let signed = slot(PASSWORD, 1).sign(&wrong_root(), &change());
    assert_eq!(signed, Err(SlotError::WrongKey));
}

#[test]
fn a_passkey_slot_does_not_sign() {
    let slot = slot(SlotKind::Passkey, 1);
    assert_eq!(slot.sign(&root(), &change()), Err(SlotError::DoesNotSign));
    assert_eq!(
        slot.verify(&change(), &[0; 64]),
        Err(SlotError::DoesNotSign)
    );
}

/// Computed apart from this code, from the formulas above, with Node's crypto.
#[test]
fn the_format_of_a_slot_stays_as_it_is() {
    for (kind, golden) in [
        (
            PASSWORD,
            "9d407e3c60e531ed1d8bdcd5da0752b839bcc8f5502213f0d69da665f5172a09",
        ),
        (
            SlotKind::Passkey,
            "a0ad405a4a4618d128315895bf4b00ab528c6c92c8a572fd228922655b227bc5",
        ),
    ] {
        assert_eq!(Hash::of(&slot(kind, 1).to_bytes()).to_string(), golden);
    }
}
