//! Protections that go, each as an executed `Weaken`. What it is about was
//! staged ([`crate::factor::staged`]) and is bound by its hash.

use sigill_core::confirmation::action::{Action, Weakening};
use sigill_core::confirmation::factor::Way;
use sigill_core::confirmation::grant::{Grant, Weaken, Weakened};
use sigill_core::confirmation::operation::Operation;
use sigill_core::confirmation::policy::{Profile, SecondFactor, Sync};
use sigill_core::confirmation::receipt::Done;
use sigill_core::confirmation::weakening::{About, about, bare_hash};
use sigill_core::id::{AccountId, DeviceId, EnrolmentId, Hash};
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::Code;

use super::effect::Act;
use crate::account::deletion;
use crate::account::session::{GivesBack, end_device};
use crate::failure::Failure;
use crate::service::Service;
use crate::store::Tx;
use crate::store::accounts::{Inserted, set_password, set_protection, set_undo};
use crate::store::addresses::set_email;
use crate::store::enrolments::{
    EnrolmentKind, EnrolmentRow, EnrolmentStand, Person, StagedAbout, delete_enrolment,
    enrolment_of, person_waiting, staged, unstage,
};
use crate::store::factors::{
    FactorRow, backup_set, factors, put_backup_set, put_factor, remove_backup_set, remove_factor,
};
use crate::store::identities::{IdentityRow, delete_identity, insert_identity};
use crate::store::portal::portal_devices_of;
use crate::store::sessions::{set_sync, signed_in_devices};

type Whose = (AccountId, DeviceId);

/// What a weakening is about, as it was staged; nothing for one that is about
/// nothing.
///
/// # Errors
/// Where this service does not carry it out, or does not know what it is about.
pub(crate) async fn known(
    tx: &mut Tx,
    whose: Whose,
    ((what, parameters), now): ((Weakening, Hash), Seconds),
) -> Result<Option<StagedAbout>, Failure> {
    match about(what) {
        About::Nothing if parameters == bare_hash(what) => Ok(None),
        About::Nothing => Err(Code::MalformedRequest.into()),
        About::Elsewhere => Err(Code::NotOffered.into()),
        About::AccountPassword
        | About::Enrolment
        | About::EnrolmentOrNone
        | About::UndoWindow
        | About::Identity => {
            let row = staged(tx, whose, parameters).await?;
            let row = row.filter(|row| row.what == what && row.until > now);
            let row = row.ok_or_else(|| Failure::from(Code::NotFound))?;
            Ok(Some(row.about))
        }
    }
}

/// Takes a protection away.
pub(crate) async fn weaken(
    service: &Service,
    tx: &mut Tx,
    grant: Grant<Weaken>,
    act: Act<'_>,
) -> Result<Done, Failure> {
    let Weakened { what, parameters } = *grant.about();
    let whose = (act.row.operation.account, act.row.operation.device);
    // It was there when the operation was prepared, and waits longer than that.
    let now = act.row.operation.created_at;
    let about = known(tx, whose, ((what, parameters), now)).await?;
    match about {
        None => bare(tx, (what, whose), &act).await?,
        Some(StagedAbout::Password(hash)) => {
            set_password(tx, whose.0, &hash).await?;
            end_others(service, tx, whose).await?;
        }
        Some(StagedAbout::Undo(undo)) if undo < act.scene.account.undo => {
            set_undo(tx, whose.0, undo).await?;
        }
        Some(StagedAbout::Undo(_)) => return Err(Code::MalformedRequest.into()),
        Some(StagedAbout::Identity(issuer, subject)) if what == Weakening::AddProvider => {
            link(tx, whose, (&issuer, &subject), act.now).await?;
        }
        Some(StagedAbout::Identity(issuer, subject)) => {
            unlink(service, tx, whose, (&issuer, &subject)).await?;
        }
        Some(StagedAbout::NoFactor) => remove(tx, (what, whose.0), &act).await?,
        Some(StagedAbout::Enrolment(id, profile)) => {
            let row = tried(tx, whose, id).await?;
            enrol(tx, (what, profile), &row, &act).await?;
            delete_enrolment(tx, id).await?;
        }
    }
    unstage(tx, whose).await?;
    Ok(act.nothing_displaced())
}

