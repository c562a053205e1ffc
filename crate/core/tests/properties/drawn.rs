//! Generated items. Items can be neither cloned nor printed, so what is
//! generated is the recipe of one.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use sigill_core::id::{BatchId, DeviceId, FileId, Hash, ItemId, VaultId};
use sigill_core::site::Rule;
use sigill_core::vault::item::{
    CustomField, Field, FieldKind, FileRef, Item, Kind, Part, Passkey, Past, Shelf, Url,
};
use sigill_core::vault::record::Place;

/// The recipe of an item. Values come from a small stock, so that two items
/// often agree in a part.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    kind: Kind,
    name: String,
    values: Vec<(Field, String)>,
    places: Places,
    fields: Vec<(String, String, FieldKind)>,
    passkeys: Vec<(u8, String, u64)>,
    files: Vec<(u8, String)>,
    times: (u64, u64),
    shelf: Shelf,
    batch: Option<[u8; 16]>,
    history: Vec<(String, u64)>,
}

/// Where a person finds it: URLs, tags, folder, mark.
type Places = (Vec<(String, Rule)>, Vec<String>, String, bool);

impl Drawn {
    pub(crate) fn item(&self) -> Item {
        let mut item = Item::new(self.kind).named(&self.name);
        for (field, text) in &self.values {
            item.set(*field, text);
        }
        let (urls, tags, folder, favourite) = &self.places;
        let ruled = |(url, rule): &(String, Rule)| Url::from(url.as_str()).by(*rule);
        item.urls = urls.iter().map(ruled).collect();
        tags.iter().for_each(|tag| item.tag(tag));
        item.folder.clone_from(folder);
        item.favourite = *favourite;
        let custom = |(label, value, kind): &(String, String, FieldKind)| {
            CustomField::new(*kind, label, value)
        };
        item.fields = self.fields.iter().map(custom).collect();
        item.passkeys = self.passkeys.iter().map(passkey).collect();
        item.files = self.files.iter().map(file).collect();
        (item.created_at, item.modified_at) = self.times;
        item.shelf = self.shelf;
        item.batch = self.batch.map(BatchId);
        item.history = history(&self.history);
        item
    }
}

fn passkey((name, user_name, counter): &(u8, String, u64)) -> Passkey {
    Passkey {
        credential: vec![*name],
        rp: "example.com".into(),
        user_handle: vec![1],
        user_name: user_name.clone(),
        display_name: String::new(),
        private_key: vec![2; 8],
        counter: *counter,
        created_at: 1,
    }
}

fn file((name, title): &(u8, String)) -> FileRef {
    FileRef {
        id: FileId([*name; 16]),
        name: title.clone(),
        size: 1,
        sha256: Hash([3; 32]),
        media_type: String::new(),
    }
}

fn history(drawn: &[(String, u64)]) -> Vec<Past> {
    let past = |(value, until): &(String, u64)| Past {
        part: Part::Field(Field::Password),
        value: value.clone(),
        until: *until,
    };
    let mut history: Vec<_> = drawn.iter().map(past).collect();
    history.sort_unstable_by(|a, b| b.until.cmp(&a.until).then_with(|| a.cmp(b)));
    history.dedup_by(|a, b| a == b);
    history
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[abc]", ".{0,40}"]
}

const OFTEN: &[Field] = &[Field::Username, Field::Password, Field::Notes];

fn values() -> impl Strategy<Value = Vec<(Field, String)>> {
    let field = prop_oneof![
        proptest::sample::select(OFTEN),
        proptest::sample::select(Field::ALL),
    ];
    vec((field, text()), 0..5)
}

fn places() -> impl Strategy<Value = Places> {
    let tags = vec("[a-d]", 0..4);
    let rule = prop_oneof![Just(Rule::Domain), proptest::sample::select(&Rule::ALL)];
    (vec((text(), rule), 0..3), tags, "[FG]?", any::<bool>())
}

fn fields() -> impl Strategy<Value = Vec<(String, String, FieldKind)>> {
    let kind = (0..6_u64).prop_filter_map("a kind", FieldKind::from_code);
    vec(("[LM]", text(), kind), 0..4)
}

fn shelf() -> impl Strategy<Value = Shelf> {
    prop_oneof![
        Just(Shelf::Active),
        (0..9_u64).prop_map(|since| Shelf::Archived { since }),
        (0..9_u64).prop_map(|since| Shelf::Trashed { since }),
    ]
}

impl Arbitrary for Drawn {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        let passkeys = vec((0..3_u8, "[ab]", 0..4_u64), 0..3);
        let files = vec((0..3_u8, "[ab]"), 0..3);
        let times = (0..5_u64, 5..10_u64);
        let batch = option::of(any::<[u8; 16]>());
        let history = vec((text(), 0..5_u64), 0..4);
        let content = (
            proptest::sample::select(Kind::ALL),
            text(),
            values(),
            places(),
        );
        let members = (fields(), passkeys, files);
        let rest = (times, shelf(), batch, history);
        let put = |((kind, name, values, places), members, rest)| {
            let (fields, passkeys, files) = members;
            let (times, shelf, batch, history) = rest;
            Self {
                kind,
                name,
                values,
                places,
                fields,
                passkeys,
                files,
                times,
                shelf,
                batch,
                history,
            }
        };
        (content, members, rest).prop_map(put).boxed()
    }
}

/// The place of some record.
pub(crate) fn place() -> impl Strategy<Value = Place> {
    let names = any::<([u8; 16], [u8; 16], [u8; 16])>();
    let parent = option::of(any::<[u8; 32]>());
    (names, any::<u64>(), 1_u64.., parent).prop_map(
        |((vault, item, writer), epoch, revision, parent)| Place {
            vault: VaultId(vault),
            epoch,
            item: ItemId(item),
            revision,
            writer: DeviceId(writer),
            parent: parent.map(Hash),
        },
    )
}
