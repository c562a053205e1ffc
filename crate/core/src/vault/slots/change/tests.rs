use super::*;
use crate::id::SlotId;
use crate::vault::fixture::{
    EPOCH, NONCE, PASSWORD, RECOVERY, VAULT, head, keys, public, root, slot, vault_key, wrong_root,
};
use crate::vault::key::RootKey;
use crate::vault::slot::SlotPublic;

const ACCOUNT: AccountId = AccountId([21; 16]);

fn slots(more: &[Slot]) -> Slots {
    Slots::parse([slot(PASSWORD, 1)].into_iter().chain(more.iter().cloned())).unwrap()
}

fn passkey(name: u8) -> Slot {
    slot(SlotKind::Passkey, name)
}

fn derived(kdf: Kdf, name: u8) -> Slot {
    let kind = SlotKind::Password {
        kdf,
        salt: [name; 16],
    };
    slot(kind, name)
}

fn costly() -> Kdf {
    Kdf::argon2id(128 * 1024, 3, 4).unwrap()
}

/// The head after `before` that names `slots`.
fn after(before: &Head, slots: &Slots) -> Head {
    Head {
        seq: before.seq + 1,
        previous: before.hash(),
        slots_hash: slots.hash(),
        ..before.clone()
    }
}

/// A head over `held`, and the pin on it.
fn start(held: &Slots) -> (Head, Pin) {
    let head = Head {
        slots_hash: held.hash(),
        ..head()
    };
    let pin = Pin::first(&head, Kdf::DEFAULT);
    (head, pin)
}

/// What `by` signs for `slots` under `head`.
fn signed(by: &Slots, root: &RootKey, (slots, head): (&Slots, &Head)) -> SignedSlots {
    let nonce = [9; 32];
    let change = SlotsChange {
        account: ACCOUNT,
        vault: VAULT,
        epoch: EPOCH,
        base_head_hash: head.previous,
        new_slots_hash: slots.hash(),
        new_head_hash: head.hash(),
        nonce,
    };
    SignedSlots {
        slots: slots.clone(),
        nonce,
        signature: by.password().sign(root, &change).unwrap(),
    }
}

fn tagged(heads: &[&Head]) -> Vec<(Head, Tag)> {
    let tag = |head: &&Head| (Head::clone(head), head.tag(&keys()));
    heads.iter().map(tag).collect()
}

#[test]
fn a_change_within_an_epoch_does_one_thing_and_never_touches_the_recovery_code() {
    let recovery = slot(RECOVERY, 2);
    let (one, two) = (passkey(3), passkey(4));
    let old = slots(&[recovery.clone(), one.clone()]);
    let rewrapped = |kdf| old.with(derived(kdf, 5)).unwrap();
    for (next, deed) in [
        (old.with(two.clone()).unwrap(), Some(Deed::PasskeyAdded)),
        (
            old.without(one.public().slot).unwrap(),
            Some(Deed::PasskeyRemoved),
        ),
        (rewrapped(Kdf::DEFAULT), Some(Deed::KdfRaised)),
        (rewrapped(costly()), Some(Deed::KdfRaised)),
        (
            rewrapped(Kdf::argon2id(19 * 1024, 2, 1).unwrap()),
            Some(Deed::KdfLowered),
        ),
        (rewrapped(Kdf::DEFAULT_PBKDF2), Some(Deed::KdfLowered)),
        (old.clone(), None),
        (slots(&[recovery.clone(), two.clone()]), None),
        (slots(core::slice::from_ref(&one)), None),
        (slots(&[slot(RECOVERY, 6), one]), None),
        (
            rewrapped(Kdf::DEFAULT).with(two).unwrap(),
            None, // two things at once
        ),
    ] {
        assert_eq!(old.deed(&next), deed);
    }
    assert_eq!(slots(&[]).deed(&slots(&[recovery])), None);
    let later = SlotPublic {
        epoch: EPOCH + 1,
        ..public(PASSWORD, 1)
    };
    let later = Slot::seal(later, &root(), &vault_key(), NONCE);
    assert_eq!(slots(&[]).deed(&Slots::only(later).unwrap()), None);
}

