//! When the person has to show anew who they are.

use crate::wire::Seconds;

/// So long ago the vault may have been opened for its person to count as verified.
pub const FRESH: Seconds = 5 * 60;

/// Whether a site wants the person verified (`UserVerificationRequirement`,
/// `WebAuthn` Level 3, section 5.8.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Else nothing is signed.
    Required,
    /// Where it can be done; Sigill always can.
    Preferred,
    /// It would only be in the way.
    Discouraged,
}

/// Whether the person was verified: the flag UV (section 6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// By the master password, or by a device's own lock, not long ago.
    Yes,
    /// Only their presence is known.
    No,
}

/// The vault has to be opened anew before anything is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the person has to be verified anew")]
pub struct VerifyFirst;

impl Wanted {
    /// By its key; what is not known is preferred, as the standard says.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        match key {
            "required" => Self::Required,
            "discouraged" => Self::Discouraged,
            _ => Self::Preferred,
        }
    }

    /// What may be signed of the person at `now`, whose vault was opened at
    /// `opened_at`: that it is they, where that is so.
    ///
    /// # Errors
    /// [`VerifyFirst`] where the site wants it and too much time has passed, or the
    /// clock has gone back.
    pub fn judge(self, opened_at: Seconds, now: Seconds) -> Result<Verified, VerifyFirst> {
        let age = now.checked_sub(opened_at);
        match (age.is_some_and(|age| age <= FRESH), self) {
            (true, _) => Ok(Verified::Yes),
            (false, Self::Discouraged) => Ok(Verified::No),
            (false, Self::Required | Self::Preferred) => Err(VerifyFirst),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_opened_the_vault_just_now_is_verified() {
        for wanted in [Wanted::Required, Wanted::Preferred, Wanted::Discouraged] {
            assert_eq!(wanted.judge(1_000, 1_000), Ok(Verified::Yes));
            assert_eq!(wanted.judge(1_000, 1_000 + FRESH), Ok(Verified::Yes));
        }
    }

    #[test]
    fn who_opened_it_long_ago_is_asked_anew_and_never_said_to_be_verified() {
        for (opened_at, now) in [(1_000, 1_001 + FRESH), (1_000, 999), (0, u64::MAX)] {
            assert_eq!(Wanted::Required.judge(opened_at, now), Err(VerifyFirst));
            assert_eq!(Wanted::Preferred.judge(opened_at, now), Err(VerifyFirst));
            let discouraged = Wanted::Discouraged.judge(opened_at, now);
            assert_eq!(discouraged, Ok(Verified::No));
        }
    }

    #[test]
    fn a_word_that_is_not_known_is_preferred() {
        assert_eq!(Wanted::from_key("required"), Wanted::Required);
        assert_eq!(Wanted::from_key("discouraged"), Wanted::Discouraged);
        for key in ["preferred", "", "Required", "always"] {
            assert_eq!(Wanted::from_key(key), Wanted::Preferred);
        }
    }
}
