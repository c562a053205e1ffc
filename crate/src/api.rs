//! What crosses the border to TypeScript. Each type is a view, made for one
//! page; TypeScript's types are generated from these.
//!
//! Names and hashes are hexadecimal text, times are seconds since 1970.

use serde::{Deserialize, Serialize};
use sigill_core::id::SlotId;
use tsify::Tsify;

mod batches;
mod files;
mod items;
mod list;

pub use batches::{
    BackupItems, BackupPlace, Batch, Bulk, BulkAct, Deed, Fate, Import, ImportFile, ImportPreview,
    ImportRow, ImportedFile,
};
pub use files::{Brought, FilePart, FileShown, FileState, FilesShown, NewFile, Quota};
pub use items::{
    Content, CustomField, FieldKind, File, Item, Layout, Line, Passkey, Past, Save, Shape, Shaped,
    Shelf, Value,
};
pub use list::{Facets, Named, OfKind, Query, Row, Rows, Scope};

/// Where the person stands: the first thing that any page asks.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Decides which page shows.
    pub vault: VaultState,
    /// The account, when signed in.
    pub account: Option<SignedIn>,
    /// How far this device and the cloud are in step.
    pub sync: SyncState,
    /// A dangerous act that was begun and is not done.
    pub unfinished: Option<Operation>,
    /// Since when the service is silent, where it has been for seven days: the
    /// vault can leave its account.
    pub silent: Option<u64>,
    /// When the account was deleted, where this device knows of it: the vault can
    /// leave it.
    pub deleted: Option<u64>,
    /// What waits at the service, where something does.
    pub held: Option<Held>,
}

/// The account password was reset by mail alone, or chosen on a new device:
/// what reaches beyond one device waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    /// When it goes on by itself.
    pub until: u64,
    /// What lifts it sooner, here.
    pub lifts: Lifts,
    /// Whether this device can still say no.
    pub can_veto: bool,
}

/// What lifts a hold before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Lifts {
    /// This device, with the vault opened by its master password.
    ThisDevice,
    /// A second factor that was there before.
    Factor,
    /// Nothing here: another device that was there before.
    Elsewhere,
}

/// What this device holds.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(
    tag = "state",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum VaultState {
    /// Nothing. Where an account is signed in, its cloud may hold a vault.
    None {
        /// A vault waits in the cloud: *Download it*.
        in_cloud: bool,
        /// A displaced generation on this device can be brought back until then.
        restorable_until: Option<u64>,
    },
    /// A vault, locked.
    Locked {
        /// Its name, readable while locked.
        name: String,
        /// Whether it belongs to an account.
        connected: bool,
        /// Whether a recovery code opens it too.
        recovery: bool,
        /// Which passkeys do.
        passkeys: Vec<PasskeySlot>,
    },
    /// A vault, open.
    Open {
        /// Its name.
        name: String,
        /// Whether it belongs to an account.
        connected: bool,
        /// Whether a recovery code opens it too.
        recovery: bool,
        /// Which passkeys do.
        passkeys: Vec<PasskeySlot>,
        /// Living entries.
        count: u32,
        /// When it locks if nobody does anything.
        locks_at: u64,
        /// Brought back, and read-only until its master password is typed.
        unanchored: bool,
    },
    /// What lies here can't be a vault that this device wrote. Nothing was changed.
    Damaged {
        /// Whether the cloud has a copy: *Download again*.
        connected: bool,
    },
}

/// The account that this device is signed in to.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    /// The address.
    pub email: String,
    /// The service.
    pub service: String,
    /// Its receipt key, as four words that other devices show too.
    pub fingerprint: Vec<String>,
    /// Whether it has an account password; without one nothing dangerous can be had.
    pub linked: bool,
    /// The third-party provider that signs in to it, where there is one.
    pub provider: Option<String>,
    /// Its second factor.
    pub second_factor: SecondFactor,
}

/// The second factor of an account.
#[derive(Debug, Clone, Copy, Serialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    /// None.
    Off,
    /// Asked for wherever the table of proofs asks for it.
    On,
    /// Asked for with every dangerous act.
    Strict,
}

