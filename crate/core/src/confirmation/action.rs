//! The closed set of dangerous actions.

use serde::{Deserialize, Serialize};

use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::{GenerationId, Hash};

/// A dangerous action: what needs proofs before it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Action {
    /// A new empty vault takes the place of one whose master password is forgotten.
    ResetMasterPassword,
    /// The open vault gets another master password, though nobody typed the one
    /// that it has: its entries stay, under new keys.
    RenewMasterPassword,
    /// This device's content takes the place of the cloud's.
    ReplaceCloud,
    /// The database goes: here, or here and in the cloud.
    ClearVault {
        /// How far.
        scope: ClearScope,
    },
    /// A displaced generation comes back.
    Restore {
        /// Which.
        source: RestoreSource,
        /// Whether the keys change with it.
        reach: RestoreReach,
    },
    /// A protection goes.
    Weaken {
        /// Which.
        what: Weakening,
        /// Hash of its parameters (the new address, phone, provider, window).
        parameters: Hash,
    },
}

/// How far a clear reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClearScope {
    /// The database on this device.
    ThisDevice,
    /// The database on this device and the cloud's.
    Everywhere,
}

/// Where a displaced generation lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "at")]
pub enum RestoreSource {
    /// At the service.
    Cloud {
        /// Its name there.
        generation: GenerationId,
    },
    /// On the asking device.
    Device {
        /// Hash of its head.
        head_hash: Hash,
    },
}

/// Whether a generation that comes back was sealed under the keys in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RestoreReach {
    /// Same vault, same epoch (also where the vault was cleared meanwhile).
    SameEpoch,
    /// Another epoch or another vault.
    AcrossEpochs,
}

macro_rules! weakenings {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A protection that can be given up.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Weakening {
            $($(#[$doc])* $name,)*
        }

        impl Weakening {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];
        }
    };
}

weakenings! {
    /// Stop syncing this device.
    TurnSyncOff,
    /// Sync this device again.
    TurnSyncOn,
    /// Take the vault out of the account.
    Disconnect,
    /// Another e-mail address.
    ChangeEmail,
    /// Another telephone.
    ChangePhone,
    /// Another account password.
    ChangeAccountPassword,
    /// Another second factor, or none.
    ChangeSecondFactor,
    /// One more second factor.
    AddFactor,
    /// One more telephone.
    AddPhone,
    /// One more third-party provider.
    AddProvider,
    /// One more address.
    AddAddress,
    /// Show the recovery code.
    ShowRecoveryCode,
    /// Renew the recovery code.
    RenewRecoveryCode,
    /// Take a third-party provider away.
    UnlinkProvider,
    /// A shorter time for undo.
    ShortenUndoWindow,
    /// Leave the strict profile.
    DropStrictProfile,
    /// Delete the account.
    DeleteAccount,
}

impl Weakening {
    /// Its name in the canonical encoding: the position in [`Self::ALL`].
    pub(super) fn number(self) -> u64 {
        let position = Self::ALL.iter().position(|known| *known == self);
        position
            .and_then(|p| u64::try_from(p).ok())
            .unwrap_or(u64::MAX)
    }

    fn of_number(number: u64) -> Result<Self, DecodeError> {
        usize::try_from(number)
            .ok()
            .and_then(|position| Self::ALL.get(position).copied())
            .ok_or(DecodeError::Malformed)
    }
}

impl Action {
    /// Writes action and scope as two fields of the canonical encoding.
    #[must_use]
    pub fn encode(self, encoder: Encoder) -> Encoder {
        match self {
            Self::ResetMasterPassword => encoder.text("reset_master_password").integer(0),
            Self::RenewMasterPassword => encoder.text("renew_master_password").integer(0),
            Self::ReplaceCloud => encoder.text("replace_cloud").integer(0),
            Self::ClearVault { scope } => encoder.text("clear_vault").integer(match scope {
                ClearScope::ThisDevice => 0,
                ClearScope::Everywhere => 1,
            }),
            Self::Restore { reach, .. } => encoder.text("restore").integer(match reach {
                RestoreReach::SameEpoch => 0,
                RestoreReach::AcrossEpochs => 1,
            }),
            Self::Weaken { what, .. } => encoder.text("weaken").integer(what.number()),
        }
    }

    /// `SHA-256(encode("sigill/parameters/1", …))` of what the action is about.
    #[must_use]
    pub fn parameters_hash(self) -> Hash {
        let encoder = self.encode_parameters(Encoder::new("sigill/parameters/1"));
        Hash::of(&encoder.finish())
    }

    fn encode_parameters(self, encoder: Encoder) -> Encoder {
        match self {
            Self::ResetMasterPassword
            | Self::RenewMasterPassword
            | Self::ReplaceCloud
            | Self::ClearVault { .. } => encoder,
            Self::Restore { source, .. } => match source {
                RestoreSource::Cloud { generation } => generation.encode(encoder.text("cloud")),
                RestoreSource::Device { head_hash } => head_hash.encode(encoder.text("device")),
            },
            Self::Weaken { parameters, .. } => parameters.encode(encoder),
        }
    }

    /// Writes it with its parameters, to be read by [`Self::read`].
    pub(super) fn write(self, encoder: Encoder) -> Encoder {
        self.encode_parameters(self.encode(encoder))
    }

    /// Reads what [`Self::write`] wrote, and nothing else.
    pub(super) fn read(decoder: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let kind = decoder.text()?;
        match (kind, decoder.integer()?) {
            ("reset_master_password", 0) => Ok(Self::ResetMasterPassword),
            ("renew_master_password", 0) => Ok(Self::RenewMasterPassword),
            ("replace_cloud", 0) => Ok(Self::ReplaceCloud),
            ("clear_vault", 0) => Ok(Self::ClearVault {
                scope: ClearScope::ThisDevice,
            }),
            ("clear_vault", 1) => Ok(Self::ClearVault {
                scope: ClearScope::Everywhere,
            }),
            ("restore", 0) => Self::read_restore(decoder, RestoreReach::SameEpoch),
            ("restore", 1) => Self::read_restore(decoder, RestoreReach::AcrossEpochs),
            ("weaken", number) => Ok(Self::Weaken {
                what: Weakening::of_number(number)?,
                parameters: Hash::decode(decoder)?,
            }),
            _ => Err(DecodeError::Malformed),
        }
    }

    fn read_restore(decoder: &mut Decoder<'_>, reach: RestoreReach) -> Result<Self, DecodeError> {
        let source = match decoder.text()? {
            "cloud" => RestoreSource::Cloud {
                generation: GenerationId::decode(decoder)?,
            },
            "device" => RestoreSource::Device {
                head_hash: Hash::decode(decoder)?,
            },
            _ => return Err(DecodeError::Malformed),
        };
        Ok(Self::Restore { source, reach })
    }
}
