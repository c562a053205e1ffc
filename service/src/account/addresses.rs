//! Where a person reads mail about an account.

use sigill_core::account::MailAddress;
use sigill_core::id::AccountId;
use sigill_core::wire::Seconds;

use crate::limits::DAY;
use crate::store::addresses::former_addresses_since;
use crate::store::{StoreError, Tx};

/// Seconds for which an address that the account had is told, and can say no.
const OF_LATE: Seconds = 30 * DAY;

/// Those that the account had of late, as they were written.
pub(crate) async fn of_late(
    tx: &mut Tx,
    account: AccountId,
    now: Seconds,
) -> Result<Vec<String>, StoreError> {
    former_addresses_since(tx, account, now.saturating_sub(OF_LATE)).await
}

/// Those of `texts` that are addresses; each once, however it is spelled.
pub(crate) fn once(texts: impl IntoIterator<Item = String>) -> Vec<MailAddress> {
    let mut seen: Vec<MailAddress> = Vec::new();
    for text in texts {
        match MailAddress::parse(&text) {
            Ok(address) if !seen.contains(&address) => seen.push(address),
            Ok(_) | Err(_) => {}
        }
    }
    seen
}

/// The same without `own`.
pub(crate) fn others(texts: impl IntoIterator<Item = String>, own: &str) -> Vec<MailAddress> {
    let own = MailAddress::parse(own).ok();
    let mut all = once(texts);
    all.retain(|address| Some(address) != own.as_ref());
    all
}
