//! Why a file could not be read at all.

/// Why a file could not be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Larger than [`crate::limit`] says.
    #[error("the file is too large")]
    TooLarge,
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// Neither UTF-8 nor marked UTF-16.
    #[error("the file is neither UTF-8 nor UTF-16 with a byte order mark")]
    Encoding,
    /// The first line does not name the columns of its format, once each.
    #[error("the first line does not name the columns of this format")]
    Columns,
    /// No format that we know.
    #[error("the file is of no known format")]
    Unknown,
    /// Of another format than the one that was chosen.
    #[error("the file is not of the format that was chosen")]
    Other,
    /// Of the format that it begins as, but cut off or damaged.
    #[error("the file is damaged or cut off")]
    Damaged,
    /// Of a version of its format that we don't read.
    #[error("the file is of an unknown version of its format")]
    Version,
    /// Encrypted, and no password was given.
    #[error("the file needs a password")]
    NeedsPassword,
    /// Encrypted under another password, or changed since.
    #[error("the password does not open the file")]
    WrongPassword,
    /// The key file says that it is one, and is damaged.
    #[error("the key file is damaged")]
    KeyFile,
    /// Encrypted under the key of an account, which only that account opens.
    #[error("only the account that wrote the file opens it")]
    OfAnAccount,
    /// Encrypted in a way that we don't open: PGP, encrypted members of a ZIP.
    #[error("the file is encrypted in a way that is not opened here")]
    Encrypted,
    /// Wants more work for its password than any program asks for.
    #[error("the file asks for an unreasonable key derivation")]
    Derivation,
    /// An archive that inflates beyond [`crate::limit`].
    #[error("the archive inflates beyond all measure")]
    Inflates,
}

impl FileError {
    /// Its message key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::TooLarge => "import_error_too_large",
            Self::Empty => "import_error_empty",
            Self::Encoding => "import_error_file_encoding",
            Self::Columns => "import_error_columns",
            Self::Unknown => "import_error_unknown",
            Self::Other => "import_error_other",
            Self::Damaged => "import_error_damaged",
            Self::Version => "import_error_version",
            Self::NeedsPassword => "import_error_needs_password",
            Self::WrongPassword => "import_error_wrong_password",
            Self::KeyFile => "import_error_key_file",
            Self::OfAnAccount => "import_error_of_account",
            Self::Encrypted => "import_error_encrypted",
            Self::Derivation => "import_error_derivation",
            Self::Inflates => "import_error_inflates",
        }
    }
}
