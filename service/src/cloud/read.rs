//! What the cloud holds, and what changed.

use sigill_core::confirmation::operation::Asker;
use sigill_core::id::{GenerationId, ItemId};
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Changes, Cloud, CloudVault, Displaced, Generations};

use super::check::syncs;
use crate::account::Caller;
use crate::failure::Failure;
use crate::service::Service;
use crate::store::Tx;
use crate::store::clouds::{CloudRow, cloud};
use crate::store::epochs::epochs;
use crate::store::generations::{GenerationRow, displaced_generations, generation};
use crate::store::records::{Page, changed_records, fitting, heads_since};
use crate::store::slots::slots_changed_since;

/// A page of changes holds at most so many records …
const MOST_RECORDS: u32 = 1_000;
/// … and so many bytes of them: some seconds of a slow line, and no more is held here.
const MOST_BYTES: u64 = 512 << 10;

impl Caller {
    /// Who asks, in the core's words.
    pub(crate) const fn asker(&self) -> Asker {
        Asker {
            account: self.session.account,
            device: self.session.device,
        }
    }
}

/// The cloud, with the vault that stands in it.
pub(crate) async fn current(tx: &mut Tx, row: &CloudRow) -> Result<Option<GenerationRow>, Failure> {
    match row.generation {
        Some(id) => Ok(generation(tx, id).await?),
        None => Ok(None),
    }
}

/// The vault that stands in the cloud, where there is one.
pub(crate) async fn stands(tx: &mut Tx, row: &CloudRow) -> Result<Option<CloudVault>, Failure> {
    let generation = current(tx, row).await?;
    Ok(generation.map(|generation| CloudVault {
        vault: generation.vault,
        epoch: generation.epoch,
        generation: generation.id,
        head: generation.head,
        slots: generation.slots,
        count: generation.count,
        anchoring: generation.anchoring,
        anchor_epoch: generation.anchor_epoch,
        voucher: generation.voucher,
    }))
}

async fn shown(service: &Service, tx: &mut Tx, row: CloudRow) -> Result<Cloud, Failure> {
    let vault = stands(tx, &row).await?;
    Ok(Cloud {
        seq: row.head.seq,
        head_hash: row.head.hash,
        vault,
        last_act: row.last_act,
        epochs: epochs(tx, row.account).await?,
        now: service.now(),
    })
}

/// What the cloud holds.
pub(crate) async fn vault(service: &Service, caller: &Caller) -> Result<Cloud, Failure> {
    let mut tx = service.store.begin(caller.session.account).await?;
    syncs(&mut tx, caller.asker()).await?;
    let row = cloud(&mut tx, caller.session.account).await?;
    shown(service, &mut tx, row).await
}

/// Which changes a device asks for.
pub(crate) struct Since {
    pub(crate) generation: GenerationId,
    pub(crate) seq: u64,
    /// The last item of the page before.
    pub(crate) after: Option<ItemId>,
}

/// A page of what changed.
pub(crate) async fn changes(
    service: &Service,
    caller: &Caller,
    since: Since,
) -> Result<Changes, Failure> {
    let account = caller.session.account;
    let mut tx = service.store.begin(account).await?;
    syncs(&mut tx, caller.asker()).await?;
    let row = cloud(&mut tx, account).await?;
    if row.generation != Some(since.generation) {
        return Err(Code::GenerationReplaced.into());
    }
    let (heads, slots) = match since.after {
        None => (
            heads_since(&mut tx, account, since.seq).await?,
            slots_changed_since(&mut tx, account, since.seq).await?,
        ),
        Some(_) => (Vec::new(), Vec::new()),
    };
    let page = Page {
        generation: since.generation,
        since: since.seq,
        after: since.after.unwrap_or(ItemId([0; 16])),
        most: MOST_RECORDS,
    };
    let fits = fitting(&mut tx, page, MOST_BYTES).await?;
    // One more than fits says whether that is all.
    let most = fits.saturating_add(1);
    let mut found = changed_records(&mut tx, Page { most, ..page }).await?;
    let fits = usize::try_from(fits).unwrap_or(usize::MAX);
    let is_cut = found.len() > fits;
    found.truncate(fits);
    let last = found.last().map(|(item, _)| item.to_string());
    Ok(Changes {
        cloud: shown(service, &mut tx, row).await?,
        heads,
        slots,
        records: found.into_iter().map(|(_, record)| record).collect(),
        after: last.filter(|_| is_cut),
    })
}

/// Generations that can be brought back.
pub(crate) async fn generations(
    service: &Service,
    caller: &Caller,
) -> Result<Generations, Failure> {
    let account = caller.session.account;
    let mut tx = service.store.begin(account).await?;
    let found = displaced_generations(&mut tx, account, service.now()).await?;
    let generations = found
        .into_iter()
        .map(|(generation, displacement)| Displaced {
            generation: generation.id,
            vault: generation.vault,
            epoch: generation.epoch,
            seq: generation.head_seq,
            head_hash: generation.head_hash,
            count: generation.count,
            by: displacement.by,
            device_name: displacement.device_name,
            at: displacement.at,
            until: displacement.until,
        });
    Ok(Generations {
        generations: generations.collect(),
    })
}
