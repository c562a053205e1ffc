//! Bitwarden's CSV: `folder,favorite,type,name,notes,fields,reprompt,login_uri,
//! login_username,login_password,login_totp`; of an organization `collections` in
//! place of the first two. It holds logins and notes only. Fields of the person's own
//! are lines `name: value`, addresses stand between commas.

use sigill_core::vault::item::{Field, FieldKind, Kind, Shelf};

use crate::date;
use crate::draft::Draft;
use crate::entry::Reason;
use crate::sheet::Sheet;
use crate::table::{Row, Width};

pub(crate) const SHEET: Sheet = Sheet {
    columns: &[
        "type",
        "name",
        "login_uri",
        "login_username",
        "login_password",
    ],
    width: Width::AsHeader,
    make,
};

fn make(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let mut draft = Draft::new(match row.text("type")? {
        "note" => Kind::Note,
        _ => Kind::Login,
    });
    draft.name(row.text("name")?);
    draft.folder(row.text("folder")?);
    let collections = row.text("collections")?;
    draft.folder(collections.split(',').next().unwrap_or_default());
    draft.favourite(row.text("favorite")? == "1");
    if let Some(since) = date::moment(row.text("archiveddate")?) {
        draft.shelve(Shelf::Archived { since });
    }
    for url in addresses(row.text("login_uri")?) {
        draft.url(&url);
    }
    draft.put(
        Field::Username,
        "login_username",
        row.text("login_username")?,
    );
    draft.put(
        Field::Password,
        "login_password",
        row.text("login_password")?,
    );
    draft.totp("login_totp", row.text("login_totp")?);
    draft.notes(row.text("notes")?);
    custom(&mut draft, row.text("fields")?);
    Ok(Some(draft))
}

/// Cut at commas, but for those that stand within an address.
fn addresses(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for part in text.split(',') {
        match all.last_mut() {
            Some(last) if last.contains("://") && !part.contains("://") => {
                last.push(',');
                last.push_str(part);
            }
            Some(_) | None => all.push(part.into()),
        }
    }
    all
}

/// A line that names no field belongs to the one above.
fn custom(draft: &mut Draft, text: &str) {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        match (line.split_once(": "), fields.last_mut()) {
            (Some((label, value)), _) => fields.push((label, value.into())),
            (None, Some((_, value))) => {
                value.push('\n');
                value.push_str(line);
            }
            (None, None) => fields.push(("", line.into())),
        }
    }
    for (label, value) in fields {
        draft.custom(FieldKind::Text, label, &value);
    }
}
