//! The permit: while its sync is off, clearing a device has no effect at the
//! service. All that its receipt does is to allow the deed on that device, and
//! so it dies: after ten minutes, or when the head moves that it names.

use super::act::{ClearThisDevice, Grant};
use crate::confirmation::receipt::Receipt;
use crate::id::Hash;
use crate::wire::Seconds;

/// How long a permit lives, by the service's clock.
pub const PERMIT_LIFETIME: Seconds = 10 * 60;

/// Why a permit no longer allows anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Lapsed {
    /// It is older than ten minutes.
    #[error("the permit is older than ten minutes")]
    TooOld,
    /// Another head is here than the one that it names.
    #[error("another head is here than the one that the permit names")]
    HeadMoved,
}

impl Grant<ClearThisDevice> {
    /// The same grant, where it still permits: `here` is the head of this
    /// device now, `now` the service's clock as just heard. A receipt from a
    /// time that is yet to come is as good as new.
    ///
    /// # Errors
    /// [`Lapsed`]; the grant is gone then.
    pub fn still_permits(
        self,
        receipt: &Receipt,
        here: Option<Hash>,
        now: Seconds,
    ) -> Result<Self, Lapsed> {
        if here != Some(self.target().head_hash) {
            return Err(Lapsed::HeadMoved);
        }
        if now.saturating_sub(receipt.executed_at) >= PERMIT_LIFETIME {
            return Err(Lapsed::TooOld);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::act::Target;
    use super::*;
    use crate::confirmation::action::{Action, ClearScope};
    use crate::id::{AccountId, DeviceId, KeyId, OperationId, VaultId};

    const HERE: Hash = Hash([3; 32]);

    fn after(seconds: Seconds, here: Option<Hash>) -> Result<(), Lapsed> {
        let target = Target {
            vault: VaultId([1; 16]),
            head_hash: HERE,
        };
        let receipt = Receipt {
            key: KeyId([1; 16]),
            operation: OperationId([2; 16]),
            account: AccountId([3; 16]),
            device: DeviceId([4; 16]),
            action: Action::ClearVault {
                scope: ClearScope::ThisDevice,
            },
            digest: Hash([5; 32]),
            executed_at: 1_000,
            new_seq: 0,
            quarantine_until: 0,
        };
        let grant = Grant::<ClearThisDevice>::new(target, ());
        let permitted = grant.still_permits(&receipt, here, 1_000 + seconds);
        permitted.map(drop)
    }

    #[test]
    fn a_permit_dies_after_ten_minutes_and_with_the_head_that_it_names() {
        assert_eq!(after(0, Some(HERE)), Ok(()));
        assert_eq!(after(599, Some(HERE)), Ok(()));
        assert_eq!(after(600, Some(HERE)), Err(Lapsed::TooOld));
        assert_eq!(after(0, Some(Hash([4; 32]))), Err(Lapsed::HeadMoved));
        assert_eq!(after(0, None), Err(Lapsed::HeadMoved));
    }
}
