//! What the generator made and the person used: so that a password is not lost
//! whose entry was never saved. On this device only, and gone with its vault.
//!
//! `drawn/<generation>` holds the lines of `sigill_core::generator::history`,
//! sealed as one note.

use sigill_core::generator::history;
use zeroize::Zeroizing;

use super::Session;
use crate::rim::Rim;
use crate::trouble::Trouble;

pub(super) const NOTE: &str = "drawn";

/// What is done with what was used.
pub enum Drawing {
    /// It is looked at.
    Look,
    /// A value is remembered.
    Keep(Zeroizing<String>),
    /// All of it is forgotten.
    Erase,
}

impl<R: Rim> Session<R> {
    /// The lines of what was used, newest first, after what is done with them. One
    /// call for all three, that the program may stay small.
    ///
    /// # Errors
    /// `locked`, `damaged`, `malformed_input` where the value is none that was made here.
    pub async fn drawn(&self, act: Drawing) -> Result<String, Trouble> {
        let held = self.rim.lock(NOTE).await?;
        let open = self.keys().await?;
        let mut lines = match act {
            Drawing::Erase => Zeroizing::default(),
            Drawing::Look | Drawing::Keep(_) => self.read_note(&open, NOTE).await?,
        };
        match act {
            Drawing::Look => return Ok(core::mem::take(&mut *lines)),
            Drawing::Erase => {}
            Drawing::Keep(value) => {
                let after = history::used(&lines, &value, self.rim.now());
                lines = after.map_err(|_| Trouble::MalformedInput)?;
            }
        }
        self.put_note(&open, NOTE, &lines).await?;
        drop(held);
        Ok(core::mem::take(&mut *lines))
    }
}
