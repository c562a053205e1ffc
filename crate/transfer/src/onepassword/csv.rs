//! 1Password's CSV: `Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes`.
//! Truth is `true` or `false`; tags stand between semicolons.

use sigill_core::vault::item::{Field, Kind, Shelf};

use crate::draft::Draft;
use crate::entry::Reason;
use crate::sheet::Sheet;
use crate::table::{Row, Width};

pub(crate) const SHEET: Sheet = Sheet {
    columns: &[
        "title", "url", "username", "password", "favorite", "archived", "tags",
    ],
    width: Width::AsHeader,
    make,
};

fn make(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let mut draft = Draft::new(Kind::Login);
    draft.name(row.text("title")?);
    draft.url(row.text("url")?);
    draft.put(Field::Username, "Username", row.text("username")?);
    draft.put(Field::Password, "Password", row.text("password")?);
    draft.totp("OTPAuth", row.text("otpauth")?);
    draft.favourite(row.text("favorite")?.eq_ignore_ascii_case("true"));
    if row.text("archived")?.eq_ignore_ascii_case("true") {
        draft.shelve(Shelf::Archived { since: 0 });
    }
    for tag in row.text("tags")?.split([';', ',']) {
        draft.tag(tag);
    }
    draft.notes(row.text("notes")?);
    Ok(Some(draft))
}