/// How far this device and the cloud are in step.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(
    tag = "state",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum SyncState {
    /// The vault belongs to no account.
    NotConnected,
    /// In step, or on the way: `pending` changes wait.
    On {
        /// Changes that the cloud has not seen.
        pending: u32,
        /// When this device and the cloud last agreed.
        last: Option<u64>,
    },
    /// The service can't be reached; everything goes on here.
    Offline {
        /// Changes that the cloud has not seen.
        pending: u32,
        /// When this device and the cloud last agreed.
        last: Option<u64>,
    },
    /// The person turned it off for this device: the cloud's copy stays as it is.
    Off {
        /// Changes that the cloud has not seen.
        pending: u32,
    },
    /// The session ended: sign in again. Everything goes on here.
    SignedOut {
        /// Changes that the cloud has not seen.
        pending: u32,
    },
    /// Stopped, until the person decides.
    Paused {
        /// Why.
        reason: PauseReason,
        /// The device that acted, if one did.
        device: Option<String>,
        /// When it did.
        at: Option<u64>,
    },
}

/// Why sync waits for the person. Nothing was changed on the service's word.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// The cloud was cleared from another device.
    CloudCleared,
    /// The cloud holds another vault, or another epoch of this one.
    CloudDiffers,
    /// The cloud holds the next epoch of this vault, vouched for under the keys held
    /// here: its master password was changed on another device.
    MasterPasswordChanged,
    /// The cloud was brought back to an earlier state from another device.
    CloudRestored,
    /// The service shows a past or a history that this device knows is not so.
    RolledBack,
    /// What the service sent does not verify.
    Unverified,
    /// This device was cleared; the cloud was not.
    ClearedHere,
    /// The service no longer speaks with this version of Sigill.
    Outdated,
    /// A dangerous act of this device is under way.
    OperationPending,
}

/// The cost of deriving from a password.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "algorithm",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Kdf {
    /// RFC 9106.
    Argon2id {
        /// KiB.
        memory: u32,
        /// Passes.
        iterations: u32,
        /// Lanes.
        parallelism: u32,
    },
    /// RFC 8018 with HMAC-SHA-256.
    Pbkdf2 {
        /// Rounds.
        iterations: u32,
    },
}

/// What a page needs to derive the root key from a password, in a throw-away worker.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Derivation {
    /// The cost.
    pub kdf: Kdf,
    /// base64url, 16 bytes.
    pub salt: String,
}

/// A new vault. `root` (base64url, 32 bytes) was derived with `derivation`.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewVault {
    /// What the person calls it.
    pub name: String,
    /// The root key.
    pub root: String,
    /// How it was derived.
    pub derivation: Derivation,
    /// The recovery code that opens it too, where the person wants one.
    pub recovery: Option<String>,
    /// Minutes until it locks; 0 for never while the browser runs.
    pub lock_after: u32,
}

/// Opens the vault by its recovery code.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UnlockByCode {
    /// As it was typed.
    pub code: String,
    /// Minutes until it locks; 0 for never while the browser runs.
    pub lock_after: u32,
}

/// Opens the vault.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Unlock {
    /// The root key (base64url, 32 bytes).
    pub root: String,
    /// Minutes until it locks; 0 for never while the browser runs.
    pub lock_after: u32,
}

/// Another master password for the open vault.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ChangePassword {
    /// The root key (base64url, 32 bytes) of the one that it has.
    pub old: String,
    /// The root key of the new one.
    pub root: String,
    /// How that was derived.
    pub derivation: Derivation,
    /// The recovery code that opens it too, where the person wants one.
    pub recovery: Option<String>,
    /// Passkeys that open it too; all others end with the old keys.
    pub passkeys: Vec<NewPasskey>,
    /// Minutes until it locks; 0 for never while the browser runs.
    pub lock_after: u32,
}

