//! A later epoch of the vault that is here stands in the cloud.
//!
//! | here | then |
//! |---|---|
//! | open, and the head key vouches for it | its master password was changed on another device: the person types the new one |
//! | locked, and it was vouched for while it was open | the same |
//! | else | the cloud differs (S30) |
//!
//! Either way sync waits, and nothing is changed.

use sigill_core::vault::generation::{Pin, Refused, Voucher, still_leads_over, vouched_for};
use sigill_core::vault::head::{Head, Tag};
use sigill_core::wire::Bytes;
use sigill_core::wire::vault::{Anchoring, Changes, Cloud, CloudVault};

use super::pull::read_head;
use super::{Outcome, paused};
use crate::api::PauseReason;
use crate::rim::Rim;
use crate::session::Session;
use crate::session::rows::{Paused, SYNC, SyncRow, VouchedRow};
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// What pauses sync where the cloud holds another vault or epoch than the pin.
    pub(super) async fn differs_from(
        &self,
        pin: &Pin,
        (cloud, there): (&Cloud, &CloudVault),
    ) -> Result<Outcome, Trouble> {
        let is_later = there.vault == pin.vault && there.epoch > pin.epoch;
        if !is_later || there.anchoring == Anchoring::Unanchored {
            return Ok(paused(PauseReason::CloudDiffers, cloud));
        }
        let row: SyncRow = self.read(SYNC).await?.unwrap_or_default();
        let known = row.paused.as_ref().and_then(|paused| paused.vouched);
        if known.is_some_and(|known| known.stands == cloud.head_hash) {
            return Ok(changed(cloud, known));
        }
        if there.voucher.is_none() {
            return Ok(paused(PauseReason::CloudDiffers, cloud));
        }
        match self.looked_up(pin, there, known).await {
            Ok(Some(vouched)) if vouched.stands == cloud.head_hash => {
                Ok(changed(cloud, Some(vouched)))
            }
            Err(trouble @ (Trouble::Unreachable | Trouble::Full | Trouble::StorageFailed)) => {
                Err(trouble)
            }
            // Whatever it is, nobody vouches for it.
            Ok(_) | Err(_) => Ok(paused(PauseReason::CloudDiffers, cloud)),
        }
    }

    async fn looked_up(
        &self,
        pin: &Pin,
        there: &CloudVault,
        known: Option<VouchedRow>,
    ) -> Result<Option<VouchedRow>, Trouble> {
        let page = self.first_page(there.generation, pin.seq).await?;
        let heads = heads(&page)?;
        let voucher = page.cloud.vault.as_ref();
        let voucher = voucher.and_then(|there| there.voucher.as_ref());
        let looked = match (self.open().await?, voucher.and_then(read_voucher), known) {
            (Some(open), Some(voucher), _) => {
                vouched_for(pin, &open.keys, (&heads, &voucher)).map(|vouched| VouchedRow {
                    begins: vouched.begins(),
                    stands: vouched.stands(),
                })
            }
            (None, _, Some(known)) => still_leads_over(pin, known.begins, &heads)
                .map(|stands| VouchedRow { stands, ..known }),
            (Some(_), None, _) | (None, _, None) => Err(Refused::NotVouched { seq: pin.seq }),
        };
        Ok(looked.ok())
    }
}

/// 32 bytes, or nothing.
pub(crate) fn read_voucher(bytes: &Bytes) -> Option<Voucher> {
    bytes.0.as_slice().try_into().ok().map(Voucher)
}

fn heads(page: &Changes) -> Result<Vec<(Head, Tag)>, Trouble> {
    page.heads.iter().map(read_head).collect()
}

fn changed(cloud: &Cloud, vouched: Option<VouchedRow>) -> Outcome {
    match paused(PauseReason::MasterPasswordChanged, cloud) {
        Outcome::Paused(paused) => Outcome::Paused(Paused { vouched, ..paused }),
        other @ (Outcome::InStep | Outcome::Waiting) => other,
    }
}
