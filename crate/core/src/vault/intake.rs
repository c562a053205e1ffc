//! What items that come from elsewhere are to those that are here.
//!
//! | the vault holds | then the item is |
//! |---|---|
//! | all that it says, to the letter, or a login of that site and user name that says all of it | the same: left out |
//! | a login of that site and user name that says otherwise | a new version of it; what stood there goes to its history |
//! | neither | new |
//!
//! Where it was made, kept and changed does not count. What came before in the
//! same file counts as here.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::item::{CustomField, Field, Item, Kind, Shelf};
use super::site::host;
use crate::id::{BatchId, Hash, ItemId};
use crate::wire::Seconds;

/// What an item that comes is to those that are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// An item of its own.
    New,
    /// Nothing that is not here.
    Same,
    /// A new version of that item.
    Changed(ItemId),
}

/// What is here.
pub struct Intake<'a> {
    items: BTreeMap<ItemId, &'a Item>,
    letters: BTreeSet<Hash>,
    sites: BTreeMap<(&'a str, &'a str), Vec<ItemId>>,
    changed: BTreeSet<ItemId>,
}

impl<'a> Intake<'a> {
    /// Looks at what is here; what lies in the trash is not.
    #[must_use]
    pub fn of(items: impl Iterator<Item = (ItemId, &'a Item)>) -> Self {
        let mut intake = Self {
            items: BTreeMap::new(),
            letters: BTreeSet::new(),
            sites: BTreeMap::new(),
            changed: BTreeSet::new(),
        };
        for (id, item) in items {
            if !matches!(item.shelf, Shelf::Trashed { .. }) {
                intake.know(id, item);
            }
        }
        intake
    }

    fn know(&mut self, id: ItemId, item: &'a Item) {
        self.letters.insert(letters(item));
        self.items.insert(id, item);
        if item.kind == Kind::Login {
            for url in &item.urls {
                let place = (host(url), item.value(Field::Username));
                self.sites.entry(place).or_default().push(id);
            }
        }
    }

    /// What the next one is.
    pub fn next(&mut self, coming: &Item) -> Fate {
        if !self.letters.insert(letters(coming)) {
            return Fate::Same;
        }
        if coming.kind != Kind::Login {
            return Fate::New;
        }
        let place = coming.urls.first().map_or("", |url| host(url));
        let known = self.sites.get(&(place, coming.value(Field::Username)));
        let known = known.map_or(&[][..], Vec::as_slice);
        let says_all = |id: &&ItemId| self.items.get(id).is_some_and(|item| covers(item, coming));
        if known.iter().any(|id| says_all(&id)) {
            return Fate::Same;
        }
        // One new version an item and file; a further one is an item of its own.
        match known.first() {
            Some(id) if self.changed.insert(*id) => Fate::Changed(*id),
            Some(_) | None => Fate::New,
        }
    }
}

/// Whether `known` says all that `coming` does, its name aside.
fn covers(known: &Item, coming: &Item) -> bool {
    let has = |field: &CustomField| {
        let same = |other: &CustomField| other.label == field.label && other.value == field.value;
        known.fields.iter().any(same)
    };
    let mut values = coming.values.iter();
    let mut passkeys = coming.passkeys.iter();
    // A login without a password is another than one with: an empty one counts.
    known.value(Field::Password) == coming.value(Field::Password)
        && values.all(|value| known.value(value.field()) == value.text())
        && coming.fields.iter().all(has)
        && passkeys.all(|passkey| known.passkeys.holds(&passkey.credential))
}

/// `known` with all that `coming` says, as a batch brought it at `now`.
#[must_use]
pub fn new_version(known: &Item, coming: &Item, (batch, now): (BatchId, Seconds)) -> Item {
    known.changed(now, |item| {
        item.set(Field::Password, coming.value(Field::Password));
        for value in &coming.values {
            item.set(value.field(), value.text());
        }
        for field in &coming.fields {
            let same = |other: &CustomField| *other == *field;
            if !item.fields.iter().any(same) {
                item.fields.push(field.copy());
            }
        }
        for passkey in &coming.passkeys {
            if !item.passkeys.holds(&passkey.credential) {
                item.passkeys.put(passkey.copy());
            }
        }
        item.batch = Some(batch);
    })
}

/// All that an item says, to the letter, whenever it was made and wherever it
/// is kept.
#[must_use]
pub fn letters(item: &Item) -> Hash {
    let mut bare = item.copy();
    bare.shelf = Shelf::Active;
    bare.favourite = false;
    bare.created_at = 0;
    bare.modified_at = 0;
    bare.batch = None;
    bare.history.clear();
    Hash::of(&Zeroizing::new(bare.to_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::fixture::{item, passkey};
    use crate::vault::item::FieldKind;

    const KNOWN: ItemId = ItemId([1; 16]);

    fn fates(known: &Item, coming: &[Item]) -> Vec<Fate> {
        let mut intake = Intake::of([(KNOWN, known)].into_iter());
        coming.iter().map(|item| intake.next(item)).collect()
    }

    fn bare() -> Item {
        Item::new(Kind::Login)
            .named("Bank of mine")
            .with(Field::Username, "åsa@example.com")
            .with(Field::Password, "correct horse")
            .with_url("https://www.bank.example/login")
    }

    #[test]
    fn a_login_is_new_the_same_or_another_version() {
        let coming = [
            bare(),
            bare().with(Field::Password, "other"),
            bare().with(Field::Password, "third"),
            bare().with(Field::Username, "bo"),
        ];
        let expected = [Fate::Same, Fate::Changed(KNOWN), Fate::New, Fate::New];
        assert_eq!(fates(&item(), &coming), expected);
    }

    #[test]
    fn whatever_the_vault_lacks_makes_another_version() {
        for coming in [
            bare().with(Field::Totp, "JBSWY3DP"),
            bare().with(Field::Notes, "other"),
            bare().with(Field::Password, ""),
            bare().with_passkey(passkey()),
            bare().with_custom(CustomField::new(FieldKind::Text, "PIN", "0000")),
        ] {
            assert_eq!(fates(&item(), &[coming]), [Fate::Changed(KNOWN)]);
        }
        let known = bare().with_custom(CustomField::new(FieldKind::Hidden, "PIN", "4821"));
        assert_eq!(fates(&item(), &[known]), [Fate::Same]);
    }

    #[test]
    fn what_came_before_in_the_same_file_is_here() {
        let note = |text| Item::new(Kind::Note).named("n").with(Field::Notes, text);
        let coming = [note("a"), note("a"), note("b")];
        assert_eq!(fates(&item(), &coming), [Fate::New, Fate::Same, Fate::New]);
    }

    #[test]
    fn what_lies_in_the_trash_is_not_here() {
        let trashed = item().moved(Shelf::Trashed { since: 300 }, 300);
        assert_eq!(fates(&trashed, &[item()]), [Fate::New]);
    }

    #[test]
    fn the_letters_of_an_item_are_all_that_it_says() {
        let moved = item().moved(Shelf::Archived { since: 300 }, 300);
        assert_eq!(letters(&moved), letters(&item()));
        for other in [
            item().named("other"),
            item().tagged("other"),
            item().in_folder("other"),
            item().with_passkey(passkey()),
        ] {
            assert_ne!(letters(&other), letters(&item()));
        }
    }

    #[test]
    fn a_new_version_takes_all_that_came_and_remembers_what_it_replaced() {
        let coming = bare()
            .with(Field::Password, "other")
            .with(Field::Totp, "JBSWY3DP")
            .with_passkey(passkey());
        let batch = BatchId([7; 16]);
        let version = new_version(&item(), &coming, (batch, 300));
        assert_eq!(version.value(Field::Password), "other");
        assert_eq!(version.value(Field::Totp), "JBSWY3DP");
        assert_eq!(version.value(Field::Notes), "Call first");
        assert_eq!((version.name.as_str(), version.passkeys.len()), ("Bank", 1));
        assert_eq!(version.batch, Some(batch));
        assert_eq!(version.history.len(), 1);
        assert_eq!(version.history[0].value, "correct horse");
    }
}
