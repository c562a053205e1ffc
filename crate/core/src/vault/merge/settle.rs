//! One part, three ways; and what lost.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use crate::vault::item::{Item, Part, Past};
use crate::wire::Seconds;

/// The common parent and the two versions.
#[derive(Clone, Copy)]
pub(super) struct Three<'a> {
    pub(super) parent: &'a Item,
    pub(super) winner: &'a Item,
    pub(super) loser: &'a Item,
}

impl<'a> Three<'a> {
    /// A part of each.
    pub(super) fn of<T: ?Sized>(self, part: impl Fn(&'a Item) -> &'a T) -> [&'a T; 3] {
        [self.parent, self.winner, self.loser].map(part)
    }
}

pub(super) enum Settled<'a, T: ?Sized> {
    Agreed(&'a T),
    Conflict { kept: &'a T, lost: &'a T },
}

impl<'a, T: ?Sized> Settled<'a, T> {
    pub(super) const fn kept(&self) -> &'a T {
        match self {
            Self::Agreed(value) | Self::Conflict { kept: value, .. } => value,
        }
    }

    pub(super) const fn lost(&self) -> Option<&'a T> {
        match self {
            Self::Agreed(_) => None,
            Self::Conflict { lost, .. } => Some(lost),
        }
    }
}

pub(super) fn settle<'a, T: PartialEq + ?Sized>(
    parent: &T,
    winner: &'a T,
    loser: &'a T,
) -> Settled<'a, T> {
    settle_by(parent, [winner, loser], PartialEq::eq)
}

/// The same where `is_same` says what counts for no change.
pub(super) fn settle_by<'a, T: ?Sized>(
    parent: &T,
    [winner, loser]: [&'a T; 2],
    is_same: impl Fn(&T, &T) -> bool,
) -> Settled<'a, T> {
    if is_same(winner, loser) || is_same(loser, parent) {
        Settled::Agreed(winner)
    } else if is_same(winner, parent) {
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
pub(super) struct Lost(Vec<(Part, Zeroizing<String>)>);

impl Lost {
    /// What becomes of a text.
    pub(super) fn text(&mut self, part: Part, [parent, winner, loser]: [&str; 3]) -> String {
        let settled = settle(parent, winner, loser);
        if let Some(text) = settled.lost() {
            self.push(part, text);
        }
        settled.kept().into()
    }

    /// An empty value is no loss.
    pub(super) fn push(&mut self, part: Part, value: &str) {
        if !value.is_empty() {
            self.0.push((part, Zeroizing::new(value.into())));
        }
    }

    pub(super) fn parts(&self) -> Vec<Part> {
        self.0.iter().map(|(part, _)| part.clone()).collect()
    }

    pub(super) fn into_pasts(self, until: Seconds) -> impl Iterator<Item = Past> {
        self.0.into_iter().map(move |(part, value)| Past {
            part,
            value: value.as_str().into(),
            until,
        })
    }
}
