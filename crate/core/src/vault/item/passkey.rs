//! Passkeys: data only, as other programs hand them over.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::sorted::Keyed;
use crate::wire::Seconds;

/// A passkey (WebAuthn, a discoverable credential).
#[derive(PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Passkey {
    /// The credential's id.
    pub credential: Vec<u8>,
    /// The relying party's id: a domain.
    pub rp: String,
    /// The relying party's name of the user.
    pub user_handle: Vec<u8>,
    /// The user's name, for people.
    pub user_name: String,
    /// The user's longer name, for people.
    pub display_name: String,
    /// The private key, PKCS #8.
    pub private_key: Vec<u8>,
    /// How often it signed; 0 where nobody counts.
    pub counter: u64,
    /// When it was made.
    pub created_at: Seconds,
}

impl Keyed for Passkey {
    type Key = [u8];

    fn key(&self) -> &[u8] {
        &self.credential
    }
}

impl Passkey {
    /// A second one, wiped like the first; not `Clone`, so that it stands out.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self {
            credential: self.credential.clone(),
            rp: self.rp.clone(),
            user_handle: self.user_handle.clone(),
            user_name: self.user_name.clone(),
            display_name: self.display_name.clone(),
            private_key: self.private_key.clone(),
            counter: self.counter,
            created_at: self.created_at,
        }
    }

    /// The same, at another count.
    pub(in crate::vault) fn counted(&self, counter: u64) -> Self {
        let mut counted = self.copy();
        counted.counter = counter;
        counted
    }

    /// Whether the two differ in nothing but how often they signed.
    pub(in crate::vault) fn is_same(&self, other: &Self) -> bool {
        self.credential == other.credential
            && self.rp == other.rp
            && self.user_handle == other.user_handle
            && self.user_name == other.user_name
            && self.display_name == other.display_name
            && self.private_key == other.private_key
            && self.created_at == other.created_at
    }
}
