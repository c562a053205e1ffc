//! The tree of groups: groups become folders, the recycle bin the trash.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sigill_core::order::map_of;
use sigill_core::vault::item::{Item, Shelf};
use zeroize::Zeroizing;

use super::container::{Stream, unpacked};
use super::xml::{self, Node, says_yes};
use super::{Attachment, Content, KeePassError, LARGEST_ITEM, entry, time};
use crate::limit::LARGEST_FILES;

/// The name of what stands in the tree for an entry that was read.
const READ: &str = "sigill-entry";

/// Entries: four times what Sigill is measured with.
const MOST_ENTRIES: usize = 200_000;

/// Bytes of a folder; what lies deeper lies there.
const LONGEST_FOLDER: usize = 1024;

/// A `/` in the name of a group is none between levels.
const SLASH: &str = "\u{2215}";

/// Reads the XML of a database; `stream` shows what is protected.
pub(super) fn read(
    text: &str,
    mut stream: Option<Stream>,
    files: Vec<Bytes>,
) -> Result<(Content, Option<String>), KeePassError> {
    let mut reader = Reader::default();
    for (at, file) in files.into_iter().enumerate() {
        reader.files.insert(at.to_string(), file);
    }
    let show = |mut value: Vec<u8>| {
        if let Some(stream) = &mut stream {
            stream.apply(&mut value)?;
        }
        Ok(value)
    };
    let root = xml::parse(text, show, |parent, node| reader.keep(parent, node))?;
    if root.name != "KeePassFile" {
        return Err(KeePassError::NotKeePass);
    }
    let meta = root.child("Meta");
    let header_hash = meta.and_then(|meta| meta.child("HeaderHash"));
    let header_hash = header_hash.map(|node| node.text.trim().to_owned());
    let bin = meta.filter(|meta| says_yes(meta.text_of("RecycleBinEnabled")));
    reader.places = reader.wanted();
    reader.bin = bin.map_or_else(String::new, |meta| meta.text_of("RecycleBinUUID").into());
    for group in root.child("Root").iter().flat_map(|root| root.all("Group")) {
        reader.walk(group, &Place::default());
    }
    Ok((reader.finish(), header_hash))
}

/// The content of a file.
pub(super) type Bytes = Zeroizing<Vec<u8>>;

/// Where an entry's file has its content.
enum Where {
    /// Among those of the database, under that name.
    There(String),
    /// In the entry; nothing where that can't be read.
    Here(Option<Bytes>),
}

/// An entry that was read, not yet in its place.
struct Found {
    item: Item,
    attachments: Vec<(String, Where)>,
    moved_at: u64,
    previous_group: String,
    is_too_large: bool,
}

/// Where a group lies.
#[derive(Clone, Default)]
struct Place {
    folder: String,
    is_in_bin: bool,
}

#[derive(Default)]
struct Reader {
    found: Vec<Found>,
    bin: String,
    /// The folders of groups that entries came from before.
    places: BTreeMap<String, String>,
    /// Contents of files, and how many bytes of them were unpacked.
    files: BTreeMap<String, Bytes>,
    unpacked: usize,
}

impl Reader {
    /// Takes an entry out of the tree as soon as it ends, with all that is in
    /// it; leaves what nobody asks for away.
    fn keep(&mut self, parent: &str, node: Node) -> Result<Option<Node>, KeePassError> {
        Ok(match (parent, node.name.as_str()) {
            ("Group", "Entry") if self.found.len() >= MOST_ENTRIES => {
                return Err(KeePassError::TooLarge);
            }
            ("Group", "Entry") => {
                let mut stand_in = Node::default();
                stand_in.name = READ.into();
                stand_in.text = self.found.len().to_string();
                self.found.push(Found::read(&node));
                Some(stand_in)
            }
            ("Binaries", "Binary") => {
                self.hold(&node);
                None
            }
            ("KeePassFile", "Meta" | "Root")
            | ("Root" | "Group", "Group")
            | ("Meta", "HeaderHash" | "RecycleBinEnabled" | "RecycleBinUUID")
            | ("Group", "UUID" | "Name") => Some(node),
            ("KeePassFile" | "Meta" | "Root" | "Group", _) => None,
            _ => Some(node),
        })
    }

    /// Holds the content of a file, as version 3 has them in the XML: what is
    /// unpacked beyond all measure is not there.
    fn hold(&mut self, file: &Node) {
        let packed = content(&file.text);
        let content = match packed {
            Some(packed) if file.is("Compressed") => unpacked(&packed).ok(),
            other => other,
        };
        let Some(content) = content else { return };
        self.unpacked = self.unpacked.saturating_add(content.len());
        if let Some(id) = file
            .attribute("ID")
            .filter(|_| self.unpacked <= LARGEST_FILES)
        {
            self.files.insert(id.into(), content);
        }
    }

