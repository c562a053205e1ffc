use super::*;
use crate::id::IdempotencyKey;
use crate::vault::fixture::{EPOCH, LAPTOP, head, keys, other_keys};
use crate::vault::kdf::Kdf;
use alloc::vec::Vec;

fn pin() -> Pin {
    Pin::first(&head(), Kdf::DEFAULT)
}

/// The head after `before`.
fn after(before: &Head) -> Head {
    Head {
        seq: before.seq + 1,
        previous: before.hash(),
        ..before.clone()
    }
}

fn tagged(heads: &[Head]) -> Vec<(Head, Tag)> {
    let tag = |head: &Head| (head.clone(), head.tag(&keys()));
    heads.iter().map(tag).collect()
}

fn refused<'a>(heads: impl IntoIterator<Item = &'a Head>) -> Refused {
    let heads: Vec<Head> = heads.into_iter().cloned().collect();
    follow(&pin(), &keys(), &tagged(&heads)).unwrap_err()
}

#[test]
fn heads_that_chain_to_the_pin_are_followed() {
    let second = after(&head());
    let third = after(&second);
    let followed = follow(&pin(), &keys(), &tagged(&[second, third.clone()])).unwrap();
    assert_eq!(*followed.pin(), Pin::first(&third, Kdf::DEFAULT));
    assert_eq!(followed.wholesale(), Wholesale::None);
    assert_eq!(followed.pin().stands_at(3, third.hash()), Ok(()));
}

#[test]
fn no_heads_and_the_pinned_head_again_change_nothing() {
    for heads in [tagged(&[]), tagged(&[head()])] {
        let followed = follow(&pin(), &keys(), &heads).unwrap();
        assert_eq!(*followed.pin(), pin());
    }
}

#[test]
fn a_lower_seq_is_a_rollback() {
    let second = after(&head());
    let pin = Pin::first(&second, Kdf::DEFAULT);
    let shown = follow(&pin, &keys(), &tagged(&[head()]));
    let rolled_back = Refused::RolledBack {
        pinned: 2,
        found: 1,
    };
    assert_eq!(shown, Err(rolled_back));
    assert_eq!(pin.stands_at(1, head().hash()), Err(rolled_back));
}

#[test]
fn a_lower_seq_after_good_heads_is_a_rollback_too() {
    let heads = [after(&head()), head()];
    let rolled_back = Refused::RolledBack {
        pinned: 2,
        found: 1,
    };
    assert_eq!(refused(&heads), rolled_back);
}

#[test]
fn the_same_seq_with_another_hash_is_a_fork() {
    let other = Head {
        count: 99,
        ..head()
    };
    assert_eq!(refused([&other]), Refused::Forked { seq: 1 });
    let said = pin().stands_at(1, other.hash());
    assert_eq!(said, Err(Refused::Forked { seq: 1 }));
}

#[test]
fn a_chain_that_does_not_reach_the_pin_is_refused() {
    let other = Head {
        count: 99,
        ..head()
    };
    assert_eq!(refused(&[after(&other)]), Refused::ChainBroken { seq: 2 });
    let second = after(&head());
    let skipped = after(&after(&second));
    let broken = Refused::ChainBroken { seq: 4 };
    assert_eq!(refused(&[second, skipped]), broken);
}

#[test]
fn a_head_that_the_service_made_up_is_refused() {
    let second = after(&head());
    let forged = [(second.clone(), second.tag(&other_keys()))];
    let refused = follow(&pin(), &keys(), &forged);
    assert_eq!(refused, Err(Refused::BadTag { seq: 2 }));
}

#[test]
fn one_bad_head_spoils_all_before_it() {
    let second = after(&head());
    let third = after(&second);
    let mut heads = tagged(&[second, third]);
    heads[1].1.0[0] ^= 1;
    let refused = follow(&pin(), &keys(), &heads);
    assert_eq!(refused, Err(Refused::BadTag { seq: 3 }));
}

