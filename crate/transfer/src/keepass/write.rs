//! Items as the XML of a database of version 4.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use sigill_core::id::FileId;
use sigill_core::vault::item::{Item, Shelf};
use zeroize::Zeroizing;

use super::container::Stream;
use super::said::{Text, strings};
use super::xml::{Writer, is_writable};
use super::{KeePassError, marks, time, versions};
use crate::folders::Folder;

/// The document; `names` is what ids of groups and entries are made from, `files`
/// those whose contents lie beside it, in their order.
pub(super) fn document<'a>(
    (items, files): (impl IntoIterator<Item = &'a Item>, &[FileId]),
    stream: Stream,
    names: [u8; 32],
) -> Result<Zeroizing<String>, KeePassError> {
    let (mut folders, mut bin) = (Folder::default(), Folder::default());
    for (at, item) in items.into_iter().enumerate() {
        match item.shelf {
            Shelf::Active | Shelf::Archived { .. } => folders.put(at, item),
            Shelf::Trashed { .. } => bin.put(at, item),
        }
    }
    let mut document = Document {
        xml: Writer::new(),
        stream,
        names,
        count: 0,
        files,
    };
    let bin_id = document.id();
    document.file(&folders, (&bin, &bin_id))?;
    Ok(document.xml.finish())
}

struct Document<'a> {
    xml: Writer,
    stream: Stream,
    names: [u8; 32],
    count: u64,
    files: &'a [FileId],
}

impl Document<'_> {
    /// 16 bytes that no other id of this or another file has.
    fn id(&mut self) -> String {
        self.count += 1;
        let hash = Sha256::new()
            .chain_update(self.names)
            .chain_update(self.count.to_be_bytes());
        let hash: [u8; 32] = hash.finalize().into();
        STANDARD.encode(hash.get(..16).unwrap_or_default())
    }

    fn within(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut Self) -> Result<(), KeePassError>,
    ) -> Result<(), KeePassError> {
        self.xml.open(name);
        write(self)?;
        self.xml.close(name);
        Ok(())
    }

    fn file(
        &mut self,
        folders: &Folder<'_>,
        (bin, bin_id): (&Folder<'_>, &str),
    ) -> Result<(), KeePassError> {
        self.within("KeePassFile", |file| {
            file.meta(bin_id)?;
            file.within("Root", |root| {
                let id = root.id();
                root.group(("Sigill", &id), folders, |root| {
                    root.group(("Recycle Bin", bin_id), bin, |_| Ok(()))
                })?;
                root.xml.leaf("DeletedObjects", "");
                Ok(())
            })
        })
    }

    fn meta(&mut self, bin_id: &str) -> Result<(), KeePassError> {
        self.within("Meta", |meta| {
            meta.xml.leaf("Generator", "Sigill");
            meta.xml.leaf("DatabaseName", "Sigill");
            meta.within("MemoryProtection", |meta| {
                for (name, value) in [
                    ("ProtectTitle", "False"),
                    ("ProtectUserName", "False"),
                    ("ProtectPassword", "True"),
                    ("ProtectURL", "False"),
                    ("ProtectNotes", "False"),
                ] {
                    meta.xml.leaf(name, value);
                }
                Ok(())
            })?;
            meta.xml.leaf("RecycleBinEnabled", "True");
            meta.xml.leaf("RecycleBinUUID", bin_id);
            meta.xml.leaf("HistoryMaxItems", &Item::HISTORY.to_string());
            Ok(())
        })
    }

    fn group(
        &mut self,
        (name, id): (&str, &str),
        group: &Folder<'_>,
        last: impl FnOnce(&mut Self) -> Result<(), KeePassError>,
    ) -> Result<(), KeePassError> {
        self.within("Group", |document| {
            document.xml.leaf("UUID", id);
            document.xml.leaf("Name", name);
            for (_, item) in &group.items {
                document.item(item)?;
            }
            for (name, group) in &group.folders {
                let id = document.id();
                document.deeper((name, &id), group)?;
            }
            last(document)
        })
    }

    /// [`Document::group`] without anything after it; apart, so that the
    /// closures' types end.
    fn deeper(&mut self, named: (&str, &str), group: &Folder<'_>) -> Result<(), KeePassError> {
        let none: fn(&mut Self) -> Result<(), KeePassError> = |_| Ok(());
        self.group(named, group, none)
    }

    fn item(&mut self, item: &Item) -> Result<(), KeePassError> {
        let id = self.id();
        let mut versions = versions::of(item);
        let Some(now) = versions.pop() else {
            return Ok(());
        };
        self.within("Entry", |document| {
            document.version(&id, &now)?;
            document.within("History", |document| {
                for version in &versions {
                    document.within("Entry", |document| document.version(&id, version))?;
                }
                Ok(())
            })
        })
    }

    fn version(&mut self, id: &str, item: &Item) -> Result<(), KeePassError> {
        self.xml.leaf("UUID", id);
        self.xml.leaf("IconID", "0");
        let tags: Vec<&str> = item.tags.iter().map(String::as_str).collect();
        self.xml.leaf("Tags", &tags.join(";"));
        self.within("Times", |document| {
            let moved = match item.shelf {
                Shelf::Active => item.modified_at,
                Shelf::Archived { since } | Shelf::Trashed { since } => since,
            };
            for (name, at) in [
                ("CreationTime", item.created_at),
                ("LastModificationTime", item.modified_at),
                ("LocationChanged", moved),
            ] {
                document.xml.leaf(name, &time::write(at));
            }
            document.xml.leaf("Expires", "False");
            Ok(())
        })?;
        let (strings, marks) = strings(item);
        for string in &strings {
            self.string(string)?;
        }
        self.binaries(item)?;
        self.within("CustomData", |document| {
            document.within("Item", |document| {
                document.xml.leaf("Key", marks::KEY);
                document.xml.leaf("Value", &marks.to_text());
                Ok(())
            })
        })
    }

    /// Its files; in an entry no two have one name.
    fn binaries(&mut self, item: &Item) -> Result<(), KeePassError> {
        let mut taken = Vec::new();
        for file in &item.files {
            let Ok(at) = self.files.binary_search(&file.id) else {
                continue;
            };
            let mut name = file.name.clone();
            while taken.contains(&name) {
                name.insert(0, '_');
            }
            self.within("Binary", |document| {
                document.xml.leaf("Key", &name);
                document
                    .xml
                    .leaf_with("Value", &format!(" Ref=\"{at}\""), "");
                Ok(())
            })?;
            taken.push(name);
        }
        Ok(())
    }

    fn string(&mut self, string: &Text) -> Result<(), KeePassError> {
        self.within("String", |document| {
            document.xml.leaf("Key", &string.key);
            if string.is_protected {
                let clear = string.value.chars().filter(|c| is_writable(*c));
                let mut value = Zeroizing::new(clear.collect::<String>().into_bytes());
                document.stream.apply(&mut value)?;
                let hidden = STANDARD.encode(value);
                document
                    .xml
                    .leaf_with("Value", " Protected=\"True\"", &hidden);
            } else {
                document.xml.leaf("Value", &string.value);
            }
            Ok(())
        })
    }
}
