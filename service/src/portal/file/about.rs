//! What stands at the beginning of the file: everything that is not a long list.

use serde::Serialize;
use sigill_core::confirmation::factor::Way;
use sigill_core::confirmation::policy::{Profile, SecondFactor, Sync};
use sigill_core::confirmation::wait::Lost;
use sigill_core::id::{AccountId, DeviceId, GenerationId, VaultId};
use sigill_core::wire::Seconds;
use sigill_core::wire::account::Language;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{CloudVault, LastAct};

use crate::cloud::read::stands;
use crate::failure::Failure;
use crate::limits::DAY;
use crate::service::Service;
use crate::store::Tx;
use crate::store::accounts::{AccountRow, account};
use crate::store::clouds::CloudRow;
use crate::store::factors::{FactorRow, backup_set, factors};
use crate::store::files::taken;
use crate::store::generations::{Displacement, GenerationRow, displaced_generations};
use crate::store::identities::{self, IdentityRow, identities_of};
use crate::store::sessions::{DeviceRow, all_devices};
use crate::store::waits::{Brings, WaitRow, columns, every_wait_of};

/// Names the format and its version.
pub(super) const FORMAT: &str = "sigill/account-file/1";

/// The account by itself.
#[derive(Serialize)]
pub(super) struct About {
    format: &'static str,
    account: AccountId,
    saved_at: Seconds,
    email: String,
    address_confirmed_at: Seconds,
    language: Language,
    second_factor: SecondFactor,
    profile: Profile,
    undo_days: u64,
    /// 0 where it stays.
    delete_at: Seconds,
    agreement: Option<Agreement>,
    identities: Vec<Identity>,
    factors: Vec<Factor>,
    backup_codes_left: usize,
    devices: Vec<Device>,
    waits: Vec<Wait>,
    displaced: Vec<Displaced>,
    files: Files,
    cloud: Cloud,
}

#[derive(Serialize)]
struct Agreement {
    region: String,
    terms: u64,
}

#[derive(Serialize)]
struct Identity {
    provider: String,
    issuer: String,
    subject: String,
    email: String,
    added_at: Seconds,
}

/// Of an authenticator neither the secret nor anything made from it.
#[derive(Serialize)]
struct Factor {
    way: Way,
    number: Option<String>,
    since: Seconds,
}

#[derive(Serialize)]
struct Device {
    device: DeviceId,
    name: String,
    known_since: Seconds,
    last_seen: Seconds,
    sync: Sync,
}

/// A way that takes seven days: what it brings, but for a password.
#[derive(Serialize)]
struct Wait {
    lost: Lost,
    asked_at: Seconds,
    device: Option<DeviceId>,
    due_at: Seconds,
    state: &'static str,
    /// 0 while it waits.
    ended_at: Seconds,
    new_email: Option<String>,
}

/// That it lies there, and until when; its content comes back by a Restore only.
#[derive(Serialize)]
struct Displaced {
    generation: GenerationId,
    device_name: String,
    entries: u64,
    at: Seconds,
    until: Seconds,
}

/// How many files of items lie here, under whichever keys; they themselves come
/// with a backup that a device makes.
#[derive(Serialize)]
struct Files {
    count: u64,
    bytes: u64,
}

#[derive(Serialize)]
struct Cloud {
    seq: u64,
    vault: Option<CloudVault>,
    last_act: Option<LastAct>,
}

impl From<IdentityRow> for Identity {
    fn from(row: IdentityRow) -> Self {
        Self {
            provider: row.provider,
            issuer: row.issuer,
            subject: row.subject,
            email: row.email,
            added_at: row.added_at,
        }
    }
}

impl From<FactorRow> for Factor {
    fn from(row: FactorRow) -> Self {
        Self {
            way: row.way,
            number: (row.way == Way::TextMessage).then_some(row.value),
            since: row.since,
        }
    }
}

impl From<DeviceRow> for Device {
    fn from(row: DeviceRow) -> Self {
        Self {
            device: row.device,
            name: row.name,
            known_since: row.known_since,
            last_seen: row.last_seen,
            sync: row.sync,
        }
    }
}

impl From<WaitRow> for Wait {
    fn from(row: WaitRow) -> Self {
        let (state, _, ended_at) = columns(row.wait.state);
        Self {
            lost: row.wait.lost,
            asked_at: row.wait.asked_at,
            device: row.wait.asker,
            due_at: row.wait.until(),
            state,
            ended_at,
            new_email: match row.brings {
                Brings::Address(email) | Brings::Link { email, .. } => Some(email),
                Brings::Nothing | Brings::Password(_) => None,
            },
        }
    }
}

impl From<identities::Agreement> for Agreement {
    fn from(row: identities::Agreement) -> Self {
        Self {
            region: row.region,
            terms: row.terms,
        }
    }
}

impl From<(GenerationRow, Displacement)> for Displaced {
    fn from((generation, by): (GenerationRow, Displacement)) -> Self {
        Self {
            generation: generation.id,
            device_name: by.device_name,
            entries: generation.count,
            at: by.at,
            until: by.until,
        }
    }
}

/// Every row as a member of the file.
fn members<Row, Member: From<Row>>(rows: Vec<Row>) -> Vec<Member> {
    rows.into_iter().map(Member::from).collect()
}

/// Reads it.
pub(super) async fn read(
    service: &Service,
    tx: &mut Tx,
    (owner, stand, agreement): (AccountId, &CloudRow, Option<identities::Agreement>),
) -> Result<About, Failure> {
    let now = service.now();
    let row: Option<AccountRow> = account(tx, owner).await?;
    let row = row.ok_or_else(|| Failure::from(Code::SignedOut))?;
    let codes = backup_set(tx, owner.as_bytes()).await?;
    let files = taken(tx, owner, (VaultId([0; 16]), 0)).await?;
    Ok(About {
        format: FORMAT,
        account: owner,
        saved_at: now,
        email: row.email,
        address_confirmed_at: row.confirmed_at,
        language: row.language,
        second_factor: row.second_factor,
        profile: row.profile,
        undo_days: row.undo / DAY,
        delete_at: row.delete_at,
        agreement: agreement.map(Agreement::from),
        identities: members(identities_of(tx, owner).await?),
        factors: members(factors(tx, owner).await?),
        backup_codes_left: codes.map_or(0, |set| set.tags.len()),
        devices: members(all_devices(tx, owner).await?),
        waits: members(every_wait_of(tx, owner).await?),
        displaced: members(displaced_generations(tx, owner, now).await?),
        files: Files {
            count: files.files,
            bytes: files.all,
        },
        cloud: Cloud {
            seq: stand.head.seq,
            vault: stands(tx, stand).await?,
            last_act: stand.last_act.clone(),
        },
    })
}
