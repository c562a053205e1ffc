//! Records staged before they are part of anything; gone after a day.

use sigill_core::id::UploadId;
use sigill_core::vault::record::Record;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Upload, UploadPart};

use super::check::{open_upload, syncs};
use crate::account::Caller;
use crate::failure::Failure;
use crate::limits::DAY;
use crate::random;
use crate::service::Service;
use crate::store::uploads::{
    Seal, UploadRow, add_staged_bytes, insert_upload, stage_record, staged_bytes,
};

/// What an account may have staged at once: bytes, and uploads.
const MOST_BYTES: u64 = 256 << 20;
const MOST_UPLOADS: u64 = 16;

/// Begins an upload.
pub(crate) async fn begin(service: &Service, caller: &Caller) -> Result<Upload, Failure> {
    let asker = caller.asker();
    let mut tx = service.store.begin(asker.account).await?;
    syncs(&mut tx, asker).await?;
    let (_, uploads) = staged_bytes(&mut tx, asker.account).await?;
    if uploads >= MOST_UPLOADS {
        return Err(Failure::wait(Code::TooManyRequests, DAY));
    }
    let new = UploadRow {
        id: UploadId(random::bytes()?),
        account: asker.account,
        device: asker.device,
        seal: Seal::Open,
        until: service.now().saturating_add(DAY),
    };
    insert_upload(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(Upload {
        upload: new.id,
        until: new.until,
    })
}

/// Adds records.
pub(crate) async fn add(
    service: &Service,
    caller: &Caller,
    (upload, part): (UploadId, UploadPart),
) -> Result<(), Failure> {
    let asker = caller.asker();
    let records: Result<Vec<Record>, _> = part
        .records
        .iter()
        .map(|bytes| Record::from_bytes(&bytes.0))
        .collect();
    let records = records.map_err(|_| Failure::from(Code::MalformedVault))?;
    let bytes: usize = part.records.iter().map(|record| record.0.len()).sum();
    let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
    let mut tx = service.store.begin(asker.account).await?;
    let row = open_upload(service, &mut tx, (asker, upload)).await?;
    let (staged, _) = staged_bytes(&mut tx, asker.account).await?;
    if staged.saturating_add(bytes) > MOST_BYTES {
        return Err(Code::TooLarge.into());
    }
    for record in &records {
        stage_record(&mut tx, row.id, record).await?;
    }
    add_staged_bytes(&mut tx, row.id, bytes).await?;
    Ok(tx.commit().await?)
}
