//! What stands on the pages, and what their buttons do.

use sigill_core::confirmation::timeline::{Event, Step};
use sigill_core::id::{DeviceId, OperationId};
use sigill_core::wire::problem::Code;

use super::link::TERMS;
use super::trouble::Trouble;
use crate::account::session::end_device;
use crate::operation::watch::undo_deletion;
use crate::service::Service;
use crate::store::accounts::{AccountRow, account};
use crate::store::generations::{Displacement, GenerationRow, displaced_generations};
use crate::store::identities::{Agreement, IdentityRow, identities_of, set_agreement};
use crate::store::operations::{
    OperationRow, operation_of, pending_operations_of_account, save_operation,
};
use crate::store::portal::PortalRow;
use crate::store::sessions::{DeviceRow, forget_trust, signed_in_devices};
use crate::timeline;

/// Everything that the portal shows of an account.
pub(crate) struct Shown {
    pub(crate) account: AccountRow,
    pub(crate) identities: Vec<IdentityRow>,
    pub(crate) devices: Vec<DeviceRow>,
    pub(crate) pending: Vec<OperationRow>,
    pub(crate) displaced: Vec<(GenerationRow, Displacement)>,
}

impl Shown {
    /// What people call a device of this account.
    pub(crate) fn device_name(&self, device: DeviceId) -> &str {
        let found = self.devices.iter().find(|row| row.device == device);
        found.map_or("?", |row| row.name.as_str())
    }
}

/// Reads it.
pub(crate) async fn shown(service: &Service, session: &PortalRow) -> Result<Shown, Trouble> {
    let now = service.now();
    let mut tx = service.store.begin(session.account).await?;
    let account = account(&mut tx, session.account).await?;
    let account = account.ok_or(Trouble::SignedOut)?;
    let pending = pending_operations_of_account(&mut tx, account.id).await?;
    Ok(Shown {
        identities: identities_of(&mut tx, account.id).await?,
        devices: signed_in_devices(&mut tx, account.id).await?,
        pending: pending
            .into_iter()
            .filter(|row| row.operation.expires_at > now)
            .collect(),
        displaced: displaced_generations(&mut tx, account.id, now).await?,
        account,
    })
}

/// *This was not me*: the operation is cancelled, and the device that asked is
/// signed out. No limit counts this.
pub(crate) async fn was_not_me(
    service: &Service,
    session: &PortalRow,
    id: OperationId,
) -> Result<(), Trouble> {
    let mut tx = service.store.begin(session.account).await?;
    let row = operation_of(&mut tx, session.account, id).await?;
    let row = row.ok_or(Code::NotFound)?;
    let device = row.operation.device;
    let event = Event::operation(Step::NotMe, row.operation.request.action);
    timeline::note_operation(service, &mut tx, (&row.operation, event), None).await?;
    let (operation, _too_late) = row.operation.cancel(session.account, service.now());
    save_operation(&mut tx, &operation, service.now()).await?;
    undo_deletion(&mut tx, &operation).await?;
    forget_trust(&mut tx, (session.account, device), service.now()).await?;
    end_device(service, &mut tx, (session.account, device)).await?;
    Ok(tx.commit().await?)
}

/// Where somebody can say they live.
pub(crate) const REGIONS: [&str; 4] = ["eu", "europe", "americas", "elsewhere"];

/// Remembers region and terms; once.
pub(crate) async fn agree(
    service: &Service,
    session: &PortalRow,
    region: &str,
) -> Result<(), Trouble> {
    let region = REGIONS.iter().find(|known| **known == region);
    let region = region.ok_or(Trouble::NotAgreed)?;
    let agreement = Agreement {
        region: (*region).into(),
        terms: TERMS,
    };
    let mut tx = service.store.begin(session.account).await?;
    set_agreement(&mut tx, (session.account, &agreement), service.now()).await?;
    Ok(tx.commit().await?)
}
