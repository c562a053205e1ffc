//! Entries: between the core's types and the border's.

use sigill_core::id::ItemId;
use sigill_core::vault::index::Entry;
use sigill_core::vault::index::sketch::Marks;
use sigill_core::vault::item::{
    Act, CustomField, Field, FieldKind, FileRef, Item, Kind, Part, Passkey, Past, Shape, Shelf,
    Sorted, Url, Value,
};
use sigill_core::vault::search::{self, Scope};
use sigill_core::wire::Seconds;

use crate::api;

/// A new item as a page wrote it.
pub(crate) fn begun(content: api::Content, now: Seconds) -> Item {
    let mut item = Item::default();
    fill(&mut item, content);
    item.created_at = now;
    item.modified_at = now;
    item
}

/// Puts what a page wrote into an item; a field that it does not name is
/// emptied. Passkeys and files are none of it, and stay.
pub(crate) fn fill(item: &mut Item, content: api::Content) {
    item.kind = content.kind;
    item.name = content.name;
    for field in Field::ALL {
        let written = content.values.iter().find(|value| value.field == *field);
        let text = written.map_or("", |value| value.text.as_str());
        item.set(*field, &field.shape().tidied(text));
    }
    item.urls = content.urls.into_iter().map(url_of).collect();
    item.tags = Sorted::default();
    for tag in &content.tags {
        item.tag(tag);
    }
    item.put_into(&content.folder);
    item.fields = content.fields.into_iter().map(field_of).collect();
    item.favourite = content.favourite;
}

fn url_of(url: api::Url) -> Url {
    Url {
        text: url.text,
        rule: url.rule,
    }
}

fn field_of(field: api::CustomField) -> CustomField {
    if field.kind == api::FieldKind::Totp {
        let key = Shape::Totp.tidied(&field.value);
        return CustomField::new(FieldKind::Totp, &field.label, &key);
    }
    CustomField {
        label: field.label,
        value: field.value,
        kind: match field.kind {
            api::FieldKind::Text => FieldKind::Text,
            api::FieldKind::Hidden => FieldKind::Hidden,
            api::FieldKind::Boolean => FieldKind::Boolean,
            api::FieldKind::Date => FieldKind::Date,
            api::FieldKind::Url => FieldKind::Url,
            api::FieldKind::Totp => FieldKind::Totp,
        },
    }
}

/// Where a page looks.
pub(crate) fn scope(scope: &api::Scope) -> Scope {
    match scope {
        api::Scope::All => Scope::All,
        api::Scope::Favourites => Scope::Favourites,
        api::Scope::Kind { kind } => Scope::Kind(*kind),
        api::Scope::Folder { folder } => Scope::Folder(folder.clone()),
        api::Scope::Tag { tag } => Scope::Tag(tag.clone()),
        api::Scope::Archive => Scope::Archive,
        api::Scope::Trash => Scope::Trash,
    }
}

/// A bulk act, what it is called and what it is about.
pub(crate) fn act(act: api::BulkAct) -> (Act, api::Deed, String) {
    use api::{BulkAct, Deed};
    match act {
        BulkAct::Trash => (Act::Trash, Deed::Trash, String::new()),
        BulkAct::Archive => (Act::Archive, Deed::Archive, String::new()),
        BulkAct::Restore => (Act::Restore, Deed::Restore, String::new()),
        BulkAct::Mark => (Act::Mark, Deed::Mark, String::new()),
        BulkAct::Unmark => (Act::Unmark, Deed::Unmark, String::new()),
        BulkAct::Move { folder } => {
            let about = folder.clone();
            (Act::Move { folder }, Deed::Move, about)
        }
        BulkAct::Tag { tag } => {
            let about = tag.clone();
            (Act::Tag { tag }, Deed::Tag, about)
        }
        BulkAct::Untag { tag } => {
            let about = tag.clone();
            (Act::Untag { tag }, Deed::Untag, about)
        }
    }
}

pub(crate) fn row(entry: Entry<'_>) -> api::Row {
    api::Row {
        id: entry.id().to_string(),
        kind: entry.kind(),
        name: entry.name().to_owned(),
        detail: entry.detail().to_owned(),
        host: entry.host().to_owned(),
        favourite: entry.marks().holds(Marks::FAVOURITE),
        totp: entry.marks().holds(Marks::TOTP),
    }
}

pub(crate) fn facets(facets: search::Facets) -> api::Facets {
    let named = |named: search::Counted<String>| api::Named {
        name: named.what,
        count: named.count,
    };
    let of_kind = |known: search::Counted<Kind>| api::OfKind {
        kind: known.what,
        count: known.count,
    };
    api::Facets {
        all: facets.all,
        favourites: facets.favourites,
        kinds: facets.kinds.into_iter().map(of_kind).collect(),
        folders: facets.folders.into_iter().map(named).collect(),
        tags: facets.tags.into_iter().map(named).collect(),
        archived: facets.archived,
        trashed: facets.trashed,
        due: facets.due,
    }
}