/// A passkey that opens the vault.
#[derive(Debug, Clone, Serialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct PasskeySlot {
    /// Its slot, and the salt of its PRF.
    pub slot: String,
    /// The authenticator's name for it (base64url), where it was added on this device.
    pub credential: Option<String>,
    /// The person's name for it, where it was added on this device.
    pub name: Option<String>,
}

/// A passkey that is to open the vault too.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NewPasskey {
    /// Its slot: 16 random bytes, hexadecimal, which were the salt of its PRF.
    #[tsify(type = "string")]
    pub slot: SlotId,
    /// Its root key (base64url, 32 bytes): what the PRF gave.
    pub root: String,
    /// The authenticator's name for it (base64url).
    pub credential: String,
    /// The person's name for it.
    pub name: String,
}

/// Opens the vault by a passkey.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UnlockByPasskey {
    /// Its slot.
    #[tsify(type = "string")]
    pub slot: SlotId,
    /// Its root key (base64url, 32 bytes).
    pub root: String,
    /// Minutes until it locks; 0 for never while the browser runs.
    pub lock_after: u32,
}

/// Changes what opens the vault; its keys stay.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ChangeSlots {
    /// The root key (base64url, 32 bytes) of the master password.
    pub root: String,
    /// What is to change.
    pub act: SlotsAct,
}

/// One thing that changes about what opens the vault.
#[derive(Deserialize, Tsify)]
#[serde(
    tag = "act",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum SlotsAct {
    /// One more passkey opens it.
    AddPasskey {
        /// Which.
        passkey: NewPasskey,
    },
    /// A passkey opens it no longer.
    RemovePasskey {
        /// Its slot.
        #[tsify(type = "string")]
        slot: SlotId,
    },
    /// The same master password, derived another way.
    Derive {
        /// The root key that it has then.
        root: String,
        /// How that was derived.
        derivation: Derivation,
    },
}

/// Signs up at a service.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SignUp {
    /// Its address: `https://…`, or `http://127.0.0.1…` and `http://localhost…`.
    pub service: String,
    /// The person's address.
    pub email: String,
    /// The account password.
    pub password: String,
    /// `en` or `sv`.
    pub language: String,
}

/// Signs in at a service.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// Its address.
    pub service: String,
    /// The person's address.
    pub email: String,
    /// The account password.
    pub password: String,
    /// What the person calls this device.
    pub device_name: String,
    /// `en` or `sv`.
    pub language: String,
    /// Where the service asked for it (`second_factor_needed`): the code from
    /// the text message, an authenticator's, or a backup code.
    pub second_factor: Option<String>,
}

/// Where somebody can sign in besides by an account password.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Provider {
    /// For [`BySignIn`].
    pub name: String,
    /// For people.
    pub label: String,
}

/// Signs in by a provider.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BySignIn {
    /// The service's address.
    pub service: String,
    /// The provider's name.
    pub provider: String,
    /// What the person calls this device.
    pub device_name: String,
    /// `en` or `sv`.
    pub language: String,
}

/// A sign-in by a provider that goes on in a tab.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ProviderSignIn {
    /// To be opened in a tab.
    pub url: String,
    /// The tab shows the same four.
    pub words: Vec<String>,
}

/// A place in the account portal.
#[derive(Debug, Clone, Copy, Deserialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// The overview.
    Account,
    /// Choosing an account password.
    ChoosePassword,
    /// A forgotten account password.
    ForgottenPassword,
    /// No second factor at hand.
    LostFactor,
}

/// What signing in found. Nothing is uploaded, downloaded or merged yet.
#[derive(Debug, Clone, Copy, Serialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// Neither side holds a vault: create one.
    Nothing,
    /// Only this device: `connect("upload")`.
    OnlyHere,
    /// Only the cloud: `connect("download")`.
    OnlyInCloud,
    /// Both hold the same vault: `connect("merge")`.
    Same,
    /// Both hold one, and they differ: `connect("download")` seals this
    /// device's for 7 days, or replace the cloud's.
    Different,
    /// The person turned sync off for this device: nothing is joined.
    SyncIsOff,
}

