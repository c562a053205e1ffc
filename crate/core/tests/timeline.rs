//! A history that was tampered with is found, and where.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use sigill_core::confirmation::timeline::{
    Act, Broken, Change, Entry, Event, Last, Said, Step, Why, verify,
};
use sigill_core::id::{AccountId, DeviceId, Hash, OperationId};

const ACCOUNT: AccountId = AccountId([7; 16]);

fn event() -> impl Strategy<Value = Event> {
    let any_of = prop::sample::select::<Act>;
    prop_oneof![
        (prop::sample::select(Step::ALL), any_of(Act::ALL))
            .prop_map(|(step, act)| Event::Operation { step, act }),
        (any_of(Act::ALL), prop::sample::select(Why::ALL))
            .prop_map(|(act, why)| Event::Refused { act, why }),
        prop::sample::select(Change::ALL).prop_map(Event::Account),
    ]
}

fn said() -> impl Strategy<Value = Said> {
    let about = (
        any::<Option<[u8; 16]>>(),
        any::<Option<([u8; 16], [u8; 32])>>(),
    );
    (any::<u32>(), event(), about).prop_map(|(at, event, (device, operation))| Said {
        at: at.into(),
        device: device.map(DeviceId),
        event,
        operation: operation.map(|(id, _)| OperationId(id)),
        digest: operation.map(|(_, digest)| Hash(digest)),
    })
}

/// What an honest service writes.
fn written(said: &[Said]) -> Vec<Entry> {
    let mut last = Last::NOTHING;
    let mut entries = Vec::new();
    for said in said {
        let entry = last.then(ACCOUNT, *said);
        last = entry.last();
        entries.push(entry);
    }
    entries
}

fn history() -> impl Strategy<Value = Vec<Entry>> {
    vec(said(), 2..12).prop_map(|said| written(&said))
}

/// Reads the whole, knowing what it ended with.
fn read(entries: &[Entry], known: &Entry) -> Result<Last, Broken> {
    verify(ACCOUNT, Last::NOTHING, entries, known.last())
}

fn end(entries: &[Entry]) -> Entry {
    entries[entries.len() - 1]
}

/// One thing of an entry is another.
fn change(entry: &mut Entry, other: &Said, which: usize) {
    match which % 7 {
        0 => entry.said.at = entry.said.at.wrapping_add(1),
        1 => entry.said.device = Some(DeviceId([9; 16])),
        2 => entry.said.event = other.event,
        3 => entry.said.operation = Some(OperationId([9; 16])),
        4 => entry.said.digest = Some(Hash([9; 32])),
        5 => entry.hash = Hash([9; 32]),
        _ => entry.seq += 1,
    }
}

proptest! {
    #[test]
    fn what_was_written_verifies_whole_and_in_parts(entries in history(), cut: Index) {
        let end = end(&entries);
        prop_assert_eq!(read(&entries, &end), Ok(end.last()));
        let (seen, news) = entries.split_at(cut.index(entries.len()) + 1);
        let known = seen[seen.len() - 1].last();
        prop_assert_eq!(verify(ACCOUNT, known, news, known), Ok(end.last()));
        prop_assert_eq!(verify(ACCOUNT, Last::NOTHING, &entries, known), Ok(end.last()));
    }

    #[test]
    fn a_changed_entry_is_found_where_it_is(
        entries in history(), at: Index, other in said(), which in 0..7_usize,
    ) {
        let at = at.index(entries.len());
        let mut tampered = entries.clone();
        change(&mut tampered[at], &other, which);
        prop_assume!(tampered != entries);
        let seq = entries[at].seq;
        prop_assert_eq!(read(&tampered, &end(&entries)), Err(Broken { seq }));
        prop_assert_eq!(verify(ACCOUNT, Last::NOTHING, &tampered, Last::NOTHING), Err(Broken { seq }));
    }

    #[test]
    fn a_removed_entry_is_found_where_it_was(entries in history(), at: Index) {
        let at = at.index(entries.len());
        let mut tampered = entries.clone();
        let removed = tampered.remove(at);
        prop_assert_eq!(read(&tampered, &end(&entries)), Err(Broken { seq: removed.seq }));
    }

    #[test]
    fn two_entries_that_changed_places_are_found(entries in history(), at: Index) {
        let at = at.index(entries.len() - 1);
        let mut tampered = entries.clone();
        tampered.swap(at, at + 1);
        prop_assert_eq!(read(&tampered, &end(&entries)), Err(Broken { seq: entries[at].seq }));
    }

    #[test]
    fn an_inserted_entry_is_found_where_it_is(entries in history(), at: Index, said in said()) {
        let at = at.index(entries.len());
        let before = at.checked_sub(1).map_or(Last::NOTHING, |before| entries[before].last());
        let forged = before.then(ACCOUNT, said);
        prop_assume!(forged != entries[at]);
        let mut tampered = entries.clone();
        tampered.insert(at, forged);
        let broken = read(&tampered, &end(&entries)).unwrap_err();
        // A forged entry may follow well; the true one after it can't any more.
        let seq = entries[at].seq;
        prop_assert!(broken.seq == seq || broken.seq == seq + 1, "{broken:?}");
    }

    #[test]
    fn a_service_that_rewrites_its_history_with_good_hashes_is_found_by_whoever_saw_the_old_one(
        entries in history(), at: Index, other in said(), seen: Index,
    ) {
        let at = at.index(entries.len());
        let mut said: Vec<_> = entries.iter().map(|entry| entry.said).collect();
        prop_assume!(said[at] != other);
        said[at] = other;
        let rewritten = written(&said);
        let known = entries[seen.index(entries.len())].last();
        let read = verify(ACCOUNT, Last::NOTHING, &rewritten, known);
        if known.seq >= entries[at].seq {
            prop_assert_eq!(read, Err(Broken { seq: known.seq }));
        } else {
            prop_assert_eq!(read, Ok(end(&rewritten).last()), "nobody saw what was rewritten");
        }
    }

    #[test]
    fn entries_missing_at_the_end_are_found_only_by_whoever_saw_them(
        entries in history(), cut: Index, seen: Index,
    ) {
        let cut = cut.index(entries.len());
        let known = entries[seen.index(entries.len())].last();
        let read = verify(ACCOUNT, Last::NOTHING, &entries[..cut], known);
        prop_assert_eq!(read.is_err(), entries[..cut].last().map_or(0, |last| last.seq) < known.seq);
    }

    #[test]
    fn the_history_of_another_account_does_not_verify(entries in history()) {
        let other = AccountId([8; 16]);
        let read = verify(other, Last::NOTHING, &entries, Last::NOTHING);
        prop_assert_eq!(read, Err(Broken { seq: 1 }));
    }
}
