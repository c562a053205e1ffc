//! Replacing a cloud that saw a later epoch of this device's vault: no lower epoch
//! takes the place of a higher one, so what is here comes under new keys first.

use sigill_core::confirmation::grant::{Grant, ReplaceCloud};
use sigill_core::confirmation::journal::Entry;
use sigill_core::id::IdempotencyKey;

use super::ask::Content;
use crate::api::{Act, Operation};
use crate::rim::{Batch, Rim};
use crate::session::Session;
use crate::session::epoch::Ways;
use crate::session::open::root;
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// Asks to replace the cloud where it saw a later epoch of this device's vault:
    /// the entries here come under new keys for the same master password, typed
    /// again. Its recovery code ends with the old ones.
    ///
    /// # Errors
    /// `wrong_master_password`, `locked`, `unanchored`, and see [`Session::ask`].
    pub async fn ask_anew(&self, typed: String, loss: &str) -> Result<Operation, Trouble> {
        let act = Act::ReplaceCloud;
        let root = root(typed)?;
        let _held = self.rim.lock("operation").await?;
        self.give_up_the_last().await?;
        let weighing = self.weigh_as_shown(&act, loss).await?;
        let epoch = weighing.later_epoch().ok_or(Trouble::MalformedInput)?;
        let (here, open) = self.opened().await?;
        if here.is_unanchored() {
            return Err(Trouble::Unanchored);
        }
        if !here.slots.password().matches(&root) {
            return Err(Trouble::WrongMasterPassword);
        }
        let ways = Ways::of_password(&here, &root);
        let next = self.later_epoch(&here, (&open.keys, epoch), &ways).await?;
        let mut vault = next.vault;
        vault.link = Some(self.place_of(&vault, &weighing).await?);
        vault.redraft(&next.keys, self.author().await?)?;
        let key = IdempotencyKey(self.random()?);
        vault.head.operation = Some(key);
        vault.tag = vault.head.tag(&next.keys);
        let content = Content::New(Box::new(vault), key);
        self.begin(act, &weighing, content).await
    }

    /// The receipt is here: what took the cloud's place under new keys takes it here.
    pub(super) async fn replaced_anew(
        &self,
        grant: &Grant<ReplaceCloud>,
        entry: &Entry,
        done: Batch,
    ) -> Result<(), Trouble> {
        if self.still_holds_what_was_renewed().await? {
            self.take_place(grant.target(), entry, done).await
        } else {
            // An entry was written meanwhile: both sides stay, and the person is asked.
            self.rim.commit(done).await
        }
    }
}
