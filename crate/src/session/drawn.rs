//! What the generator made and the person used: so that a password is not lost
//! whose entry was never saved. On this device only, and gone with its vault.
//!
//! ```text
//! drawn/<generation> = note of the last fifty, newest first, a line each:
//!                      seconds since 1970 ‖ " " ‖ the value ‖ "\n"
//! ```

use sigill_core::id::GenerationId;
use zeroize::Zeroizing;

use super::Session;
use super::open::Open;
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// How many are kept.
const MOST: usize = 50;
/// Bytes of the longest: what the generator makes is shorter by far.
const LONGEST: usize = 1_024;
const NOTE: &str = "drawn";

/// The key of a generation's row.
pub(crate) fn key(generation: GenerationId) -> String {
    ["drawn/", &generation.to_string()].concat()
}

impl<R: Rim> Session<R> {
    /// The lines of what was used, newest first.
    ///
    /// # Errors
    /// `locked`, `damaged`.
    pub async fn drawn(&self) -> Result<String, Trouble> {
        let open = self.keys().await?;
        self.drawn_with(&open).await
    }

    /// Remembers that a value was used, before all others.
    ///
    /// # Errors
    /// `locked`, `damaged`, `malformed_input` where it is none that was made here.
    pub async fn keep_drawn(&self, value: String) -> Result<(), Trouble> {
        let value = Zeroizing::new(value);
        let is_none = value.is_empty() || value.contains(char::is_control);
        if is_none || value.len() > LONGEST {
            return Err(Trouble::MalformedInput);
        }
        let held = self.rim.lock("drawn").await?;
        let open = self.keys().await?;
        let before = Zeroizing::new(self.drawn_with(&open).await?);
        let at = self.rim.now().to_string();
        let mut lines = Zeroizing::new(String::with_capacity(before.len() + value.len() + 32));
        for part in [&at, " ", &value, "\n"] {
            lines.push_str(part);
        }
        let is_other = |line: &&str| {
            line.split_once(' ')
                .is_none_or(|(_, known)| known != *value)
        };
        for other in before.lines().filter(is_other).take(MOST - 1) {
            lines.push_str(other);
            lines.push('\n');
        }
        let note = open.keys.seal_note(NOTE, &lines, self.random()?);
        let mut batch = Batch::default();
        batch.put(key(open.generation), note);
        self.rim.commit(batch).await?;
        drop(held);
        Ok(())
    }

    /// Forgets all of it.
    ///
    /// # Errors
    /// `locked`, or why it can't be written.
    pub async fn forget_drawn(&self) -> Result<(), Trouble> {
        let held = self.rim.lock("drawn").await?;
        let mut batch = Batch::default();
        batch.delete(key(self.keys().await?.generation));
        self.rim.commit(batch).await?;
        drop(held);
        Ok(())
    }

    async fn drawn_with(&self, open: &Open) -> Result<String, Trouble> {
        match self.rim.get(&key(open.generation)).await? {
            None => Ok(String::new()),
            Some(row) => open
                .keys
                .open_note(NOTE, &row)
                .map_err(|_| Trouble::Damaged),
        }
    }
}