#[test]
fn other_vaults_and_other_epochs_are_told_apart() {
    let foreign = VaultId([99; 16]);
    let other = Head {
        vault: foreign,
        ..after(&head())
    };
    assert_eq!(refused(&[other]), Refused::OtherVault { found: foreign });
    for (found, expected) in [
        (
            EPOCH - 1,
            Refused::LowerEpoch {
                pinned: EPOCH,
                found: EPOCH - 1,
            },
        ),
        (
            EPOCH + 1,
            Refused::OtherEpoch {
                pinned: EPOCH,
                found: EPOCH + 1,
            },
        ),
    ] {
        let other = Head {
            epoch: found,
            ..after(&head())
        };
        assert_eq!(refused(&[other]), expected);
    }
}

#[test]
fn numbers_left_out_are_refused_unless_a_persons_act_left_them_out() {
    let far = Head {
        seq: 4,
        ..after(&head())
    };
    let gap = Refused::Gap { known: 1, found: 4 };
    assert_eq!(refused([&far]), gap);

    let replaced = Head {
        operation: Some(IdempotencyKey([1; 16])),
        ..far.clone()
    };
    let restored = Head {
        restored_from: Some(head().hash()),
        ..far
    };
    for (head, expected) in [
        (replaced, Wholesale::Replaced),
        (restored, Wholesale::Restored),
    ] {
        let followed = follow(&pin(), &keys(), &tagged(&[head])).unwrap();
        assert_eq!(followed.wholesale(), expected);
        assert_eq!(followed.pin().seq, 4);
    }
}

#[test]
fn a_persons_act_does_not_mend_a_broken_chain() {
    let unchained = Head {
        previous: Hash([99; 32]),
        operation: Some(IdempotencyKey([1; 16])),
        ..after(&head())
    };
    assert_eq!(refused(&[unchained]), Refused::ChainBroken { seq: 2 });
}

#[test]
fn an_ordinary_head_after_a_wholesale_one_does_not_hide_it() {
    let replaced = Head {
        operation: Some(IdempotencyKey([1; 16])),
        ..after(&head())
    };
    let ordinary = Head {
        operation: None,
        ..after(&replaced)
    };
    let followed = follow(&pin(), &keys(), &tagged(&[replaced, ordinary])).unwrap();
    assert_eq!(followed.wholesale(), Wholesale::Replaced);
}

#[test]
fn a_service_that_withholds_the_newest_heads_is_noticed() {
    let second = after(&head());
    let followed = follow(&pin(), &keys(), &tagged(&[second])).unwrap();
    let said = followed.pin().stands_at(3, Hash([1; 32]));
    assert_eq!(
        said,
        Err(Refused::NotReached {
            reached: 2,
            said: 3
        })
    );
}

#[test]
fn the_anchor_of_a_restored_generation_follows_what_it_displaces() {
    let second = after(&head());
    let cloud = Standing {
        seq: 4,
        head_hash: second.hash(),
    };
    let anchor = anchor(&head(), cloud, LAPTOP, 2000);
    assert_eq!((anchor.seq, anchor.previous), (5, second.hash()));
    assert_eq!(anchor.restored_from, Some(head().hash()));
    assert_eq!(anchor.items_root, head().items_root);

    let pin = Pin::first(&second, Kdf::DEFAULT);
    let followed = follow(&pin, &keys(), &tagged(&[anchor])).unwrap();
    assert_eq!(followed.wholesale(), Wholesale::Restored);
}

#[test]
fn a_pin_is_read_back_as_it_was_and_nothing_else_is() {
    let bytes = pin().to_bytes();
    assert_eq!(Pin::from_bytes(&bytes), Ok(pin()));
    for end in 0..bytes.len() {
        assert!(Pin::from_bytes(&bytes[..end]).is_err(), "{end} bytes");
    }
}

#[test]
fn a_cheaper_derivation_than_the_pinned_one_is_refused() {
    assert_eq!(pin().accepts(Kdf::DEFAULT), Ok(()));
    let cheaper = Kdf::argon2id(19 * 1024, 3, 4).unwrap();
    assert_eq!(pin().accepts(cheaper), Err(Refused::WeakerKdf));
    assert_eq!(pin().accepts(Kdf::DEFAULT_PBKDF2), Err(Refused::WeakerKdf));
}
