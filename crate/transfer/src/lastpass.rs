//! LastPass's CSV: `url,username,password,totp,extra,name,grouping,fav`; older ones
//! lack `totp`. A row whose address is `http://sn` is a note; where its text begins
//! `NoteType:…`, it is an item of that type, a field a line (see [`typed`]).

use sigill_core::vault::item::{Field, Kind};

use crate::draft::Draft;
use crate::entry::Reason;
use crate::sheet::Sheet;
use crate::table::{Row, Width};

mod typed;

pub(crate) const SHEET: Sheet = Sheet {
    columns: &[
        "url", "username", "password", "extra", "name", "grouping", "fav",
    ],
    width: Width::AsHeader,
    make,
};

/// The address of what is no login.
const NOTE: &str = "http://sn";

/// The address of a login that has none.
const NO_ADDRESS: &str = "http://";

fn make(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let (url, extra) = (row.text("url")?, row.text("extra")?);
    let mut draft = if url == NOTE {
        typed::draft(extra)
    } else {
        login(row, url, extra)?
    };
    draft.name(row.text("name")?);
    draft.folder(&row.text("grouping")?.replace('\\', "/"));
    draft.favourite(row.text("fav")? == "1");
    Ok(Some(draft))
}

fn login(row: &Row<'_>, url: &str, extra: &str) -> Result<Draft, Reason> {
    let mut draft = Draft::new(Kind::Login);
    if url != NO_ADDRESS {
        draft.url(url);
    }
    draft.put(Field::Username, "username", row.text("username")?);
    draft.put(Field::Password, "password", row.text("password")?);
    draft.totp("totp", row.text("totp")?);
    draft.notes(extra);
    Ok(draft)
}
