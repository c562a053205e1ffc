use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::id::VaultId;
use crate::vault::fixture::{EPOCH, head, keys, other_keys};
use crate::vault::kdf::Kdf;

fn pinned() -> (Head, Pin) {
    let head = Head { seq: 5, ..head() };
    let pin = Pin::first(&head, Kdf::DEFAULT);
    (head, pin)
}

fn own(from: &Head) -> Head {
    Head {
        seq: from.seq + 1,
        previous: from.hash(),
        ..from.clone()
    }
}

fn begins(from: &Head) -> Head {
    Head {
        epoch: EPOCH + 1,
        ..own(from)
    }
}

/// One more head of the pinned epoch, the first of the next, and one after it.
fn chain(pinned: &Head) -> Vec<(Head, Tag)> {
    let before = own(pinned);
    let begins = begins(&before);
    let after = own(&begins);
    let tags = (
        before.tag(&keys()),
        begins.tag(&other_keys()),
        after.tag(&other_keys()),
    );
    vec![(before, tags.0), (begins, tags.1), (after, tags.2)]
}

fn voucher(heads: &[(Head, Tag)]) -> Voucher {
    Voucher::seal(&keys(), EPOCH, &heads[1].0)
}

#[test]
fn the_next_epoch_is_vouched_for_by_the_head_key_before_it() {
    let (head, pin) = pinned();
    let heads = chain(&head);
    let vouched = vouched_for(&pin, &keys(), (&heads, &voucher(&heads))).unwrap();
    assert_eq!(vouched.begins(), heads[1].0.hash());
    assert_eq!(vouched.stands(), heads[2].0.hash());
    let mut with_the_past = vec![(head.clone(), head.tag(&keys()))];
    with_the_past.extend(heads.clone());
    let again = vouched_for(&pin, &keys(), (&with_the_past, &voucher(&heads)));
    assert_eq!(again, Ok(vouched));
}

#[test]
fn its_bytes_are_the_mac_over_vault_epochs_and_head() {
    let (pinned, _) = pinned();
    let begins = begins(&pinned);
    let bytes = Encoder::new("sigill/epoch/1")
        .bytes(&begins.vault.0)
        .integer(EPOCH)
        .integer(EPOCH + 1)
        .bytes(&begins.hash().0)
        .finish();
    let mac = primitive::hmac(keys().head.as_ref(), &bytes);
    assert_eq!(Voucher::seal(&keys(), EPOCH, &begins).0, mac);
}

#[test]
fn random_bytes_another_key_another_epoch_and_another_head_vouch_for_nothing() {
    let (head, pin) = pinned();
    let heads = chain(&head);
    let (first, after) = (&heads[1].0, &heads[2].0);
    let wrong = [
        Voucher([0; 32]),
        Voucher([7; 32]),
        Voucher::seal(&other_keys(), EPOCH, first),
        Voucher::seal(&keys(), EPOCH - 1, first),
        Voucher::seal(&keys(), EPOCH + 1, first),
        Voucher::seal(&keys(), EPOCH, after),
        Voucher::seal(&keys(), EPOCH, &begins(&head)),
    ];
    for (number, voucher) in wrong.iter().enumerate() {
        let refused = vouched_for(&pin, &keys(), (&heads, voucher));
        assert_eq!(refused, Err(Refused::NotVouched { seq: 7 }), "{number}");
    }
}

#[test]
fn a_vouched_head_that_does_not_follow_the_pin_is_refused() {
    let (head, pin) = pinned();
    let beside = Head {
        time: 0,
        ..head.clone()
    };
    let heads = chain(&beside);
    let refused = vouched_for(&pin, &keys(), (&heads, &voucher(&heads)));
    assert_eq!(refused, Err(Refused::ChainBroken { seq: 6 }));
    let heads = chain(&head);
    let refused = vouched_for(&pin, &keys(), (&heads[1..], &voucher(&heads)));
    assert_eq!(refused, Err(Refused::ChainBroken { seq: 7 }));
    let refused = vouched_for(&pin, &keys(), (&heads[..1], &voucher(&heads)));
    assert!(matches!(refused, Err(Refused::NotReached { .. })));
}

#[test]
fn heads_before_it_need_their_tags_and_heads_after_it_their_places() {
    let (head, pin) = pinned();
    let good = chain(&head);
    let voucher = voucher(&good);
    let mut heads = good.clone();
    heads[0].1 = Tag([0; 32]);
    let refused = vouched_for(&pin, &keys(), (&heads, &voucher));
    assert_eq!(refused, Err(Refused::BadTag { seq: 6 }));
    let mut heads = good.clone();
    heads[2].0.previous = Hash([1; 32]);
    let refused = vouched_for(&pin, &keys(), (&heads, &voucher));
    assert_eq!(refused, Err(Refused::ChainBroken { seq: 8 }));
    let mut heads = good;
    heads[2].0.epoch += 1;
    let refused = vouched_for(&pin, &keys(), (&heads, &voucher));
    assert!(matches!(refused, Err(Refused::OtherEpoch { .. })));
}

#[test]
fn another_vault_a_lower_epoch_and_what_was_brought_back_are_not_vouched_for() {
    let (head, pin) = pinned();
    let change = |change: fn(&mut Head)| {
        let mut begins = begins(&head);
        change(&mut begins);
        let voucher = Voucher::seal(&keys(), EPOCH, &begins);
        let tag = begins.tag(&other_keys());
        vouched_for(&pin, &keys(), (&[(begins, tag)], &voucher))
    };
    let other = change(|head| head.vault = VaultId([99; 16]));
    assert!(matches!(other, Err(Refused::OtherVault { .. })));
    let lower = change(|head| head.epoch = 0);
    assert!(matches!(lower, Err(Refused::LowerEpoch { .. })));
    let restored = change(|head| head.restored_from = Some(Hash([1; 32])));
    assert_eq!(restored, Err(Refused::NotVouched { seq: 6 }));
}

#[test]
fn what_was_vouched_for_once_is_known_again_without_keys_and_nothing_else_is() {
    let (head, pin) = pinned();
    let heads = chain(&head);
    let begins = heads[1].0.hash();
    let still = still_leads_over(&pin, begins, &heads);
    assert_eq!(still, Ok(heads[2].0.hash()));
    let other = still_leads_over(&pin, Hash([1; 32]), &heads);
    assert_eq!(other, Err(Refused::NotVouched { seq: 8 }));
    let broken = still_leads_over(&pin, begins, &heads[1..]);
    assert_eq!(broken, Err(Refused::ChainBroken { seq: 7 }));
}