/// A weakening that is about nothing but its name.
async fn bare(
    tx: &mut Tx,
    (what, whose): (Weakening, Whose),
    act: &Act<'_>,
) -> Result<(), Failure> {
    let account = &act.scene.account;
    match what {
        // A device that leaves signs out once it has its receipt.
        Weakening::TurnSyncOff | Weakening::Disconnect => set_sync(tx, whose, Sync::Off).await?,
        Weakening::TurnSyncOn => set_sync(tx, whose, Sync::On).await?,
        Weakening::DropStrictProfile => {
            let protection = (account.second_factor, Profile::Standard);
            set_protection(tx, whose.0, protection).await?;
        }
        Weakening::DeleteAccount => {
            // The address itself is mailed the receipt, whose link keeps it.
            deletion::ask(tx, account, act.now).await?;
            deletion::tell_former(tx, account, act.now).await?;
        }
        Weakening::ChangeEmail
        | Weakening::ChangePhone
        | Weakening::ChangeAccountPassword
        | Weakening::ChangeSecondFactor
        | Weakening::AddFactor
        | Weakening::AddPhone
        | Weakening::AddProvider
        | Weakening::AddAddress
        | Weakening::ShowRecoveryCode
        | Weakening::RenewRecoveryCode
        | Weakening::UnlinkProvider
        | Weakening::ShortenUndoWindow => return Err(Code::NotOffered.into()),
    }
    Ok(())
}

/// Whoever knew the old password is out; the device that asked stays.
async fn end_others(service: &Service, tx: &mut Tx, (account, own): Whose) -> Result<(), Failure> {
    for row in signed_in_devices(tx, account).await? {
        if row.device != own {
            let whose = (account, row.device);
            end_device(service, tx, whose, GivesBack::All).await?;
        }
    }
    Ok(())
}

/// A person at a provider signs in here no more. It is not the last way in: the
/// account password, which the table asked for, is another. What was signed in
/// to the portal that way is out, but for the one that asked and proved more.
async fn unlink(
    service: &Service,
    tx: &mut Tx,
    (account, own): Whose,
    identity: (&str, &str),
) -> Result<(), Failure> {
    if delete_identity(tx, account, identity).await? == 0 {
        return Err(Code::NotFound.into());
    }
    for device in portal_devices_of(tx, account, identity).await? {
        if device != own {
            end_device(service, tx, (account, device), GivesBack::All).await?;
        }
    }
    Ok(())
}

/// Whom an operation that waits would let in, where it is about that.
///
/// # Errors
/// [`Code::Stale`]: whoever its parameters name does not wait any more.
pub(crate) async fn lets_in(tx: &mut Tx, operation: &Operation) -> Result<Option<Person>, Failure> {
    let Action::Weaken {
        what: Weakening::AddProvider,
        parameters,
    } = operation.request.action
    else {
        return Ok(None);
    };
    let stale = || Failure::from(Code::Stale);
    let whose = (operation.account, operation.device);
    match staged(tx, whose, parameters).await?.map(|row| row.about) {
        Some(StagedAbout::Identity(issuer, subject)) => {
            let waiting = person_waiting(tx, whose, (&issuer, &subject)).await?;
            let (_, person) = waiting.ok_or_else(stale)?;
            Ok(Some(person))
        }
        Some(_) | None => Err(stale()),
    }
}

/// Somebody who proved at a provider who they are signs in to the account there:
/// whom the operation names, and nobody who came in between.
async fn link(
    tx: &mut Tx,
    whose: Whose,
    identity: (&str, &str),
    now: Seconds,
) -> Result<(), Failure> {
    let waiting = person_waiting(tx, whose, identity).await?;
    let (enrolment, person) = waiting.ok_or_else(|| Failure::from(Code::Stale))?;
    delete_enrolment(tx, enrolment).await?;
    let new = IdentityRow {
        issuer: person.issuer,
        subject: person.subject,
        account: whose.0,
        provider: person.provider,
        email: person.email,
        added_at: now,
    };
    match insert_identity(tx, &new).await? {
        Inserted::Made => Ok(()),
        // Somebody's meanwhile.
        Inserted::WasThere => Err(Code::Stale.into()),
    }
}

