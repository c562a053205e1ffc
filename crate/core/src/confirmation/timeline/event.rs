//! The closed set of what can happen. An event is one to three words, the same
//! in the chain, in the database and in JSON:
//!
//! ```text
//! event = step act              asked clear_everywhere
//!       | refused act why       refused clear_everywhere proof_rejected
//!       | change                signed_in
//! ```

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::confirmation::action::{Action, ClearScope, RestoreSource, Weakening};
use crate::wire::problem::Code;

#[cfg(test)]
mod tests;

/// The text is no event that this program knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no event of the timeline")]
pub struct UnknownEvent;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$of_variant:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$of_variant])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    )*};
}

words! {
    /// What became of an operation.
    Step {
        /// A device asked for it; nothing was done.
        Asked = "asked",
        /// It was carried out.
        Done = "done",
        /// It was carried out, and undid an earlier one.
        Undone = "undone",
        /// It was cancelled.
        Cancelled = "cancelled",
        /// A newer one of the same device took its place.
        Superseded = "superseded",
        /// The vault in the cloud moved meanwhile.
        Stale = "stale",
        /// Its time ran out.
        Expired = "expired",
        /// Its tries were used up.
        Burnt = "burnt",
        /// Somebody said by the link in the mail that it was not them.
        NotMe = "not_me",
    }

    /// A dangerous act by its name, without what it was about.
    Act {
        /// A new vault for a forgotten master password.
        ResetMasterPassword = "reset_master_password",
        /// Another master password for a vault whose entries stay.
        RenewMasterPassword = "renew_master_password",
        /// A device's content took the cloud's place.
        ReplaceCloud = "replace_cloud",
        /// One device's database.
        ClearThisDevice = "clear_this_device",
        /// A device's database and the cloud's.
        ClearEverywhere = "clear_everywhere",
        /// What the service kept came back.
        RestoreCloud = "restore_cloud",
        /// What the device kept came back.
        RestoreDevice = "restore_device",
        /// A device stops syncing.
        TurnSyncOff = "turn_sync_off",
        /// A device syncs again.
        TurnSyncOn = "turn_sync_on",
        /// The vault leaves the account.
        Disconnect = "disconnect",
        /// Another address.
        ChangeEmail = "change_email",
        /// Another telephone.
        ChangePhone = "change_phone",
        /// Another account password.
        ChangeAccountPassword = "change_account_password",
        /// Another second factor, or none.
        ChangeSecondFactor = "change_second_factor",
        /// One more second factor.
        AddFactor = "add_factor",
        /// One more telephone.
        AddPhone = "add_phone",
        /// One more provider.
        AddProvider = "add_provider",
        /// One more address.
        AddAddress = "add_address",
        /// The recovery code is shown.
        ShowRecoveryCode = "show_recovery_code",
        /// The recovery code is renewed.
        RenewRecoveryCode = "renew_recovery_code",
        /// A provider is taken away.
        UnlinkProvider = "unlink_provider",
        /// A shorter time for undo.
        ShortenUndoWindow = "shorten_undo_window",
        /// The strict profile is left.
        DropStrictProfile = "drop_strict_profile",
        /// The account is deleted.
        DeleteAccount = "delete_account",
        /// A protection that has no name here.
        Weaken = "weaken",
    }

    /// Why something was refused.
    Why {
        /// A proof was wrong.
        ProofRejected = "proof_rejected",
        /// The code was too old.
        CodeExpired = "code_expired",
        /// The last try was used up.
        Burnt = "burnt",
        /// The operation's time was over.
        Expired = "expired",
        /// The vault in the cloud had moved.
        Stale = "stale",
        /// Dangerous acts were frozen.
        Frozen = "frozen",
        /// The act has to wait for a hold to end.
        Held = "held",
        /// The account has no account password.
        AccountNotLinked = "account_not_linked",
        /// The act needs sync to be on.
        SyncIsOff = "sync_is_off",
        /// The address was never verified.
        EmailNotVerified = "email_not_verified",
        /// A limit was reached.
        TooManyRequests = "too_many_requests",
        /// The act has no meaning in this state.
        NotOffered = "not_offered",
        /// Something else.
        Other = "other",
    }

    /// What happened to the account itself.
    Change {
        /// It was made.
        AccountMade = "account_made",
        /// A device signed in.
        SignedIn = "signed_in",
        /// A device was signed out.
        SignedOut = "signed_out",
        /// A page of the account was opened with the account password.
        TimelineOpened = "timeline_opened",
        /// Dangerous acts were frozen after too many wrong proofs.
        Frozen = "frozen",
        /// Dangerous acts have to wait.
        Held = "held",
        /// They no longer have to.
        HoldLifted = "hold_lifted",
        /// What was to happen was vetoed.
        Vetoed = "vetoed",
        /// The account password was chosen or changed.
        PasswordChanged = "password_changed",
        /// Another address.
        EmailChanged = "email_changed",
        /// Another telephone.
        PhoneChanged = "phone_changed",
        /// A second factor was added.
        FactorAdded = "factor_added",
        /// A second factor was taken away.
        FactorRemoved = "factor_removed",
        /// A backup code was used.
        BackupCodeUsed = "backup_code_used",
        /// A provider was added.
        ProviderAdded = "provider_added",
        /// A provider was taken away.
        ProviderRemoved = "provider_removed",
        /// A device syncs.
        SyncOn = "sync_on",
        /// A device no longer syncs.
        SyncOff = "sync_off",
        /// Connecting was taken back by the master password.
        ConnectingUndone = "connecting_undone",
        /// The vault's keys were wrapped anew: a new master password, recovery code or passkey.
        KeysChanged = "keys_changed",
        /// One more passkey opens the vault.
        PasskeyAdded = "passkey_added",
        /// A passkey opens the vault no longer.
        PasskeyRemoved = "passkey_removed",
        /// The master password costs a guesser at least what it did.
        KdfRaised = "kdf_raised",
        /// The master password is derived another way, which may cost a guesser less.
        KdfLowered = "kdf_lowered",
        /// The strict profile was turned on.
        StrictOn = "strict_on",
        /// The strict profile was left.
        StrictOff = "strict_off",
        /// The account is to be deleted.
        DeletionAsked = "deletion_asked",
        /// It is not to be deleted after all.
        DeletionCancelled = "deletion_cancelled",
        /// Two-factor authentication is to be turned off, in seven days.
        LostFactorAsked = "lost_factor_asked",
        /// It is not, after all.
        LostFactorStopped = "lost_factor_stopped",
        /// It did.
        LostFactorDone = "lost_factor_done",
        /// Another address is to take the place of a dead one, in seven days.
        LostAddressAsked = "lost_address_asked",
        /// It is not, after all.
        LostAddressStopped = "lost_address_stopped",
        /// It did.
        LostAddressDone = "lost_address_done",
        /// A password is to take the place of a lost provider, in seven days.
        LostProviderAsked = "lost_provider_asked",
        /// It is not, after all.
        LostProviderStopped = "lost_provider_stopped",
        /// It did.
        LostProviderDone = "lost_provider_done",
        /// Another password is to take the place of a forgotten one, in seven days.
        LostPasswordAsked = "lost_password_asked",
        /// It is not, after all.
        LostPasswordStopped = "lost_password_stopped",
        /// It did.
        LostPasswordDone = "lost_password_done",
    }
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// An operation came to a step of its life.
    Operation {
        /// Which.
        step: Step,
        /// What it was for.
        act: Act,
    },
    /// An act was refused.
    Refused {
        /// Which.
        act: Act,
        /// Why.
        why: Why,
    },
    /// The account itself changed.
    Account(Change),
}

