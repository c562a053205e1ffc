use super::*;
use crate::vault::fixture::{LAPTOP, PHONE, head, keys, other_keys, with_each_bit_flipped};
use alloc::string::ToString;

fn full() -> Head {
    Head {
        account: Some(AccountId([1; 16])),
        service_key: Some(KeyId([2; 16])),
        operation: Some(IdempotencyKey([3; 16])),
        restored_from: Some(Hash([4; 32])),
        ..head()
    }
}

#[test]
fn a_head_is_read_back_as_it_was() {
    for head in [head(), full()] {
        assert_eq!(Head::from_bytes(&head.to_bytes()), Ok(head));
    }
}

#[test]
fn every_flipped_bit_is_refused_by_the_tag() {
    let keys = keys();
    let tag = full().tag(&keys);
    assert!(full().is_tagged(&keys, &tag));
    with_each_bit_flipped(&full().to_bytes(), |bytes, bit| {
        let accepted = Head::from_bytes(bytes).is_ok_and(|head| head.is_tagged(&keys, &tag));
        assert!(!accepted, "bit {bit}");
    });
    with_each_bit_flipped(&tag.0, |bytes, bit| {
        let tag = Tag(bytes.try_into().unwrap());
        assert!(!full().is_tagged(&keys, &tag), "bit {bit} of the tag");
    });
}

#[test]
fn a_tag_of_another_epochs_key_is_refused() {
    assert!(!head().is_tagged(&keys(), &head().tag(&other_keys())));
}

#[test]
fn a_device_seen_twice_or_out_of_order_is_refused() {
    let device = |device: DeviceId, e: Encoder| device.encode(e).integer(1);
    for devices in [[LAPTOP, LAPTOP], [PHONE, LAPTOP]] {
        let list = Encoder::new("")
            .list(devices.into_iter(), |e, d| device(d, e))
            .finish();
        assert_eq!(
            decode_seen(&mut Decoder::open("", &list).unwrap()),
            Err(HeadError::SeenOutOfOrder)
        );
    }
}

#[test]
fn a_head_of_another_suite_is_refused_by_name() {
    let bytes = Encoder::new(Head::LABEL).integer(2).finish();
    assert_eq!(Head::from_bytes(&bytes), Err(HeadError::UnknownSuite(2)));
}

#[test]
fn a_trailing_byte_is_refused() {
    let mut bytes = head().to_bytes();
    bytes.push(0);
    let trailing = Err(HeadError::Encoding(DecodeError::Trailing));
    assert_eq!(Head::from_bytes(&bytes), trailing);
}

fn entry(name: u8) -> RootEntry {
    RootEntry {
        item: ItemId([name; 16]),
        revision: 1,
        record: Hash([name; 32]),
        life: Life::Living,
    }
}

#[test]
fn the_root_does_not_depend_on_the_order_of_items() {
    let forwards = items_root([entry(1), entry(2), entry(3)]);
    assert_eq!(forwards, items_root([entry(3), entry(1), entry(2)]));
    assert_ne!(forwards, items_root([entry(1), entry(2)]));
}

#[test]
fn the_root_depends_on_every_field() {
    let root = items_root([entry(1)]);
    for changed in [
        RootEntry {
            revision: 2,
            ..entry(1)
        },
        RootEntry {
            record: Hash([9; 32]),
            ..entry(1)
        },
        RootEntry {
            life: Life::Tombstone,
            ..entry(1)
        },
    ] {
        assert_ne!(items_root([changed]), root);
    }
}

#[test]
fn two_records_of_one_item_are_refused() {
    let second = RootEntry {
        revision: 2,
        ..entry(1)
    };
    let refused = Err(DuplicateItem {
        item: ItemId([1; 16]),
    });
    assert_eq!(items_root([entry(1), entry(2), second]), refused);
}

/// Computed apart from this code, from the formulas above, with Node's crypto.
#[test]
fn the_format_of_a_head_and_of_a_root_stays_as_it_is() {
    assert_eq!(
        full().hash().to_string(),
        "140a1db395abf77f749549ab6a2c4dd7b3621e8d2fad1ed4a83d18c047e0db38"
    );
    assert_eq!(
        items_root([entry(1), entry(2)]).unwrap().to_string(),
        "f77c66b57d0200ee0544bf99001b42fbafbd4e5b477dbe145f84fd69df791415"
    );
}
