use super::*;
use crate::encode::DecodeError;
use crate::id::VaultId;
use crate::vault::fixture::{
    EPOCH, NONCE, file, head, item, keys, other_keys, passkey, with_each_bit_flipped,
};
use crate::vault::head::Head;
use crate::vault::index::sealed::IndexError;
use crate::vault::index::sketch::Marks;
use crate::vault::item::{Field, Item, Kind, Shelf};
use alloc::vec;

fn id(name: u8) -> ItemId {
    ItemId([name; 16])
}

fn sketch(name: u8, item: &Item) -> Sketch {
    Sketch::of(id(name), Hash([name; 32]), item)
}

fn furnished() -> Item {
    let mut item = item()
        .named("Bänk")
        .tagged("Work")
        .tagged("Two words")
        .in_folder("Home/Money")
        .with_url("https://www.Other.example:8443/in")
        .with_passkey(passkey())
        .with_file(file())
        .with(Field::Totp, "JBSWY3DP");
    item.favourite = true;
    item
}

fn index() -> Index {
    let note = Item::new(Kind::Note).named("Åre");
    let trashed = Item::new(Kind::WiFi)
        .named("Attic")
        .moved(Shelf::Trashed { since: 7 }, 7);
    let all = [
        sketch(1, &furnished()),
        sketch(2, &note),
        sketch(3, &trashed),
    ];
    Index::default().changed(&[], all.into())
}

fn sealed() -> SealedIndex {
    SealedIndex::seal(&index(), &head(), &keys(), NONCE)
}

fn names(index: &Index) -> Vec<&str> {
    index.entries().map(Entry::name).collect()
}

#[test]
fn it_says_of_an_item_what_a_row_and_a_filter_need() {
    let index = index();
    let entry = index.entries().find(|entry| entry.id() == id(1)).unwrap();
    assert_eq!(entry.name(), "Bänk");
    assert_eq!(entry.detail(), "åsa@example.com");
    assert_eq!(entry.host(), "bank.example");
    assert_eq!(entry.folder(), "Home/Money");
    assert!(entry.tags().eq(["Two words", "Work"]));
    assert_eq!(entry.folded_name(), "bank");
    assert_eq!(
        entry.folded_urls(),
        "https://bank.example/\nhttps://www.other.example:8443/in\n"
    );
    for mark in [Marks::FAVOURITE, Marks::TOTP, Marks::PASSKEY, Marks::FILE] {
        assert!(entry.marks().holds(mark), "{mark:?}");
    }
    let note = index.entries().find(|entry| entry.id() == id(2)).unwrap();
    assert_eq!((note.kind(), note.shelf()), (Kind::Note, Shelf::Active));
    assert_eq!(note.marks(), Marks(0));
    assert_eq!(note.tags().count(), 0);
}

#[test]
fn no_secret_stands_in_its_plaintext() {
    let plaintext = index().to_padded();
    let holds = |text: &str| memchr::memmem::find(&plaintext, text.as_bytes()).is_some();
    for secret in ["correct horse", "4821", "JBSWY3DP"] {
        assert!(!holds(secret), "{secret}");
    }
    assert!(holds("bank.example"), "or it would hold nothing at all");
}

#[test]
fn a_line_break_in_a_tag_does_not_make_two_of_it() {
    let index = Index::default().changed(&[], vec![sketch(1, &Item::default().tagged("a\nb"))]);
    assert!(index.entries().next().unwrap().tags().eq(["a b"]));
}

#[test]
fn a_change_forgets_replaces_and_adds_and_the_names_stay_in_order() {
    let new = |name: u8, title: &str| sketch(name, &Item::default().named(title));
    let index = index().changed(
        &[id(1), id(2)],
        vec![new(5, "Zebra"), new(2, "bar"), new(4, "aaa")],
    );
    assert_eq!(names(&index), ["aaa", "Attic", "bar", "Zebra"]);
    let known: Vec<ItemId> = index.records().into_iter().map(|(id, _)| id).collect();
    assert_eq!(known, [id(2), id(3), id(4), id(5)]);
}

#[test]
fn what_was_sealed_is_read_back_as_it_was() {
    let row = SealedIndex::from_bytes(&sealed().to_bytes()).unwrap();
    let read = row.open(&head(), &keys()).unwrap();
    assert_eq!(read.to_padded(), index().to_padded());
    assert_eq!(names(&read), ["Åre", "Attic", "Bänk"]);
    assert!(row.is_of(&head()));
    let empty = SealedIndex::seal(&Index::default(), &head(), &keys(), NONCE);
    assert!(empty.open(&head(), &keys()).unwrap().is_empty());
}

#[test]
fn its_length_comes_in_steps_of_64_kib() {
    let plaintexts = [Index::default(), index()].map(|index| index.to_padded().len());
    assert_eq!(plaintexts, [64 << 10; 2]);
    let notes = "x".repeat(64 << 10);
    let large = sketch(4, &Item::default().with(Field::Notes, &notes));
    let large = index().changed(&[], vec![large]);
    assert_eq!(large.to_padded().len(), 2 * (64 << 10));
}

#[test]
fn no_bit_of_its_row_can_be_another() {
    // The ends: label, root and nonce; and the tag. Between them one bit is as any other.
    let row = sealed().to_bytes();
    let ends = [0..400, row.len() - 64..row.len()];
    for end in ends {
        with_each_bit_flipped(&row[end.clone()], |flipped, bit| {
            let mut changed = row.clone();
            changed[end.clone()].copy_from_slice(flipped);
            let opened = SealedIndex::from_bytes(&changed)
                .map_err(IndexError::from)
                .and_then(|row| row.open(&head(), &keys()));
            assert!(opened.is_err(), "bit {bit} after {}", end.start);
        });
    }
}

#[test]
fn it_opens_for_its_vault_epoch_and_root_only() {
    for head in [
        Head {
            vault: VaultId([99; 16]),
            ..head()
        },
        Head {
            epoch: EPOCH + 1,
            ..head()
        },
    ] {
        assert!(sealed().open(&head, &keys()).is_err());
    }
    assert!(sealed().open(&head(), &other_keys()).is_err());
    let mut moved = sealed();
    moved.root = Hash([99; 32]);
    assert!(moved.open(&head(), &keys()).is_err());
}

#[test]
fn one_of_an_earlier_root_opens_and_says_so() {
    let later = Head {
        items_root: Hash([98; 32]),
        ..head()
    };
    assert!(sealed().open(&later, &keys()).is_ok());
    assert!(!sealed().is_of(&later));
}

/// What is decoded is encoded to the very same bytes, or refused.
#[test]
fn every_flipped_bit_of_the_plaintext_is_refused_or_another_index() {
    let content = index().to_padded();
    let length = 4 + 4 + usize::from(content[3]) + 256 * usize::from(content[2]);
    let rest = content.len() - length;
    assert!(length < 1024 && rest > 0, "the content comes first");
    with_each_bit_flipped(&content[..length], |flipped, bit| {
        let plaintext = [flipped, &content[length..]].concat();
        if let Ok(read) = Index::from_padded(&plaintext) {
            assert_eq!(read.to_padded()[..], plaintext[..], "bit {bit}");
        }
    });
}

#[test]
fn every_truncation_and_every_trailing_byte_is_refused() {
    let content = index().to_padded();
    for end in [0, 3, 4, 100, content.len() - 1] {
        assert!(Index::from_padded(&content[..end]).is_err(), "{end}");
    }
    let longer = [&content[..], &[0]].concat();
    assert_eq!(
        Index::from_padded(&longer).err(),
        Some(DecodeError::Trailing)
    );
}
