//! Counted, verified, judged.
//!
//! ```text
//! transaction A   a try is counted and stored; an equal body counts nothing
//! outside         the proofs are compared ([`super::verify`])
//! transaction B   the judge looks at everything again; effect, receipt and notice together
//! ```

use std::time::Duration;

use sigill_core::confirmation::operation::{
    Attempt, Carried, Counted, Judgement, Operation, Refused, State,
};
use sigill_core::confirmation::timeline::{Change, Event};
use sigill_core::encode::Encoder;
use sigill_core::id::OperationId;
use sigill_core::wire::operation::{Confirm, Confirmed};
use sigill_core::wire::problem::{self, Problem};
use sigill_core::wire::{Bytes, Seconds};

use super::ask::{post_due, shares};
use super::effect::{Act, Seals, carry_out};
use super::facts::{Scene, scene};
use super::verify::{Against, Found, verify};
use crate::account::Caller;
use crate::cloud::check::parse_voucher;
use crate::dpop::mac;
use crate::failure::Failure;
use crate::random;
use crate::service::{Service, Shared};
use crate::store::accounts::{AccountRow, account, set_wrong_in_a_row};
use crate::store::confirmations::{
    Confirmation, ConfirmationKey, answer_confirmation, begin_confirmation, confirmation,
    drop_confirmation,
};
use crate::store::limits::Counted as Share;
use crate::store::operation_row::{Budget, OperationRow};
use crate::store::operations::{operation_of, save_operation};
use crate::store::outbox::{Kind, post, post_naming};
use crate::store::{Tx, as_json};
use crate::timeline::{self, Note};

/// Seconds after which a confirmation that was never answered may begin again:
/// whoever judged it is gone.
const LEASE: Seconds = 30;
/// How long an equal confirmation waits for the first one's answer.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(20);

