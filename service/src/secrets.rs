//! The secrets folder: what must not lie in the database. Made at the first
//! start with mode 0600, and read ever after.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

/// Why the secrets can't be had.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The folder or a file in it can't be read or made.
    #[error("SIGILL_SECRETS_DIR: {path} can't be read or made: {source}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file does not hold 32 bytes.
    #[error("SIGILL_SECRETS_DIR: {path} does not hold the 32 bytes that were written to it")]
    Damaged {
        /// Which.
        path: PathBuf,
    },
    /// The system has no randomness to give.
    #[error("the system has no randomness to give")]
    NoRandomness,
}

/// 32 secret bytes, wiped on drop.
pub type Key = Zeroizing<[u8; 32]>;

/// Everything in the folder.
pub struct Secrets {
    /// Under every code's and limit's tag, so that the database alone tests no guess.
    pub pepper: Key,
    /// Seals the time in a DPoP nonce.
    pub nonce: Key,
    /// Makes tokens and the links in mails.
    pub token: Key,
    /// Signs receipts.
    pub receipt: Key,
    /// Seals the secrets of authenticators.
    pub factor: Key,
}

impl Secrets {
    /// Reads the folder; makes what is missing.
    ///
    /// # Errors
    /// Where a file can't be read or made, or was damaged.
    pub fn open(folder: &Path) -> Result<Self, SecretsError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|source| unreadable(folder, source))?;
        Ok(Self {
            pepper: key(&folder.join("pepper"))?,
            nonce: key(&folder.join("nonce-key"))?,
            token: key(&folder.join("token-key"))?,
            receipt: key(&folder.join("receipt-key"))?,
            factor: key(&folder.join("factor-key"))?,
        })
    }
}

fn key(path: &Path) -> Result<Key, SecretsError> {
    match fs::read(path).map(Zeroizing::new) {
        Ok(bytes) => <[u8; 32]>::try_from(bytes.as_slice())
            .map(Zeroizing::new)
            .map_err(|_| SecretsError::Damaged { path: path.into() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(path),
        Err(source) => Err(unreadable(path, source)),
    }
}

/// Written beside its place, then moved there: a start that is cut off leaves
/// no half key behind.
fn make(path: &Path) -> Result<Key, SecretsError> {
    let mut key = Key::default();
    getrandom::fill(key.as_mut_slice()).map_err(|_| SecretsError::NoRandomness)?;
    let beside = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut options = OpenOptions::new();
        let mut file = options
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&beside)?;
        file.write_all(key.as_slice())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(|source| unreadable(path, source))?;
    Ok(key)
}

fn unreadable(path: &Path, source: io::Error) -> SecretsError {
    SecretsError::Unreadable {
        path: path.into(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn secrets_are_made_once_with_mode_0600_and_read_ever_after() {
        let folder = tempfile::tempdir().unwrap();
        let first = Secrets::open(&folder.path().join("secrets")).unwrap();
        let second = Secrets::open(&folder.path().join("secrets")).unwrap();
        assert_eq!(*first.pepper, *second.pepper);
        assert_eq!(*first.receipt, *second.receipt);
        for name in [
            "pepper",
            "nonce-key",
            "token-key",
            "receipt-key",
            "factor-key",
        ] {
            let file = fs::metadata(folder.path().join("secrets").join(name)).unwrap();
            assert_eq!(file.permissions().mode() & 0o777, 0o600, "{name}");
        }
    }

    #[test]
    fn a_damaged_secret_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("pepper"), b"short").unwrap();
        let error = Secrets::open(folder.path()).err().unwrap().to_string();
        assert!(error.contains("pepper"), "{error}");
    }
}
