//! What stands on the pages, and what their buttons do.

use sigill_core::confirmation::policy::{Profile, SecondFactor};
use sigill_core::confirmation::timeline::Change;
use sigill_core::id::{AccountId, DeviceId, OperationId};
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::Code;

use super::link::TERMS;
use super::trouble::Trouble;
use crate::account::overview::{self, to_be_asked};
use crate::account::session::GivesBack;
use crate::operation::watch::repudiate;
use crate::service::Service;
use crate::store::Tx;
use crate::store::accounts::{AccountRow, account, set_protection};
use crate::store::generations::{Displacement, GenerationRow, displaced_generations};
use crate::store::identities::{Agreement, IdentityRow, identities_of, set_agreement};
use crate::store::operation_row::OperationRow;
use crate::store::operations::{operation_of, pending_operations_of_account};
use crate::store::portal::PortalRow;
use crate::store::sessions::{DeviceRow, signed_in_devices};
use crate::store::waits::{WaitRow, waits_of};
use crate::timeline::{self, Note};

/// Everything that the portal shows of an account.
pub(crate) struct Shown {
    pub(crate) account: AccountRow,
    pub(crate) identities: Vec<IdentityRow>,
    pub(crate) devices: Vec<DeviceRow>,
    pub(crate) pending: Vec<OperationRow>,
    pub(crate) displaced: Vec<(GenerationRow, Displacement)>,
    /// What takes seven days, and can be stopped.
    pub(crate) waits: Vec<WaitRow>,
    /// When the address was last confirmed, where it is time to ask.
    pub(crate) address_asked: Option<Seconds>,
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
        waits: waits_of(&mut tx, account.id).await?,
        address_asked: to_be_asked(&account, now),
        account,
    })
}

/// *This was not me*, said here instead of in the mail.
pub(crate) async fn was_not_me(
    service: &Service,
    session: &PortalRow,
    id: OperationId,
) -> Result<(), Trouble> {
    let mut tx = service.store.begin(session.account).await?;
    let row = operation_of(&mut tx, session.account, id).await?;
    let row = row.ok_or(Code::NotFound)?;
    let them = (session.account, row.operation.device, session.device);
    let gives = GivesBack::put_out(&mut tx, them, service.now()).await?;
    repudiate(service, &mut tx, (row.operation, gives)).await?;
    Ok(tx.commit().await?)
}

/// The address is still the person's own.
pub(crate) async fn still_mine(service: &Service, session: &PortalRow) -> Result<(), Trouble> {
    Ok(overview::still_mine(service, session.account).await?)
}

/// Turns the strict profile on, where there is a second factor.
pub(crate) async fn go_strict(service: &Service, session: &PortalRow) -> Result<(), Trouble> {
    let mut tx = service.store.begin(session.account).await?;
    let row = account(&mut tx, session.account).await?;
    let row = row.ok_or(Trouble::SignedOut)?;
    match (row.second_factor, row.profile) {
        (SecondFactor::Off, _) => return Err(Code::NotOffered.into()),
        (SecondFactor::On, Profile::Strict) => return Ok(()),
        (SecondFactor::On, Profile::Standard) => {}
    }
    let protection = (SecondFactor::On, Profile::Strict);
    set_protection(&mut tx, session.account, protection).await?;
    let raised = Note {
        account: session.account,
        device: Some(session.device),
        change: Change::StrictOn,
        network: None,
    };
    timeline::note(service, &mut tx, raised).await?;
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
    let mut tx = service.store.begin(session.account).await?;
    let given = (session.account, Some(region));
    note_agreement(&mut tx, given, service.now()).await?;
    Ok(tx.commit().await?)
}

/// The same in the transaction of whatever takes them.
pub(super) async fn note_agreement(
    tx: &mut Tx,
    (account, region): (AccountId, Option<&str>),
    now: Seconds,
) -> Result<(), Trouble> {
    let region = REGIONS.iter().find(|known| Some(**known) == region);
    let agreement = Agreement {
        region: (*region.ok_or(Trouble::NotAgreed)?).into(),
        terms: TERMS,
    };
    Ok(set_agreement(tx, (account, &agreement), now).await?)
}
