//! Who may change slots: the password slot that stands signs for it, over a nonce
//! of ours. Whoever holds an open vault must not be able to lock its owner out.
//!
//! The nonce follows from where the cloud stands, and that never comes again: `seq`
//! only rises. So it is never stored, and no signature serves twice.

use sigill_core::confirmation::operation::{Asker, CloudHead};
use sigill_core::confirmation::timeline::Change;
use sigill_core::encode::Encoder;
use sigill_core::id::AccountId;
use sigill_core::vault::slots::{Deed, Slots, SlotsChange};
use sigill_core::wire::Bytes;
use sigill_core::wire::problem::Code;
use sigill_core::wire::vault::{Anchoring, EpochNonce, Push, SlotsChanged};

use super::check::{ParsedHead, parse_slots, syncs};
use crate::account::Caller;
use crate::dpop::mac;
use crate::failure::Failure;
use crate::random;
use crate::service::Service;
use crate::store::Tx;
use crate::store::clouds::cloud;
use crate::store::generations::GenerationRow;
use crate::store::outbox::{Kind, post};
use crate::timeline::{self, Note};

/// What a device signs for other slots, or for its next epoch.
pub(crate) async fn nonce(service: &Service, caller: &Caller) -> Result<EpochNonce, Failure> {
    let asker = caller.asker();
    let mut tx = service.store.begin(asker.account).await?;
    syncs(&mut tx, asker).await?;
    let row = cloud(&mut tx, asker.account).await?;
    Ok(EpochNonce {
        nonce: Bytes(nonce_at(service, asker, row.head).to_vec()),
    })
}

/// `HMAC(pepper, encode("sigill/slots-nonce/1", account, device, seq, head hash))`
pub(super) fn nonce_at(service: &Service, asker: Asker, head: CloudHead) -> [u8; 32] {
    let encoder = asker.account.encode(Encoder::new("sigill/slots-nonce/1"));
    let encoder = asker.device.encode(encoder).integer(head.seq);
    mac(&service.secrets.pepper, &head.hash.encode(encoder).finish())
}

/// Whether `standing`'s password slot signed for the slots and the head that come.
pub(super) fn check_signed(
    standing: &Slots,
    new: &ParsedHead,
    (signature, nonce): (&Bytes, [u8; 32]),
) -> Result<(), Failure> {
    let malformed = || Failure::from(Code::MalformedVault);
    let signature = signature.0.as_slice().try_into().map_err(|_| malformed())?;
    let change = SlotsChange {
        account: new.head.account.ok_or_else(malformed)?,
        vault: new.head.vault,
        epoch: new.head.epoch,
        base_head_hash: new.head.previous,
        new_slots_hash: new.head.slots_hash,
        new_head_hash: new.head.hash(),
        nonce,
    };
    let verified = standing.password().verify(&change, &signature);
    verified.map_err(|_| Code::ProofRejected.into())
}

/// The slots of a generation, as they stand.
pub(super) fn standing(generation: &GenerationRow) -> Result<Slots, Failure> {
    let slots = Slots::from_bytes(generation.slots.iter().map(Bytes::as_ref));
    slots.map_err(|_| Code::MalformedVault.into())
}

/// What a push makes of the slots that stand; nothing where it leaves them alone.
pub(super) fn changed(
    push: &Push,
    (old, new): (&GenerationRow, &ParsedHead),
    nonce: [u8; 32],
) -> Result<Option<(Deed, SlotsChanged)>, Failure> {
    let malformed = || Failure::from(Code::MalformedVault);
    let (slots, signature) = match (&push.slots, &push.signature) {
        (None, None) => return Ok(None),
        (Some(slots), Some(signature)) => (slots, signature),
        (Some(_), None) | (None, Some(_)) => return Err(malformed()),
    };
    if old.anchoring == Anchoring::Unanchored {
        return Err(Code::VaultDiffers.into()); // its anchor comes first, with these slots
    }
    let standing = standing(old)?;
    let deed = standing.deed(&parse_slots(slots, &new.head)?);
    let deed = deed.ok_or_else(malformed)?;
    check_signed(&standing, new, (signature, nonce))?;
    let changed = SlotsChanged {
        slots: slots.clone(),
        nonce: Bytes(nonce.to_vec()),
        signature: signature.clone(),
    };
    Ok(Some((deed, changed)))
}

/// The timeline has it, and the person gets a mail. That the master password only
/// got harder to guess is what whoever brings the slot says: nobody here can see
/// that it is the same.
pub(super) async fn tell(
    service: &Service,
    tx: &mut Tx,
    caller: &Caller,
    deed: Deed,
) -> Result<(), Failure> {
    let (change, mail) = match deed {
        Deed::PasskeyAdded => (Change::PasskeyAdded, Some(Kind::PasskeyAdded)),
        Deed::PasskeyRemoved => (Change::PasskeyRemoved, Some(Kind::PasskeyRemoved)),
        Deed::KdfLowered => (Change::KdfLowered, Some(Kind::KdfLowered)),
        Deed::KdfRaised => (Change::KdfRaised, Some(Kind::KdfRaised)),
    };
    note_and_post(service, tx, caller, (change, mail)).await
}

/// Whoever has the account hears of it, whoever it was that knew the master password.
pub(super) async fn note_and_post(
    service: &Service,
    tx: &mut Tx,
    caller: &Caller,
    (change, mail): (Change, Option<Kind>),
) -> Result<(), Failure> {
    let AccountId(subject) = caller.session.account;
    let note = Note {
        account: caller.session.account,
        device: Some(caller.session.device),
        change,
        network: Some(caller.network),
    };
    timeline::note(service, tx, note).await?;
    if let Some(kind) = mail {
        post(tx, random::bytes()?, (kind, subject), service.now()).await?;
    }
    Ok(())
}
