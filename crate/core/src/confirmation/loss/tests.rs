use super::*;

fn entry(item: u8, record: u8) -> Entry {
    Entry {
        item: ItemId([item; 16]),
        record: Hash([record; 32]),
        life: Life::Living,
    }
}

fn gone(item: u8) -> Entry {
    Entry {
        life: Life::Tombstone,
        ..entry(item, 99)
    }
}

const CLEAR_HERE: Action = Action::ClearVault {
    scope: ClearScope::ThisDevice,
};
const CLEAR_EVERYWHERE: Action = Action::ClearVault {
    scope: ClearScope::Everywhere,
};

/// 1 alike, 2 differing, 3 and 4 only here (4 is a tombstone in the cloud),
/// 5 and 6 and 7 only in the cloud (7 is a tombstone here), 8 nowhere.
fn weigh(action: Action, reach: Reach) -> Loss {
    let here = [
        entry(4, 1),
        entry(1, 1),
        entry(2, 1),
        entry(3, 1),
        gone(7),
        gone(8),
    ];
    let cloud = [
        entry(1, 1),
        entry(2, 2),
        gone(4),
        entry(5, 1),
        entry(6, 1),
        entry(7, 1),
    ];
    Loss::weigh(action, reach, &here, &cloud)
}

#[test]
fn living_entries_are_told_apart_item_by_item() {
    let loss = weigh(CLEAR_EVERYWHERE, Reach::Cloud);
    let ids = |items: &[u8]| items.iter().map(|i| ItemId([*i; 16])).collect::<Vec<_>>();
    assert_eq!(loss.only_here().collect::<Vec<_>>(), ids(&[3, 4]));
    assert_eq!(loss.only_in_cloud().collect::<Vec<_>>(), ids(&[5, 6, 7]));
    assert_eq!(loss.differing().len(), 1);
    assert_eq!(loss.alike(), 1);
}

#[test]
fn what_goes_depends_on_the_act() {
    let counts = |action, reach| {
        let loss = weigh(action, reach);
        (loss.entries(), loss.nowhere_else())
    };
    assert_eq!(counts(CLEAR_HERE, Reach::ThisDevice), (4, 3));
    assert_eq!(counts(CLEAR_EVERYWHERE, Reach::Cloud), (7, 7));
    assert_eq!(counts(Action::ReplaceCloud, Reach::Cloud), (5, 4));
    assert_eq!(counts(Action::ResetMasterPassword, Reach::Cloud), (7, 7));
    assert_eq!(
        counts(Action::ResetMasterPassword, Reach::ThisDevice),
        (4, 3)
    );
    assert_eq!(counts(Action::RenewMasterPassword, Reach::Cloud), (4, 4));
    assert_eq!(
        counts(Action::RenewMasterPassword, Reach::ThisDevice),
        (0, 0)
    );
}

#[test]
fn without_a_cloud_everything_here_exists_nowhere_else() {
    let loss = Loss::weigh(
        CLEAR_HERE,
        Reach::ThisDevice,
        &[entry(1, 1), entry(2, 1)],
        &[],
    );
    assert_eq!((loss.entries(), loss.nowhere_else()), (2, 2));
}

#[test]
fn the_hash_tells_every_difference_and_no_order() {
    let one = [entry(1, 1), entry(2, 2)];
    let turned = [entry(2, 2), entry(1, 1)];
    let hash = |action, here: &[Entry], cloud: &[Entry]| {
        Loss::weigh(action, Reach::Cloud, here, cloud).hash()
    };
    let base = hash(CLEAR_EVERYWHERE, &one, &one);
    assert_eq!(base, hash(CLEAR_EVERYWHERE, &turned, &one));
    let others = [
        hash(Action::ReplaceCloud, &one, &one),
        hash(CLEAR_EVERYWHERE, &one, &one[..1]),
        hash(CLEAR_EVERYWHERE, &one[..1], &one),
        hash(CLEAR_EVERYWHERE, &one[..1], &one[..1]),
        hash(CLEAR_EVERYWHERE, &one, &[entry(1, 1), entry(2, 3)]),
        hash(CLEAR_EVERYWHERE, &[entry(1, 1), entry(2, 3)], &one),
        hash(
            CLEAR_EVERYWHERE,
            &[entry(1, 1), entry(3, 2)],
            &[entry(1, 1), entry(3, 2)],
        ),
    ];
    for other in others {
        assert_ne!(base, other);
    }
    for (i, a) in others.iter().enumerate() {
        for b in &others[i + 1..] {
            assert_ne!(a, b);
        }
    }
}
