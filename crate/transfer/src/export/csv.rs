//! Chrome's password CSV (`name,url,username,password,note`), which every
//! manager reads. It carries logins with a password, and one address each.

use sigill_core::vault::item::{Field, Item, Kind};
use zeroize::Zeroizing;

const HEADER: [&str; 5] = ["name", "url", "username", "password", "note"];

/// Whether it has a row.
pub(super) fn carries(item: &Item) -> bool {
    item.kind == Kind::Login && !item.value(Field::Password).is_empty()
}

/// The table (RFC 4180), without zero characters: readers take them for UTF-16.
pub(super) fn document(items: &[&Item]) -> Zeroizing<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail, and every row has five cells.
    let _ = writer.write_record(HEADER);
    for item in items.iter().filter(|item| carries(item)) {
        let cells = [
            item.name.as_str(),
            item.places().next().unwrap_or_default(),
            item.value(Field::Username),
            item.value(Field::Password),
            item.value(Field::Notes),
        ];
        let _ = writer.write_record(cells.map(|cell| Zeroizing::new(cell.replace('\0', ""))));
    }
    Zeroizing::new(writer.into_inner().unwrap_or_default())
}