    fn wanted(&self) -> BTreeMap<String, String> {
        let groups = self.found.iter().map(|found| found.previous_group.clone());
        map_of(groups.map(|group| (group, String::new())))
    }

    fn walk(&mut self, group: &Node, place: &Place) {
        let id = group.text_of("UUID");
        if let Some(known) = self.places.get_mut(id) {
            known.clone_from(&place.folder);
        }
        for child in &group.children {
            match child.name.as_str() {
                "Group" => self.walk(child, &self.place_of(child, place)),
                READ => {
                    let found = child.text.parse().ok();
                    if let Some(found) = found.and_then(|at: usize| self.found.get_mut(at)) {
                        found.put(place);
                    }
                }
                _ => {}
            }
        }
    }

    fn place_of(&self, group: &Node, parent: &Place) -> Place {
        if !self.bin.is_empty() && group.text_of("UUID") == self.bin {
            return Place {
                folder: String::new(),
                is_in_bin: true,
            };
        }
        let name = group.text_of("Name");
        let folder = if parent.folder.len() + name.len() < LONGEST_FOLDER {
            [parent.folder.as_str(), &name.replace('/', SLASH)].join("/")
        } else {
            parent.folder.clone()
        };
        let is_in_bin = parent.is_in_bin;
        Place { folder, is_in_bin }
    }

    fn finish(self) -> Content {
        let mut content = Content::default();
        let mut room = LARGEST_FILES;
        for (mut found, number) in self.found.into_iter().zip(1..) {
            let previous = self.places.get(&found.previous_group);
            let is_in_trash = matches!(found.item.shelf, Shelf::Trashed { .. });
            let is_bare = is_in_trash && found.item.folder.is_empty();
            if let Some(folder) = previous.filter(|_| is_bare) {
                found.item.put_into(folder);
            }
            if found.is_too_large {
                content.too_large.push(number);
                continue;
            }
            let entry = content.items.len();
            for (name, place) in found.attachments.drain(..) {
                let bytes = match place {
                    Where::Here(bytes) => bytes,
                    // Many may name one: it is there for each, within bounds.
                    Where::There(id) => self
                        .files
                        .get(&id)
                        .filter(|file| file.len() <= room)
                        .cloned(),
                };
                room = room.saturating_sub(bytes.as_ref().map_or(0, |bytes| bytes.len()));
                content.attachments.push(Attachment {
                    entry,
                    name,
                    content: bytes,
                });
            }
            content.items.push(found.item);
        }
        content
    }
}

impl Found {
    fn read(entry: &Node) -> Self {
        let item = entry::item(entry);
        let times = entry.child("Times");
        let moved_at = times.and_then(|times| time::read(times.text_of("LocationChanged")));
        let files = entry.all("Binary").map(|file| {
            let value = file.child("Value");
            let place = match value.and_then(|value| value.attribute("Ref")) {
                Some(id) => Where::There(id.into()),
                None => Where::Here(value.and_then(|value| content(&value.text))),
            };
            (file.text_of("Key").to_owned(), place)
        });
        Self {
            attachments: files.collect(),
            moved_at: moved_at.unwrap_or(item.modified_at),
            previous_group: entry.text_of("PreviousParentGroup").to_owned(),
            is_too_large: length(&item) > LARGEST_ITEM,
            item,
        }
    }

    fn put(&mut self, place: &Place) {
        self.item.put_into(&place.folder);
        if place.is_in_bin {
            let since = self.moved_at;
            self.item.shelf = Shelf::Trashed { since };
        }
    }
}

/// The content of a file, in base64.
fn content(text: &str) -> Option<Bytes> {
    STANDARD.decode(text.trim_ascii()).ok().map(Zeroizing::new)
}

/// Bytes of what stands in it now; its history is bounded already.
fn length(item: &Item) -> usize {
    let values = item.values.iter().map(|value| value.text().len());
    let fields = item.fields.iter();
    let fields = fields.map(|field| field.label.len() + field.value.len());
    let urls = item.urls.iter().map(|url| url.text.len());
    let keys = item
        .passkeys
        .iter()
        .map(|passkey| passkey.private_key.len());
    let tags = item.tags.iter().map(String::len);
    let parts = values.chain(fields).chain(urls).chain(keys).chain(tags);
    item.name.len() + parts.sum::<usize>()
}
