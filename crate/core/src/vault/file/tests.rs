use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::vault::fixture::{EPOCH, VAULT, keys, other_keys, with_each_bit_flipped};

const PLACE: FilePlace = FilePlace {
    vault: VAULT,
    epoch: EPOCH,
    item: ItemId([10; 16]),
    file: FileId([15; 16]),
};

fn bytes(size: usize) -> Vec<u8> {
    let number = |at: usize| u8::try_from(at % 251).unwrap();
    (0..size).map(number).collect()
}

fn cut(size: usize) -> Cut {
    Cut::of(u64::try_from(size).unwrap()).unwrap()
}

fn sealed_at(place: &FilePlace, content: &[u8]) -> Vec<Vec<u8>> {
    let cut = cut(content.len());
    let chunk = |index: u32| {
        let from = usize::try_from(index).unwrap() * CHUNK;
        let bytes = &content[from..from + cut.length(index).unwrap()];
        let nonce = [u8::try_from(index).unwrap(); 12];
        seal_chunk(place, (cut, index), bytes, (&keys(), nonce)).unwrap()
    };
    (0..cut.chunks()).map(chunk).collect()
}

fn sealed(content: &[u8]) -> Vec<Vec<u8>> {
    sealed_at(&PLACE, content)
}

/// All of it, proved; as a device reads it.
fn read(
    place: FilePlace,
    chunks: &[Vec<u8>],
    (size, sha256): (usize, Hash),
) -> Result<Vec<u8>, FileError> {
    let keys = keys();
    let mut reading = Reading::begin(place, u64::try_from(size).unwrap(), &keys)?;
    let mut whole = Vec::new();
    for chunk in chunks {
        whole.extend_from_slice(&reading.next(chunk)?);
    }
    reading.finish(sha256).map(|()| whole)
}

#[test]
fn a_file_is_cut_in_steps_of_64_kib_and_an_empty_one_is_one_empty_chunk() {
    for (size, chunks, last) in [
        (0, 1, 0),
        (1, 1, 1),
        (CHUNK, 1, CHUNK),
        (CHUNK + 1, 2, 1),
        (160 * CHUNK, 160, CHUNK),
    ] {
        let cut = cut(size);
        assert_eq!((cut.chunks(), cut.length(chunks - 1)), (chunks, Ok(last)));
        assert_eq!(usize::try_from(cut.size()), Ok(size));
        assert_eq!(
            cut.length(chunks),
            Err(FileError::DoesNotFit { index: chunks })
        );
    }
    let bytes = FileRef::MOST + 1;
    let most = FileRef::MOST;
    assert_eq!(Cut::of(bytes), Err(FileError::TooLarge { bytes, most }));
    assert!(Cut::of(u64::MAX).is_err());
}

#[test]
fn what_was_sealed_is_read_back_and_proved() {
    for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 17] {
        let content = bytes(size);
        let chunks = sealed(&content);
        assert!(chunks.iter().all(|chunk| chunk.len() <= CHUNK + SEAL));
        assert_eq!(
            read(PLACE, &chunks, (size, Hash::of(&content))),
            Ok(content)
        );
    }
}

/// Golden: other implementations must write these bytes.
#[test]
fn the_associated_data_stays_as_it_is() {
    let place = FilePlace {
        vault: VaultId([1; 16]),
        epoch: 2,
        item: ItemId([3; 16]),
        file: FileId([4; 16]),
    };
    let mut expected = b"\0\0\0\x0esigill/chunk/1\0\0\0\x10".to_vec();
    expected.extend([1; 16]);
    expected.extend(b"\0\0\0\x08\0\0\0\0\0\0\0\x02\0\0\0\x10");
    expected.extend([3; 16]);
    expected.extend(b"\0\0\0\x10");
    expected.extend([4; 16]);
    expected.extend(b"\0\0\0\x08\0\0\0\0\0\0\0\x01\0\0\0\x08\0\0\0\0\0\0\0\x01");
    assert_eq!(place.aad(cut(CHUNK + 1), 1), expected);
}