async fn tried(tx: &mut Tx, whose: Whose, id: EnrolmentId) -> Result<EnrolmentRow, Failure> {
    let row = enrolment_of(tx, whose, id).await?;
    row.filter(|row| row.stand == EnrolmentStand::Tried)
        .ok_or_else(|| Code::NotFound.into())
}

/// What was enrolled takes effect, where it is what the weakening is about.
async fn enrol(
    tx: &mut Tx,
    (what, profile): (Weakening, Profile),
    row: &EnrolmentRow,
    act: &Act<'_>,
) -> Result<(), Failure> {
    match (what, row.kind) {
        (Weakening::ChangeEmail, EnrolmentKind::Email) => {
            let former = act.scene.account.email.as_str();
            match set_email(tx, row.account, (former, &row.value), act.now).await? {
                Inserted::Made => Ok(()),
                Inserted::WasThere => Err(Code::EmailTaken.into()),
            }
        }
        (Weakening::RenewRecoveryCode, EnrolmentKind::BackupCodes) => {
            take_backup_set(tx, row).await
        }
        (Weakening::AddPhone | Weakening::ChangePhone, EnrolmentKind::Phone)
        | (
            Weakening::AddFactor | Weakening::ChangeSecondFactor,
            EnrolmentKind::Phone | EnrolmentKind::Authenticator,
        ) => take_factor(tx, (what, profile), row, act).await,
        (
            _,
            EnrolmentKind::Email
            | EnrolmentKind::BackupCodes
            | EnrolmentKind::Phone
            | EnrolmentKind::Authenticator
            | EnrolmentKind::Identity,
        ) => Err(Code::MalformedRequest.into()),
    }
}

/// A factor is there from now on; the profile only ever rises with it.
async fn take_factor(
    tx: &mut Tx,
    (what, profile): (Weakening, Profile),
    row: &EnrolmentRow,
    act: &Act<'_>,
) -> Result<(), Failure> {
    if what == Weakening::ChangeSecondFactor {
        for old in factors(tx, row.account).await? {
            remove_factor(tx, row.account, old.way).await?;
        }
    }
    let new = FactorRow {
        way: match row.kind {
            EnrolmentKind::Phone => Way::TextMessage,
            EnrolmentKind::Authenticator
            | EnrolmentKind::BackupCodes
            | EnrolmentKind::Email
            | EnrolmentKind::Identity => Way::Authenticator,
        },
        value: row.value.clone(),
        step: row.step,
        since: act.now,
    };
    put_factor(tx, row.account, &new).await?;
    if act.scene.account.second_factor == SecondFactor::Off {
        remove_backup_set(tx, row.account.as_bytes()).await?;
    }
    if backup_set(tx, row.account.as_bytes()).await?.is_none() {
        take_backup_set(tx, row).await?;
    }
    let profile = match act.scene.account.profile {
        Profile::Strict => Profile::Strict,
        Profile::Standard => profile,
    };
    Ok(set_protection(tx, row.account, (SecondFactor::On, profile)).await?)
}

async fn take_backup_set(tx: &mut Tx, row: &EnrolmentRow) -> Result<(), Failure> {
    if let Some(set) = backup_set(tx, row.id.as_bytes()).await? {
        put_backup_set(tx, row.account.as_bytes(), &set).await?;
    }
    Ok(())
}

/// A factor goes; with the last one the account has no second factor any more.
async fn remove(
    tx: &mut Tx,
    (what, account): (Weakening, AccountId),
    act: &Act<'_>,
) -> Result<(), Failure> {
    let only_the_phone = what == Weakening::ChangePhone;
    for old in factors(tx, account).await? {
        if old.way == Way::TextMessage || !only_the_phone {
            remove_factor(tx, account, old.way).await?;
        }
    }
    if !factors(tx, account).await?.is_empty() {
        return Ok(());
    }
    remove_backup_set(tx, account.as_bytes()).await?;
    let protection = (SecondFactor::Off, act.scene.account.profile);
    Ok(set_protection(tx, account, protection).await?)
}
