//! Texts beside the vault, on this device only: sealed under its keys, and gone
//! with its generation. `NAME/<generation>` holds one.

use sigill_core::id::GenerationId;
use zeroize::Zeroizing;

use super::Session;
use super::open::Open;
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// What lies so.
pub(super) const NAMES: [&str; 2] = [super::drawn::NOTE, super::aside::NOTE];

/// The key of a generation's row.
pub(super) fn key(name: &str, generation: GenerationId) -> String {
    [name, "/", &generation.to_string()].concat()
}

impl<R: Rim> Session<R> {
    /// The text under `name`; empty where there is none.
    pub(super) async fn read_note(
        &self,
        open: &Open,
        name: &str,
    ) -> Result<Zeroizing<String>, Trouble> {
        let text = match self.rim.get(&key(name, open.generation)).await? {
            Some(row) => open.keys.open_note(name, &row),
            None => Ok(String::new()),
        };
        text.map(Zeroizing::new).map_err(|_| Trouble::Damaged)
    }

    /// Puts a text there; an empty one is none.
    pub(super) async fn put_note(
        &self,
        open: &Open,
        name: &str,
        text: &str,
    ) -> Result<(), Trouble> {
        let mut batch = Batch::default();
        let key = key(name, open.generation);
        if text.is_empty() {
            batch.delete(key);
        } else {
            batch.put(key, open.keys.seal_note(name, text, self.random()?));
        }
        self.rim.commit(batch).await
    }
}
