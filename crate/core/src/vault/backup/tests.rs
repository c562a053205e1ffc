use super::*;
use crate::id::FileId;
use crate::vault::file::{CHUNK, Cut, FilePlace, Reading, seal_chunk};
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
    let parts = (records, Vec::new());
    Backup::new(&slots(), (&head, &head.tag(&keys())), parts).unwrap()
}

fn read(file: &[u8]) -> Result<Backup, BackupError> {
    let size = u64::try_from(file.len()).unwrap();
    Backup::read(file, size).map(|(backup, _)| backup)
}

/// A file's place, its bytes, and its chunks.
fn sealed(name: u8, size: usize) -> (SealedFile, Vec<u8>, Vec<Vec<u8>>) {
    let place = FilePlace {
        vault: place().vault,
        epoch: place().epoch,
        item: ItemId([1; 16]),
        file: FileId([name; 16]),
    };
    let bytes: Vec<u8> = (0..size).map(|at| at.to_le_bytes()[0] ^ name).collect();
    let cut = Cut::of(bytes.len().try_into().unwrap()).unwrap();
    let mut parts: Vec<&[u8]> = bytes.chunks(CHUNK).collect();
    if parts.is_empty() {
        parts.push(&[]);
    }
    let seal = |(index, part)| {
        let seal = (&keys(), NONCE);
        seal_chunk(&place, (cut, index), part, seal).unwrap()
    };
    let chunks: Vec<_> = (0..).zip(parts).map(seal).collect();
    let file = SealedFile {
        files_key: keys().files_key_id(),
        file: place.file,
        item: place.item,
        size: cut.size(),
        sha256: Hash::of(&chunks.concat()),
    };
    (file, bytes, chunks)
}

/// A backup with files of no, of one and of three chunks, and its bytes.
fn with_files() -> (Backup, Vec<u8>) {
    let files = [sealed(1, 0), sealed(2, 9), sealed(3, 2 * CHUNK + 1)];
    let backup = Backup {
        files: files.iter().map(|(file, ..)| *file).collect(),
        ..backup()
    };
    let chunks: Vec<_> = files
        .into_iter()
        .map(|(_, _, chunks)| chunks.concat())
        .collect();
    let file = [backup.to_bytes(), chunks.concat()].concat();
    (backup, file)
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
    let found = read(&file).unwrap();
    assert_eq!(found, backup());
    assert_eq!(found.unlock(&wrong_root()).err(), Some(SlotError::WrongKey));
    let keys = found.unlock(&root()).unwrap();
    let items = found.open(&keys).unwrap();
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
        assert!(read(&file[..end]).is_err(), "{end} bytes");
    }
    let mut longer = file;
    longer.push(0);
    assert_eq!(read(&longer), Err(BackupError::Incomplete));
}