#[test]
fn chunks_that_change_places_or_are_missing_are_refused() {
    let content = bytes(2 * CHUNK + 5);
    let about = (content.len(), Hash::of(&content));
    let chunks = sealed(&content);
    let swapped = vec![chunks[1].clone(), chunks[0].clone(), chunks[2].clone()];
    let refused = read(PLACE, &swapped, about);
    assert_eq!(refused, Err(FileError::NotAuthentic { index: 0 }));
    let lacking = vec![chunks[0].clone(), chunks[2].clone()];
    let refused = read(PLACE, &lacking, about);
    assert_eq!(refused, Err(FileError::DoesNotFit { index: 1 }));
    let cut_off = &chunks[..2];
    let refused = read(PLACE, cut_off, about);
    assert_eq!(refused, Err(FileError::Truncated { index: 2 }));
    let mut longer = chunks.clone();
    longer.push(chunks[2].clone());
    let refused = read(PLACE, &longer, about);
    assert_eq!(refused, Err(FileError::DoesNotFit { index: 3 }));
}

#[test]
fn a_file_that_says_it_is_shorter_has_no_last_chunk() {
    let content = bytes(3 * CHUNK);
    let chunks = sealed(&content);
    let about = (2 * CHUNK, Hash::of(&content[..2 * CHUNK]));
    let refused = read(PLACE, &chunks[..2], about);
    assert_eq!(refused, Err(FileError::NotAuthentic { index: 1 }));
}

#[test]
fn a_chunk_of_another_file_item_vault_or_epoch_does_not_open() {
    let content = bytes(9);
    let about = (9, Hash::of(&content));
    for other in [
        FilePlace {
            file: FileId([16; 16]),
            ..PLACE
        },
        FilePlace {
            item: ItemId([11; 16]),
            ..PLACE
        },
        FilePlace {
            vault: VaultId([2; 16]),
            ..PLACE
        },
        FilePlace {
            epoch: EPOCH + 1,
            ..PLACE
        },
    ] {
        let refused = read(PLACE, &sealed_at(&other, &content), about);
        assert_eq!(refused, Err(FileError::NotAuthentic { index: 0 }));
    }
    let chunk = &sealed(&content)[0];
    let opened = open_chunk(&PLACE, (cut(9), 0), chunk, &other_keys());
    assert_eq!(opened.err(), Some(FileError::NotAuthentic { index: 0 }));
}

#[test]
fn a_chunk_with_any_bit_flipped_or_cut_anywhere_does_not_open() {
    let content = bytes(40);
    let chunk = &sealed(&content)[0];
    with_each_bit_flipped(chunk, |flipped, bit| {
        let opened = open_chunk(&PLACE, (cut(40), 0), flipped, &keys());
        assert_eq!(
            opened.err(),
            Some(FileError::NotAuthentic { index: 0 }),
            "bit {bit}"
        );
    });
    for end in 0..chunk.len() {
        let opened = open_chunk(&PLACE, (cut(40), 0), &chunk[..end], &keys());
        assert_eq!(
            opened.err(),
            Some(FileError::DoesNotFit { index: 0 }),
            "{end} bytes"
        );
    }
}

#[test]
fn bytes_that_the_item_does_not_name_are_refused_at_the_end() {
    let content = bytes(9);
    let refused = read(PLACE, &sealed(&content), (9, Hash::of(b"other")));
    assert_eq!(refused, Err(FileError::OtherBytes));
}

#[test]
fn nothing_is_sealed_that_does_not_fit_its_place() {
    let (keys, cut) = (keys(), cut(CHUNK + 1));
    for (index, size) in [(0, CHUNK - 1), (0, CHUNK + 1), (1, 0), (1, 2), (2, 1)] {
        let sealed = seal_chunk(&PLACE, (cut, index), &bytes(size), (&keys, [0; 12]));
        assert_eq!(sealed, Err(FileError::DoesNotFit { index }));
    }
}

#[test]
fn another_files_key_has_another_name() {
    assert_eq!(keys().files_key_id(), keys().files_key_id());
    assert_ne!(keys().files_key_id(), other_keys().files_key_id());
}
