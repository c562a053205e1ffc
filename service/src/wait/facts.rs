//! What an account is, as far as the ways that take seven days rest on it.

use sigill_core::confirmation::policy::{Connection, Standing, Sync};
use sigill_core::confirmation::wait::{Base, is_established};
use sigill_core::encode::Encoder;
use sigill_core::id::{AccountId, DeviceId, Hash};
use sigill_core::wire::Seconds;

use crate::store::accounts::{AccountRow, account};
use crate::store::factors::{FactorRow, factors};
use crate::store::sessions::{device_in, devices_with_sessions};
use crate::store::waits::WaitRow;
use crate::store::{StoreError, Tx, as_word};

/// An account and its factors.
pub(crate) struct Facts {
    pub(crate) account: AccountRow,
    factors: Vec<FactorRow>,
}

impl Facts {
    /// Reads them; none where the account is gone.
    pub(crate) async fn load(tx: &mut Tx, id: AccountId) -> Result<Option<Self>, StoreError> {
        let Some(account) = account(tx, id).await? else {
            return Ok(None);
        };
        let factors = factors(tx, id).await?;
        Ok(Some(Self { account, factors }))
    }

    /// What decides which ways there are; no device is asked about its sync.
    pub(crate) const fn standing(&self) -> Standing {
        Standing {
            connection: match self.account.password {
                Some(_) => Connection::Linked,
                None => Connection::ThirdParty,
            },
            sync: Sync::On,
            second_factor: self.account.second_factor,
            profile: self.account.profile,
        }
    }

    /// `SHA-256(encode("sigill/wait/base/1", password?, address, factors))`:
    /// another one, and the account is another than it was.
    pub(crate) fn base(&self) -> Hash {
        let encoder = Encoder::new("sigill/wait/base/1")
            .optional(self.account.password.as_deref(), Encoder::text)
            .text(&self.account.email)
            .list(self.factors.iter(), |encoder, factor| {
                encoder.text(&as_word(factor.way)).integer(factor.since)
            });
        Hash::of(&encoder.finish())
    }

    /// Whether it is the account that `row` was asked for, and still knows the
    /// device that asked as it did: one that was signed out by hand asks for nothing.
    pub(crate) async fn base_of(&self, tx: &mut Tx, row: &WaitRow) -> Result<Base, StoreError> {
        if self.base() != row.base {
            return Ok(Base::Moved);
        }
        let Some(asker) = row.wait.asker else {
            return Ok(Base::Stands);
        };
        let device = device_in(tx, self.account.id, asker).await?;
        Ok(match device {
            Some(device) if is_established(device.known_since, row.wait.asked_at) => Base::Stands,
            Some(_) | None => Base::Moved,
        })
    }
}

/// `device`, where it is signed in and established.
pub(crate) async fn established(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
    now: Seconds,
) -> Result<Option<DeviceId>, StoreError> {
    if !devices_with_sessions(tx, account).await?.contains(&device) {
        return Ok(None);
    }
    let row = device_in(tx, account, device).await?;
    let row = row.filter(|row| is_established(row.known_since, now));
    Ok(row.map(|row| row.device))
}
