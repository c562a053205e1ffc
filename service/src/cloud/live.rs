//! A device that waits hears at once that another one wrote. It hears of this
//! service's own writes; what another instance over the same database wrote it
//! finds when it looks, once a minute.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::Moved;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender, channel};

use super::check::syncs;
use crate::account::Caller;
use crate::failure::Failure;
use crate::service::Service;
use crate::store::clouds::cloud;

/// The longest wait. An extension's worker is ended where an answer takes 30 seconds.
const PATIENCE: Duration = Duration::from_secs(15);
/// Requests of one account that may wait at once: its open pages.
const MOST: u32 = 32;
/// Writes that a slow listener may be behind by; one further behind looks for itself.
const BEHIND: usize = 256;

/// Who wrote; nobody where the service is about to stop.
type Wrote = Option<(AccountId, DeviceId)>;

/// Those who wait, and what they wait for.
pub struct Live {
    wrote: Sender<Wrote>,
    waiting: Mutex<HashMap<AccountId, u32>>,
}

impl Live {
    pub(crate) fn new() -> Self {
        Self {
            wrote: channel(BEHIND).0,
            waiting: Mutex::default(),
        }
    }

    /// The account's cloud is another than before, by this device.
    pub(crate) fn tell(&self, account: AccountId, device: DeviceId) {
        let _nobody_waits = self.wrote.send(Some((account, device)));
    }

    /// Whoever waits is answered now.
    pub fn end(&self) {
        let _nobody_waits = self.wrote.send(None);
    }

    /// How many requests of an account wait.
    pub fn count(&self, account: AccountId) -> u32 {
        self.waiting().get(&account).copied().unwrap_or_default()
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<AccountId, u32>> {
        // A count that a panic left behind is a count all the same.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, account: AccountId) -> Result<Place<'_>, Failure> {
        let mut waiting = self.waiting();
        let count = waiting.entry(account).or_default();
        if *count >= MOST {
            return Err(Code::TooManyRequests.into());
        }
        *count = count.saturating_add(1);
        Ok(Place {
            live: self,
            account,
        })
    }
}

/// One that waits, until dropped.
struct Place<'a> {
    live: &'a Live,
    account: AccountId,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut waiting = self.live.waiting();
        if let Some(count) = waiting.get_mut(&self.account) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                waiting.remove(&self.account);
            }
        }
    }
}

/// Whether the cloud stands elsewhere than at `seq`: known at once, or once
/// another device writes, or not for as long as anybody waits here.
pub(crate) async fn moved(service: &Service, caller: &Caller, seq: u64) -> Result<Moved, Failure> {
    let (account, device) = (caller.session.account, caller.session.device);
    let _place = service.live.enter(account)?;
    let wrote = service.live.wrote.subscribe(); // before looking: nothing is missed between
    let mut tx = service.store.begin(account).await?;
    syncs(&mut tx, caller.asker()).await?;
    let stands = cloud(&mut tx, account).await?.head.seq;
    drop(tx);
    let moved = stands != seq || {
        let another = another_wrote(wrote, (account, device));
        tokio::time::timeout(PATIENCE, another)
            .await
            .unwrap_or(false)
    };
    Ok(Moved { moved })
}

/// Until another device of the account wrote; not, where the service stops.
async fn another_wrote(mut wrote: Receiver<Wrote>, (account, own): (AccountId, DeviceId)) -> bool {
    loop {
        match wrote.recv().await {
            Ok(Some((whose, device))) if whose == account && device != own => return true,
            Ok(Some(_)) => {}
            Err(RecvError::Lagged(_)) => return true,
            Ok(None) | Err(RecvError::Closed) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: AccountId = AccountId([1; 16]);
    const HERE: DeviceId = DeviceId([2; 16]);
    const THERE: DeviceId = DeviceId([3; 16]);

    #[tokio::test]
    async fn neither_its_own_write_nor_another_accounts_is_news() {
        let live = Live::new();
        let [ours, others] = [live.wrote.subscribe(), live.wrote.subscribe()];
        live.tell(OURS, HERE);
        live.tell(AccountId([4; 16]), THERE);
        live.end();
        assert!(!another_wrote(ours, (OURS, HERE)).await);
        assert!(another_wrote(others, (OURS, THERE)).await);
    }

    #[tokio::test]
    async fn whoever_is_too_far_behind_to_know_looks() {
        let live = Live::new();
        let wrote = live.wrote.subscribe();
        for _ in 0..=BEHIND {
            live.tell(OURS, HERE);
        }
        assert!(another_wrote(wrote, (OURS, HERE)).await);
    }
}
