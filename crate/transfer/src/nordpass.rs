//! NordPass's CSV: 23 columns, of which `type` says what a row is: `password`, `note`,
//! `credit_card`, `identity`, or `folder` for a row that only names one. Further
//! addresses are a JSON list, custom fields a JSON list of `{label, type, value}`.

use sigill_core::vault::item::{Field, FieldKind, Kind};

use crate::draft::Draft;
use crate::entry::Reason;
use crate::json::Document;
use crate::sheet::Sheet;
use crate::table::{Row, Width};

pub(crate) const SHEET: Sheet = Sheet {
    columns: &[
        "name",
        "url",
        "username",
        "cardholdername",
        "cardnumber",
        "folder",
        "full_name",
    ],
    width: Width::AsHeader,
    make,
};

/// Columns that have a field, on items whose kind has it.
const COLUMNS: &[(&str, Field)] = &[
    ("username", Field::Username),
    ("password", Field::Password),
    ("cardholdername", Field::Holder),
    ("cardnumber", Field::CardNumber),
    ("cvc", Field::SecurityCode),
    ("pin", Field::Pin),
    ("expirydate", Field::Expiry),
    ("phone_number", Field::Phone),
    ("email", Field::Email),
    ("zipcode", Field::PostalCode),
    ("city", Field::City),
    ("country", Field::Country),
    ("state", Field::Region),
];

fn make(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let kind = match row.text("type")? {
        "folder" => return Ok(None),
        "password" | "passkey" => Kind::Login,
        "note" => Kind::Note,
        "credit_card" => Kind::Card,
        "identity" => Kind::Identity,
        // Files of before 2021 have no such column.
        _ => guessed(row)?,
    };
    let mut draft = Draft::new(kind);
    draft.name(row.text("name")?);
    draft.folder(row.text("folder")?);
    for (column, field) in COLUMNS {
        draft.put(*field, column, row.text(column)?);
    }
    draft.person("full_name", row.text("full_name")?);
    draft.street("address", &[row.text("address1")?, row.text("address2")?]);
    draft.url(row.text("url")?);
    further(&mut draft, row.text("additional_urls")?);
    draft.notes(row.text("note")?);
    custom(&mut draft, row.text("custom_fields")?);
    Ok(Some(draft))
}

fn guessed(row: &Row<'_>) -> Result<Kind, Reason> {
    for (column, kind) in [
        ("cardnumber", Kind::Card),
        ("full_name", Kind::Identity),
        ("url", Kind::Login),
        ("username", Kind::Login),
        ("password", Kind::Login),
    ] {
        if !row.text(column)?.is_empty() {
            return Ok(kind);
        }
    }
    Ok(Kind::Note)
}

fn further(draft: &mut Draft, urls: &str) {
    match Document::parse(urls.as_bytes()) {
        Ok(urls) => urls.root().list().for_each(|url| draft.url(url.text())),
        Err(_) => draft.custom(FieldKind::Text, "additional_urls", urls),
    }
}

fn custom(draft: &mut Draft, fields: &str) {
    let Ok(list) = Document::parse(fields.as_bytes()) else {
        draft.custom(FieldKind::Text, "custom_fields", fields);
        return;
    };
    for field in list.root().list() {
        let kind = match field.at("type").text() {
            "hidden" => FieldKind::Hidden,
            _ => FieldKind::Text,
        };
        draft.custom(kind, field.at("label").text(), &field.at("value").shown());
    }
}