/// What to do with the two sides.
#[derive(Debug, Clone, Copy, Deserialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Connect {
    /// This device's vault goes up.
    Upload,
    /// The cloud's comes down; what is here is sealed for 7 days.
    Download,
    /// The same vault on both sides becomes one.
    Merge,
}

/// The cloud holds another vault than this device, or another epoch of it.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Differs {
    /// The device that acted last, as the service tells.
    pub device: Option<String>,
    /// When it did.
    pub at: Option<u64>,
    /// Entries here.
    pub here: u32,
    /// Changes here that the cloud has not seen.
    pub pending: u32,
    /// Entries in the cloud.
    pub in_cloud: u32,
    /// How the root key of the cloud's vault is derived.
    pub derivation: Derivation,
    /// Whether the vault here belongs to no account yet.
    pub connecting: bool,
    /// Whether the cloud stands where this device left it: what differs was begun here.
    pub own: bool,
    /// Whether it is the next epoch of the vault here, and the keys held here vouch
    /// for it: its master password was changed.
    pub vouched: bool,
}

/// What becomes of two vaults.
#[derive(Debug, Clone, Copy, Deserialize, Tsify, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// The cloud's comes down; what is here is sealed for 7 days.
    Theirs,
    /// The same, and the entries here come along.
    Both,
    /// The next epoch of the vault that is open here, vouched for under its keys;
    /// the changes that the cloud has not seen are merged in.
    Merged,
}

/// The account, for its page.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// The address.
    pub email: String,
    /// The service.
    pub service: String,
    /// This device first.
    pub devices: Vec<Device>,
    /// What is to happen, if nobody stops it.
    pub waits: Vec<Waiting>,
    /// Whether to ask if the address is still the person's own.
    pub ask_address: bool,
    /// Until when the master password alone takes connecting back.
    pub taken_back_until: Option<u64>,
}

/// What is to happen to the account of somebody who lost something.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Waiting {
    /// What was lost.
    #[tsify(type = "\"factor\" | \"address\" | \"provider\" | \"password\"")]
    pub lost: String,
    /// When it happens.
    pub until: u64,
}

/// A device that is signed in.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// The device.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// When it first signed in.
    pub known_since: u64,
    /// When it last asked for something.
    pub last_seen: u64,
    /// Whether it is this one.
    pub this: bool,
}

/// A dangerous act, as the person chooses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "act",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Act {
    /// The database on this device goes.
    ClearThisDevice,
    /// The database on this device and in the cloud goes.
    ClearEverywhere,
    /// This device's content takes the cloud's place.
    ReplaceCloud,
    /// A displaced generation at the service comes back.
    RestoreCloud {
        /// Which.
        generation: String,
    },
    /// The displaced generation on this device comes back.
    RestoreDevice,
    /// A new, empty vault takes the place of one whose master password is forgotten.
    ResetMasterPassword,
    /// The open vault gets another master password; its entries stay.
    RenewMasterPassword,
    /// This device stops syncing; the cloud's copy stays as it is.
    TurnSyncOff,
    /// This device syncs again.
    TurnSyncOn,
    /// This device's vault leaves the account; the cloud's copy stays as it is.
    Disconnect,
}

/// What the person typed for the proofs that come next. What is asked for on
/// one page goes together, and is judged together.
#[derive(Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Typed {
    /// The code from the mail.
    pub email_code: Option<String>,
    /// The password of the account, which is not the master password.
    pub account_password: Option<String>,
    /// The code from the text message, or another factor's.
    pub text_message_code: Option<String>,
}

/// What an act needs here and now; decided by the core's table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Needs {
    /// These proofs, in order: `account_password`, `email_code`, `text_message_code`.
    Proofs {
        /// In order.
        proofs: Vec<String>,
    },
    /// The vault's name, typed: no account protects it.
    TypedPhrase {
        /// What to type.
        phrase: String,
    },
    /// The master password that it opens with.
    OldMasterPassword,
    /// It has no meaning here.
    NotOffered,
    /// It can't be had as things are.
    Refused {
        /// A message key: `account_not_linked`, `sync_is_off`.
        reason: String,
    },
}

