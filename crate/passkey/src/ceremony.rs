//! What one page asked for, once it was checked.

use passkey_crypto::rng::RngBackend;
use passkey_crypto::rust_crypto::RustCryptoRng;
use sigill_core::passkeys::{
    Act, Creation, Elsewhere, Occasion, Origin, Place, RelyingParty, Request, Verified, Wanted,
    client_data,
};
use sigill_core::site::Suffixes;
use sigill_core::vault::item::Passkey;
use sigill_core::wire::Seconds;

use crate::answer;
use crate::asked::{Asked, Properties, What, When};
use crate::authenticator::{self, BadKey};

/// Bytes of a new credential's name: nobody guesses it, and it tells nothing.
const CREDENTIAL: usize = 16;

/// Who asks, by the browser's word; never the page's.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Its origin.
    pub origin: &'a str,
    /// Where in its tab it is.
    pub place: Place<'a>,
    /// What led to it.
    pub occasion: Occasion,
}

/// What one page asked for. Whoever has it may ask: [`Ceremony::begin`] looked.
pub struct Ceremony {
    party: RelyingParty,
    asked: Asked,
}

/// When the vault was opened, and what time it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// By the person's master password, or what takes its place.
    pub opened_at: Seconds,
    /// Now.
    pub now: Seconds,
}

/// A passkey that was made.
pub struct Made {
    /// For the vault.
    pub passkey: Passkey,
    /// For the page: `RegistrationResponseJSON`.
    pub answer: String,
}

/// Why nothing was made or signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The other of the two was asked for.
    #[error("the other of the two was asked for")]
    NotAsked,
    /// The person has to be verified anew.
    #[error("the person has to be verified anew")]
    VerifyFirst,
    /// The vault holds a passkey in whose company the site wants no other.
    #[error("the vault holds a passkey in whose company the site wants no other")]
    Excluded,
    /// The passkey is another site's, or none of those that the page named.
    #[error("the passkey is another site's, or none of those that the page named")]
    AnotherPasskey,
    /// The private key can't be used.
    #[error("the private key can't be used")]
    BadKey,
}

impl From<BadKey> for Refused {
    fn from(_: BadKey) -> Self {
        Self::BadKey
    }
}

impl Ceremony {
    /// Reads a page's words, and checks that it may ask.
    ///
    /// # Errors
    /// [`Elsewhere`]: the browser's own passkeys answer, or refuse.
    pub fn begin(words: &str, asking: Asking<'_>, suffixes: &Suffixes) -> Result<Self, Elsewhere> {
        let origin = Origin::parse(asking.origin)?;
        origin.asks_from(asking.place)?;
        let asked = Asked::parse(words)?;
        let party = RelyingParty::of(&origin, asked.rp.as_deref(), suffixes)?;
        let ceremony = Self { party, asked };
        match ceremony.when() {
            When::Now => asking.occasion.may_ask()?,
            When::Chosen => {} // nothing opens
        }
        Ok(ceremony)
    }

    /// Whom the passkey is for.
    #[must_use]
    pub const fn party(&self) -> &RelyingParty {
        &self.party
    }

    /// What is to be done.
    #[must_use]
    pub const fn what(&self) -> &What {
        &self.asked.what
    }

    /// Milliseconds until the page waits no longer.
    #[must_use]
    pub const fn patience(&self) -> u32 {
        self.asked.patience
    }

    /// Whether the person is asked at once.
    #[must_use]
    pub const fn when(&self) -> When {
        match &self.asked.what {
            What::Create { .. } => When::Now,
            What::Get { when, .. } => *when,
        }
    }

    /// What may be said of the person.
    ///
    /// # Errors
    /// [`Refused::VerifyFirst`].
    pub fn verified(&self, moment: Moment) -> Result<Verified, Refused> {
        let verified = self.wanted().judge(moment.opened_at, moment.now);
        verified.map_err(|_| Refused::VerifyFirst)
    }

    fn wanted(&self) -> Wanted {
        match &self.asked.what {
            What::Create { creation, .. } => creation.verification,
            What::Get { request, .. } => request.verification,
        }
    }

    /// Which of the party's passkeys count here: those that may sign, or those that
    /// forbid another.
    #[must_use]
    pub fn concerns(&self, credential: &[u8]) -> bool {
        match &self.asked.what {
            What::Create { creation, .. } => creation.excludes(credential),
            What::Get { request, .. } => request.allows(credential),
        }
    }

    /// Makes the passkey that was asked for; `held` are the party's passkeys in the vault.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn make(&self, held: &[Vec<u8>], moment: Moment) -> Result<Made, Refused> {
        let (creation, properties) = self.creation()?;
        if held.iter().any(|credential| creation.excludes(credential)) {
            return Err(Refused::Excluded);
        }
        let verified = self.verified(moment)?;
        let credential = RustCryptoRng::random_vec(CREDENTIAL);
        let key = authenticator::new_key(&self.party, &credential, verified)?;
        let said = client_data(Act::Create, &creation.challenge, &self.party);
        let made = (key.data, key.public);
        Ok(Made {
            answer: answer::created(&credential, &said, made, properties),
            passkey: Passkey {
                credential,
                rp: self.party.id().into(),
                user_handle: creation.user.handle.clone(),
                user_name: creation.user.name.clone(),
                display_name: creation.user.display_name.clone(),
                private_key: key.private.to_vec(),
                counter: 0,
                created_at: moment.now,
            },
        })
    }

    /// Signs by a passkey: `AuthenticationResponseJSON`.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn sign(&self, passkey: &Passkey, moment: Moment) -> Result<String, Refused> {
        let request = self.request()?;
        if passkey.rp != self.party.id() || !request.allows(&passkey.credential) {
            return Err(Refused::AnotherPasskey);
        }
        let verified = self.verified(moment)?;
        let data = authenticator::used(&self.party, verified, passkey.counter, moment.now);
        let said = client_data(Act::Get, &request.challenge, &self.party);
        let signature = authenticator::sign(&passkey.private_key, &data, &said)?;
        let signed = (data, signature);
        let user = &passkey.user_handle;
        Ok(answer::signed(&passkey.credential, &said, signed, user))
    }

    const fn creation(&self) -> Result<(&Creation, Properties), Refused> {
        match &self.asked.what {
            What::Create {
                creation,
                properties,
            } => Ok((creation, *properties)),
            What::Get { .. } => Err(Refused::NotAsked),
        }
    }

    const fn request(&self) -> Result<&Request, Refused> {
        match &self.asked.what {
            What::Get { request, .. } => Ok(request),
            What::Create { .. } => Err(Refused::NotAsked),
        }
    }
}
