//! The core alone, as `npm run bench` loads it: the functions that the session
//! calls, without its store. Built as the extension is.

use serde::Serialize;
use sigill_core::encode::{Decoder, Encoder};
use sigill_core::id::{DeviceId, Hash, ItemId, VaultId};
use sigill_core::vault::head::{Head, items_root};
use sigill_core::vault::index::{Entry, Index, SealedIndex, Sketch};
use sigill_core::vault::item::{Field, Item, Kind, bundle};
use sigill_core::vault::key::{EpochKeys, VaultKey};
use sigill_core::vault::record::{Opened, Place, Record, RecordError};
use sigill_core::vault::search::{Query, Scope};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

const VAULT: VaultId = VaultId([1; 16]);
const DEVICE: DeviceId = DeviceId([2; 16]);
const RECORDS: &str = "sigill/bench/1";

/// A sealed vault: all that has to be carried to a worker that opens it.
#[wasm_bindgen(getter_with_clone)]
pub struct Sealed {
    /// The keys, exported.
    pub keys: Vec<u8>,
    /// The head.
    pub head: Vec<u8>,
    /// All records.
    pub records: Vec<u8>,
    /// The row of the index.
    pub index: Vec<u8>,
}

/// Seals logins: a line each, name, user name, password, URL, note, folder and
/// tag between tabs.
///
/// # Errors
/// Where one is too large.
#[wasm_bindgen]
pub fn seal(lines: &str) -> Result<Sealed, JsError> {
    let keys = EpochKeys::derive(&VaultKey::from_random([3; 32]), VAULT, 1);
    let mut records = Vec::new();
    let mut sketches = Vec::new();
    for (number, line) in (0_u64..).zip(lines.lines()) {
        let (id, item) = (id(number), login(line));
        let record = Record::seal(place(id), &item, &keys, nonce(number))?;
        sketches.push(Sketch::of(id, record.hash(), &item));
        records.push(record);
    }
    let head = head(&records)?;
    let index = Index::default().changed(&[], sketches);
    let index = SealedIndex::seal(&index, &head, &keys, nonce(u64::MAX));
    let encoder = Encoder::new(RECORDS);
    let encoder = encoder.list(records.iter(), |e, record| e.bytes(&record.to_bytes()));
    Ok(Sealed {
        keys: keys.export().to_vec(),
        head: head.to_bytes(),
        records: encoder.finish(),
        index: index.to_bytes(),
    })
}

/// Logins, lines as for [`seal`], as an import takes them.
#[must_use]
#[wasm_bindgen]
pub fn bundle(lines: &str) -> Vec<u8> {
    let items: Vec<Item> = lines.lines().map(login).collect();
    bundle::to_bytes(items.iter()).to_vec()
}

/// Opens every record, every field of it, and hands over a row of each as JSON.
///
/// # Errors
/// Where one does not open.
#[wasm_bindgen(js_name = openAll)]
pub fn open_all(keys: &[u8], records: &[u8]) -> Result<String, JsError> {
    let keys = EpochKeys::import(keys.try_into()?);
    let mut decoder = Decoder::open(RECORDS, records)?;
    let records = decoder.list(Decoder::bytes)?;
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        rows.extend(open_one(record, &keys)?);
    }
    Ok(serde_json::to_string(&rows)?)
}

#[inline(never)] // as the session's own loop calls what is a function of its own
fn open_one(record: &[u8], keys: &EpochKeys) -> Result<Option<Row>, RecordError> {
    Ok(match Record::from_bytes(record)?.open(keys)? {
        Opened::Item(item) => Some(Row {
            name: item.name.clone(),
            detail: item.detail(),
        }),
        Opened::Tombstone | Opened::ReadOnly { .. } => None,
    })
}

/// What opens an index.
#[wasm_bindgen(getter_with_clone)]
pub struct Locked {
    /// The key.
    pub key: Vec<u8>,
    /// The nonce.
    pub nonce: Vec<u8>,
    /// The associated data.
    pub aad: Vec<u8>,
    /// The ciphertext.
    pub ciphertext: Vec<u8>,
}

/// What opens the index of a row.
///
/// # Errors
/// Where it is none.
#[wasm_bindgen]
pub fn locked(keys: &[u8], head: &[u8], index: &[u8]) -> Result<Locked, JsError> {
    let keys = EpochKeys::import(keys.try_into()?);
    let sealed = SealedIndex::from_bytes(index)?;
    let locked = sealed.locked(&Head::from_bytes(head)?, &keys);
    Ok(Locked {
        key: locked.key.to_vec(),
        nonce: locked.nonce.to_vec(),
        aad: locked.aad.clone(),
        ciphertext: locked.ciphertext.to_vec(),
    })
}

/// A list that can be searched.
#[wasm_bindgen]
pub struct List(Index);

#[wasm_bindgen]
impl List {
    /// Reads what was opened.
    ///
    /// # Errors
    /// Where it is no index.
    #[wasm_bindgen(constructor)]
    pub fn new(plaintext: &[u8]) -> Result<Self, JsError> {
        Ok(Self(SealedIndex::read(plaintext)?))
    }

    /// How many a query finds.
    #[must_use]
    pub fn find(&self, text: &str) -> usize {
        self.0.find(&Query::parse(text, &Scope::All)).len()
    }

    /// The first rows that a query finds, as JSON.
    ///
    /// # Errors
    /// None.
    pub fn rows(&self, text: &str, count: usize) -> Result<String, JsError> {
        let found = self.0.find(&Query::parse(text, &Scope::All));
        let shown = found.iter().take(count);
        let shown = shown.filter_map(|position| self.0.at(*position).map(row));
        Ok(serde_json::to_string(&shown.collect::<Vec<_>>())?)
    }
}

#[derive(Serialize)]
struct Row {
    name: String,
    detail: String,
}

fn row(entry: Entry<'_>) -> Row {
    Row {
        name: entry.name().to_owned(),
        detail: entry.detail().to_owned(),
    }
}

fn login(line: &str) -> Item {
    let mut parts = line.split('\t');
    let mut part = || parts.next().unwrap_or_default();
    Item::new(Kind::Login)
        .named(part())
        .with(Field::Username, part())
        .with(Field::Password, part())
        .with_url(part())
        .with(Field::Notes, part())
        .in_folder(part())
        .tagged(part())
}

/// Every number another one, as random names are.
fn id(number: u64) -> ItemId {
    let Hash(hash) = Hash::of(&number.to_be_bytes());
    let mut id = [0; 16];
    id.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    ItemId(id)
}

fn nonce(number: u64) -> [u8; 12] {
    let mut nonce = [0; 12];
    let number = number.to_be_bytes();
    nonce
        .iter_mut()
        .zip(number)
        .for_each(|(to, from)| *to = from);
    nonce
}

const fn place(item: ItemId) -> Place {
    Place {
        vault: VAULT,
        epoch: 1,
        item,
        revision: 1,
        writer: DEVICE,
        parent: None,
    }
}

fn head(records: &[Record]) -> Result<Head, JsError> {
    Ok(Head {
        account: None,
        vault: VAULT,
        epoch: 1,
        seq: 1,
        previous: Hash::NOTHING,
        items_root: items_root(records.iter().map(Record::root_entry))?,
        count: u64::try_from(records.len()).unwrap_or(u64::MAX),
        slots_hash: Hash::NOTHING,
        timeline: Hash::NOTHING,
        service_key: None,
        writer: DEVICE,
        operation: None,
        restored_from: None,
        seen: std::collections::BTreeMap::new(),
        time: 0,
    })
}
