//! Findings that the person put aside (docs/adr/0058): `aside/<generation>` holds
//! the lines of `sigill_core::health::aside`, sealed as one note.

use sigill_core::health::{Finding, Fingerprint, aside};
use sigill_core::vault::item::Field;
use zeroize::Zeroizing;

use super::Session;
use super::items::parse;
use super::open::Open;
use crate::rim::Rim;
use crate::trouble::Trouble;

pub(super) const NOTE: &str = "aside";

impl<R: Rim> Session<R> {
    /// Puts a finding of a login aside, while its password is the one that was
    /// looked at: the one whose fingerprint begins with `prefix`.
    ///
    /// # Errors
    /// `not_found` where it is another by now; `malformed_input`, `locked`,
    /// `no_vault`, `damaged`.
    pub async fn put_aside(&self, id: &str, finding: &str, prefix: &str) -> Result<(), Trouble> {
        let (id, finding) = (parse(id)?, known(finding)?);
        let held = self.rim.lock(NOTE).await?;
        let (vault, open) = self.opened().await?;
        let here = self.look(|entries| Ok(entries.index.records()))?;
        let item = vault.item(id, &open.keys)?;
        if Fingerprint::of(item.value(Field::Password)).prefix() != prefix {
            return Err(Trouble::NotFound);
        }
        let is_here = |id| here.binary_search_by_key(&id, |(id, _)| *id).is_ok();
        let before = self.asides(&open).await?;
        let after = aside::put(&before, (id, &item), finding, is_here);
        self.put_note(&open, NOTE, &Zeroizing::new(after)).await?;
        drop(held);
        Ok(())
    }

    /// Takes back what was put aside.
    ///
    /// # Errors
    /// `malformed_input`, `locked`, `no_vault`.
    pub async fn put_back(&self, id: &str, finding: &str) -> Result<(), Trouble> {
        let (id, finding) = (parse(id)?, known(finding)?);
        let held = self.rim.lock(NOTE).await?;
        let open = self.keys().await?;
        let after = aside::taken_back(&self.asides(&open).await?, id, finding);
        self.put_note(&open, NOTE, &Zeroizing::new(after)).await?;
        drop(held);
        Ok(())
    }

    /// What was put aside. A text that can't be read puts nothing aside: the
    /// findings are there again, and the next one that is put aside replaces it.
    pub(super) async fn asides(&self, open: &Open) -> Result<Zeroizing<String>, Trouble> {
        match self.read_note(open, NOTE).await {
            Err(Trouble::Damaged) => Ok(Zeroizing::default()),
            note => note,
        }
    }
}

fn known(finding: &str) -> Result<Finding, Trouble> {
    Finding::named(finding).ok_or(Trouble::MalformedInput)
}
