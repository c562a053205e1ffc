//! What the generator made and the person used: so that a password is not lost
//! whose entry was never saved. On this device only, and gone with its vault.
//!
//! `drawn/<generation>` holds the lines of `sigill_core::generator::history`,
//! sealed as one note.

use sigill_core::generator::history;
use sigill_core::id::GenerationId;
use zeroize::Zeroizing;

use super::Session;
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

const NOTE: &str = "drawn";

/// What is done with what was used.
pub enum Drawing {
    /// It is looked at.
    Look,
    /// A value is remembered.
    Keep(Zeroizing<String>),
    /// All of it is forgotten.
    Erase,
}

/// The key of a generation's row.
pub(crate) fn key(generation: GenerationId) -> String {
    ["drawn/", &generation.to_string()].concat()
}

impl<R: Rim> Session<R> {
    /// The lines of what was used, newest first, after what is done with them. One
    /// call for all three, that the program may stay small.
    ///
    /// # Errors
    /// `locked`, `damaged`, `malformed_input` where the value is none that was made here.
    pub async fn drawn(&self, act: Drawing) -> Result<String, Trouble> {
        let held = self.rim.lock("drawn").await?;
        let open = self.keys().await?;
        let key = key(open.generation);
        let row = match act {
            Drawing::Erase => None,
            Drawing::Look | Drawing::Keep(_) => self.rim.get(&key).await?,
        };
        let lines = match row {
            Some(row) => open.keys.open_note(NOTE, &row),
            None => Ok(String::new()),
        };
        let mut lines = Zeroizing::new(lines.map_err(|_| Trouble::Damaged)?);
        let mut batch = Batch::default();
        match act {
            Drawing::Look => return Ok(core::mem::take(&mut *lines)),
            Drawing::Erase => batch.delete(key),
            Drawing::Keep(value) => {
                let after = history::used(&lines, &value, self.rim.now());
                lines = after.map_err(|_| Trouble::MalformedInput)?;
                batch.put(key, open.keys.seal_note(NOTE, &lines, self.random()?));
            }
        }
        self.rim.commit(batch).await?;
        drop(held);
        Ok(core::mem::take(&mut *lines))
    }
}
