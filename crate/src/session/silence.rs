//! Whether the service is gone. A silence is what this device heard itself: it
//! begins with an ask that nothing came of, and ends with the service's next
//! word, whatever that is. What is not the service's (a proxy's page, somebody
//! else's at its address) is no word.

use serde::Serialize;
use sigill_core::wire::Seconds;

use super::Session;
use super::account::signed_out;
use super::rows::SILENCE;
use super::service::exchange::Call;
use crate::api::Status;
use crate::json::object;
use crate::rim::{Batch, Rim};
use crate::trouble::Trouble;

/// How long a service must have been silent.
const SILENT: Seconds = 7 * 24 * 60 * 60;
/// How often a silence is listened to by itself, and written down.
const EVERY: Seconds = 60 * 60;
/// Longer between two asks, and nobody listened, or a clock was set.
const UNHEARD: Seconds = 30 * 24 * 60 * 60;

/// `silence`: both by this device's clock.
#[derive(Serialize)]
struct SilenceRow {
    /// The first ask that nothing came of.
    since: Seconds,
    /// The last one that was written down.
    asked: Seconds,
}

object! {
    SilenceRow { since, asked }
}

impl SilenceRow {
    /// Whether it goes on at `now`: a clock that went back, or far ahead, begins
    /// it anew. One that is put right by seconds does not.
    fn goes_on(&self, now: Seconds) -> bool {
        let went_back = self.asked.saturating_sub(now);
        let went_by = now.saturating_sub(self.asked);
        self.since <= self.asked && went_back < EVERY && went_by <= UNHEARD
    }
}

impl<R: Rim> Session<R> {
    /// Remembers whether a request to `service` was answered.
    pub(crate) async fn listen<T>(
        &self,
        service: &str,
        answer: &Result<T, Trouble>,
    ) -> Result<(), Trouble> {
        match answer {
            Ok(_) | Err(Trouble::Refused(_)) => self.heard(service).await,
            Err(Trouble::Unreachable | Trouble::Garbage) => {
                // Not written down, it begins later: nothing is left too early.
                let _ = self.not_heard(service).await;
                Ok(())
            }
            Err(_) => Ok(()),
        }
    }

    async fn heard(&self, service: &str) -> Result<(), Trouble> {
        if self.rim.get(SILENCE).await?.is_none() || !self.is_ours(service).await? {
            return Ok(());
        }
        let mut batch = Batch::default();
        batch.delete(SILENCE);
        self.rim.commit(batch).await
    }

    async fn not_heard(&self, service: &str) -> Result<(), Trouble> {
        if !self.is_ours(service).await? {
            return Ok(());
        }
        let now = self.rim.now();
        let row: Option<SilenceRow> = self.read(SILENCE).await?;
        let since = match row.filter(|row| row.goes_on(now)) {
            Some(row) if now.saturating_sub(row.asked) < EVERY => return Ok(()),
            Some(row) => row.since,
            None => now,
        };
        self.write(SILENCE, &SilenceRow { since, asked: now }).await
    }

    async fn is_ours(&self, service: &str) -> Result<bool, Trouble> {
        let account = self.account_known().await?;
        Ok(account.is_some_and(|row| row.service == service))
    }

    /// Since when the service is silent, where that is seven days and more.
    pub(crate) async fn silent_since(&self) -> Result<Option<Seconds>, Trouble> {
        let now = self.rim.now();
        let row: Option<SilenceRow> = self.read(SILENCE).await?;
        let row = row.filter(|row| row.goes_on(now));
        let over = row.filter(|row| now.saturating_sub(row.since) >= SILENT);
        Ok(over.map(|row| row.since))
    }

    /// Asks the service for a sign of life, as nobody in particular: a device
    /// that is signed out, or whose sync is off, asks it nothing otherwise.
    ///
    /// # Errors
    /// `signed_out` where there is no account, or why the store fails.
    pub async fn knock(&self) -> Result<Status, Trouble> {
        self.ask_for_a_sign().await?;
        self.status().await
    }

    pub(crate) async fn ask_for_a_sign(&self) -> Result<(), Trouble> {
        let account = self.account_known().await?.ok_or_else(signed_out)?;
        let call = Call::get("/v1/providers");
        match self.ask_anonymously(&account.service, &call).await {
            Ok(_) | Err(Trouble::Refused(_) | Trouble::Unreachable | Trouble::Garbage) => Ok(()),
            Err(trouble) => Err(trouble),
        }
    }

    /// A silence that was heard once is listened to until it ends.
    pub(crate) async fn listen_on(&self) -> Result<(), Trouble> {
        let row: Option<SilenceRow> = self.read(SILENCE).await?;
        match row {
            Some(row) if self.rim.now().abs_diff(row.asked) >= EVERY => self.ask_for_a_sign().await,
            Some(_) | None => Ok(()),
        }
    }
}
