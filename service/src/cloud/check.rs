//! Whether a head fits its records and its slots; all without a key.

use sigill_core::confirmation::operation::Asker;
use sigill_core::confirmation::policy::Sync;
use sigill_core::id::UploadId;
use sigill_core::vault::head::{Head, RootEntry, items_root};
use sigill_core::vault::record::{Life, Record};
use sigill_core::vault::slots::Slots;
use sigill_core::wire::Bytes;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::TaggedHead;

use crate::failure::Failure;
use crate::service::Service;
use crate::store::Tx;
use crate::store::sessions::device_in;
use crate::store::uploads::{Seal, UploadRow, strangers_in_upload, upload};

/// The cloud is frozen for a device whose sync is off: it neither reads nor writes.
pub(crate) async fn syncs(tx: &mut Tx, asker: Asker) -> Result<(), Failure> {
    let device = device_in(tx, asker.account, asker.device).await?;
    match device.map(|device| device.sync) {
        Some(Sync::On) => Ok(()),
        Some(Sync::Off) => Err(Code::SyncIsOff.into()),
        None => Err(Code::SignedOut.into()),
    }
}

/// A head that may stand in an account's cloud, with a tag of the right length.
pub(crate) struct ParsedHead {
    pub(crate) head: Head,
    pub(crate) tagged: TaggedHead,
}

/// Reads a head and its tag; it has to be `asker`'s.
pub(crate) fn parse_head(tagged: TaggedHead, asker: Asker) -> Result<ParsedHead, Failure> {
    let malformed = || Failure::from(Code::MalformedVault);
    let head = Head::from_bytes(&tagged.head.0).map_err(|_| malformed())?;
    let is_own = head.account == Some(asker.account) && head.writer == asker.device;
    if is_own && tagged.tag.0.len() == 32 {
        Ok(ParsedHead { head, tagged })
    } else {
        Err(malformed())
    }
}

/// A voucher is opaque here, and has its length.
pub(crate) fn parse_voucher(voucher: Option<&Bytes>) -> Result<Option<Bytes>, Failure> {
    match voucher {
        Some(voucher) if voucher.0.len() != 32 => Err(Code::MalformedVault.into()),
        other => Ok(other.cloned()),
    }
}

/// Reads the slots of a head.
pub(crate) fn parse_slots(slots: &[Bytes], head: &Head) -> Result<Slots, Failure> {
    let malformed = || Failure::from(Code::MalformedVault);
    let slots = Slots::from_bytes(slots.iter().map(Bytes::as_ref)).map_err(|_| malformed())?;
    let fits = slots.hash() == head.slots_hash
        && (slots.vault(), slots.epoch()) == (head.vault, head.epoch);
    if fits { Ok(slots) } else { Err(malformed()) }
}

/// Reads records of a head's vault and epoch.
pub(crate) fn parse_records(records: &[Bytes], head: &Head) -> Result<Vec<Record>, Failure> {
    let parse = |bytes: &Bytes| {
        let record = Record::from_bytes(&bytes.0).ok()?;
        let place = record.header().place;
        ((place.vault, place.epoch) == (head.vault, head.epoch)).then_some(record)
    };
    let records: Option<Vec<Record>> = records.iter().map(parse).collect();
    records.ok_or_else(|| Code::MalformedVault.into())
}

/// Whether a head's root and count are those of these records.
pub(crate) fn covers(head: &Head, entries: Vec<RootEntry>) -> Result<(), Failure> {
    let living = entries
        .iter()
        .filter(|entry| entry.life == Life::Living)
        .count();
    let root = items_root(entries).ok();
    if root == Some(head.items_root) && u64::try_from(living).ok() == Some(head.count) {
        Ok(())
    } else {
        Err(Code::MalformedVault.into())
    }
}

/// An upload of `asker`'s that takes records or can be used.
pub(crate) async fn open_upload(
    service: &Service,
    tx: &mut Tx,
    (asker, id): (Asker, UploadId),
) -> Result<UploadRow, Failure> {
    syncs(tx, asker).await?;
    let row = upload(tx, id).await?;
    let is_open = |row: &UploadRow| {
        row.account == asker.account
            && row.device == asker.device
            && row.seal == Seal::Open
            && row.until > service.now()
    };
    row.filter(is_open).ok_or_else(|| Code::NotFound.into())
}

/// An upload that can be used with `head`: all its records are of that vault and epoch.
pub(crate) async fn upload_for(
    service: &Service,
    tx: &mut Tx,
    (asker, id): (Asker, UploadId),
    head: &Head,
) -> Result<UploadId, Failure> {
    let row = open_upload(service, tx, (asker, id)).await?;
    match strangers_in_upload(tx, row.id, (head.vault, head.epoch)).await? {
        0 => Ok(row.id),
        _ => Err(Code::MalformedVault.into()),
    }
}
