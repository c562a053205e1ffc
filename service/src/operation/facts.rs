//! What the judge is told, from our own rows and inside the transaction.

use sigill_core::confirmation::action::{Action, RestoreReach, RestoreSource};
use sigill_core::confirmation::operation::{Asker, Clearance, Facts};
use sigill_core::confirmation::policy::{self, Answer, Standing};
use sigill_core::confirmation::wait::Lost;
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::Code;

use crate::account::overview::standing;
use crate::failure::Failure;
use crate::store::Tx;
use crate::store::accounts::{AccountRow, account};
use crate::store::clouds::{CloudRow, cloud};
use crate::store::generations::{GenerationRow, displaced_generation};
use crate::store::sessions::{DeviceRow, device_in};
use crate::store::waits::wait_of;

/// Facts, and the rows that they were read from.
pub(crate) struct Scene {
    pub(crate) facts: Facts,
    pub(crate) account: AccountRow,
    pub(crate) device: DeviceRow,
    pub(crate) cloud: CloudRow,
    /// The displaced generation that the action names, where it is this account's.
    pub(crate) named: Option<GenerationRow>,
}

/// Reads everything that an answer about `action` may depend on.
pub(crate) async fn scene(
    tx: &mut Tx,
    (asker, action): (Asker, Action),
    now: Seconds,
) -> Result<Scene, Failure> {
    let signed_out = || Failure::from(Code::SignedOut);
    let account = account(tx, asker.account).await?.ok_or_else(signed_out)?;
    let device = device_in(tx, asker.account, asker.device).await?;
    let device = device.ok_or_else(signed_out)?;
    let cloud = cloud(tx, asker.account).await?;
    let named = match action {
        Action::Restore {
            source: RestoreSource::Cloud { generation },
            ..
        } => displaced_generation(tx, asker.account, generation, now).await?,
        Action::Restore {
            source: RestoreSource::Device { .. },
            ..
        }
        | Action::ResetMasterPassword
        | Action::RenewMasterPassword
        | Action::ReplaceCloud
        | Action::ClearVault { .. }
        | Action::Weaken { .. } => None,
    };
    let clearance = match wait_of(tx, (asker.account, Lost::Address)).await? {
        // Codes go to an address that somebody says is dead.
        Some(row) if row.wait.is_on() => Clearance::EmailNotVerified,
        Some(_) | None => clearance(&account, (standing(&account, &device), action), now),
    };
    let facts = Facts {
        standing: standing(&account, &device),
        clearance,
        cloud: cloud.head,
        generation: named.as_ref().map(|named| reach(named, &cloud)),
    };
    Ok(Scene {
        facts,
        account,
        device,
        cloud,
        named,
    })
}

fn clearance(
    account: &AccountRow,
    (standing, action): (Standing, Action),
    now: Seconds,
) -> Clearance {
    if account.frozen_until > now {
        return Clearance::Frozen;
    }
    match policy::required(standing, action) {
        Answer::Prove(_, reach) => account.hold.clearance((action, reach), now),
        Answer::TypedPhrase
        | Answer::OldMasterPassword
        | Answer::NotOffered
        | Answer::Refuse(_) => Clearance::Clear,
    }
}

/// The keys in use are those of the vault and epoch that stand, or last stood, there.
fn reach(named: &GenerationRow, cloud: &CloudRow) -> RestoreReach {
    if cloud.sealed_under == Some((named.vault, named.epoch)) {
        RestoreReach::SameEpoch
    } else {
        RestoreReach::AcrossEpochs
    }
}
