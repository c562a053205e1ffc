//! An exported timeline, verified without a network: by the same function of
//! the core that devices use.

use std::fmt;
use std::path::Path;

use sigill_core::confirmation::timeline::{Broken, Entry, Last, verify};
use sigill_core::id::Hash;
use sigill_core::wire::timeline::File;
use time::OffsetDateTime;

/// Why a file does not verify.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It can't be opened.
    #[error("the file can't be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// It is something else.
    #[error("the file is no timeline that was saved by Sigill: {0}")]
    Malformed(#[from] serde_json::Error),
    /// It is of a version that this program does not know.
    #[error("the file's format is {0:?}; this program knows {known:?}", known = File::FORMAT)]
    Format(String),
    /// An entry was changed, removed, inserted or moved.
    #[error(
        "DOES NOT VERIFY. Entry {seq} is not what stood there when the file was saved: it, or one before it, was \
         changed, removed, inserted or moved. Entries before {seq} hold together."
    )]
    Broken {
        /// The first that can't be believed.
        seq: u64,
    },
    /// Entries are missing or were added at its end.
    #[error(
        "DOES NOT VERIFY. The file says that it ends at entry {expected}, but what is in it ends at entry {found}: \
         entries were removed or added at the end."
    )]
    OtherEnd {
        /// As the file says.
        expected: u64,
        /// As it is.
        found: u64,
    },
    /// The hash that was asked for is not in it.
    #[error(
        "DOES NOT VERIFY AGAINST {0}. The file holds together by itself, but no entry has that hash: it is not a \
         continuation of the history that the hash was seen in."
    )]
    NotInIt(Hash),
}

/// What a file that verifies says.
#[derive(Debug)]
pub struct Verified {
    first: Option<Entry>,
    last: Last,
    ended: Option<Entry>,
    account: String,
}

/// Verifies the file at `path`; it has to hold the entry `known`, where one is named.
///
/// # Errors
/// [`FileError`].
pub fn verify_file(path: &Path, known: Option<Hash>) -> Result<Verified, FileError> {
    verify_text(&std::fs::read_to_string(path)?, known)
}

fn verify_text(text: &str, known: Option<Hash>) -> Result<Verified, FileError> {
    let file: File = serde_json::from_str(text)?;
    if file.format != File::FORMAT {
        return Err(FileError::Format(file.format));
    }
    let entries = &file.entries;
    let end = verify(file.account, Last::NOTHING, entries, Last::NOTHING)
        .map_err(|Broken { seq }| FileError::Broken { seq })?;
    if end != file.last {
        return Err(FileError::OtherEnd {
            expected: file.last.seq,
            found: end.seq,
        });
    }
    if let Some(known) = known
        && !entries.iter().any(|entry| entry.hash == known)
    {
        return Err(FileError::NotInIt(known));
    }
    Ok(Verified {
        first: entries.first().copied(),
        last: end,
        ended: entries.last().copied(),
        account: file.account.to_string(),
    })
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let when =
            |entry: Option<Entry>| entry.map_or_else(String::new, |entry| date(entry.said.at));
        writeln!(
            f,
            "VERIFIES. {} entries of account {}",
            self.last.seq, self.account
        )?;
        writeln!(f, "from      {}", when(self.first))?;
        writeln!(f, "to        {}", when(self.ended))?;
        writeln!(f, "last hash {}", self.last.hash)?;
        write!(
            f,
            "None of them was changed, removed, inserted or moved. What the service never wrote down, nothing can show."
        )
    }
}

fn date(at: u64) -> String {
    let at = i64::try_from(at).unwrap_or_default();
    OffsetDateTime::from_unix_timestamp(at).map_or_else(
        |_| String::new(),
        |at| format!("{} {:02}:{:02} UTC", at.date(), at.hour(), at.minute()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use sigill_core::confirmation::timeline::{Change, Event, Said};
    use sigill_core::id::{AccountId, DeviceId};

    fn file(entries: u64) -> File {
        let account = AccountId([1; 16]);
        let mut last = Last::NOTHING;
        let mut written = Vec::new();
        for at in 0..entries {
            let said = Said {
                at: 1_795_442_700 + at,
                device: Some(DeviceId([2; 16])),
                event: Event::Account(Change::SignedIn),
                operation: None,
                digest: None,
            };
            let entry = last.then(account, said);
            last = entry.last();
            written.push(entry);
        }
        File {
            format: File::FORMAT.into(),
            account,
            entries: written,
            last,
            devices: Vec::new(),
        }
    }

    fn read(file: &File, known: Option<Hash>) -> Result<String, String> {
        let text = serde_json::to_string(file).unwrap();
        let read = verify_text(&text, known);
        read.map(|good| good.to_string())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_as_it_was_saved_verifies_and_says_where_it_ends() {
        let file = file(3);
        let said = read(&file, Some(file.entries[1].hash)).unwrap();
        assert!(said.starts_with("VERIFIES. 3 entries"), "{said}");
        assert!(said.contains("from      2026-11-23 14:05 UTC"), "{said}");
        assert!(said.contains(&file.last.hash.to_string()), "{said}");
    }

    #[test]
    fn a_changed_removed_or_moved_entry_is_named() {
        let mut changed = file(4);
        changed.entries[2].said.at += 1;
        let mut removed = file(4);
        removed.entries.remove(1);
        let mut moved = file(4);
        moved.entries.swap(1, 2);
        for (file, seq) in [(changed, 3), (removed, 2), (moved, 2)] {
            let said = read(&file, None).unwrap_err();
            assert!(said.starts_with("DOES NOT VERIFY. "), "{said}");
            assert!(said.contains(&format!("Entry {seq} is not")), "{said}");
        }
    }

    #[test]
    fn entries_missing_at_the_end_are_seen_by_what_the_file_says_of_its_end() {
        let mut cut = file(4);
        cut.entries.pop();
        let said = read(&cut, None).unwrap_err();
        assert!(
            said.contains("ends at entry 4, but what is in it ends at entry 3"),
            "{said}"
        );
    }

    #[test]
    fn a_file_of_another_history_is_seen_by_a_hash_that_a_device_knows() {
        let known = Hash([9; 32]);
        let said = read(&file(2), Some(known)).unwrap_err();
        assert!(said.contains(&known.to_string()), "{said}");
    }

    #[test]
    fn another_file_is_refused_as_what_it_is() {
        let other = File {
            format: "sigill/backup/1".into(),
            ..file(1)
        };
        assert!(read(&other, None).unwrap_err().contains("sigill/backup/1"));
        assert!(matches!(
            verify_text("{}", None),
            Err(FileError::Malformed(_))
        ));
        assert!(matches!(
            verify_text("no", None),
            Err(FileError::Malformed(_))
        ));
    }
}
