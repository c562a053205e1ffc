//! Chrome's password CSV (`name,url,username,password,note`), which every
//! manager reads. It carries logins with a password, and one address each.

use sigill_core::vault::item::{Field, Item, Kind};
use zeroize::Zeroizing;

const HEADER: [&str; 5] = ["name", "url", "username", "password", "note"];

/// Whether it has a row.
pub(super) fn carries(item: &Item) -> bool {
    item.kind == Kind::Login && !item.value(Field::Password).is_empty()
}

/// The table (RFC 4180).
pub(super) fn document(items: &[&Item]) -> Zeroizing<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail, and every row has five cells.
    let _ = writer.write_record(HEADER);
    for item in items.iter().filter(|item| carries(item)) {
        let _ = writer.write_record([
            item.name.as_str(),
            item.urls.first().map_or("", String::as_str),
            item.value(Field::Username),
            item.value(Field::Password),
            item.value(Field::Notes),
        ]);
    }
    Zeroizing::new(writer.into_inner().unwrap_or_default())
}
