//! Dashlane's tables, one a file or all in a ZIP: `credentials.csv`, `payments.csv`,
//! `personalInfo.csv`, `ids.csv`, `securenotes.csv`. They are told by their columns.

use sigill_core::vault::item::{Field, FieldKind, Kind};

use crate::archive::Archive;
use crate::date;
use crate::draft::Draft;
use crate::entry::{Parsed, Reason, RowError};
use crate::fault::FileError;
use crate::format::Format;
use crate::sheet::{self, Sheet};
use crate::table::{Row, Width};

/// `username,username2,username3,title,password,note,url,category,otpUrl` (older ones: `otpSecret`)
pub(crate) const LOGINS: Sheet = Sheet {
    columns: &[
        "username",
        "username2",
        "username3",
        "title",
        "password",
        "url",
        "category",
    ],
    width: Width::AsHeader,
    make: login,
};

/// `type,account_name,account_holder,cc_number,code,expiration_month,expiration_year,
/// routing_number,account_number,country,issuing_bank,note,name`
pub(crate) const PAYMENTS: Sheet = Sheet {
    columns: &[
        "type",
        "account_name",
        "cc_number",
        "code",
        "expiration_month",
        "expiration_year",
    ],
    width: Width::AsHeader,
    make: payment,
};

/// A piece of a person a row, by its `type`: a name, an address, a telephone number.
pub(crate) const PERSONS: Sheet = Sheet {
    columns: &[
        "type",
        "first_name",
        "last_name",
        "date_of_birth",
        "email",
        "item_name",
        "address",
    ],
    width: Width::AsHeader,
    make: person,
};

/// `type,number,name,issue_date,expiration_date,place_of_issue,state`
pub(crate) const IDS: Sheet = Sheet {
    columns: &[
        "type",
        "number",
        "name",
        "issue_date",
        "expiration_date",
        "place_of_issue",
    ],
    width: Width::AsHeader,
    make: id,
};

/// `title,note`
pub(crate) const NOTES: Sheet = Sheet {
    columns: &["title", "note"],
    width: Width::Only,
    make: note,
};

/// Columns of a payment that have a field on a card.
const CARD: &[(&str, Field)] = &[
    ("account_holder", Field::Holder),
    ("account_name", Field::Holder),
    ("cc_number", Field::CardNumber),
    ("code", Field::SecurityCode),
    ("issuing_bank", Field::Bank),
];

/// Columns of a person that have a field.
const PERSON: &[(&str, Field)] = &[
    ("first_name", Field::FirstName),
    ("middle_name", Field::MiddleName),
    ("last_name", Field::LastName),
    ("date_of_birth", Field::Birthday),
    ("email", Field::Email),
    ("phone_number", Field::Phone),
    ("city", Field::City),
    ("state", Field::Region),
    ("zip", Field::PostalCode),
    ("country", Field::Country),
];

/// Columns of a person that have none.
const ELSE: [&str; 10] = [
    "title",
    "login",
    "place_of_birth",
    "email_type",
    "address_recipient",
    "address_building",
    "address_apartment",
    "address_floor",
    "address_door_code",
    "job_title",
];

/// Whether a ZIP holds such tables.
pub(crate) fn is_one(archive: &Archive<'_>) -> bool {
    let known = [
        "credentials.csv",
        "securenotes.csv",
        "payments.csv",
        "personalinfo.csv",
        "ids.csv",
    ];
    archive
        .names()
        .any(|name| known.contains(&name.to_lowercase().as_str()))
}

/// Reads all tables of a ZIP; one that is not known costs that table only.
pub(crate) fn read(bytes: &[u8]) -> Result<Parsed, FileError> {
    let mut archive = Archive::open(bytes)?;
    let mut parsed = Parsed::default();
    let tables = archive
        .names()
        .filter(|name| name.to_lowercase().ends_with(".csv"));
    let tables: Vec<String> = tables.map(Into::into).collect();
    for table in &tables {
        match sheet::read(Format::DashlaneCsv, &archive.member(table)?) {
            Ok(rows) => parsed.append(table, rows),
            Err(FileError::Empty) => {}
            Err(_) => parsed.errors.push(RowError {
                file: table.clone(),
                line: 1,
                reason: Reason::Shape,
            }),
        }
    }
    Ok(parsed)
}

fn login(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let mut draft = Draft::new(Kind::Login);
    draft.name(row.text("title")?);
    draft.url(row.text("url")?);
    for column in ["username", "username2", "username3"] {
        draft.put(Field::Username, column, row.text(column)?);
    }
    draft.put(Field::Password, "password", row.text("password")?);
    for column in ["otpurl", "otpsecret"] {
        draft.totp(column, row.text(column)?);
    }
    draft.folder(row.text("category")?);
    draft.notes(row.text("note")?);
    Ok(Some(draft))
}

fn payment(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let is_card = !row.text("cc_number")?.is_empty() || row.text("type")? == "payment_card";
    let mut draft = Draft::new(if is_card { Kind::Card } else { Kind::Custom });
    draft.name(row.text("name")?);
    draft.put(
        Field::Type,
        "type",
        if is_card { "" } else { row.text("type")? },
    );
    for (column, field) in CARD {
        draft.put(*field, column, row.text(column)?);
    }
    let (month, year) = (row.text("expiration_month")?, row.text("expiration_year")?);
    match date::month_of(month, year) {
        Some(expiry) => draft.put(Field::Expiry, "expiration", &expiry),
        None => draft.custom(
            FieldKind::Text,
            "expiration",
            [month, year].join(" ").trim(),
        ),
    }
    for column in ["routing_number", "account_number"] {
        draft.custom(FieldKind::Hidden, column, row.text(column)?);
    }
    draft.custom(FieldKind::Text, "country", row.text("country")?);
    draft.notes(row.text("note")?);
    Ok(Some(draft))
}

fn person(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let mut draft = Draft::new(Kind::Identity);
    draft.name(row.text("item_name")?);
    for (column, field) in PERSON {
        draft.put(*field, column, row.text(column)?);
    }
    draft.street("address", &[row.text("address")?]);
    for column in ELSE {
        draft.custom(FieldKind::Text, column, row.text(column)?);
    }
    draft.url(row.text("url")?);
    Ok(Some(draft))
}

fn id(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let mut draft = Draft::new(Kind::Document);
    draft.name(row.text("type")?);
    draft.put(Field::Type, "type", row.text("type")?);
    draft.put(Field::DocumentNumber, "number", row.text("number")?);
    draft.put(Field::IssuedOn, "issue_date", row.text("issue_date")?);
    draft.put(
        Field::ExpiresOn,
        "expiration_date",
        row.text("expiration_date")?,
    );
    draft.put(Field::Issuer, "place_of_issue", row.text("place_of_issue")?);
    draft.custom(FieldKind::Text, "name", row.text("name")?);
    draft.custom(FieldKind::Text, "state", row.text("state")?);
    Ok(Some(draft))
}

fn note(row: &Row<'_>) -> Result<Option<Draft>, Reason> {
    let mut draft = Draft::new(Kind::Note);
    draft.name(row.text("title")?);
    draft.notes(row.text("note")?);
    Ok(Some(draft))
}
