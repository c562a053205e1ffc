//! What crosses the border to TypeScript. Each type is a view, made for one
//! page; TypeScript's types are generated from these.
//!
//! Names and hashes are hexadecimal text, times are seconds since 1970.

use serde::Serialize;
use tsify::Tsify;

mod account;
mod backup;
mod batches;
mod danger;
mod files;
mod health;
mod items;
mod keys;
mod list;
mod offer;
mod otp;
mod site_passkeys;
mod status;
mod timeline;

pub use account::{
    Account, BySignIn, Connect, Device, Differs, Door, Found, Provider, ProviderSignIn, SignIn,
    SignUp, Take, Waiting,
};
pub use backup::{BackupChunks, BackupFile, BackupPart, WantedFile};
pub use batches::{
    BackupItems, BackupPlace, Batch, Bulk, BulkAct, Deed, Fate, Import, ImportFile, ImportPreview,
    ImportRow, ImportedFile,
};
pub use danger::{
    Act, Displaced, Factor, Loss, Needs, Operation, Phase, Reach, Restorable, Side, Typed,
};
pub use files::{Brought, FilePart, FileShown, FileState, FilesShown, NewFile, Quota};
pub use health::{Breached, Guessable, HealthFinding, HealthLogin};
pub use items::{
    Content, CustomField, FieldKind, File, Item, Layout, Line, Passkey, Past, Save, Shape, Shaped,
    Shelf, Url, Value,
};
pub use keys::{
    ChangePassword, ChangeSlots, Derivation, Kdf, NewPasskey, NewVault, PasskeySlot, SlotsAct,
    Unlock, UnlockByCode, UnlockByPasskey,
};
pub use list::{Facets, Named, OfKind, Query, Row, Rows, Scope};
pub use offer::{
    Caution, Offered, Offers, OffersFor, Place, Savable, Saving, Slot, Submitted, Wanted,
    WantedField,
};
pub use otp::{Codes, OneTimeCode, OtpRead};
pub use site_passkeys::{SitePasskey, SitePasskeys};
pub use status::{Held, Lifts, PauseReason, SecondFactor, SignedIn, Status, SyncState, VaultState};
pub use timeline::{Timeline, TimelineEntry};

/// Why a call failed, in the person's terms. Thrown as an object.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// A message key: a wire `Code`, or one of `locked`, `wrong_master_password`,
    /// `service_unreachable`, `service_garbage`, `receipt_rejected`,
    /// `no_vault`, `vault_exists`, `damaged`, `storage_full`, `storage_failed`,
    /// `no_randomness`, `is_master_password`, `wrong_phrase`, `not_found`, `loss_changed`,
    /// `malformed_service`, `malformed_input`, `unanchored`, `no_backup`,
    /// `only_here`, `file_too_large`, `too_many_files`, `too_many_passkeys`,
    /// `file_incomplete`, `file_damaged`, `file_not_here`, `breach_garbage`;
    /// of the background `breach_off`, `breach_address`, `breach_unreachable`.
    pub code: String,
    /// Tries left, where proofs were wrong.
    pub tries_left: Option<u32>,
    /// Seconds to wait.
    pub retry_after: Option<u64>,
    /// What files take, where there was no room for more.
    pub quota: Option<Quota>,
}