#[test]
fn slots_are_followed_through_every_change_that_the_password_before_signed_for() {
    let held = slots(&[]);
    let (first, pin) = start(&held);
    let with = held.with(passkey(3)).unwrap();
    let second = after(&first, &with);
    // Costlier, and derived by another algorithm then: the one before signs each time.
    let pbkdf2 = with.with(derived(Kdf::DEFAULT_PBKDF2, 5)).unwrap();
    let third = after(&second, &pbkdf2);
    let edit = after(&third, &pbkdf2);
    let without = pbkdf2.without(SlotId([3; 16])).unwrap();
    let fourth = after(&edit, &without);
    let changes = [
        signed(&held, &root(), (&with, &second)),
        signed(&with, &root(), (&pbkdf2, &third)),
        signed(&pbkdf2, &root(), (&without, &fourth)),
    ];
    let heads = tagged(&[&first, &second, &third, &edit, &fourth]);
    let followed = follow_slots(&held, (ACCOUNT, &pin), &heads, &changes);
    assert_eq!(followed, Ok(without));
    let none = follow_slots(&held, (ACCOUNT, &pin), &tagged(&[&first]), &changes);
    assert_eq!(none, Ok(held));
}

#[test]
fn the_same_slots_again_are_signed_for_again() {
    let held = slots(&[]);
    let (first, pin) = start(&held);
    let with = held.with(passkey(3)).unwrap();
    let second = after(&first, &with);
    let third = after(&second, &held);
    let there = signed(&held, &root(), (&with, &second));
    let back = signed(&with, &root(), (&held, &third));
    let heads = tagged(&[&second, &third]);
    let follow = |changes: &[SignedSlots]| follow_slots(&held, (ACCOUNT, &pin), &heads, changes);
    assert_eq!(follow(&[there.clone(), back]), Ok(held.clone()));
    let unsigned = Err(Refused::UnsignedSlots { seq: third.seq });
    assert_eq!(follow(&[there]), unsigned);
}

#[test]
fn slots_that_nobody_signed_for_are_refused() {
    let held = slots(&[passkey(3)]);
    let (first, pin) = start(&held);
    let mine = Slots::only(derived(Kdf::DEFAULT, 7)).unwrap();
    let own = held.with(derived(Kdf::DEFAULT, 7)).unwrap();
    let thief = Slot::seal(public(PASSWORD, 8), &wrong_root(), &vault_key(), NONCE);
    let thiefs = held.with(thief).unwrap();
    let head = after(&first, &own);
    let good = signed(&held, &root(), (&own, &head));
    let other_head = Head {
        time: head.time + 1,
        ..head.clone()
    };
    let mut cut = good.clone();
    cut.signature[0] ^= 1;
    let mut stale = good.clone();
    stale.nonce[0] ^= 1;
    let refused = |(slots, head): (&Slots, &Head), changes: &[SignedSlots]| {
        let named = Head {
            slots_hash: slots.hash(),
            ..head.clone()
        };
        let followed = follow_slots(&held, (ACCOUNT, &pin), &tagged(&[&named]), changes);
        assert_eq!(
            followed,
            Err(Refused::UnsignedSlots { seq: head.seq }),
            "{changes:?}"
        );
    };
    refused((&own, &head), &[]);
    refused((&own, &head), &[cut]);
    refused((&own, &head), &[stale]);
    refused((&own, &other_head), core::slice::from_ref(&good));
    let head = after(&first, &thiefs);
    let by_himself = signed(&thiefs, &wrong_root(), (&thiefs, &head));
    refused((&thiefs, &head), &[by_himself]);
    // Signed, and more than one thing.
    let head = after(&first, &mine);
    refused((&mine, &head), &[signed(&held, &root(), (&mine, &head))]);
    // In another account's name.
    let head = after(&first, &own);
    let other = (AccountId([22; 16]), &pin);
    let followed = follow_slots(&held, other, &tagged(&[&head]), &[good]);
    assert_eq!(followed, Err(Refused::UnsignedSlots { seq: head.seq }));
}
