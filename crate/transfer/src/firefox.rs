//! Firefox's password CSV: `url,username,password,httpRealm,formActionOrigin,guid,
//! timeCreated,timeLastUsed,timePasswordChanged`, times in milliseconds since 1970.
//! It has neither names nor notes. A login for HTTP authentication has a realm.

use sigill_core::vault::item::{Field, FieldKind, Kind};

use crate::date;
use crate::draft::Draft;
use crate::entry::Reason;
use crate::sheet::Sheet;
use crate::table::{Row, Width};

pub(crate) const SHEET: Sheet = Sheet {
    columns: &[
        "url",
        "username",
        "password",
        "httprealm",
        "formactionorigin",
    ],
    width: Width::AsHeader,
    make,
};

/// What Firefox's sync keeps beside the logins, under its own account.
const OWN: &str = "chrome://";

fn make(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let (url, password) = (row.text("url")?, row.text("password")?);
    if url.starts_with(OWN) {
        return Ok(None);
    }
    if password.is_empty() {
        return Err(Reason::NoPassword);
    }
    let mut draft = Draft::new(Kind::Login);
    draft.url(url);
    draft.put(Field::Username, "username", row.text("username")?);
    draft.put(Field::Password, "password", password);
    draft.custom(FieldKind::Text, "HTTP realm", row.text("httprealm")?);
    draft.created(date::moment(row.text("timecreated")?).unwrap_or(0));
    Ok(Some(draft))
}
