//! Weakenings that begin in the portal. A portal session is a device: what it
//! asks for goes the same way, rule by rule, as what the extension asks for.
//! This file only puts together what a device would send.

use sigill_core::confirmation::action::{Action, Weakening};
use sigill_core::confirmation::factor::Way;
use sigill_core::confirmation::operation::{Operation, Request};
use sigill_core::confirmation::policy::Profile;
use sigill_core::confirmation::weakening::bare_hash;
use sigill_core::id::{EnrolmentId, Hash, IdempotencyKey, OperationId, VaultId};
use sigill_core::wire::Bytes;
use sigill_core::wire::operation::{Ask, Confirm, Confirmed, Progress, Proofs};
use sigill_core::wire::problem::{Code, Problem};
use sigill_core::wire::weakening::{Parameters, Stage};
use zeroize::Zeroizing;

use super::trouble::Trouble;
use crate::account::Caller;
use crate::factor::own::Own;
use crate::factor::{enrol, staged};
use crate::failure::Failure;
use crate::operation::ask::{ask, shares};
use crate::operation::confirm;
use crate::operation::watch;
use crate::operation::weaken::lets_in;
use crate::random;
use crate::service::{Service, Shared};
use crate::store::accounts::account;
use crate::store::enrolments::{EnrolmentKind, EnrolmentRow, EnrolmentStand, Person, enrolment_of};
use crate::store::json;
use crate::store::operations::operation_of;

/// Asks for a weakening that is about nothing but its name.
pub(crate) async fn ask_bare(
    service: &Service,
    caller: &Caller,
    what: Weakening,
) -> Result<OperationId, Trouble> {
    begin(service, caller, (what, bare_hash(what))).await
}

/// Stages what a weakening is about, and asks for it.
pub(crate) async fn ask_about(
    service: &Service,
    caller: &Caller,
    (what, parameters): (Weakening, Parameters),
) -> Result<OperationId, Trouble> {
    let blind: [u8; 32] = random::bytes()?;
    let stage = Stage {
        what,
        blind: Bytes(blind.to_vec()),
        parameters,
    };
    let whose = (caller.asker(), shares(service, caller));
    let staged = staged::begin(service, whose, stage).await?;
    begin(service, caller, (what, staged.parameters)).await
}

async fn begin(
    service: &Service,
    caller: &Caller,
    (what, parameters): (Weakening, Hash),
) -> Result<OperationId, Trouble> {
    // A weakening is bound to its parameters only, and brings nothing.
    let request = Request {
        idempotency_key: IdempotencyKey(random::bytes()?),
        action: Action::Weaken { what, parameters },
        vault: VaultId([0; 16]),
        base_seq: 0,
        base_head_hash: Hash::NOTHING,
        new_head_hash: None,
        new_slots_hash: None,
        upload: None,
        loss_hash: Hash::NOTHING,
    };
    let asker = caller.asker();
    let digest = request.digest(asker.account, asker.device);
    let asks = Ask {
        request,
        new_head: None,
        new_slots: None,
        digest,
    };
    match ask(service, caller, asks).await {
        Ok(asked) => Ok(asked.operation),
        Err(failure) => Err(until_when(service, caller, failure).await),
    }
}

/// What waits or is frozen names its end.
async fn until_when(service: &Service, caller: &Caller, failure: Failure) -> Trouble {
    let code = failure.0.error;
    if !matches!(code, Code::Held | Code::Frozen) {
        return failure.into();
    }
    let read = async {
        let mut tx = service.store.begin(caller.session.account).await?;
        account(&mut tx, caller.session.account).await
    };
    match read.await {
        Ok(Some(row)) if code == Code::Held => Trouble::Held(row.held_by, row.hold.until),
        Ok(Some(row)) => Trouble::Frozen(row.frozen_until),
        Ok(None) | Err(_) => failure.into(),
    }
}

/// An operation of this session, and what its page says of it.
pub(crate) struct Looked {
    pub(crate) operation: Operation,
    pub(crate) progress: Progress,
    /// Whom it would let in.
    pub(crate) lets_in: Option<Person>,
}

