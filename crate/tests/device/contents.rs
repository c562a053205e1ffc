//! Entries, as pages write them and as importers hand them over.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sigill::api::{BackupPart, Bulk, BulkAct, Content, CustomField, FieldKind, Import, Url, Value};
use sigill::trouble::Trouble;
use sigill_core::id::Hash;
use sigill_core::site::Rule;
use sigill_core::vault::item::{self, Field, Kind, bundle};

pub(crate) fn login(name: &str, password: &str) -> Content {
    let mut content = Content {
        kind: Kind::Login,
        name: name.to_owned(),
        values: Vec::new(),
        urls: vec![url(&format!("https://{name}.example/login"))],
        tags: Vec::new(),
        folder: String::new(),
        fields: vec![CustomField {
            label: "PIN".to_owned(),
            value: "1234".to_owned(),
            kind: FieldKind::Hidden,
        }],
        favourite: false,
    };
    content.put(Field::Username, "asa");
    content.put(Field::Password, password);
    content
}

/// An address under the rule that most have.
pub(crate) fn url(text: &str) -> Url {
    Url {
        text: text.to_owned(),
        rule: Rule::default(),
    }
}

/// What stands in a content's fields.
pub(crate) trait Fields {
    fn text(&self, field: Field) -> &str;
    fn put(&mut self, field: Field, text: &str);
}

impl Fields for Content {
    fn text(&self, field: Field) -> &str {
        let value = self.values.iter().find(|value| value.field == field);
        value.map_or("", |value| &value.text)
    }

    fn put(&mut self, field: Field, text: &str) {
        self.values.retain(|value| value.field != field);
        self.values.push(Value {
            field,
            text: text.to_owned(),
        });
    }
}

/// Items as an importer hands them over.
pub(crate) fn import(source: &str, items: &[item::Item]) -> Import {
    Import {
        source: source.to_owned(),
        bundle: STANDARD.encode(bundle::to_bytes(items.iter())),
        files: Vec::new(),
        restore: false,
    }
}

/// Nine entries that are a megabyte each: more than crosses to a page at once.
pub(crate) fn large() -> Import {
    let notes = "a".repeat(1_000_000);
    let one = |number| imported(&format!("{number}"), "x").with(Field::Notes, &notes);
    import("large", &(0..9).map(one).collect::<Vec<_>>())
}

/// Parts of a file, as a page puts them together.
pub(crate) async fn whole<F: Future<Output = Result<BackupPart, Trouble>>>(
    part: impl Fn(u32) -> F,
) -> Result<(Vec<u8>, BackupPart), Trouble> {
    let mut bytes = Vec::new();
    let mut next = Some(0);
    loop {
        let part = part(next.unwrap_or_default()).await?;
        bytes.extend(STANDARD.decode(&part.part).unwrap());
        next = part.next;
        if next.is_none() {
            assert_eq!(Hash::of(&bytes).to_string(), part.sha256);
            return Ok((bytes, part));
        }
    }
}

/// The login of [`login`], as an importer makes it.
pub(crate) fn imported(name: &str, password: &str) -> item::Item {
    item::Item::new(Kind::Login)
        .named(name)
        .with(Field::Username, "asa")
        .with(Field::Password, password)
        .with_url(&format!("https://{name}.example/login"))
        .with_custom(item::CustomField::new(
            item::FieldKind::Hidden,
            "PIN",
            "1234",
        ))
}

pub(crate) fn bulk(ids: &[String], act: BulkAct) -> Bulk {
    Bulk {
        ids: ids.to_vec(),
        act,
    }
}
