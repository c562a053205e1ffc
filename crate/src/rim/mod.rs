//! All that the session needs of the world, as one trait: the browser's rim is
//! [`Browser`], tests bring one of their own.

mod browser;

pub use browser::{Browser, Port};

use sigill_core::vault::index::sealed::Locked;
use sigill_core::wire::Seconds;
use zeroize::Zeroizing;

use crate::trouble::Trouble;

/// Rows to write and to remove, in one transaction.
#[derive(Debug, Default)]
pub struct Batch {
    /// Keys and their new values.
    pub puts: Vec<(String, Vec<u8>)>,
    /// Keys that go. Done before the puts.
    pub deletes: Vec<String>,
}

impl Batch {
    /// Writes a row.
    pub fn put(&mut self, key: impl Into<String>, value: impl Into<Vec<u8>>) {
        self.puts.push((key.into(), value.into()));
    }

    /// Removes a row.
    pub fn delete(&mut self, key: impl Into<String>) {
        self.deletes.push(key.into());
    }
}

/// A request's method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Does.
    Post,
    /// Puts.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// As it stands in a request (RFC 9110).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// A request to the service.
#[derive(Debug)]
pub struct Outgoing {
    /// Its method.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// `DPoP`.
    pub proof: String,
    /// `Authorization`, when signed in.
    pub authorization: Option<String>,
    /// JSON; empty for none.
    pub body: Vec<u8>,
}

/// The service's answer.
#[derive(Debug)]
pub struct Incoming {
    /// Its status.
    pub status: u16,
    /// `DPoP-Nonce`.
    pub nonce: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// What the session needs of the world. It fails with [`Trouble::Full`],
/// [`Trouble::StorageFailed`], [`Trouble::NoRandomness`] or [`Trouble::Unreachable`].
#[expect(
    async_fn_in_trait,
    reason = "a browser's worker has one thread, no future has to be Send"
)]
pub trait Rim {
    /// Holds a lock until dropped.
    type Held;

    /// The device's clock.
    fn now(&self) -> Seconds;
    /// Random bytes.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Trouble>;
    /// A row.
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Trouble>;
    /// Several rows, as they stood at one time.
    async fn get_all<const N: usize>(
        &self,
        keys: [String; N],
    ) -> Result<[Option<Vec<u8>>; N], Trouble>;
    /// Rows whose keys begin with `prefix`, in order.
    async fn scan(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, Trouble>;
    /// Their keys alone.
    async fn keys(&self, prefix: &str) -> Result<Vec<String>, Trouble>;
    /// All of `batch` or nothing, on the disk when it returns.
    async fn commit(&self, batch: Batch) -> Result<(), Trouble>;
    /// Opens a large ciphertext; nothing where it is not authentic. Whatever
    /// does it faster than the core may, and gives the same bytes.
    async fn unseal(&self, locked: &Locked<'_>) -> Option<Zeroizing<Vec<u8>>> {
        locked.open().ok()
    }
    /// A row that is gone when the browser closes.
    async fn session_get(&self, key: &str) -> Result<Option<Vec<u8>>, Trouble>;
    /// Writes such a row.
    async fn session_set(&self, key: &str, value: &[u8]) -> Result<(), Trouble>;
    /// Removes them all.
    async fn session_clear(&self) -> Result<(), Trouble>;
    /// ECDSA over P-256 with SHA-256 by the device's key: r ‖ s.
    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Trouble>;
    /// The device's public key: x ‖ y.
    async fn public_key(&self) -> Result<[u8; 64], Trouble>;
    /// Waits until nobody holds `name`.
    async fn lock(&self, name: &str) -> Result<Self::Held, Trouble>;
    /// The public-suffix list, as the extension carries it.
    async fn suffixes(&self) -> Result<String, Trouble>;
    /// Asks the service.
    async fn send(&self, request: Outgoing) -> Result<Incoming, Trouble>;
}
