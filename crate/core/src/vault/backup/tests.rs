use super::*;
use crate::vault::fixture::{
    NONCE, PASSWORD, RECOVERY, head, item, keys, other_keys, place, public, root, slot, vault_key,
    with_each_bit_flipped, wrong_root,
};
use crate::vault::record::Place;
use alloc::vec;

fn record(name: u8) -> Record {
    let place = Place {
        item: ItemId([name; 16]),
        ..place()
    };
    Record::seal(place, &item(), &keys(), NONCE).unwrap()
}

fn slots() -> Slots {
    let passkey = Slot::seal(public(SlotKind::Passkey, 3), &root(), &vault_key(), NONCE);
    Slots::parse([slot(PASSWORD, 1), slot(RECOVERY, 2), passkey]).unwrap()
}

fn head_over(records: &[Record]) -> Head {
    Head {
        items_root: items_root(records.iter().map(Record::root_entry)).unwrap(),
        count: 2,
        slots_hash: slots().hash(),
        ..head()
    }
}

fn backup() -> Backup {
    let place = Place {
        item: ItemId([3; 16]),
        ..place()
    };
    let gone = Record::erase(place, &keys(), NONCE);
    let records = vec![record(1), record(2), gone];
    let head = head_over(&records);
    Backup::new(&slots(), (&head, &head.tag(&keys())), records).unwrap()
}

/// The body, changed, under a right end.
fn ended(mut body: Vec<u8>) -> Vec<u8> {
    let Hash(end) = Hash::of(&body);
    body.extend_from_slice(&end);
    body
}

#[test]
fn a_backup_is_read_back_and_opens_with_its_own_master_password_only() {
    let file = backup().to_bytes();
    let read = Backup::from_bytes(&file).unwrap();
    assert_eq!(read, backup());
    assert_eq!(read.unlock(&wrong_root()).err(), Some(SlotError::WrongKey));
    let keys = read.unlock(&root()).unwrap();
    let items = read.open(&keys).unwrap();
    let names: Vec<_> = items.iter().map(|(id, _)| *id).collect();
    assert_eq!(names, [ItemId([1; 16]), ItemId([2; 16])]);
    assert!(items.iter().all(|(_, opened)| *opened == item()));
}

#[test]
fn passkeys_stay_behind() {
    let kinds: Vec<_> = backup().slots().iter().map(|s| s.public().kind).collect();
    assert_eq!(kinds, [PASSWORD, RECOVERY]);
}

#[test]
fn a_file_that_was_cut_off_anywhere_is_refused() {
    let file = backup().to_bytes();
    for end in 0..file.len() {
        assert!(Backup::from_bytes(&file[..end]).is_err(), "{end} bytes");
    }
    let mut longer = file;
    longer.push(0);
    assert_eq!(Backup::from_bytes(&longer), Err(BackupError::Incomplete));
}

#[test]
fn every_flipped_bit_is_refused_even_under_a_right_end() {
    let file = backup().to_bytes();
    with_each_bit_flipped(&file, |bytes, bit| {
        assert!(Backup::from_bytes(bytes).is_err(), "bit {bit}");
    });
    let body = &file[..file.len() - 32];
    with_each_bit_flipped(body, |bytes, bit| {
        let proved = Backup::from_bytes(&ended(bytes.to_vec())).and_then(|read| {
            let keys = read.unlock(&root())?;
            read.open(&keys).map(drop)
        });
        // A recovery slot is nothing to the master password; its own key tells.
        if proved.is_ok() {
            let changed = Backup::from_bytes(&ended(bytes.to_vec())).unwrap();
            let recovery = changed.slots().iter().nth(1).unwrap();
            assert!(recovery.open(&root()).is_err(), "bit {bit}");
        }
    });
}

#[test]
fn a_record_left_out_is_missed_without_any_key() {
    let whole = backup();
    let fewer = Backup {
        records: whole.records[1..].to_vec(),
        ..whole.clone()
    };
    let read = Backup::from_bytes(&fewer.to_bytes());
    assert_eq!(read, Err(BackupError::OtherRecords));
    let head = (&whole.head, &Tag(whole.tag));
    let made = Backup::new(&slots(), head, fewer.records);
    assert_eq!(made, Err(BackupError::OtherRecords));
}

#[test]
fn a_head_that_nobody_with_the_keys_wrote_is_refused() {
    let forged = Backup {
        tag: [0; 32],
        ..backup()
    };
    let read = Backup::from_bytes(&forged.to_bytes()).unwrap();
    assert_eq!(read.open(&keys()).err(), Some(BackupError::BadTag));
    assert!(backup().open(&other_keys()).is_err());
}

#[test]
fn another_file_and_another_suite_are_told_apart() {
    assert_eq!(Backup::from_bytes(b"name,url"), Err(BackupError::NoBackup));
    let body = Encoder::new(Backup::LABEL).integer(2).finish();
    assert_eq!(
        Backup::from_bytes(&ended(body)),
        Err(BackupError::UnknownSuite(2))
    );
}
