//! KeePassXC's CSV: `"Group","Title","Username","Password","URL","Notes","TOTP","Icon",
//! "Last Modified","Created"`. A path of groups begins at the root group, which is no
//! folder. What lies in the recycle bin goes to the trash.

use sigill_core::vault::item::{Field, Kind, Shelf};

use crate::date;
use crate::draft::Draft;
use crate::entry::Reason;
use crate::sheet::Sheet;
use crate::table::{Row, Width};

pub(crate) const SHEET: Sheet = Sheet {
    columns: &["group", "title", "username", "password", "url"],
    width: Width::AsHeader,
    make,
};

/// What KeePassXC calls the root group of a new file, and how older ones did.
const ROOTS: [&str; 2] = ["Root", "Passwords"];

/// What KeePass calls the group of what was deleted.
const BIN: &str = "Recycle Bin";

fn make(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let group = row.text("group")?;
    let (first, below) = group.split_once('/').unwrap_or((group, ""));
    let folder = if ROOTS.contains(&first) { below } else { group };
    let mut draft = Draft::new(Kind::Login);
    if folder == BIN || folder.starts_with("Recycle Bin/") {
        draft.shelve(Shelf::Trashed { since: 0 });
    } else {
        draft.folder(folder);
    }
    draft.name(row.text("title")?);
    draft.put(Field::Username, "Username", row.text("username")?);
    draft.put(Field::Password, "Password", row.text("password")?);
    draft.url(row.text("url")?);
    draft.notes(row.text("notes")?);
    draft.totp("TOTP", row.text("totp")?);
    draft.created(date::moment(row.text("created")?).unwrap_or(0));
    Ok(Some(draft))
}
