//! The versions that an item went through, as KeePass keeps them: whole, the
//! oldest first. Sigill keeps what an edit replaced; that is put back, edit by edit.

use sigill_core::vault::item::{CustomField, Item, Kind, Part, Past, Url};

/// The versions, the last of them the item as it is now. Each was modified
/// when what it replaced ended.
pub(super) fn of(item: &Item) -> Vec<Item> {
    let mut now = item.copy();
    now.history.clear();
    let mut versions = vec![now.copy()];
    for group in item.history.chunk_by(|a, b| a.until == b.until) {
        let until = group.first().map_or(0, |past| past.until);
        // What came in by a batch was modified later than it was edited.
        if now.modified_at != until {
            now.modified_at = until;
            versions.push(now.copy());
        }
        group.iter().for_each(|past| undo(&mut now, past));
        now.modified_at = began(item, until);
        versions.push(now.copy());
    }
    // Files lie with the newest alone.
    for earlier in versions.iter_mut().skip(1) {
        earlier.files = [].into_iter().collect();
    }
    versions.reverse();
    versions
}

/// When the version that ended at `until` began.
fn began(item: &Item, until: u64) -> u64 {
    let mut earlier = item.history.iter().map(|past| past.until);
    let earlier = earlier.find(|earlier| *earlier < until);
    earlier.unwrap_or_else(|| item.created_at.min(until))
}

/// Puts back what an edit replaced. Where it was kept is no part of a version.
fn undo(item: &mut Item, past: &Past) {
    let value = past.value.as_str();
    match &past.part {
        Part::Kind => item.kind = Kind::from_key(value).unwrap_or(item.kind),
        Part::Name => item.name = value.into(),
        Part::Field(field) => item.set(*field, value),
        Part::Urls => item.urls = value.lines().map(Url::from_line).collect(),
        Part::Tags => item.tags = value.lines().map(String::from).collect(),
        Part::Custom { label, kind } => {
            let mut fields = item.fields.iter_mut();
            match fields.find(|field| field.label == *label) {
                Some(field) => *field = CustomField::new(*kind, label, value),
                None => item.fields.push(CustomField::new(*kind, label, value)),
            }
        }
        Part::Passkey => {
            if let Some(passkey) = past.passkey() {
                item.passkeys = [passkey].into_iter().collect();
            }
        }
        Part::Folder | Part::Shelf | Part::File => {}
    }
}
