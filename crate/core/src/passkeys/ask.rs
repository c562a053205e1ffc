//! What is asked for, and what of it Sigill leaves to the browser.

use alloc::string::String;
use alloc::vec::Vec;

use super::Wanted;

/// ECDSA over P-256 with SHA-256 (COSE, RFC 9053): the one algorithm of new passkeys.
pub const ES256: i64 = -7;

/// Why the browser's own passkeys answer instead. Nothing of it is told to the page,
/// for which it is as if Sigill were not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Elsewhere {
    /// The page has no name, or is not safe on its way.
    #[error("the page has no name, or is not safe on its way")]
    Origin,
    /// The page is a frame in another's page.
    #[error("the page is a frame in another's page")]
    Frame,
    /// The page may not ask in that name.
    #[error("the page may not ask in that name")]
    RelyingParty,
    /// It takes no key that Sigill makes.
    #[error("it takes no key that Sigill makes")]
    Algorithm,
    /// It wants a key that is a thing of its own.
    #[error("it wants a key that is a thing of its own")]
    Attachment,
    /// It must be answered without the person.
    #[error("it must be answered without the person")]
    Silent,
    /// The page asks again, and the person did nothing there since.
    #[error("the page asks again, and the person did nothing there since")]
    Unasked,
    /// It can't be read, or is larger than anything real.
    #[error("it can't be read, or is larger than anything real")]
    Malformed,
}

/// What led to a request for which a window opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// The person just did something on the page (transient activation, HTML, section 6.4).
    Acted,
    /// They did not, and the page asks for the first time: sites that sign in as they open.
    First,
    /// They did not, and the page asked before: it could go on for ever.
    Again,
}

impl Occasion {
    /// Whether the person is asked.
    ///
    /// # Errors
    /// [`Elsewhere::Unasked`].
    pub const fn may_ask(self) -> Result<(), Elsewhere> {
        match self {
            Self::Acted | Self::First => Ok(()),
            Self::Again => Err(Elsewhere::Unasked),
        }
    }
}

/// Where the authenticator is to be (`WebAuthn` Level 3, section 5.4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attachment {
    /// Wherever.
    Any,
    /// In this device: what Sigill counts as.
    Platform,
    /// A thing of its own.
    CrossPlatform,
}

/// Whom a new passkey is to sign in (section 5.4.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The site's name of it: 1 to 64 bytes.
    pub handle: Vec<u8>,
    /// The user's name, for people.
    pub name: String,
    /// The user's longer name, for people.
    pub display_name: String,
}

/// What a site wants made (section 5.4), as far as it decides anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creation {
    /// What is signed.
    pub challenge: Vec<u8>,
    /// The site's name, for people.
    pub site: String,
    /// Whom it is to sign in.
    pub user: User,
    /// COSE algorithms that it takes, best first; none for the standard's own choice.
    pub algorithms: Vec<i64>,
    /// Credentials in whose company no other is to be made.
    pub excluded: Vec<Vec<u8>>,
    /// Where the authenticator is to be.
    pub attachment: Attachment,
    /// Whether the person is to be verified.
    pub verification: Wanted,
}

/// Which passkey a site wants used (section 5.5), as far as it decides anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is signed.
    pub challenge: Vec<u8>,
    /// The credentials that it takes; none for any of its own.
    pub allowed: Vec<Vec<u8>>,
    /// Whether the person is to be verified.
    pub verification: Wanted,
}

impl Creation {
    /// Whether Sigill can make what is wanted.
    ///
    /// # Errors
    /// [`Elsewhere::Algorithm`], [`Elsewhere::Attachment`].
    pub fn check_ours(&self) -> Result<(), Elsewhere> {
        // Without a list the standard puts ES256 first (section 5.1.3, step 10).
        if !self.algorithms.is_empty() && !self.algorithms.contains(&ES256) {
            return Err(Elsewhere::Algorithm);
        }
        match self.attachment {
            Attachment::Any | Attachment::Platform => Ok(()),
            Attachment::CrossPlatform => Err(Elsewhere::Attachment),
        }
    }

    /// Whether a passkey of the relying party forbids another beside it.
    #[must_use]
    pub fn excludes(&self, credential: &[u8]) -> bool {
        self.excluded.iter().any(|one| one == credential)
    }
}

impl Request {
    /// Whether a passkey of the relying party may sign.
    #[must_use]
    pub fn allows(&self, credential: &[u8]) -> bool {
        self.allowed.is_empty() || self.allowed.iter().any(|one| one == credential)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    fn creation(algorithms: Vec<i64>, attachment: Attachment) -> Creation {
        Creation {
            challenge: vec![1; 32],
            site: "Example".into(),
            user: User {
                handle: vec![2],
                name: "anna".into(),
                display_name: "Anna".into(),
            },
            algorithms,
            excluded: vec![vec![1], vec![2, 3]],
            attachment,
            verification: Wanted::Preferred,
        }
    }

    #[test]
    fn a_key_that_sigill_does_not_make_is_the_browsers() {
        for (algorithms, expected) in [
            (vec![], Ok(())),
            (vec![-8, ES256, -257], Ok(())),
            (vec![-8], Err(Elsewhere::Algorithm)),
            (vec![-257, 7], Err(Elsewhere::Algorithm)),
        ] {
            let made = creation(algorithms.clone(), Attachment::Any);
            assert_eq!(made.check_ours(), expected, "{algorithms:?}");
        }
        let made = creation(vec![ES256], Attachment::Platform);
        assert_eq!(made.check_ours(), Ok(()));
        let made = creation(vec![ES256], Attachment::CrossPlatform);
        assert_eq!(made.check_ours(), Err(Elsewhere::Attachment));
    }

    #[test]
    fn a_list_of_credentials_is_compared_whole() {
        let made = creation(vec![], Attachment::Any);
        assert!(made.excludes(&[2, 3]));
        assert!(!made.excludes(&[2]));
        assert!(!made.excludes(&[]));
        let mut request = Request {
            challenge: vec![],
            allowed: vec![vec![1], vec![2, 3]],
            verification: Wanted::Preferred,
        };
        assert!(request.allows(&[1]));
        assert!(!request.allows(&[2, 3, 4]));
        request.allowed.clear();
        assert!(request.allows(&[9]));
    }
}
