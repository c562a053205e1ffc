//! The plaintext of an index.
//!
//! ```text
//! fixed      item id (16) ‖ record hash (32) ‖ kind ‖ shelf ‖ marks (1 each) ‖ since (8) ‖ lengths (8 × 4)
//! lengths    of the folded text: name, URLs, all; of the shown text: name, detail, host, folder, all
//! content    encode("sigill/index-content/1", fixed ‖ fixed …, folded ‖ folded …, shown ‖ shown …)
//! plaintext  content, padded to the next multiple of 64 KiB
//! ```
//! By folded name, then by id. Numbers are big-endian. In columns, not item by
//! item: 10,000 items are read without 60,000 allocations.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::sketch::{Fixed, Marks};
use super::{Entry, Index};
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::{Hash, ItemId};
use crate::vault::item::{Kind, Shelf};
use crate::vault::padding::{padded, unpadded};

const LABEL: &str = "sigill/index-content/1";

/// Plaintexts come in multiples of this.
const STEP: usize = 64 << 10;

impl Index {
    /// `plaintext`.
    pub(super) fn to_padded(&self) -> Zeroizing<Vec<u8>> {
        let mut fixed = Vec::new();
        for entry in self.entries() {
            write(entry, &mut fixed);
        }
        let content = Encoder::new(LABEL)
            .bytes(&fixed)
            .text(&self.folded)
            .text(&self.shown)
            .finish();
        padded(&Zeroizing::new(content), STEP)
    }

    /// Undoes [`Index::to_padded`], and reads nothing else.
    pub(super) fn from_padded(plaintext: &[u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::open(LABEL, unpadded(plaintext, STEP)?)?;
        let mut fixed = decoder.bytes()?;
        let mut index = Self {
            folded: Zeroizing::new(String::from(decoder.text()?)),
            shown: Zeroizing::new(String::from(decoder.text()?)),
            ..Self::default()
        };
        decoder.finish()?;
        while !fixed.is_empty() {
            index.read(&mut fixed)?;
        }
        let all = (index.folded.len(), index.shown.len());
        if index.end() == all {
            Ok(index)
        } else {
            Err(DecodeError::Trailing)
        }
    }

    /// Where the texts of the last item end.
    fn end(&self) -> (usize, usize) {
        let last = self.lines.last().copied().unwrap_or_default();
        (last.folded, last.shown)
    }

    /// Reads the next item's fixed part; its texts lie where those before end.
    #[inline(never)] // called ten thousand times in a row: V8 compiles such a function well in the midst of it
    fn read(&mut self, bytes: &mut &[u8]) -> Result<(), DecodeError> {
        let (fixed, [folded, shown]) = read(bytes)?;
        let (folded_from, shown_from) = self.end();
        let end = |from: usize, length| from.checked_add(length).ok_or(DecodeError::Malformed);
        self.put(fixed, (end(folded_from, folded)?, end(shown_from, shown)?));
        let entry = self.at(self.len() - 1).ok_or(DecodeError::Malformed)?;
        let before = self.len().checked_sub(2).and_then(|before| self.at(before));
        let is_after = before.is_none_or(|before| before.order() < entry.order());
        (is_after && has_its_parts(entry))
            .then_some(())
            .ok_or(DecodeError::Malformed)
    }
}

/// Whether every part lies within its text, between two characters.
fn has_its_parts(entry: Entry<'_>) -> bool {
    let [name, urls] = entry.fixed.folded;
    let folded = entry.folded.split_at_checked(name);
    let folded = folded.and_then(|(_, rest)| rest.strip_prefix('\n'));
    let folded = folded.and_then(|rest| rest.split_at_checked(urls));
    let cut = |rest: Option<_>, length: &usize| {
        rest.and_then(|rest: &str| rest.split_at_checked(*length))
            .map(|(_, rest)| rest)
    };
    let shown = entry.fixed.shown.iter().fold(Some(entry.shown), cut);
    folded.is_some() && shown.is_some()
}

fn write(entry: Entry<'_>, bytes: &mut Vec<u8>) {
    let Fixed {
        id,
        record,
        kind,
        shelf,
        marks,
        folded: [name, urls],
        shown: [shown_name, detail, host, folder],
    } = *entry.fixed;
    let (shelf, since) = match shelf {
        Shelf::Active => (0, 0),
        Shelf::Archived { since } => (1, since),
        Shelf::Trashed { since } => (2, since),
    };
    bytes.extend_from_slice(id.as_bytes());
    bytes.extend_from_slice(record.as_bytes());
    bytes.extend([u8::try_from(kind.code()).unwrap_or(0), shelf, marks.0]);
    bytes.extend(u64::to_be_bytes(since));
    let all = (entry.folded.len(), entry.shown.len());
    for length in [name, urls, all.0, shown_name, detail, host, folder, all.1] {
        bytes.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
    }
}

/// A fixed part, and how long its texts are.
fn read(bytes: &mut &[u8]) -> Result<(Fixed, [usize; 2]), DecodeError> {
    let (id, record) = (ItemId(take(bytes)?), Hash(take(bytes)?));
    let [kind, shelf, marks] = take(bytes)?;
    let since = u64::from_be_bytes(take(bytes)?);
    let mut length = || take(bytes).and_then(length);
    let folded = [length()?, length()?];
    let all_folded = length()?;
    let shown = [length()?, length()?, length()?, length()?];
    let all_shown = length()?;
    let fixed = Fixed {
        id,
        record,
        kind: Kind::from_code(kind.into()).ok_or(DecodeError::Malformed)?,
        shelf: match (shelf, since) {
            (0, 0) => Shelf::Active,
            (1, since) => Shelf::Archived { since },
            (2, since) => Shelf::Trashed { since },
            _ => return Err(DecodeError::Malformed),
        },
        marks: (marks <= Marks::ALL)
            .then_some(Marks(marks))
            .ok_or(DecodeError::Malformed)?,
        folded,
        shown,
    };
    Ok((fixed, [all_folded, all_shown]))
}

fn length(bytes: [u8; 4]) -> Result<usize, DecodeError> {
    usize::try_from(u32::from_be_bytes(bytes)).map_err(|_| DecodeError::Malformed)
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N], DecodeError> {
    let (taken, rest) = bytes
        .split_first_chunk::<N>()
        .ok_or(DecodeError::Truncated)?;
    *bytes = rest;
    Ok(*taken)
}
