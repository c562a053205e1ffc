//! The password CSV of Chrome, Edge, Brave, Opera and Vivaldi: a header of
//! `name,url,username,password` and, since 2023, `note`. Columns are found by name,
//! in any order. Other programs write such tables too, with columns of their own:
//! those go where their names say, else into fields of the person's own.

use sigill_core::vault::item::{Field, FieldKind, Kind};

use crate::draft::Draft;
use crate::entry::Reason;
use crate::mapping::{self, Target};
use crate::sheet::Sheet;
use crate::table::{Row, Width};

pub(crate) const SHEET: Sheet = Sheet {
    columns: &["url", "username", "password"],
    width: Width::AsHeader,
    make,
};

const KNOWN: [&str; 7] = [
    "name", "title", "url", "username", "password", "note", "notes",
];

fn make(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let password = row.text("password")?;
    if password.is_empty() {
        return Err(Reason::NoPassword);
    }
    let mut draft = Draft::new(Kind::Login);
    for column in ["name", "title"] {
        draft.name(row.text(column)?);
    }
    draft.url(row.text("url")?);
    draft.put(Field::Username, "username", row.text("username")?);
    draft.put(Field::Password, "password", password);
    for column in ["note", "notes"] {
        draft.notes(row.text(column)?);
    }
    for (name, text) in row.others(&KNOWN) {
        let guessed = Target::guess(&name.to_lowercase());
        let is_taken = matches!(guessed, Target::Name | Target::Nothing);
        let own = Target::Custom(FieldKind::Text);
        let target = if is_taken { own } else { guessed };
        mapping::put(&mut draft, target, (name, text?));
    }
    Ok(Some(draft))
}
