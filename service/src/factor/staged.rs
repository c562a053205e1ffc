//! What a weakening is about, staged before its operation is asked for.

use sigill_core::account::{AccountPassword, AccountPasswordError};
use sigill_core::confirmation::action::Weakening;
use sigill_core::confirmation::operation::Asker;
use sigill_core::confirmation::weakening::{Blind, fits, parameters_hash};
use sigill_core::id::EnrolmentId;
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::Code;
use sigill_core::wire::weakening::{Parameters, Stage, Staged};

use crate::failure::Failure;
use crate::limits::{DAY, HOUR, Shares};
use crate::password::is_common;
use crate::service::Service;
use crate::store::Tx;
use crate::store::enrolments::{
    EnrolmentStand, StagedAbout, StagedRow, enrolment_of, person_waiting, stage,
};
use crate::store::identities::identities_of;
use crate::store::limits::Counted;

/// Seconds that it waits: an operation's life, and some.
const LIFETIME: Seconds = HOUR;
/// Days for undo can be chosen from here …
const FEWEST_DAYS: u32 = 1;
/// … to here; thirty are the rule.
const MOST_DAYS: u32 = 29;

/// Stages what the next weakening of a device is about.
pub(crate) async fn begin(
    service: &Service,
    (asker, shares): (Asker, Shares),
    request: Stage,
) -> Result<Staged, Failure> {
    let malformed = || Failure::from(Code::MalformedRequest);
    let blind: Blind = request
        .blind
        .0
        .as_slice()
        .try_into()
        .map_err(|_| malformed())?;
    if !fits(request.what, &request.parameters) {
        return Err(malformed());
    }
    let parameters = parameters_hash(request.what, &blind, &request.parameters);
    count_in(service, (asker, shares)).await?;
    let about = harmless(service, request.parameters).await?;
    let now = service.now();
    let mut tx = service.store.begin(asker.account).await?;
    match &about {
        StagedAbout::Enrolment(id, _) => check_tried(&mut tx, (asker, *id), now).await?,
        StagedAbout::Identity(issuer, subject) => {
            check_known(&mut tx, (asker, request.what), (issuer, subject)).await?;
        }
        StagedAbout::Password(_) | StagedAbout::NoFactor | StagedAbout::Undo(_) => {}
    }
    let row = StagedRow {
        account: asker.account,
        device: asker.device,
        parameters,
        what: request.what,
        about,
        until: now.saturating_add(LIFETIME),
    };
    stage(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(Staged {
        parameters,
        until: row.until,
    })
}

/// Counted and committed before a password is hashed.
async fn count_in(service: &Service, (asker, shares): (Asker, Shares)) -> Result<(), Failure> {
    let deed = &service.config.limits.stage;
    let mut tx = service.store.begin(asker.account).await?;
    let counted = deed.count(&mut tx, &shares, service.now()).await?;
    tx.commit().await?;
    match counted {
        Counted::Within { .. } => Ok(()),
        Counted::Over { wait } => Err(Failure::wait(Code::TooManyRequests, wait)),
    }
}

/// Only what was tried can be named.
async fn check_tried(
    tx: &mut Tx,
    (asker, id): (Asker, EnrolmentId),
    now: Seconds,
) -> Result<(), Failure> {
    let row = enrolment_of(tx, (asker.account, asker.device), id).await?;
    let tried = row.filter(|row| row.stand == EnrolmentStand::Tried && row.until > now);
    tried
        .map(|_| ())
        .ok_or_else(|| Failure::from(Code::NotFound))
}

/// Only who came from the provider is let in, and another account's identity is absent.
async fn check_known(
    tx: &mut Tx,
    (asker, what): (Asker, Weakening),
    (issuer, subject): (&str, &str),
) -> Result<(), Failure> {
    let found = if what == Weakening::AddProvider {
        let whose = (asker.account, asker.device);
        let waiting = person_waiting(tx, whose, (issuer, subject)).await?;
        waiting.is_some()
    } else {
        let identities = identities_of(tx, asker.account).await?;
        let mut own = identities.iter();
        own.any(|row| row.issuer == issuer && row.subject == subject)
    };
    if found {
        Ok(())
    } else {
        Err(Code::NotFound.into())
    }
}

/// Of a password its hash is kept, and of the blind nothing.
async fn harmless(service: &Service, parameters: Parameters) -> Result<StagedAbout, Failure> {
    Ok(match parameters {
        Parameters::AccountPassword { password } => {
            let password = AccountPassword::parse(password).map_err(|error| match error {
                AccountPasswordError::TooShort | AccountPasswordError::TooLong => {
                    Failure::from(Code::PasswordTooShort)
                }
            })?;
            if is_common(&password) {
                return Err(Code::PasswordTooCommon.into());
            }
            StagedAbout::Password(service.hashing.hash(password).await?)
        }
        Parameters::Enrolment { enrolment, profile } => StagedAbout::Enrolment(enrolment, profile),
        Parameters::NoFactor => StagedAbout::NoFactor,
        Parameters::Identity { issuer, subject } => StagedAbout::Identity(issuer, subject),
        Parameters::UndoWindow { days } => {
            if !(FEWEST_DAYS..=MOST_DAYS).contains(&days) {
                return Err(Code::MalformedRequest.into());
            }
            StagedAbout::Undo(u64::from(days).saturating_mul(DAY))
        }
    })
}