/// The fields of each kind.
pub(crate) fn layouts() -> Vec<api::Layout> {
    let layout = |kind: &Kind| {
        let fields = kind.fields();
        let others = Field::ALL.iter().filter(|field| !fields.contains(field));
        api::Layout {
            kind: *kind,
            urls: kind.has_urls(),
            fields: fields.iter().map(shaped).collect(),
            others: others.map(shaped).collect(),
        }
    };
    Kind::ALL.iter().map(layout).collect()
}

fn shaped(field: &Field) -> api::Shaped {
    api::Shaped {
        field: *field,
        shape: shape(field.shape()),
    }
}

const fn shape(shape: Shape) -> api::Shape {
    match shape {
        Shape::Line => api::Shape::Line,
        Shape::Email => api::Shape::Email,
        Shape::Phone => api::Shape::Phone,
        Shape::Lines => api::Shape::Lines,
        Shape::Date => api::Shape::Date,
        Shape::Month => api::Shape::Month,
        Shape::Secret => api::Shape::Secret,
        Shape::SecretLines => api::Shape::SecretLines,
        Shape::CardNumber => api::Shape::CardNumber,
        Shape::Totp => api::Shape::Totp,
    }
}

pub(crate) fn item(id: ItemId, item: &Item) -> api::Item {
    let (shelf, since) = match item.shelf {
        Shelf::Active => (api::Shelf::Active, None),
        Shelf::Archived { since } => (api::Shelf::Archived, Some(since)),
        Shelf::Trashed { since } => (api::Shelf::Trashed, Some(since)),
    };
    api::Item {
        id: id.to_string(),
        content: content(item),
        lines: lines(item),
        passkeys: item.passkeys.iter().map(passkey).collect(),
        files: item.files.iter().map(file).collect(),
        shelf,
        since,
        due_at: item.shelf.due(),
        created_at: item.created_at,
        modified_at: item.modified_at,
        history: item.history.iter().map(past).collect(),
    }
}

pub(crate) fn content(item: &Item) -> api::Content {
    let value = |value: &Value| api::Value {
        field: value.field(),
        text: value.text().to_owned(),
    };
    api::Content {
        kind: item.kind,
        name: item.name.clone(),
        values: item.values.iter().map(value).collect(),
        urls: item.urls.iter().map(url).collect(),
        tags: item.tags.iter().cloned().collect(),
        folder: item.folder.clone(),
        fields: item.fields.iter().map(custom).collect(),
        favourite: item.favourite,
    }
}

fn url(url: &Url) -> api::Url {
    api::Url {
        text: url.text.clone(),
        rule: url.rule,
    }
}

fn lines(item: &Item) -> Vec<api::Line> {
    let line = |field: Field| api::Line {
        field,
        shape: shape(field.shape()),
        secret: field.is_secret(),
        text: item.value(field).to_owned(),
        shown: field.shape().shown(item.value(field)),
    };
    let filled = item.shown_fields().into_iter();
    let filled = filled.filter(|field| !item.value(*field).is_empty());
    filled.map(line).collect()
}

fn custom(field: &CustomField) -> api::CustomField {
    api::CustomField {
        label: field.label.clone(),
        value: field.value.clone(),
        kind: match field.kind {
            FieldKind::Text => api::FieldKind::Text,
            FieldKind::Hidden => api::FieldKind::Hidden,
            FieldKind::Boolean => api::FieldKind::Boolean,
            FieldKind::Date => api::FieldKind::Date,
            FieldKind::Url => api::FieldKind::Url,
            FieldKind::Totp => api::FieldKind::Totp,
        },
    }
}

fn passkey(passkey: &Passkey) -> api::Passkey {
    api::Passkey {
        rp: passkey.rp.clone(),
        user_name: passkey.user_name.clone(),
        created_at: passkey.created_at,
    }
}

fn file(file: &FileRef) -> api::File {
    api::File {
        name: file.name.clone(),
        size: file.size,
    }
}

fn past(past: &Past) -> api::Past {
    let (part, label) = match &past.part {
        Part::Kind => ("kind", None),
        Part::Name => ("name", None),
        Part::Field(field) => (field.key(), None),
        Part::Urls => ("urls", None),
        Part::Tags => ("tags", None),
        Part::Folder => ("folder", None),
        Part::Shelf => ("shelf", None),
        Part::Custom { label, .. } => ("custom", Some(label.clone())),
        Part::Passkey => ("passkey", None),
        Part::File => ("file", None),
    };
    let text = told(past);
    let shown = if let Part::Field(field) = &past.part {
        field.shape().shown(&text)
    } else {
        text.clone()
    };
    api::Past {
        part: part.to_owned(),
        label,
        secret: past.part.is_secret(),
        text,
        shown,
        until: past.until,
    }
}

/// What stood there, in words: of a passkey and a file what names them.
fn told(past: &Past) -> String {
    if let Some(passkey) = past.passkey() {
        [&passkey.user_name, " · ", &passkey.rp].concat()
    } else if let Some(file) = past.file() {
        file.name.clone()
    } else {
        past.value.clone()
    }
}
