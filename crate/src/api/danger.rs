//! Dangerous acts: what would be lost, what is asked for, and what can be brought back.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::Derivation;

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
    /// These proofs.
    Proofs {
        /// In order.
        #[tsify(type = "(\"account_password\" | \"email_code\" | \"text_message_code\")[]")]
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
        /// Why.
        #[tsify(type = "\"account_not_linked\" | \"sync_is_off\"")]
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
        #[tsify(type = "(\"account_password\" | \"email_code\" | \"text_message_code\")[]")]
        required: Vec<String>,
        /// Where the code went.
        mail_hint: String,
        /// Which code.
        code_no: u32,
        /// How far the mail is.
        #[tsify(type = "\"not_due\" | \"queued\" | \"handed_over\" | \"bounced\"")]
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
    /// Over, and nothing was changed.
    Over {
        /// By what.
        #[tsify(
            type = "\"refused\" | \"stale\" | \"expired\" | \"burnt\" | \"superseded\" | \"cancelled\""
        )]
        how: String,
    },
}

/// How the step of the second factor can be taken.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Factor {
    /// In the order in which they are offered.
    #[tsify(type = "(\"text_message\" | \"authenticator\" | \"backup_code\")[]")]
    pub ways: Vec<String>,
    /// Where the text goes: `+46 ··· 67`.
    pub phone_hint: Option<String>,
    /// How far the text is.
    #[tsify(type = "\"not_due\" | \"queued\" | \"handed_over\" | \"bounced\"")]
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
    /// What displaced it.
    #[tsify(
        type = "\"clear_everywhere\" | \"replace_cloud\" | \"restore\" | \"renew\" | \"reset\""
    )]
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
