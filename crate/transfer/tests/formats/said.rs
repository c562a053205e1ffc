//! Reading in tests, and what an item says in one line a part.

use sigill_core::id::Hash;
use sigill_core::vault::item::{FieldKind, Item, Part, Shelf};
use sigill_transfer::entry::{Attached, Parsed};
use sigill_transfer::fault::FileError;
use sigill_transfer::format::Format;
use sigill_transfer::read::{Asked, read};

/// The moment at which tests read.
pub(crate) const NOW: u64 = 1_800_000_000;

pub(crate) fn asked(format: impl Into<Option<Format>>) -> Asked<'static> {
    Asked {
        format: format.into(),
        password: None,
        key_file: None,
        columns: &[],
        now: NOW,
    }
}

/// What a file of that format holds; it is detected as one of it too.
pub(crate) fn of(format: Format, bytes: &[u8]) -> Parsed {
    assert_eq!(sigill_transfer::detect::format(bytes), Ok(format));
    read(bytes, asked(format)).expect("a readable file")
}

pub(crate) fn refused(format: impl Into<Option<Format>>, bytes: &[u8]) -> FileError {
    read(bytes, asked(format)).err().expect("a refused file")
}

/// All that an item says, a part a line: as hand-written expectations say it.
pub(crate) fn said(item: &Item) -> String {
    let mut lines = vec![format!("{} {}", item.kind.key(), item.name)];
    let values = item.values.iter();
    lines.extend(values.map(|value| format!("{}: {}", value.field().key(), value.text())));
    lines.extend(item.urls.iter().map(|url| format!("at {}", url.to_line())));
    lines.extend(item.tags.iter().map(|tag| format!("#{tag}")));
    if !item.folder.is_empty() {
        lines.push(format!("in {}", item.folder));
    }
    for field in &item.fields {
        let kind = match field.kind {
            FieldKind::Text => "text",
            FieldKind::Hidden => "hidden",
            FieldKind::Boolean => "boolean",
            FieldKind::Date => "date",
            FieldKind::Url => "url",
            FieldKind::Totp => "totp",
        };
        lines.push(format!("[{kind}] {}: {}", field.label, field.value));
    }
    for passkey in &item.passkeys {
        lines.push(format!(
            "passkey {} {} {} {:?} {:?} {} bytes, {} times",
            passkey.rp,
            passkey.user_name,
            passkey.display_name,
            passkey.credential,
            passkey.user_handle,
            passkey.private_key.len(),
            passkey.counter
        ));
    }
    for past in &item.history {
        let Part::Field(field) = &past.part else {
            panic!("only fields have a past in files of others");
        };
        lines.push(format!(
            "was {}: {} until {}",
            field.key(),
            past.value,
            past.until
        ));
    }
    if item.favourite {
        lines.push("favourite".into());
    }
    match item.shelf {
        Shelf::Active => {}
        Shelf::Archived { since } => lines.push(format!("archived {since}")),
        Shelf::Trashed { since } => lines.push(format!("trashed {since}")),
    }
    if item.created_at > 0 {
        lines.push(format!("made {}", item.created_at));
    }
    lines.join("\n")
}

/// All that a file says: nothing is lost but what `left_out` tells.
pub(crate) fn all(parsed: &Parsed) -> Vec<String> {
    assert_eq!(parsed.errors, []);
    parsed.items.iter().map(said).collect()
}

/// The files of all items: the item's name, the file's, and its content. What the
/// item says of it is what it is.
pub(crate) fn files(parsed: &Parsed) -> Vec<(&str, &str, &[u8])> {
    let file = |attached: &'_ Attached| {
        let item = &parsed.items[attached.entry];
        let file = item.files.find(&attached.id).expect("a file that is named");
        assert_eq!(file.sha256, Hash::of(&attached.content));
        assert_eq!(usize::try_from(file.size), Ok(attached.content.len()));
        (item.name.as_str(), file.name.as_str())
    };
    let all = parsed.files.iter();
    all.map(|attached| {
        let (item, name) = file(attached);
        (item, name, attached.content.as_slice())
    })
    .collect()
}