/// Looks at it.
pub(crate) async fn look(
    service: &Service,
    caller: &Caller,
    id: OperationId,
) -> Result<Looked, Trouble> {
    let progress = watch::progress(service, caller, id).await?;
    let mut tx = service.store.begin(caller.session.account).await?;
    let row = operation_of(&mut tx, caller.session.account, id).await?;
    let operation = row.ok_or(Code::NotFound)?.operation;
    let lets_in = match progress {
        Progress::Pending(_) => lets_in(&mut tx, &operation).await?,
        Progress::Executed { .. }
        | Progress::Stale
        | Progress::Expired
        | Progress::Burnt
        | Progress::Superseded
        | Progress::Cancelled => None,
    };
    Ok(Looked {
        operation,
        progress,
        lets_in,
    })
}

/// Brings the proofs that were typed.
pub(crate) async fn prove(
    service: &Shared,
    caller: Caller,
    (id, proofs): (OperationId, Proofs),
) -> Result<Confirmed, Trouble> {
    let looked = look(service, &caller, id).await?;
    let sent = Confirm {
        digest: looked.operation.digest,
        head_tag: None,
        voucher: None,
        proofs,
    };
    let internal = |error: serde_json::Error| Failure::internal(&error);
    let body = Zeroizing::new(serde_json::to_vec(&sent).map_err(internal)?);
    let named = (id, Typed(body));
    let answer = confirm::confirm(Shared::clone(service), caller, named, sent).await?;
    if answer.status == 200 {
        return Ok(serde_json::from_str(&answer.body).map_err(internal)?);
    }
    let problem: Problem = serde_json::from_str(&answer.body).map_err(internal)?;
    Err(Failure(problem).into())
}

/// What was typed, as the body that a device would send.
struct Typed(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Typed {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// What waits to be enrolled by this session.
pub(crate) async fn enrolling(
    service: &Service,
    caller: &Caller,
    id: EnrolmentId,
) -> Result<EnrolmentRow, Trouble> {
    let asker = caller.asker();
    let mut tx = service.store.begin(asker.account).await?;
    let row = enrolment_of(&mut tx, (asker.account, asker.device), id).await?;
    let row = row.filter(|row| row.until > service.now());
    Ok(row.ok_or(Code::NotFound)?)
}

/// Takes what was typed to show that an enrolment works, and asks for the
/// weakening that lets it take effect. One that worked before is not tried again.
pub(crate) async fn take_effect(
    service: &Shared,
    caller: &Caller,
    (row, typed, profile): (&EnrolmentRow, &str, Profile),
) -> Result<OperationId, Trouble> {
    if row.stand == EnrolmentStand::Untried {
        enrol::try_it(service, (caller.asker(), row.id), typed).await?;
    }
    let mut tx = service.store.begin(row.account).await?;
    let own = Own::load(&mut tx, row.account).await?;
    drop(tx);
    let parameters = match row.kind {
        EnrolmentKind::Identity => named(&json(&row.value, "value")?),
        EnrolmentKind::Phone
        | EnrolmentKind::Authenticator
        | EnrolmentKind::BackupCodes
        | EnrolmentKind::Email => Parameters::Enrolment {
            enrolment: row.id,
            profile,
        },
    };
    let what = weakening_of(row.kind, &own);
    ask_about(service, caller, (what, parameters)).await
}

/// By issuer and subject, so that the operation is about this person and no other.
fn named(person: &Person) -> Parameters {
    Parameters::Identity {
        issuer: person.issuer.clone(),
        subject: person.subject.clone(),
    }
}

/// What it is to the account that something is enrolled.
fn weakening_of(kind: EnrolmentKind, own: &Own) -> Weakening {
    let has = |way| own.factor(way).is_some();
    match kind {
        EnrolmentKind::Email => Weakening::ChangeEmail,
        EnrolmentKind::BackupCodes => Weakening::RenewRecoveryCode,
        EnrolmentKind::Identity => Weakening::AddProvider,
        EnrolmentKind::Phone if has(Way::TextMessage) => Weakening::ChangePhone,
        EnrolmentKind::Phone if has(Way::Authenticator) => Weakening::AddPhone,
        // The only factor gives way to another of its kind.
        EnrolmentKind::Authenticator if has(Way::Authenticator) && !has(Way::TextMessage) => {
            Weakening::ChangeSecondFactor
        }
        EnrolmentKind::Phone | EnrolmentKind::Authenticator => Weakening::AddFactor,
    }
}
