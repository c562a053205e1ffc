//! Why a call failed, and how the person hears of it.
//!
//! Small on purpose: it is part of every answer in the crate.

use sigill_core::wire::problem::{Code, Problem, Quota};

use crate::api::Failure;
use crate::json;

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The service said no.
    #[error("the service said {:?}", .0.error)]
    Refused(Box<Problem>),
    /// The service gave no answer.
    #[error("the service gave no answer")]
    Unreachable,
    /// The service's answer can't be read, or can't be true.
    #[error("the service's answer can't be read, or can't be true")]
    Garbage,
    /// The vault has to be open for this.
    #[error("the vault is locked")]
    Locked,
    /// The root key does not open the vault.
    #[error("the root key does not open the vault")]
    WrongMasterPassword,
    /// What was typed can't be a recovery code, or the vault has none.
    #[error("what was typed can't be a recovery code, or the vault has none")]
    NoRecoveryCode,
    /// A letter of the recovery code is another than on the sheet.
    #[error("a letter of the recovery code is another than on the sheet")]
    MistypedRecoveryCode,
    /// The recovery code does not open the vault.
    #[error("the recovery code does not open the vault")]
    WrongRecoveryCode,
    /// The passkey is none of those that open the vault.
    #[error("the passkey is none of those that open the vault")]
    WrongPasskey,
    /// So little work makes a master password too easy to guess.
    #[error("so little work makes a master password too easy to guess")]
    KdfTooWeak,
    /// So much work would hang the browser.
    #[error("so much work would hang the browser")]
    KdfTooHeavy,
    /// The service's receipt does not hold.
    #[error("the service's receipt does not hold")]
    ReceiptRejected,
    /// There is no vault here.
    #[error("there is no vault on this device")]
    NoVault,
    /// There is a vault here already.
    #[error("there is a vault on this device already")]
    VaultExists,
    /// What lies here can't be a vault that this device wrote.
    #[error("what lies here can't be a vault that this device wrote")]
    Damaged,
    /// No space is left.
    #[error("no space is left on this device")]
    Full,
    /// The store failed.
    #[error("the store on this device failed")]
    StorageFailed,
    /// The browser has no random numbers.
    #[error("the browser has no random numbers")]
    NoRandomness,
    /// The typed phrase is not the vault's name.
    #[error("the typed phrase is not the vault's name")]
    WrongPhrase,
    /// Nothing of that name.
    #[error("nothing of that name")]
    NotFound,
    /// What was shown is not what would be lost now.
    #[error("what was shown is not what would be lost now")]
    LossChanged,
    /// The service's address can't be one.
    #[error("the service's address can't be one")]
    MalformedService,
    /// An argument can't be what it should.
    #[error("an argument can't be what it should")]
    MalformedInput,
    /// The file is no backup, was cut off or changed.
    #[error("the file is no backup, was cut off or changed")]
    NoBackup,
    /// Nothing else holds what this device does.
    #[error("nothing else holds what this device does")]
    OnlyHere,
    /// The file is larger than any file of an item.
    #[error("the file is larger than any file of an item")]
    FileTooLarge,
    /// The item has as many files as an item can have.
    #[error("the item has as many files as an item can have")]
    TooManyFiles,
    /// As many passkeys open the vault as can open one.
    #[error("as many passkeys open the vault as can open one")]
    TooManyPasskeys,
    /// Not all of the file is here.
    #[error("not all of the file is here")]
    FileIncomplete,
    /// The file's bytes are not those that its item names.
    #[error("the file's bytes are not those that its item names")]
    FileDamaged,
    /// Neither this device nor the cloud has the file.
    #[error("neither this device nor the cloud has the file")]
    FileNotHere,
    /// The answer about leaked passwords is none.
    #[error("the answer about leaked passwords is none")]
    BreachGarbage,
    /// The vault was brought back and waits for its master password.
    #[error("the vault was brought back and waits for its master password")]
    Unanchored,
}

impl Trouble {
    /// The service said `code`.
    pub(crate) fn refused(code: Code) -> Self {
        Self::Refused(Box::new(code.into()))
    }

    /// Whether the service said `code`.
    pub(crate) fn is(&self, code: Code) -> bool {
        matches!(self, Self::Refused(problem) if problem.error == code)
    }

    /// What the service had no room for.
    pub(crate) fn quota(&self) -> Option<Quota> {
        if let Self::Refused(problem) = self {
            problem.quota
        } else {
            None
        }
    }

    /// The message key, and what the service said.
    fn parts(&self) -> (String, Option<&Problem>) {
        let key = match self {
            Self::Refused(problem) => return (name(&problem.error), Some(problem)),
            Self::Unreachable => "service_unreachable",
            Self::Garbage => "service_garbage",
            Self::Locked => "locked",
            Self::WrongMasterPassword => "wrong_master_password",
            Self::NoRecoveryCode => "no_recovery_code",
            Self::MistypedRecoveryCode => "mistyped_recovery_code",
            Self::WrongRecoveryCode => "wrong_recovery_code",
            Self::WrongPasskey => "wrong_passkey",
            Self::KdfTooWeak => "kdf_too_weak",
            Self::KdfTooHeavy => "kdf_too_heavy",
            Self::ReceiptRejected => "receipt_rejected",
            Self::NoVault => "no_vault",
            Self::VaultExists => "vault_exists",
            Self::Damaged => "damaged",
            Self::Full => "storage_full",
            Self::StorageFailed => "storage_failed",
            Self::NoRandomness => "no_randomness",
            Self::WrongPhrase => "wrong_phrase",
            Self::NotFound => "not_found",
            Self::LossChanged => "loss_changed",
            Self::MalformedService => "malformed_service",
            Self::MalformedInput => "malformed_input",
            Self::NoBackup => "no_backup",
            Self::OnlyHere => "only_here",
            Self::FileTooLarge => "file_too_large",
            Self::TooManyFiles => "too_many_files",
            Self::TooManyPasskeys => "too_many_passkeys",
            Self::FileIncomplete => "file_incomplete",
            Self::FileDamaged => "file_damaged",
            Self::FileNotHere => "file_not_here",
            Self::BreachGarbage => "breach_garbage",
            Self::Unanchored => "unanchored",
        };
        (key.to_owned(), None)
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        let (code, problem) = trouble.parts();
        Self {
            code,
            tries_left: problem.and_then(|problem| problem.tries_left),
            retry_after: problem.and_then(|problem| problem.retry_after),
            quota: problem.and_then(|problem| problem.quota).map(Into::into),
        }
    }
}

/// The name of a value that serializes to one word.
pub(crate) fn name(value: &impl serde::Serialize) -> String {
    json::text(value).trim_matches('"').to_owned()
}
