//! Why a KeePass file can't be read or written.

use crate::fault::FileError;

/// Why a KeePass file can't be read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeePassError {
    /// Larger than [`super::LARGEST_FILE`], or more than that once unpacked.
    #[error("the file is too large")]
    TooLarge,
    /// Neither KDBX nor KeePass's XML.
    #[error("neither a KDBX file nor KeePass's XML")]
    NotKeePass,
    /// A version, cipher or key derivation that Sigill does not know.
    #[error("a version, a cipher or a key derivation that is not known")]
    Unsupported,
    /// Cut off, or changed after it was written.
    #[error("the file is damaged")]
    Damaged,
    /// Password and key file don't open it.
    #[error("password and key file do not open it")]
    WrongKey,
    /// The key file says that it is one, and is broken.
    #[error("the key file is damaged")]
    KeyFile,
    /// Its key derivation asks for more memory or time than Sigill spends.
    #[error("the key derivation asks for too much memory or time")]
    TooCostly,
}

impl From<KeePassError> for FileError {
    fn from(error: KeePassError) -> Self {
        match error {
            KeePassError::TooLarge => Self::TooLarge,
            KeePassError::NotKeePass => Self::Other,
            KeePassError::Unsupported => Self::Version,
            KeePassError::Damaged => Self::Damaged,
            KeePassError::WrongKey => Self::WrongPassword,
            KeePassError::KeyFile => Self::KeyFile,
            KeePassError::TooCostly => Self::Derivation,
        }
    }
}
