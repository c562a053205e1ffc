//! Two versions of an entry become one: three-way, per field, from the common
//! parent. Commutative and idempotent; no value is lost.
//!
//! | parent → one | parent → other | result |
//! |---|---|---|
//! | same | same | that |
//! | changed | same | the change |
//! | changed | changed alike | the change |
//! | changed | changed otherwise | the later one (then the higher writer); the other goes to the history |
//! | changed | erased | the change: whoever erased it had not seen it |
//! | same | erased | erased |

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::item::{CustomField, Field, Item, Past};
use crate::id::DeviceId;

#[cfg(test)]
mod tests;

/// One version of an entry and who wrote it.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    /// The entry.
    pub item: &'a Item,
    /// The writer of its record.
    pub writer: DeviceId,
}

/// One side of a merge.
#[derive(Clone, Copy)]
pub enum Side<'a> {
    /// The entry lives.
    Living(Version<'a>),
    /// The entry was erased.
    Erased,
}

/// What became of two versions.
pub struct Merged {
    /// The entry.
    pub item: Item,
    /// Fields of which one value had to go to the history.
    pub conflicts: Vec<Field>,
}

/// What became of two sides.
pub enum Outcome {
    /// The entry lives.
    Living(Box<Merged>),
    /// The entry is erased.
    Erased,
}

/// Merges two sides. Without a parent every field counts as empty before.
#[must_use]
pub fn merge(parent: Option<&Item>, one: Side<'_>, other: Side<'_>) -> Outcome {
    match (one, other) {
        (Side::Erased, Side::Erased) => Outcome::Erased,
        (Side::Living(version), Side::Erased) | (Side::Erased, Side::Living(version)) => {
            if parent == Some(version.item) {
                Outcome::Erased
            } else {
                Outcome::Living(Box::new(merge_versions(parent, version, version)))
            }
        }
        (Side::Living(one), Side::Living(other)) => {
            Outcome::Living(Box::new(merge_versions(parent, one, other)))
        }
    }
}

/// Merges two living versions.
#[must_use]
pub fn merge_versions(parent: Option<&Item>, one: Version<'_>, other: Version<'_>) -> Merged {
    let nothing = Item::default();
    let parent = parent.unwrap_or(&nothing);
    let (winner, loser) = if rank(one) >= rank(other) {
        (one.item, other.item)
    } else {
        (other.item, one.item)
    };
    let mut lost = Lost::default();
    let mut text = |field: Field, of: fn(&Item) -> &String| {
        lost.settle(field, of(parent), of(winner), of(loser))
    };
    let name = text(Field::Name, |item| &item.name);
    let username = text(Field::Username, |item| &item.username);
    let password = text(Field::Password, |item| &item.password);
    let notes = text(Field::Notes, |item| &item.notes);
    let urls = match settle(&parent.urls, &winner.urls, &loser.urls) {
        Settled::Agreed(urls) => urls.clone(),
        Settled::Conflict { kept, lost: urls } => {
            lost.push(Field::Urls, &urls.join("\n"));
            kept.clone()
        }
    };
    let fields = merge_fields(&mut lost, parent, winner, loser);
    let modified_at = winner.modified_at;
    let conflicts = lost.0.iter().map(|(field, _)| field.clone()).collect();
    let lost = lost.0.into_iter().map(|(field, value)| Past {
        field,
        value,
        until: modified_at,
    });
    let kept = [&winner.history, &loser.history];
    let mut item = Item {
        name,
        username,
        password,
        urls,
        notes,
        fields,
        created_at: winner.created_at.min(loser.created_at),
        modified_at,
        trashed_at: *settle(&parent.trashed_at, &winner.trashed_at, &loser.trashed_at).kept(),
        batch: *settle(&parent.batch, &winner.batch, &loser.batch).kept(),
        history: kept
            .into_iter()
            .flatten()
            .map(Past::copy)
            .chain(lost)
            .collect(),
    };
    item.tidy_history();
    Merged { item, conflicts }
}

/// Which version wins a conflict: the later, then the higher writer; the
/// content decides between two of one writer and second, so that the order in
/// which they come never does.
fn rank(version: Version<'_>) -> (u64, DeviceId, Vec<u8>) {
    let Version { item, writer } = version;
    (item.modified_at, writer, item.to_bytes())
}

enum Settled<'a, T> {
    Agreed(&'a T),
    Conflict { kept: &'a T, lost: &'a T },
}

impl<'a, T> Settled<'a, T> {
    const fn kept(&self) -> &'a T {
        match self {
            Self::Agreed(value) | Self::Conflict { kept: value, .. } => value,
        }
    }
}

fn settle<'a, T: PartialEq>(parent: &T, winner: &'a T, loser: &'a T) -> Settled<'a, T> {
    if winner == loser || loser == parent {
        Settled::Agreed(winner)
    } else if winner == parent {
        Settled::Agreed(loser)
    } else {
        Settled::Conflict {
            kept: winner,
            lost: loser,
        }
    }
}

/// Values that lost a conflict.
#[derive(Default)]
struct Lost(Vec<(Field, String)>);

impl Lost {
    fn settle(&mut self, field: Field, parent: &String, winner: &String, loser: &String) -> String {
        match settle(parent, winner, loser) {
            Settled::Agreed(value) => value.clone(),
            Settled::Conflict { kept, lost } => {
                self.push(field, lost);
                kept.clone()
            }
        }
    }

    /// An empty value is no loss.
    fn push(&mut self, field: Field, value: &str) {
        if !value.is_empty() {
            self.0.push((field, value.into()));
        }
    }
}

/// Fields of the person's own merge by label; those that share one go
/// together. In the winner's order, then what only the loser has.
fn merge_fields(lost: &mut Lost, parent: &Item, winner: &Item, loser: &Item) -> Vec<CustomField> {
    if let Settled::Agreed(fields) = settle(&parent.fields, &winner.fields, &loser.fields) {
        return fields.iter().map(CustomField::copy).collect();
    }
    let mut labels = Vec::<&str>::new();
    for field in winner.fields.iter().chain(&loser.fields) {
        if !labels.contains(&field.label.as_str()) {
            labels.push(&field.label);
        }
    }
    let mut fields = Vec::new();
    for label in labels {
        let [before, here, there] = [parent, winner, loser].map(|item| labelled(item, label));
        let settled = settle(&before, &here, &there);
        fields.extend(settled.kept().iter().map(|field| field.copy()));
        if let Settled::Conflict { kept, lost: values } = settled {
            let is_lost = |field: &&&CustomField| kept.iter().all(|k| k.value != field.value);
            for field in values.iter().filter(is_lost) {
                let label = field.label.clone();
                lost.push(Field::Custom { label }, &field.value);
            }
        }
    }
    fields
}

fn labelled<'a>(item: &'a Item, label: &str) -> Vec<&'a CustomField> {
    let fields = item.fields.iter();
    fields.filter(|field| field.label == label).collect()
}