/// An answer as every equal confirmation gets it.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// Judges a confirmation, by itself: once a try is counted it is judged, also
/// where the connection is cut meanwhile.
pub(crate) async fn confirm(
    service: Shared,
    caller: Caller,
    (id, body): (OperationId, impl AsRef<[u8]> + Send + Sync + 'static),
    confirm: Confirm,
) -> Result<Answer, Failure> {
    let judged = tokio::spawn(async move {
        let named = (id, body.as_ref());
        count_and_judge(&service, &caller, named, confirm).await
    });
    judged.await.map_err(|error| Failure::internal(&error))?
}

async fn count_and_judge(
    service: &Shared,
    caller: &Caller,
    (id, body): (OperationId, &[u8]),
    confirm: Confirm,
) -> Result<Answer, Failure> {
    let seals = seals(&confirm)?;
    let encoder = id.encode(Encoder::new("sigill/confirmation/1")).bytes(body);
    let key = ConfirmationKey {
        operation: id,
        body: mac(&service.secrets.pepper, &encoder.finish()),
    };
    let (attempt, against) = match count(service, caller, key, Carried::from(&confirm)).await? {
        First::Verify(counted) => *counted,
        First::Answered(answer) => return Ok(answer),
        First::Wait => return wait(service, caller, key).await,
    };
    let judged = match verify(service, &attempt, (&against, &confirm.proofs)).await {
        Ok(found) => {
            let verified = Verified {
                attempt,
                against,
                found,
            };
            judge(service, caller, (key, seals), verified).await
        }
        Err(failure) => Err(failure),
    };
    if judged.is_err() {
        // The try stays counted; the same code may be tried again.
        drop_confirmation(&service.store, key).await?;
    }
    judged
}

/// The tag of a new head and the voucher for it, each of the right length.
fn seals(confirm: &Confirm) -> Result<Seals, Failure> {
    let malformed = || Failure::from(problem::Code::MalformedVault);
    let is_wrong = |tag: &Bytes| tag.0.len() != 32;
    if confirm.head_tag.as_ref().is_some_and(is_wrong) {
        return Err(malformed());
    }
    Ok(Seals {
        head_tag: confirm.head_tag.clone(),
        voucher: parse_voucher(confirm.voucher.as_ref())?,
    })
}

/// What comes of transaction A.
enum First {
    Verify(Box<(Attempt, Against)>),
    Answered(Answer),
    /// An equal one is being judged.
    Wait,
}

/// What was compared, with what, and what was found.
struct Verified {
    attempt: Attempt,
    against: Against,
    found: Found,
}

async fn count(
    service: &Service,
    caller: &Caller,
    key: ConfirmationKey,
    carried: Carried,
) -> Result<First, Failure> {
    let now = service.now();
    let mut tx = service.store.begin(caller.session.account).await?;
    let row = owned(&mut tx, caller, key.operation).await?;
    match confirmation(&mut tx, key).await? {
        Some(Confirmation::Answered { status, body }) => {
            return Ok(First::Answered(Answer { status, body }));
        }
        Some(Confirmation::Begun(at)) if now < at.saturating_add(LEASE) => return Ok(First::Wait),
        Some(Confirmation::Begun(_)) | None => {}
    }
    let budget = row.budget;
    let account = account(&mut tx, row.operation.account).await?;
    let account = account.ok_or_else(|| Failure::from(problem::Code::SignedOut))?;
    let (operation, counted) = row.operation.count_try(caller.asker(), carried, now);
    let first = match counted {
        Ok(Counted::Verify(attempt)) => {
            if let Some(over) = over_limit(service, &mut tx, (caller, budget)).await? {
                tx.commit().await?;
                let action = operation.request.action;
                return Err(timeline::refused(service, caller, (action, over)).await?);
            }
            begin_confirmation(&mut tx, key, now).await?;
            let against = Against::load(&mut tx, &account).await?;
            Ok(First::Verify(Box::new((attempt, against))))
        }
        Ok(Counted::Next(proof)) => Ok(First::Answered(success(&Confirmed::Next(proof)))),
        Ok(Counted::Executed(receipt)) => {
            Ok(First::Answered(success(&Confirmed::Receipt(receipt))))
        }
        Err(refused) => Err(refused.into()),
    };
    save_operation(&mut tx, &operation, now).await?;
    tx.commit().await?;
    first
}

/// An operation of the device that asks. Foreign and absent look the same.
async fn owned(tx: &mut Tx, caller: &Caller, id: OperationId) -> Result<OperationRow, Failure> {
    let asker = caller.asker();
    let row = operation_of(tx, asker.account, id).await?;
    row.filter(|row| row.operation.device == asker.device)
        .ok_or_else(|| problem::Code::NotFound.into())
}

async fn over_limit(
    service: &Service,
    tx: &mut Tx,
    (caller, budget): (&Caller, Budget),
) -> Result<Option<Failure>, Failure> {
    if budget == Budget::Free {
        return Ok(None);
    }
    let deed = &service.config.limits.confirm;
    let shares = shares(service, caller);
    Ok(match deed.count(tx, &shares, service.now()).await? {
        Share::Within { .. } => None,
        Share::Over { wait } => Some(Failure::wait(problem::Code::TooManyRequests, wait)),
    })
}

/// Waits for the answer to an equal confirmation that is being judged.
async fn wait(service: &Service, caller: &Caller, key: ConfirmationKey) -> Result<Answer, Failure> {
    let asked = async {
        loop {
            tokio::time::sleep(PAUSE).await;
            let mut tx = service.store.begin(caller.session.account).await?;
            match confirmation(&mut tx, key).await? {
                Some(Confirmation::Answered { status, body }) => {
                    return Ok(Answer { status, body });
                }
                Some(Confirmation::Begun(_)) => {}
                // Its judging broke off.
                None => return Err(Failure::busy()),
            }
        }
    };
    let asked = tokio::time::timeout(PATIENCE, asked).await;
    asked.unwrap_or_else(|_| Err(Failure::busy()))
}

async fn judge(
    service: &Service,
    caller: &Caller,
    (key, seals): (ConfirmationKey, Seals),
    verified: Verified,
) -> Result<Answer, Failure> {
    let now = service.now();
    let mut tx = service.store.begin(caller.session.account).await?;
    let row = owned(&mut tx, caller, key.operation).await?;
    let action = row.operation.request.action;
    let scene = scene(&mut tx, (caller.asker(), action), now).await?;
    let Verified {
        attempt,
        against,
        found,
    } = verified;
    let now_against = Against::load(&mut tx, &scene.account).await?;
    let found = against.still_stands(&now_against, found);
    let judgement = row
        .operation
        .clone()
        .judge(attempt, found.verdicts, &scene.facts, now);
    let act = Act {
        row: &row,
        scene,
        seals,
        network: caller.network,
        address: caller.address,
        used: found.used,
        now,
    };
    let (operation, answer) = follow(service, &mut tx, (caller, judgement), act).await?;
    save_operation(&mut tx, &operation, now).await?;
    answer_confirmation(&mut tx, key, answer.status, &answer.body).await?;
    tx.commit().await?;
    service
        .live
        .tell(caller.session.account, caller.session.device);
    service.bell.notify_one();
    Ok(answer)
}

/// Does what the judge said; the row to save, and what to answer.
async fn follow(
    service: &Service,
    tx: &mut Tx,
    (caller, judgement): (&Caller, Judgement),
    act: Act<'_>,
) -> Result<(Operation, Answer), Failure> {
    let now = act.now;
    match judgement {
        Judgement::Execute { granted, finish } => {
            right(tx, &act.scene.account).await?;
            let asker = caller.asker();
            let whose = (asker.account, asker.device);
            act.used.spend(service, tx, whose).await?;
            let act_from = act.address.to_string();
            let done = carry_out(service, tx, granted, act).await?;
            let (operation, receipt) = finish.seal(done, &service.signer);
            let OperationId(subject) = operation.id;
            let named = (now, Some(act_from));
            post_naming(tx, random::bytes()?, (Kind::Done, subject), named).await?;
            Ok((operation, success(&Confirmed::Receipt(receipt))))
        }
        Judgement::Next {
            operation,
            proof,
            send,
        } => {
            let operation = post_due(service, tx, (caller, operation, send)).await?;
            Ok((operation, success(&Confirmed::Next(proof))))
        }
        Judgement::Refused { operation, why } => {
            wrong(service, tx, (&act.scene, why)).await?;
            let event = Event::refused(operation.request.action, why.code());
            if operation.state == State::Pending {
                timeline::note_operation(service, tx, (&operation, event), Some(act.network))
                    .await?;
            }
            Ok((operation, refusal(why)))
        }
    }
}

/// The last right proof ends the row of wrong ones: whoever knows the password
/// alone goes on guessing in the same row.
async fn right(tx: &mut Tx, account: &AccountRow) -> Result<(), Failure> {
    if account.wrong_in_a_row == 0 {
        return Ok(());
    }
    let after = AccountRow {
        wrong_in_a_row: 0,
        ..account.clone()
    };
    Ok(set_wrong_in_a_row(tx, &after).await?)
}

/// A hundred wrong ones in a row freeze dangerous acts for a day, and a mail says so.
async fn wrong(
    service: &Service,
    tx: &mut Tx,
    (scene, why): (&Scene, Refused),
) -> Result<(), Failure> {
    if !matches!(why, Refused::Proof { .. } | Refused::Burnt) {
        return Ok(());
    }
    let limits = &service.config.limits;
    let now = service.now();
    let wrong = scene.account.wrong_in_a_row.saturating_add(1);
    let freezes = wrong >= limits.freeze_after;
    let after = AccountRow {
        wrong_in_a_row: if freezes { 0 } else { wrong },
        frozen_until: if freezes {
            now.saturating_add(limits.freeze_for)
        } else {
            scene.account.frozen_until
        },
        ..scene.account.clone()
    };
    set_wrong_in_a_row(tx, &after).await?;
    if freezes {
        let subject = scene.account.id.0;
        let frozen = Note {
            account: scene.account.id,
            device: Some(scene.device.device),
            change: Change::Frozen,
            network: None,
        };
        timeline::note(service, tx, frozen).await?;
        post(tx, random::bytes()?, (Kind::Frozen, subject), now).await?;
    }
    Ok(())
}

fn success(confirmed: &Confirmed) -> Answer {
    Answer {
        status: 200,
        body: as_json(confirmed),
    }
}

fn refusal(why: Refused) -> Answer {
    let problem = Problem::from(why);
    Answer {
        status: problem.error.status(),
        body: as_json(&problem),
    }
}
