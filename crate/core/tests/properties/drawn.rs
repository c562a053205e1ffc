//! Generated items. Items can be neither cloned nor printed, so what is
//! generated is the recipe of one.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use sigill_core::id::{BatchId, DeviceId, Hash, ItemId, VaultId};
use sigill_core::vault::item::{CustomField, Field, FieldKind, Item, Past};
use sigill_core::vault::record::Place;

/// The recipe of an item. Values come from a small stock, so that two items
/// often agree in a field.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    texts: [String; 4],
    urls: Vec<String>,
    fields: Vec<(String, String, bool)>,
    times: (u64, u64),
    trashed_at: Option<u64>,
    batch: Option<[u8; 16]>,
    history: Vec<(String, u64)>,
}

impl Drawn {
    pub(crate) fn item(&self) -> Item {
        let [name, username, password, notes] = self.texts.clone();
        let field = |(label, value, hidden): &(String, String, bool)| CustomField {
            label: label.clone(),
            value: value.clone(),
            kind: if *hidden {
                FieldKind::Hidden
            } else {
                FieldKind::Text
            },
        };
        let past = |(value, until): &(String, u64)| Past {
            field: Field::Password,
            value: value.clone(),
            until: *until,
        };
        let mut history: Vec<_> = self.history.iter().map(past).collect();
        history.sort_unstable_by(|a, b| b.until.cmp(&a.until).then_with(|| a.cmp(b)));
        history.dedup_by(|a, b| a == b);
        Item {
            name,
            username,
            password,
            urls: self.urls.clone(),
            notes,
            fields: self.fields.iter().map(field).collect(),
            created_at: self.times.0,
            modified_at: self.times.1,
            trashed_at: self.trashed_at,
            batch: self.batch.map(BatchId),
            history,
        }
    }
}

impl Arbitrary for Drawn {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        let text = || prop_oneof![Just(String::new()), "[abc]", ".{0,40}"];
        let texts = [text(), text(), text(), text()];
        let fields = vec(("[LM]", text(), any::<bool>()), 0..4);
        let times = (0..5_u64, 5..10_u64);
        let history = vec((text(), 0..5_u64), 0..4);
        (
            texts,
            vec(text(), 0..3),
            fields,
            times,
            option::of(0..9_u64),
            option::of(any::<[u8; 16]>()),
            history,
        )
            .prop_map(
                |(texts, urls, fields, times, trashed_at, batch, history)| Self {
                    texts,
                    urls,
                    fields,
                    times,
                    trashed_at,
                    batch,
                    history,
                },
            )
            .boxed()
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