#[test]
fn every_flipped_bit_is_refused_even_under_a_right_end() {
    let file = backup().to_bytes();
    with_each_bit_flipped(&file, |bytes, bit| {
        assert!(read(bytes).is_err(), "bit {bit}");
    });
    let body = &file[..file.len() - 32];
    with_each_bit_flipped(body, |bytes, bit| {
        let proved = read(&ended(bytes.to_vec())).and_then(|found| {
            let keys = found.unlock(&root())?;
            found.open(&keys).map(drop)
        });
        // A recovery slot is nothing to the master password; its own key tells.
        if proved.is_ok() {
            let changed = read(&ended(bytes.to_vec())).unwrap();
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
    let found = read(&fewer.to_bytes());
    assert_eq!(found, Err(BackupError::OtherRecords));
    let head = (&whole.head, &Tag(whole.tag));
    let made = Backup::new(&slots(), head, (fewer.records, Vec::new()));
    assert_eq!(made, Err(BackupError::OtherRecords));
}

#[test]
fn a_head_that_nobody_with_the_keys_wrote_is_refused() {
    let forged = Backup {
        tag: [0; 32],
        ..backup()
    };
    let found = read(&forged.to_bytes()).unwrap();
    assert_eq!(found.open(&keys()).err(), Some(BackupError::BadTag));
    assert!(backup().open(&other_keys()).is_err());
}

#[test]
fn another_file_and_another_suite_are_told_apart() {
    assert_eq!(read(b"name,url"), Err(BackupError::NoBackup));
    let body = Encoder::new(Backup::LABEL).integer(2).finish();
    assert_eq!(read(&ended(body)), Err(BackupError::UnknownSuite));
}

#[test]
fn without_files_a_backup_is_to_the_byte_what_it_was_before_there_were_any() {
    let file = backup().to_bytes();
    let mut decoder = Decoder::open(Backup::LABEL, &file).unwrap();
    let d = &mut decoder;
    assert_eq!(d.integer(), Ok(SUITE));
    d.list(Decoder::bytes).unwrap();
    d.bytes().and(d.bytes()).unwrap();
    d.list(Decoder::bytes).unwrap();
    assert_eq!(decoder.rest().len(), 32);
}

#[test]
fn files_follow_chunk_by_chunk_and_are_read_to_the_byte() {
    let (backup, file) = with_files();
    let size = u64::try_from(file.len()).unwrap();
    let begin = backup.to_bytes();
    let (found, mut at) = Backup::read(&begin, size).unwrap();
    assert_eq!(found, backup);
    for (name, of) in [(1, 0), (2, 9), (3, 2 * CHUNK + 1)] {
        let (told, bytes, chunks) = sealed(name, of);
        let from = usize::try_from(at).unwrap();
        at += told.sealed_size();
        let until = usize::try_from(at).unwrap();
        assert_eq!(&file[from..until], chunks.concat());
        let place = FilePlace {
            vault: place().vault,
            epoch: place().epoch,
            item: told.item,
            file: told.file,
        };
        let keys = found.unlock(&root()).unwrap();
        let mut reading = Reading::begin(place, told.size, &keys).unwrap();
        let opened: Vec<_> = chunks
            .iter()
            .map(|chunk| reading.next(chunk).unwrap())
            .collect();
        let opened: Vec<u8> = opened
            .iter()
            .flat_map(|part| part.iter().copied())
            .collect();
        assert!(opened == bytes && reading.finish(Hash::of(&bytes)).is_ok());
    }
    assert_eq!(at, size);
}

#[test]
fn a_file_with_files_that_was_cut_off_or_lengthened_anywhere_is_refused() {
    let (backup, file) = with_files();
    let begin = backup.to_bytes();
    let size = u64::try_from(file.len()).unwrap();
    for end in 0..begin.len() {
        // Cut off there, and read up to there.
        for size in [u64::try_from(end).unwrap(), size] {
            let read = Backup::read(&begin[..end], size);
            assert!(read.is_err(), "{end} bytes read of {size}");
        }
    }
    for other in [size - 1, size + 1] {
        let found = Backup::read(&begin, other);
        assert_eq!(found, Err(BackupError::Incomplete));
    }
}

#[test]
fn every_flipped_bit_before_the_chunks_is_refused() {
    let (backup, file) = with_files();
    let size = u64::try_from(file.len()).unwrap();
    with_each_bit_flipped(&backup.to_bytes(), |bytes, bit| {
        assert!(Backup::read(bytes, size).is_err(), "bit {bit}");
    });
}

#[test]
fn files_are_told_each_once_and_in_their_order_or_not_at_all() {
    let (whole, _) = with_files();
    let [one, two, three] = whole.files[..] else {
        panic!("three files");
    };
    let huge = SealedFile {
        size: u64::MAX,
        ..three
    };
    for files in [vec![one, one, two], vec![two, one, three], vec![one, huge]] {
        let size = |file: &SealedFile| file.sealed_size();
        let backup = Backup { files, ..backup() };
        let begin = backup.to_bytes();
        let chunks = backup.files.iter().map(size).fold(0, u64::saturating_add);
        let size = u64::try_from(begin.len()).unwrap().saturating_add(chunks);
        let found = Backup::read(&begin, size);
        let malformed = BackupError::Encoding(DecodeError::Malformed);
        assert_eq!(found, Err(malformed));
    }
}
