//! What stood in a part of an item before.

use alloc::string::String;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{FileRef, Part, Passkey};
use crate::wire::Seconds;

/// What stood in a part before.
#[derive(PartialEq, Eq, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
pub struct Past {
    /// Which part.
    pub part: Part,
    /// What stood there: text, or a passkey or a file in their encoding.
    pub value: String,
    /// When it was replaced.
    pub until: Seconds,
}

impl Past {
    /// A second one, wiped like the first; not `Clone`, so that it stands out.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self {
            part: self.part.clone(),
            value: self.value.clone(),
            until: self.until,
        }
    }

    /// The passkey that was there.
    #[must_use]
    pub fn passkey(&self) -> Option<Passkey> {
        let is_one = self.part == Part::Passkey;
        is_one.then(|| Passkey::from_text(&self.value)).flatten()
    }

    /// The file that was there.
    #[must_use]
    pub fn file(&self) -> Option<FileRef> {
        let is_one = self.part == Part::File;
        is_one.then(|| FileRef::from_text(&self.value)).flatten()
    }
}
