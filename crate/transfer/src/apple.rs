//! The CSV of Apple Passwords and Safari: `Title,URL,Username,Password,Notes,OTPAuth`.
//! A title is made of host and user name: `example.com (anna)`.

use sigill_core::vault::item::{Field, Kind};

use crate::draft::Draft;
use crate::entry::Reason;
use crate::sheet::Sheet;
use crate::table::{Row, Width};

pub(crate) const SHEET: Sheet = Sheet {
    columns: &["title", "url", "username", "password", "otpauth"],
    width: Width::AsHeader,
    make,
};

fn make(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let mut draft = Draft::new(Kind::Login);
    let (title, user) = (row.text("title")?, row.text("username")?);
    let bare = title
        .strip_suffix(')')
        .and_then(|title| title.strip_suffix(user));
    let bare = bare.and_then(|title| title.strip_suffix(" ("));
    draft.name(bare.filter(|_| !user.is_empty()).unwrap_or(title));
    draft.url(row.text("url")?);
    draft.put(Field::Username, "username", user);
    draft.put(Field::Password, "password", row.text("password")?);
    draft.notes(row.text("notes")?);
    draft.totp("OTPAuth", row.text("otpauth")?);
    Ok(Some(draft))
}