/// How far an act reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// This device; the cloud stays as it is.
    ThisDevice,
    /// The cloud too.
    Cloud,
}

/// What would be lost, before anything is asked for.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Loss {
    /// The act.
    pub act: Act,
    /// What it needs.
    pub needs: Needs,
    /// How far it reaches.
    pub reach: Reach,
    /// Entries in what would go.
    pub entries: u32,
    /// Of those, how many exist nowhere else.
    pub nowhere_else: u32,
    /// Files of what would go that no cloud has.
    pub files_only_here: u32,
    /// Entries that only this device holds.
    pub only_here: Side,
    /// Entries that only the cloud holds.
    pub only_in_cloud: Side,
    /// Entries that both hold, differently.
    pub differing: Side,
    /// Entries that both hold alike.
    pub alike: u32,
    /// Whether this device and the cloud are the same, head for head.
    pub in_step: bool,
    /// Until when it can be undone, if it were done now.
    pub undo_until: Option<u64>,
    /// Where the code would go, where one is needed: `a***@example.com`.
    pub mail_hint: Option<String>,
    /// Binds what was shown to what is asked: hand it back in `ask`.
    pub hash: String,
    /// Whether it takes new keys for the vault here, and its master password for
    /// them (`ask_anew`): the cloud saw a later epoch of it.
    pub new_keys: bool,
}

/// Some entries: how many, and the names of the first of them while the vault is open.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Side {
    /// How many.
    pub count: u32,
    /// At most 20 names; empty while locked.
    pub names: Vec<String>,
}

/// A dangerous act that was begun.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    /// The device's own name for it.
    pub key: String,
    /// The act.
    pub act: Act,
    /// Where it stands.
    pub phase: Phase,
}

/// Where a dangerous act stands on this device.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(
    tag = "phase",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Phase {
    /// Asked for, no answer yet; `resume` asks again under the same name.
    Requested,
    /// It waits for proofs.
    Asked {
        /// The same four words as in the mail.
        reference: Vec<String>,
        /// The proofs still needed, in order: the first is next.
        required: Vec<String>,
        /// Where the code went.
        mail_hint: String,
        /// Which code.
        code_no: u32,
        /// `not_due`, `queued`, `handed_over`, `bounced`.
        mail: String,
        /// When the mail server took it.
        mailed_at: Option<u64>,
        /// When its code dies.
        code_until: Option<u64>,
        /// When the next code can be asked for (by this device's clock).
        resend_at: u64,
        /// When the operation dies.
        expires_at: u64,
        /// Tries left.
        tries_left: u32,
        /// How the second factor can be shown, where it is still to be.
        factor: Option<Box<Factor>>,
    },
    /// Confirmed, no answer yet; `resume` finds out.
    Proving,
    /// The receipt is here; what it allows is being done on this device.
    Receipted,
    /// Done.
    Done {
        /// When the service did it.
        at: u64,
        /// Until when it can be undone.
        undo_until: Option<u64>,
    },
    /// Over, and nothing was changed: `stale`, `expired`, `burnt`, `superseded`, `cancelled`.
    Over {
        /// Which.
        how: String,
    },
}

/// How the step of the second factor can be taken.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Factor {
    /// `text_message`, `authenticator`, `backup_code`, in the order in which they are offered.
    pub ways: Vec<String>,
    /// Where the text goes: `+46 ··· 67`.
    pub phone_hint: Option<String>,
    /// `not_due`, `queued`, `handed_over`, `bounced`.
    pub text: String,
    /// When the gateway took it.
    pub texted_at: Option<u64>,
    /// Which code the text carries; 0 where none was made.
    pub text_no: u32,
    /// When the next text can be had (by this device's clock).
    pub resend_at: u64,
}

