//! Records on their way to the service, part by part: on a slow line that is cut
//! now and then they all arrive, and each of them once.
//!
//! The row `upload` says how far it came. Whoever has the same records to send
//! goes on there: after a cut that no repeat got over, or in the next worker.
//! Only a part is held at a time, as it is sent.

use serde::Serialize;
use sigill_core::id::{Hash, UploadId};
use sigill_core::vault::head::items_root;
use sigill_core::wire::Bytes;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Upload, UploadPart};

use crate::json::object;
use crate::rim::{Batch, Method, Rim};
use crate::session::Session;
use crate::session::rows::UPLOAD;
use crate::session::service::exchange::{Call, parse};
use crate::session::vault::Kept;
use crate::trouble::Trouble;

/// Bytes of records that go in one request …
const PART: usize = 512 << 10;
/// … and on a line that is cut again and again, half of it each time, down to this:
/// little is sent twice then.
const LEAST: usize = 64 << 10;
/// Cuts in a row after which a try is over.
const CUTS: u32 = 4;

/// `upload`.
#[derive(Serialize)]
struct UploadRow {
    upload: UploadId,
    /// The root over all records that it is to hold.
    of: Hash,
    /// How many of them are there.
    sent: u64,
}

object! {
    UploadRow { upload, of, sent }
}

impl<R: Rim> Session<R> {
    /// Records for one request: themselves where they are few, else an upload
    /// that holds them.
    pub(crate) async fn in_parts(
        &self,
        records: &[&Kept],
    ) -> Result<(Vec<Bytes>, Option<UploadId>), Trouble> {
        let all = part_of(records, PART);
        if all.len() == records.len() {
            return Ok((all, None));
        }
        drop(all);
        let upload = self.upload(records).await?;
        Ok((Vec::new(), Some(upload)))
    }

    /// Stages records at the service, from where the last try came to.
    pub(crate) async fn upload(&self, records: &[&Kept]) -> Result<UploadId, Trouble> {
        let entries = records.iter().map(|kept| kept.entry);
        let of = items_root(entries).map_err(|_| Trouble::Damaged)?;
        let begun: Option<UploadRow> = self.read(UPLOAD).await?;
        if let Some(begun) = begun.filter(|begun| begun.of == of) {
            match self.send_parts(begun, records).await {
                Err(trouble) if trouble.is(Code::NotFound) => {} // its day is over
                other => return other,
            }
        }
        let answer = self
            .ask_service(&Call::empty(Method::Post, "/v1/uploads"))
            .await?;
        let Upload { upload, .. } = parse(&answer)?;
        let begun = UploadRow {
            upload,
            of,
            sent: 0,
        };
        self.send_parts(begun, records).await
    }

    async fn send_parts(&self, mut row: UploadRow, records: &[&Kept]) -> Result<UploadId, Trouble> {
        let path = ["/v1/uploads/", &row.upload.to_string()].concat();
        let mut is_written = row.sent > 0;
        let mut left = records.get(place(row.sent)..).unwrap_or_default();
        let (mut most, mut cuts) = (PART, 0);
        while !left.is_empty() {
            let part = UploadPart {
                records: part_of(left, most),
            };
            let put = Call::with(Method::Put, path.clone(), &part);
            match self.ask_service(&put).await {
                Err(Trouble::Unreachable) if cuts < CUTS => {
                    most = LEAST.max(most / 2);
                    cuts += 1;
                    continue;
                }
                answer => answer?,
            };
            cuts = 0;
            left = left.get(part.records.len()..).unwrap_or_default();
            row.sent = number(records.len() - left.len());
            if !left.is_empty() {
                // Only time would be lost with it.
                is_written |= self.write(UPLOAD, &row).await.is_ok();
            }
        }
        if is_written {
            let mut batch = Batch::default();
            batch.delete(UPLOAD); // it is whole, and whoever asked for it uses it up
            self.rim.commit(batch).await?;
        }
        Ok(row.upload)
    }
}

/// As many of the first records as fit in so many bytes, one at least.
fn part_of(records: &[&Kept], most: usize) -> Vec<Bytes> {
    let (mut part, mut size) = (Vec::new(), 0);
    for kept in records {
        let record = kept.record.to_bytes();
        size += record.len();
        if size > most && !part.is_empty() {
            break;
        }
        part.push(Bytes(record));
    }
    part
}

fn place(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn number(place: usize) -> u64 {
    u64::try_from(place).unwrap_or(u64::MAX)
}