impl Event {
    /// An operation for `action` came to `step`.
    #[must_use]
    pub fn operation(step: Step, action: Action) -> Self {
        Self::Operation {
            step,
            act: action.into(),
        }
    }

    /// `action` was refused with `code`.
    #[must_use]
    pub fn refused(action: Action, code: Code) -> Self {
        Self::Refused {
            act: action.into(),
            why: code.into(),
        }
    }

    /// Its first word, the act that it is about, and why that was refused.
    #[must_use]
    pub const fn words(self) -> (&'static str, Option<Act>, Option<Why>) {
        match self {
            Self::Operation { step, act } => (step.word(), Some(act), None),
            Self::Refused { act, why } => (REFUSED, Some(act), Some(why)),
            Self::Account(change) => (change.word(), None, None),
        }
    }
}

const REFUSED: &str = "refused";

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, act, why) = self.words();
        f.write_str(first)?;
        let more = [act.map(Act::word), why.map(Why::word)];
        more.into_iter()
            .flatten()
            .try_for_each(|word| write!(f, " {word}"))
    }
}

impl FromStr for Event {
    type Err = UnknownEvent;

    fn from_str(text: &str) -> Result<Self, UnknownEvent> {
        let mut words = text.split(' ');
        let event = match [words.next(), words.next(), words.next(), words.next()] {
            [Some(change), None, ..] => Change::of_word(change).map(Self::Account),
            [Some(step), Some(act), None, _] => Step::of_word(step)
                .zip(Act::of_word(act))
                .map(|(step, act)| Self::Operation { step, act }),
            [Some(REFUSED), Some(act), Some(why), None] => Act::of_word(act)
                .zip(Why::of_word(why))
                .map(|(act, why)| Self::Refused { act, why }),
            _ => None,
        };
        event.ok_or(UnknownEvent)
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Event {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("`STEP ACT`, `refused ACT WHY` or `CHANGE`"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Event {}

impl From<Action> for Act {
    fn from(action: Action) -> Self {
        match action {
            Action::ResetMasterPassword => Self::ResetMasterPassword,
            Action::RenewMasterPassword => Self::RenewMasterPassword,
            Action::ReplaceCloud => Self::ReplaceCloud,
            Action::ClearVault { scope } => match scope {
                ClearScope::ThisDevice => Self::ClearThisDevice,
                ClearScope::Everywhere => Self::ClearEverywhere,
            },
            Action::Restore { source, .. } => match source {
                RestoreSource::Cloud { .. } => Self::RestoreCloud,
                RestoreSource::Device { .. } => Self::RestoreDevice,
            },
            Action::Weaken { what, .. } => what.into(),
        }
    }
}

impl From<Weakening> for Act {
    fn from(what: Weakening) -> Self {
        const NAMED: [(Weakening, Act); 17] = [
            (Weakening::TurnSyncOff, Act::TurnSyncOff),
            (Weakening::TurnSyncOn, Act::TurnSyncOn),
            (Weakening::Disconnect, Act::Disconnect),
            (Weakening::ChangeEmail, Act::ChangeEmail),
            (Weakening::ChangePhone, Act::ChangePhone),
            (Weakening::ChangeAccountPassword, Act::ChangeAccountPassword),
            (Weakening::ChangeSecondFactor, Act::ChangeSecondFactor),
            (Weakening::AddFactor, Act::AddFactor),
            (Weakening::AddPhone, Act::AddPhone),
            (Weakening::AddProvider, Act::AddProvider),
            (Weakening::AddAddress, Act::AddAddress),
            (Weakening::ShowRecoveryCode, Act::ShowRecoveryCode),
            (Weakening::RenewRecoveryCode, Act::RenewRecoveryCode),
            (Weakening::UnlinkProvider, Act::UnlinkProvider),
            (Weakening::ShortenUndoWindow, Act::ShortenUndoWindow),
            (Weakening::DropStrictProfile, Act::DropStrictProfile),
            (Weakening::DeleteAccount, Act::DeleteAccount),
        ];
        let named = NAMED.iter().find(|(known, _)| *known == what);
        named.map_or(Self::Weaken, |(_, act)| *act)
    }
}

impl From<Code> for Why {
    fn from(code: Code) -> Self {
        const NAMED: [(Code, Why); 12] = [
            (Code::ProofRejected, Why::ProofRejected),
            (Code::CodeExpired, Why::CodeExpired),
            (Code::Burnt, Why::Burnt),
            (Code::Expired, Why::Expired),
            (Code::Stale, Why::Stale),
            (Code::Frozen, Why::Frozen),
            (Code::Held, Why::Held),
            (Code::AccountNotLinked, Why::AccountNotLinked),
            (Code::SyncIsOff, Why::SyncIsOff),
            (Code::EmailNotVerified, Why::EmailNotVerified),
            (Code::TooManyRequests, Why::TooManyRequests),
            (Code::NotOffered, Why::NotOffered),
        ];
        let named = NAMED.iter().find(|(known, _)| *known == code);
        named.map_or(Self::Other, |(_, why)| *why)
    }
}
