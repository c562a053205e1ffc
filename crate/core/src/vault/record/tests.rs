use super::*;
use crate::id::{DeviceId, ItemId, VaultId};
use crate::vault::fixture::{
    EPOCH, NONCE, PHONE, VAULT, item, keys, other_keys, place, with_each_bit_flipped,
};
use crate::vault::item::Field;
use alloc::string::ToString;

fn sealed() -> Record {
    Record::seal(place(), &item(), &keys(), NONCE).unwrap()
}

fn open(bytes: &[u8]) -> Result<Opened, RecordError> {
    Record::from_bytes(bytes).and_then(|record| record.open(&keys()))
}

#[test]
fn a_sealed_item_is_read_back_as_it_was() {
    let Ok(Opened::Item(read)) = open(&sealed().to_bytes()) else {
        panic!("not an item");
    };
    assert!(read == item());
    assert_eq!(sealed().header().place, place());
}

#[test]
fn every_flipped_bit_is_refused() {
    with_each_bit_flipped(&sealed().to_bytes(), |bytes, bit| {
        assert!(open(bytes).is_err(), "bit {bit}");
    });
}

#[test]
fn a_record_does_not_open_with_another_epochs_keys() {
    let opened = sealed().open(&other_keys());
    assert_eq!(opened.err(), Some(RecordError::NotAuthentic));
}

#[test]
fn a_record_can_not_be_put_in_the_place_of_another() {
    for moved in [
        Place {
            vault: VaultId([99; 16]),
            ..place()
        },
        Place {
            epoch: 2,
            ..place()
        },
        Place {
            item: ItemId([99; 16]),
            ..place()
        },
        Place {
            revision: 3,
            ..place()
        },
        Place {
            writer: PHONE,
            ..place()
        },
        Place {
            parent: None,
            ..place()
        },
    ] {
        let mut record = sealed();
        record.header.place = moved;
        assert_eq!(record.open(&keys()).err(), Some(RecordError::NotAuthentic));
    }
}

#[test]
fn a_living_record_can_not_be_passed_off_as_a_tombstone() {
    let mut record = sealed();
    record.header.life = Life::Tombstone;
    assert_eq!(record.open(&keys()).err(), Some(RecordError::NotAuthentic));
}

#[test]
fn a_tombstone_is_sealed_and_empty() {
    let tombstone = Record::erase(place(), &keys(), NONCE);
    assert_eq!(tombstone.ciphertext.len(), TAG);
    assert!(matches!(open(&tombstone.to_bytes()), Ok(Opened::Tombstone)));
    with_each_bit_flipped(&tombstone.to_bytes(), |bytes, bit| {
        assert!(open(bytes).is_err(), "bit {bit}");
    });
}

#[test]
fn a_tombstone_with_content_is_refused() {
    let mut header = *sealed().header();
    header.life = Life::Tombstone;
    let record = Record::seal_bytes(header, b"x", &keys(), NONCE);
    assert!(record.open(&keys()).is_err());
}

#[test]
fn an_item_of_an_unknown_schema_is_read_only_and_keeps_its_content() {
    for unknown in [0, 1, 4] {
        let mut header = *sealed().header();
        header.schema = unknown;
        let record = Record::seal_bytes(header, b"not ours", &keys(), NONCE);
        let Ok(Opened::ReadOnly { schema, content }) = open(&record.to_bytes()) else {
            panic!("not read-only");
        };
        assert_eq!((schema, content.as_slice()), (unknown, &b"not ours"[..]));
    }
}

#[test]
fn a_header_that_names_another_known_schema_than_its_content_is_refused() {
    let mut header = *sealed().header();
    for (schema, opens) in [(2, true), (3, false)] {
        header.schema = schema;
        let record = Record::seal_bytes(header, &item().to_padded(), &keys(), NONCE);
        assert_eq!(record.open(&keys()).is_ok(), opens, "{schema}");
    }
}

#[test]
fn revision_0_does_not_exist() {
    let place = Place {
        revision: 0,
        ..place()
    };
    let record = Record::erase(place, &keys(), NONCE);
    assert!(Record::from_bytes(&record.to_bytes()).is_err());
}

#[test]
fn a_record_of_another_suite_is_refused_by_name() {
    let header = Encoder::new("sigill/item/1").integer(2).finish();
    let bytes = Encoder::new(Record::LABEL).bytes(&header).finish();
    assert_eq!(
        Record::from_bytes(&bytes),
        Err(RecordError::UnknownSuite(2))
    );
}

#[test]
fn what_is_too_large_is_neither_sealed_nor_read() {
    let mut large = item();
    large.set(Field::Notes, &"x".repeat(Record::MOST));
    let refused = Record::seal(place(), &large, &keys(), NONCE);
    assert!(matches!(refused, Err(SealError::TooLarge { .. })));
    let plaintext = alloc::vec![0; Record::MOST + 1];
    let record = Record::seal_bytes(*sealed().header(), &plaintext, &keys(), NONCE);
    let refused = Record::from_bytes(&record.to_bytes());
    assert!(matches!(refused, Err(RecordError::TooLarge { .. })));
}

#[test]
fn lengths_say_little_short_items_look_alike() {
    let mut short = item();
    short.set(Field::Password, "x");
    let short = Record::seal(place(), &short, &keys(), NONCE).unwrap();
    assert_eq!(short.ciphertext.len(), sealed().ciphertext.len());
}

#[test]
fn the_hash_covers_header_nonce_and_ciphertext() {
    let original = sealed();
    let changes: [fn(&mut Record); 3] = [
        |r| r.header.place.writer = DeviceId([99; 16]),
        |r| r.nonce[0] ^= 1,
        |r| r.ciphertext[0] ^= 1,
    ];
    for change in changes {
        let mut changed = original.clone();
        change(&mut changed);
        assert_ne!(changed.hash(), original.hash());
    }
    assert_eq!(original.root_entry().record, original.hash());
    assert_eq!(original.header().place.vault, VAULT);
}

/// Computed apart from this code, from the formulas above, with Node's crypto.
#[test]
fn the_format_of_a_record_stays_as_it_is() {
    assert_eq!(
        sealed().hash().to_string(),
        "bafc6c9975cb724fe153a53bdabc9d7d1d9c190995e4a5d63792778fde6a0cf2"
    );
}

#[test]
fn a_record_sealed_anew_holds_the_same_under_the_new_keys_only() {
    let next = Place {
        epoch: EPOCH + 1,
        ..place()
    };
    let (old, new) = (keys(), other_keys());
    let sealed = Record::seal(place(), &item(), &old, NONCE).unwrap();
    let anew = sealed.resealed(next, (&old, &new), [9; 12]).unwrap();
    assert_eq!(anew.header().place, next);
    assert!(matches!(anew.open(&new), Ok(Opened::Item(opened)) if opened == item()));
    assert!(anew.open(&old).is_err());
    let gone = Record::erase(place(), &old, NONCE);
    let gone = gone.resealed(next, (&old, &new), [9; 12]).unwrap();
    assert!(matches!(gone.open(&new), Ok(Opened::Tombstone)));
    let foreign = sealed.resealed(next, (&new, &old), [9; 12]);
    assert_eq!(foreign.err(), Some(RecordError::NotAuthentic));
}
