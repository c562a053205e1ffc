use super::*;
use crate::encode::DecodeError;
use crate::vault::fixture::item;
use alloc::vec;

#[test]
fn padding_of_another_length_or_content_is_refused() {
    let padded = item().to_padded();
    assert!(padded.len().is_multiple_of(256));
    assert!(Item::from_padded(&padded).is_ok());

    let mut longer = padded.to_vec();
    longer.resize(padded.len() + 256, 0);
    assert_eq!(
        Item::from_padded(&longer).err(),
        Some(DecodeError::Trailing)
    );

    let mut scribbled = padded.to_vec();
    *scribbled.last_mut().unwrap() = 1;
    assert_eq!(
        Item::from_padded(&scribbled).err(),
        Some(DecodeError::Trailing)
    );

    for end in [0, 3, 4, padded.len() - 1, padded.len() - 256] {
        assert!(Item::from_padded(&padded[..end]).is_err(), "{end} bytes");
    }
}

#[test]
fn an_edit_sends_what_stood_there_to_the_history_newest_first() {
    let mut edited = item();
    edited.password = "battery staple".into();
    let first = item().revised(edited, 300);
    let mut edited = item();
    edited.password = "third".into();
    edited.urls = vec![];
    edited.fields = vec![];
    let second = first.revised(edited, 400);

    let history: Vec<_> = second
        .history
        .iter()
        .map(|past| (past.value.as_str(), past.until))
        .collect();
    assert_eq!(
        history,
        [
            ("battery staple", 400),
            ("https://bank.example/", 400),
            ("4821", 400),
            ("correct horse", 300),
        ]
    );
    assert_eq!((second.created_at, second.modified_at), (100, 400));
}

#[test]
fn an_edit_that_changes_nothing_leaves_no_history() {
    assert!(item().revised(item(), 300).history.is_empty());
}

#[test]
fn a_clock_set_back_never_makes_an_edit_older_than_what_it_edits() {
    assert_eq!(item().revised(item(), 50).modified_at, 200);
    assert_eq!(item().moved(Some(50), 50).modified_at, 200);
}

#[test]
fn an_item_goes_to_the_trash_and_back_unchanged() {
    let trashed = item().moved(Some(300), 300);
    assert_eq!(trashed.trashed_at, Some(300));
    let back = trashed.moved(None, 400);
    assert!(back.trashed_at.is_none() && back.password == item().password);
}

#[test]
fn the_history_keeps_the_newest_values() {
    let mut current = item();
    for now in 0..=u64::try_from(Item::HISTORY).unwrap() {
        let mut edited = item();
        edited.password = alloc::format!("password {now}");
        current = current.revised(edited, 1000 + now);
    }
    assert_eq!(current.history.len(), Item::HISTORY);
    assert!(
        current
            .history
            .iter()
            .all(|past| past.value != "correct horse")
    );
}
