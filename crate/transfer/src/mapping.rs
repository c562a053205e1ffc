//! Any table, by columns that the person names: what each column goes into is data.

use serde::{Serialize, Serializer};
use sigill_core::vault::item::{Field, FieldKind, Kind};
use tsify::Tsify;

use crate::draft::Draft;
use crate::entry::{Parsed, Reason};
use crate::fault::FileError;
use crate::header::Header;
use crate::sheet::plain;
use crate::table::{self, Row, Width};

mod names;

use names::NAMES;

/// What a column goes into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Nothing.
    Nothing,
    /// The name.
    Name,
    /// Where it is used.
    Url,
    /// The folder, `/` between levels.
    Folder,
    /// Tags, between commas or semicolons.
    Tags,
    /// A field of the person's own, of that kind, called as the column is.
    Custom(FieldKind),
    /// A field.
    Field(Field),
}

/// A column of a table.
#[derive(Serialize, Tsify)]
pub struct Column {
    /// What the first line calls it.
    pub name: String,
    /// What it seems to go into; see [`Target::from_key`].
    #[tsify(type = "string")]
    pub target: Target,
}

impl Target {
    /// Its key across the border: that of a field, or one of `name`, `url`, `folder`,
    /// `tags`, `custom_text`, `custom_hidden`; empty for nothing.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Name => "name",
            Self::Url => "url",
            Self::Folder => "folder",
            Self::Tags => "tags",
            Self::Custom(kind) if kind.is_secret() => "custom_hidden",
            Self::Custom(_) => "custom_text",
            Self::Field(field) => field.key(),
        }
    }

    /// What that key names.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "" => Self::Nothing,
            "name" => Self::Name,
            "url" => Self::Url,
            "folder" => Self::Folder,
            "tags" => Self::Tags,
            "custom_text" => Self::Custom(FieldKind::Text),
            "custom_hidden" => Self::Custom(FieldKind::Hidden),
            field => Self::Field(Field::from_key(field)?),
        })
    }

    /// How a field of the person's own shows what would go there.
    const fn kind(self) -> FieldKind {
        match self {
            Self::Field(field) if field.is_secret() => FieldKind::Hidden,
            Self::Custom(kind) => kind,
            Self::Nothing | Self::Name | Self::Url | Self::Folder | Self::Tags | Self::Field(_) => {
                FieldKind::Text
            }
        }
    }

    /// What a column of that name, in lower case, seems to go into.
    pub(crate) fn guess(name: &str) -> Self {
        let named = |(_, names): &&(Self, &[&str])| names.contains(&name);
        let known = NAMES.iter().find(named).map(|(target, _)| *target);
        known.unwrap_or(if name.is_empty() {
            Self::Nothing
        } else {
            Self::Custom(FieldKind::Text)
        })
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

/// The columns of a table, and what each seems to go into: of two that seem to go
/// into the same the first does.
pub(crate) fn columns(header: &Header) -> Vec<Column> {
    let mut taken = Vec::new();
    let column = |(name, folded): (&String, &String)| {
        let mut target = Target::guess(folded);
        if taken.contains(&target) && !matches!(target, Target::Nothing) {
            target = Target::Custom(target.kind());
        }
        taken.push(target);
        Column {
            name: name.clone(),
            target,
        }
    };
    header
        .names()
        .iter()
        .zip(header.folded())
        .map(column)
        .collect()
}

/// Reads a table whose columns, from the first on, go into `targets`.
///
/// # Errors
/// [`FileError::Columns`] when nothing that makes an entry is among them.
pub(crate) fn read(bytes: &[u8], targets: &[Target]) -> Result<Parsed, FileError> {
    let text = plain(bytes)?;
    let header = Header::of(&text).ok_or(FileError::Columns)?;
    let says = |target: &Target| !matches!(target, Target::Nothing | Target::Folder | Target::Tags);
    if !targets.iter().any(says) {
        return Err(FileError::Columns);
    }
    let make = |row: &Row<'_>| draft(row, header.names(), targets).map(Some);
    Ok(table::read(&text, &header, Width::AsHeader, &make))
}

fn draft(row: &Row<'_>, names: &[String], targets: &[Target]) -> Result<Draft, Reason> {
    let mut draft = Draft::new(kind(row, targets)?);
    for (at, (target, name)) in targets.iter().zip(names).enumerate() {
        let text = row.cell(at)?;
        put(&mut draft, *target, (name, text));
    }
    Ok(draft)
}

/// Puts what stands in a column of that name where it goes.
pub(crate) fn put(draft: &mut Draft, target: Target, (name, text): (&str, &str)) {
    match target {
        Target::Nothing => {}
        Target::Name => draft.name(text),
        Target::Url => draft.url(text),
        Target::Folder => draft.folder(text),
        Target::Tags => text.split([',', ';']).for_each(|tag| draft.tag(tag)),
        Target::Custom(kind) => draft.custom(kind, name, text),
        Target::Field(Field::Totp) => draft.totp(name, text),
        Target::Field(Field::Notes) => draft.notes(text),
        Target::Field(field) => draft.put(field, name, text),
    }
}

/// What a row is, by what is filled in: a login before all else, then the first
/// kind that has all of its fields.
fn kind(row: &Row<'_>, targets: &[Target]) -> Result<Kind, Reason> {
    let mut fields = Vec::new();
    for (at, target) in targets.iter().enumerate() {
        match target {
            _ if row.cell(at)?.trim().is_empty() => {}
            Target::Url => return Ok(Kind::Login),
            Target::Field(field) => fields.push(field),
            Target::Nothing | Target::Name | Target::Folder | Target::Tags | Target::Custom(_) => {}
        }
    }
    let has_all = |kind: &&Kind| fields.iter().all(|field| kind.fields().contains(field));
    let is_login = fields.contains(&&Field::Password) || fields.contains(&&Field::Username);
    let most = |kind: &&Kind| {
        fields
            .iter()
            .filter(|field| kind.fields().contains(field))
            .count()
    };
    Ok(match Kind::ALL.iter().find(has_all) {
        _ if fields.is_empty() => Kind::Note,
        _ if is_login && !fields.contains(&&Field::Network) => Kind::Login,
        Some(Kind::Login) if fields == [&Field::Notes] => Kind::Note,
        Some(kind) => *kind,
        None => Kind::ALL
            .iter()
            .rev()
            .max_by_key(most)
            .copied()
            .unwrap_or_default(),
    })
}
