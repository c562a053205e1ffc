//! RoboForm's CSV: `Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2`. A value that
//! begins with `@` or `'` has another `'` before it. Each further field of a form is
//! a cell of its own, so that a row has more cells than the header:
//! `name,,,type,value`; a name that ends in `$` is RoboForm's own.

use sigill_core::vault::item::{Field, FieldKind, Kind};

use crate::draft::Draft;
use crate::entry::Reason;
use crate::sheet::Sheet;
use crate::table::{Row, Width};

pub(crate) const SHEET: Sheet = Sheet {
    columns: &[
        "name",
        "url",
        "matchurl",
        "login",
        "pwd",
        "folder",
        "rffieldsv2",
    ],
    width: Width::OrMore,
    make,
};

const TOTP: &str = "TOTP KEY$";

/// What a field is called that the form did not name.
const NAMELESS: &str = "-no-name-";

fn make(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let text = |column| row.text(column).map(bare);
    let (url, matched) = (text("url")?, text("matchurl")?);
    let (login, password) = (text("login")?, text("pwd")?);
    let is_note = [url, matched, login, password]
        .iter()
        .all(|text| text.is_empty());
    let mut draft = Draft::new(if is_note { Kind::Note } else { Kind::Login });
    draft.name(text("name")?);
    draft.folder(text("folder")?);
    draft.url(url);
    draft.url(matched);
    draft.put(Field::Username, "Login", login);
    draft.put(Field::Password, "Pwd", password);
    draft.notes(text("note")?);
    for at in row.rest() {
        further(&mut draft, bare(row.cell(at)?));
    }
    Ok(Some(draft))
}

fn further(draft: &mut Draft, cell: &str) {
    let parts: Vec<&str> = cell.splitn(5, ',').collect();
    let [name, _, _, kind, value] = parts.as_slice() else {
        draft.custom(FieldKind::Text, "RfFieldsV2", cell);
        return;
    };
    let kind = if *kind == "pwd" {
        FieldKind::Hidden
    } else {
        FieldKind::Text
    };
    match *name {
        TOTP => draft.totp("TOTP", value),
        own if own.ends_with('$') => {}
        NAMELESS => draft.custom(kind, "RfFieldsV2", value),
        name => draft.custom(kind, name, value),
    }
}

/// Without the `'` that keeps spreadsheets from reading a formula.
fn bare(text: &str) -> &str {
    let rest = text.strip_prefix('\'');
    rest.filter(|rest| rest.starts_with(['@', '\'']))
        .unwrap_or(text)
}