/// A generation at the service that can be brought back.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Displaced {
    /// Its name.
    pub generation: String,
    /// Entries.
    pub count: u32,
    /// `clear_everywhere`, `replace_cloud`, `restore`, `reset`.
    pub by: String,
    /// The device that displaced it.
    pub device: String,
    /// When.
    pub at: u64,
    /// Until when it can be brought back.
    pub until: u64,
}

/// The generation that this device keeps sealed, and can bring back.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Restorable {
    /// Its name.
    pub name: String,
    /// Entries.
    pub count: u32,
    /// Until when it can be brought back.
    pub until: u64,
    /// How its root key is derived.
    pub derivation: Derivation,
}

/// A part of the backup file, or of the entries for an export.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BackupPart {
    /// Its bytes, in base64.
    pub part: String,
    /// Where the next part begins; none after the last.
    pub next: Option<u32>,
    /// SHA-256 of all parts together, the same for each.
    pub sha256: String,
    /// Entries in it.
    pub count: u32,
    /// Entries of a newer program, which an export leaves out; none while locked.
    pub unread: u32,
    /// The files whose chunks follow in a backup file.
    pub held: Vec<String>,
    /// Files of entries that are not in it: of an export all; none while locked.
    pub wanted: Vec<WantedFile>,
}

/// A file of an entry that a backup or an export is to hold.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct WantedFile {
    /// The entry.
    pub item: String,
    /// Its name among files.
    pub file: String,
    /// What the entry is called.
    pub entry: String,
    /// What the person calls it.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// What anyone may know of a backup file.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BackupFile {
    /// How the root key of its master password is derived.
    pub derivation: Derivation,
    /// Entries in it, those in the trash too.
    pub count: u32,
    /// When the vault in it was last changed.
    pub time: u64,
    /// SHA-256 of all before the chunks of its files.
    pub sha256: String,
    /// Those, one after the other to its end.
    pub files: Vec<BackupChunks>,
}

/// The chunks of a file in a backup file.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BackupChunks {
    /// Where they begin.
    pub at: u64,
    /// How many bytes they are.
    pub length: u64,
    /// Their SHA-256.
    pub sha256: String,
}

/// What happened in the account.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// Those that verify, newest first.
    pub entries: Vec<TimelineEntry>,
    /// The first entry that can't be believed: the service shows another
    /// history than this device knows. Nothing of that was remembered.
    pub broken_at: Option<u64>,
}

/// Something that happened, verified.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TimelineEntry {
    /// Its number in the chain.
    pub seq: u64,
    /// When, by the service's clock.
    pub at: u64,
    /// What: `asked`, `done`, `undone`, `refused`, `signed_in` …
    pub event: String,
    /// The dangerous act that it is about: `clear_everywhere` …
    pub act: Option<String>,
    /// Why it was refused: `proof_rejected` …
    pub why: Option<String>,
    /// What the device is called.
    pub device: Option<String>,
    /// Whether that is this one.
    pub this: bool,
    /// The four words of mail and page.
    pub words: Option<Vec<String>>,
    /// `here`, `elsewhere`; none where nobody knows any more.
    pub network: Option<String>,
    /// Its hash.
    pub hash: String,
}

/// Why a call failed, in the person's terms. Thrown as an object.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// A message key: a wire `Code`, or one of `locked`, `wrong_master_password`,
    /// `service_unreachable`, `service_garbage`, `receipt_rejected`,
    /// `no_vault`, `vault_exists`, `damaged`, `storage_full`, `storage_failed`,
    /// `is_master_password`, `wrong_phrase`, `not_found`, `loss_changed`,
    /// `malformed_service`, `malformed_input`, `unanchored`, `no_backup`,
    /// `only_here`, `file_too_large`, `too_many_files`, `too_many_passkeys`,
    /// `file_incomplete`, `file_damaged`, `file_not_here`.
    pub code: String,
    /// Tries left, where proofs were wrong.
    pub tries_left: Option<u32>,
    /// Seconds to wait.
    pub retry_after: Option<u64>,
    /// What files take, where there was no room for more.
    pub quota: Option<Quota>,
}
