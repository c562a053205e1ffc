//! What the person typed, on its way to the service.

use sigill_core::confirmation::journal::{Entry, Event};
use sigill_core::confirmation::policy::{Binding, Reach, binding};
use sigill_core::id::Hash;
use sigill_core::wire::SecretText;
use sigill_core::wire::operation::Proofs;
use sigill_core::wire::problem::Code;

use super::ask::OperationRow;
use crate::api::{Operation, Typed};
use crate::rim::Rim;
use crate::session::Session;
use crate::session::rows::OPERATION;
use crate::session::service::exchange::parse;
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// Asks for another code.
    ///
    /// # Errors
    /// `too_soon`, `too_many_requests`, `not_found`, `service_unreachable`.
    pub async fn resend(&self) -> Result<Operation, Trouble> {
        self.advance(Event::Resend).await
    }

    /// Asks for a text message with a code, for the first time or again.
    ///
    /// # Errors
    /// `too_soon`, `too_many_requests`, `texts_unavailable`, `not_found`,
    /// `service_unreachable`.
    pub async fn send_text(&self) -> Result<Operation, Trouble> {
        let _held = self.rim.lock("operation").await?;
        let entry = self.journal().await?.filter(Entry::is_open);
        let entry = entry.ok_or(Trouble::NotFound)?;
        let operation = entry.operation().ok_or(Trouble::NotFound)?;
        let event = match self.post(operation, "text").await {
            Ok(body) => Event::Asked(parse(&body)?),
            Err(Trouble::Refused(problem)) => Event::Refused(*problem),
            Err(trouble) => return Err(trouble),
        };
        self.drive(entry, event).await?;
        self.shown().await
    }

    /// Confirms with what the person typed for the proofs that come next. The
    /// operation that comes back is done, or says which proof is next. Where
    /// no answer comes, it is shown as proving, and goes on at the next start.
    ///
    /// # Errors
    /// `proof_rejected`, `stale` where this device changed since, `not_found`.
    pub async fn prove(&self, typed: Typed) -> Result<Operation, Trouble> {
        let proofs = proofs(typed)?;
        let _held = self.rim.lock("operation").await?;
        let entry = self.journal().await?.filter(Entry::is_open);
        let entry = entry.ok_or(Trouble::NotFound)?;
        if self.has_moved(&entry).await? {
            // Something else would be lost now than what was shown.
            self.drive(entry, Event::Cancel).await?;
            return Err(Trouble::refused(Code::Stale));
        }
        match self.drive(entry, Event::Prove(proofs)).await {
            Ok(()) | Err(Trouble::Unreachable) => self.shown().await,
            Err(trouble) => Err(trouble),
        }
    }

    /// Whether this device holds another head than when the loss was shown. An
    /// act that is about a protection takes nothing from it.
    async fn has_moved(&self, entry: &Entry) -> Result<bool, Trouble> {
        match binding(entry.request().action, Reach::ThisDevice) {
            Binding::Parameters => return Ok(false),
            Binding::LocalHead | Binding::CloudHead => {}
        }
        let row: OperationRow = self.read(OPERATION).await?.ok_or(Trouble::NotFound)?;
        Ok(row.local_head != self.local_head().await?)
    }

    pub(super) async fn local_head(&self) -> Result<Option<Hash>, Trouble> {
        let here = self.vault_if_any().await?;
        Ok(here.map(|vault| vault.head.hash()))
    }
}

/// At least one.
fn proofs(typed: Typed) -> Result<Proofs, Trouble> {
    let proofs = Proofs {
        email_code: typed.email_code.map(SecretText::new),
        account_password: typed.account_password.map(SecretText::new),
        text_message_code: typed.text_message_code.map(SecretText::new),
    };
    let none = proofs.email_code.is_none()
        && proofs.account_password.is_none()
        && proofs.text_message_code.is_none();
    if none {
        Err(Trouble::MalformedInput)
    } else {
        Ok(proofs)
    }
}
