//! The folders of items as a tree.

use std::collections::BTreeMap;

use sigill_core::vault::item::Item;

/// Levels that are kept; deeper ones become one level.
const DEEPEST: usize = 64;

/// What lies in a folder.
#[derive(Default)]
pub(crate) struct Folder<'a> {
    /// Items, each with its place among all.
    pub(crate) items: Vec<(usize, &'a Item)>,
    /// Folders in it, by their names.
    pub(crate) folders: BTreeMap<&'a str, Self>,
}

impl<'a> Folder<'a> {
    /// Puts an item into its folder.
    pub(crate) fn put(&mut self, at: usize, item: &'a Item) {
        let levels = item.folder.splitn(DEEPEST, '/');
        let levels = levels.filter(|level| !level.is_empty());
        let folder = levels.fold(self, |folder, level| {
            folder.folders.entry(level).or_default()
        });
        folder.items.push((at, item));
    }
}
