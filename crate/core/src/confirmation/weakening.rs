//! What a weakening is about, and the hash that binds it into the operation.
//!
//! ```text
//! parameters = SHA-256(encode("sigill/weaken/1", weakening, blind, kind, value))
//! ```
//! The blind is 32 random bytes that the service forgets once it has compared:
//! what it keeps of a new account password can't be tried from its database. A
//! weakening that is about nothing has neither blind nor value.

use crate::confirmation::action::Weakening;
use crate::confirmation::policy::Profile;
use crate::encode::Encoder;
use crate::id::Hash;
use crate::wire::weakening::Parameters;

/// 32 random bytes, new for every act.
pub type Blind = [u8; 32];

/// What a weakening has to be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Its name says everything.
    Nothing,
    /// [`Parameters::AccountPassword`].
    AccountPassword,
    /// [`Parameters::Enrolment`].
    Enrolment,
    /// [`Parameters::Enrolment`], or [`Parameters::NoFactor`].
    EnrolmentOrNone,
    /// [`Parameters::UndoWindow`].
    UndoWindow,
    /// [`Parameters::Identity`].
    Identity,
    /// Something that lies elsewhere: with the vault.
    Elsewhere,
}

/// What `weakening` is about. Total.
#[must_use]
pub const fn about(weakening: Weakening) -> About {
    match weakening {
        Weakening::TurnSyncOff
        | Weakening::TurnSyncOn
        | Weakening::Disconnect
        | Weakening::DropStrictProfile
        | Weakening::DeleteAccount => About::Nothing,
        Weakening::ChangeAccountPassword => About::AccountPassword,
        Weakening::ChangeEmail
        | Weakening::AddFactor
        | Weakening::AddPhone
        | Weakening::RenewRecoveryCode => About::Enrolment,
        Weakening::ChangePhone | Weakening::ChangeSecondFactor => About::EnrolmentOrNone,
        Weakening::ShortenUndoWindow => About::UndoWindow,
        Weakening::AddProvider | Weakening::UnlinkProvider => About::Identity,
        Weakening::AddAddress | Weakening::ShowRecoveryCode => About::Elsewhere,
    }
}

/// Whether `weakening` can be about these parameters.
#[must_use]
pub const fn fits(weakening: Weakening, parameters: &Parameters) -> bool {
    matches!(
        (about(weakening), parameters),
        (About::AccountPassword, Parameters::AccountPassword { .. })
            | (About::Enrolment, Parameters::Enrolment { .. })
            | (
                About::EnrolmentOrNone,
                Parameters::Enrolment { .. } | Parameters::NoFactor
            )
            | (About::UndoWindow, Parameters::UndoWindow { .. })
            | (About::Identity, Parameters::Identity { .. })
    )
}

/// The hash of a weakening that is about nothing.
#[must_use]
pub fn bare_hash(weakening: Weakening) -> Hash {
    hash(weakening, &[], ("nothing", &[]))
}

/// The hash of a weakening and its parameters.
#[must_use]
pub fn parameters_hash(weakening: Weakening, blind: &Blind, parameters: &Parameters) -> Hash {
    let bound = |kind, value: &[u8]| hash(weakening, blind, (kind, value));
    match parameters {
        Parameters::AccountPassword { password } => {
            bound("account_password", password.expose().as_bytes())
        }
        Parameters::Enrolment { enrolment, profile } => {
            let kind = match profile {
                Profile::Standard => "enrolment",
                Profile::Strict => "enrolment_strict",
            };
            bound(kind, enrolment.as_bytes())
        }
        Parameters::NoFactor => bound("no_factor", &[]),
        Parameters::UndoWindow { days } => bound("undo_window", &days.to_be_bytes()),
        Parameters::Identity { issuer, subject } => {
            let encoder = Encoder::new("sigill/identity/1");
            bound("identity", &encoder.text(issuer).text(subject).finish())
        }
    }
}

fn hash(weakening: Weakening, blind: &[u8], (kind, value): (&'static str, &[u8])) -> Hash {
    let encoder = Encoder::new("sigill/weaken/1").integer(weakening.number());
    Hash::of(&encoder.bytes(blind).text(kind).bytes(value).finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::EnrolmentId;
    use crate::wire::SecretText;
    use alloc::vec::Vec;

    fn parameters() -> Vec<Parameters> {
        let enrolment = EnrolmentId([1; 16]);
        Vec::from([
            Parameters::AccountPassword {
                password: SecretText::new("a@x.se".into()),
            },
            Parameters::Enrolment {
                enrolment,
                profile: Profile::Standard,
            },
            Parameters::Enrolment {
                enrolment,
                profile: Profile::Strict,
            },
            Parameters::NoFactor,
            Parameters::UndoWindow { days: 7 },
            Parameters::Identity {
                issuer: "https://a.example".into(),
                subject: "b".into(),
            },
        ])
    }

    #[test]
    fn every_weakening_every_blind_and_every_parameter_has_a_hash_of_its_own() {
        let mut seen = Vec::new();
        for what in Weakening::ALL {
            seen.push(bare_hash(*what));
            for blind in [[0; 32], [1; 32]] {
                let hashes = parameters();
                seen.extend(hashes.iter().map(|p| parameters_hash(*what, &blind, p)));
            }
        }
        let count = seen.len();
        seen.sort_by_key(|hash| hash.0);
        seen.dedup();
        assert_eq!(seen.len(), count);
        assert_eq!(count, Weakening::ALL.len() * 13);
    }

    #[test]
    fn what_is_about_nothing_takes_no_parameters_and_everything_else_takes_its_own() {
        for what in Weakening::ALL {
            let fitting = parameters().iter().filter(|p| fits(*what, p)).count();
            let expected = match about(*what) {
                About::Nothing | About::Elsewhere => 0,
                About::EnrolmentOrNone => 3,
                About::Enrolment => 2,
                About::AccountPassword | About::UndoWindow | About::Identity => 1,
            };
            assert_eq!(fitting, expected, "{what:?}");
        }
    }
}
