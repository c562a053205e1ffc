//! Something waits to become a factor, and is tried: a phone or an address by
//! the code that reached it, an authenticator by what it shows, backup codes by
//! one of them.

use sigill_core::account::MailAddress;
use sigill_core::confirmation::code::{Code, EnrolmentBinding, Verdict};
use sigill_core::confirmation::factor::backup::BACKUP_CODES;
use sigill_core::confirmation::factor::{BackupBinding, BackupCode, FactorCode, PhoneNumber, Step};
use sigill_core::confirmation::operation::Asker;
use sigill_core::confirmation::policy::SecondFactor;
use sigill_core::id::{AccountId, EnrolmentId};
use sigill_core::vault::primitive::Argon2Error;
use sigill_core::wire::factor::{Enrol, Enrolled, Factor, Factors};
use sigill_core::wire::problem::{self, Problem};
use sigill_core::wire::{Seconds, SecretText};

use super::authenticator;
use super::own::{Own, Used, number_of};
use crate::failure::Failure;
use crate::limits::{HOUR, Shares};
use crate::password::PasswordError;
use crate::random;
use crate::service::{Service, Shared};
use crate::store::Tx;
use crate::store::accounts::account;
use crate::store::enrolments::{
    EnrolmentKind, EnrolmentRow, EnrolmentStand, enrolment_of, replace_enrolment, save_enrolment,
};
use crate::store::factors::{BackupSet, backup_set, put_backup_set};
use crate::store::limits::{Counted, count};
use crate::store::outbox::{Kind, post};

/// Seconds that an enrolment waits for its operation.
const LIFETIME: Seconds = 2 * HOUR;

/// The second factors of an account.
pub(crate) async fn list(service: &Service, asker: Asker) -> Result<Factors, Failure> {
    let mut tx = service.store.begin(asker.account).await?;
    let own = Own::load(&mut tx, asker.account).await?;
    let row = account(&mut tx, asker.account).await?;
    let row = row.ok_or_else(|| Failure::from(problem::Code::SignedOut))?;
    let left = own.backup.as_ref().map_or(0, |set| set.tags.len());
    let shown = own.factors.iter().map(|factor| Factor {
        way: factor.way,
        hint: PhoneNumber::parse(&factor.value)
            .ok()
            .map(|number| number.hint()),
        since: factor.since,
    });
    Ok(Factors {
        factors: shown.collect(),
        backup_codes_left: u32::try_from(left).unwrap_or(u32::MAX),
        profile: row.profile,
    })
}

/// What is to be enrolled, parsed.
struct New {
    kind: EnrolmentKind,
    value: String,
    otpauth: Option<SecretText>,
}

/// Begins to enrol; a phone or an address gets a code.
pub(crate) async fn begin(
    service: &Shared,
    (asker, shares): (Asker, Shares),
    request: Enrol,
) -> Result<Enrolled, Failure> {
    let mut tx = service.store.begin(asker.account).await?;
    let row = account(&mut tx, asker.account).await?;
    let row = row.ok_or_else(|| Failure::from(problem::Code::SignedOut))?;
    if row.password.is_none() {
        return Err(problem::Code::AccountNotLinked.into());
    }
    let has_set = backup_set(&mut tx, asker.account.as_bytes())
        .await?
        .is_some();
    drop(tx);
    let new = parse(service, (asker.account, &row.email), request)?;
    let brings_codes = match new.kind {
        EnrolmentKind::BackupCodes => true,
        // Codes from before there was a factor are not trusted with it.
        EnrolmentKind::Phone | EnrolmentKind::Authenticator => {
            row.second_factor == SecondFactor::Off || !has_set
        }
        EnrolmentKind::Email | EnrolmentKind::Identity => false,
    };
    let set = match brings_codes {
        true => Some(draw_set(service, asker.account).await?),
        false => None,
    };
    let until = service.now().saturating_add(LIFETIME);
    let enrolment = EnrolmentRow {
        id: EnrolmentId(random::bytes()?),
        account: asker.account,
        device: asker.device,
        kind: new.kind,
        value: new.value,
        stand: EnrolmentStand::Untried,
        tries: 0,
        code: None,
        code_until: 0,
        step: Step(0),
        until,
    };
    let (set, backup_codes) = set.unzip();
    keep(service, shares, (&enrolment, set)).await?;
    service.bell.notify_one();
    Ok(Enrolled {
        enrolment: enrolment.id,
        otpauth: new.otpauth,
        backup_codes: backup_codes.unwrap_or_default(),
        until,
    })
}

fn parse(service: &Service, whose: (AccountId, &str), request: Enrol) -> Result<New, Failure> {
    let plain = |kind, value: &str| New {
        kind,
        value: value.into(),
        otpauth: None,
    };
    Ok(match request {
        Enrol::Phone { number } => {
            let number = PhoneNumber::parse(&number).ok();
            let number = number.filter(|number| service.config.sms_countries.hold(number));
            let number = number.ok_or_else(|| Failure::from(problem::Code::MalformedPhone))?;
            plain(EnrolmentKind::Phone, number.as_str())
        }
        Enrol::Authenticator => {
            let new = authenticator::draw(&service.secrets.factor, whose)?;
            New {
                kind: EnrolmentKind::Authenticator,
                value: new.sealed,
                otpauth: Some(new.otpauth),
            }
        }
        Enrol::BackupCodes => plain(EnrolmentKind::BackupCodes, ""),
        Enrol::Email { email } => {
            let email = MailAddress::parse(&email);
            let email = email.map_err(|_| Failure::from(problem::Code::MalformedEmail))?;
            plain(EnrolmentKind::Email, email.as_str())
        }
    })
}

/// Counts what is sent, keeps the row, and has the code sent.
async fn keep(
    service: &Service,
    shares: Shares,
    (row, set): (&EnrolmentRow, Option<BackupSet>),
) -> Result<(), Failure> {
    let limits = &service.config.limits;
    let (kind, deed) = match row.kind {
        EnrolmentKind::Phone => (Some(Kind::EnrolmentText), &limits.text),
        EnrolmentKind::Email => (Some(Kind::EnrolmentMail), &limits.code_mail),
        EnrolmentKind::Authenticator | EnrolmentKind::BackupCodes | EnrolmentKind::Identity => {
            (None, &limits.enrolment)
        }
    };
    if row.kind == EnrolmentKind::Phone {
        service.texts.are_there()?;
    }
    let now = service.now();
    let mut tx = service.store.begin(row.account).await?;
    if row.kind == EnrolmentKind::Email {
        count_target(service, &mut tx, &row.value).await?;
    }
    if let Counted::Over { wait } = deed.count(&mut tx, &shares, now).await? {
        tx.commit().await?;
        return Err(Failure::wait(problem::Code::TooManyRequests, wait));
    }
    replace_enrolment(&mut tx, row).await?;
    if let Some(set) = set {
        put_backup_set(&mut tx, row.id.as_bytes(), &set).await?;
    }
    if let Some(kind) = kind {
        let EnrolmentId(subject) = row.id;
        post(&mut tx, random::bytes()?, (kind, subject), now).await?;
    }
    Ok(tx.commit().await?)
}

/// However many accounts ask: an address gets no more codes than from a sign-up.
/// Strangers use up nothing of it.
async fn count_target(service: &Service, tx: &mut Tx, address: &str) -> Result<(), Failure> {
    let email = MailAddress::parse(address);
    let email = email.map_err(|_| Failure::from(problem::Code::MalformedEmail))?;
    let share = service.address_share(&email);
    for limit in &service.config.limits.proven_address.account {
        if let Counted::Over { wait } = count(tx, limit, &share, service.now()).await? {
            return Err(Failure::wait(problem::Code::TooManyRequests, wait));
        }
    }
    Ok(())
}

/// Ten codes, and what is stored of them.
async fn draw_set(
    service: &Shared,
    account: AccountId,
) -> Result<(BackupSet, Vec<SecretText>), Failure> {
    let mut codes = Vec::with_capacity(BACKUP_CODES);
    for _ in 0..BACKUP_CODES {
        codes.push(BackupCode::from_random(random::bytes()?));
    }
    let salt = random::bytes()?;
    let this = Shared::clone(service);
    let drawn = service.hashing.run(move || {
        let binding = BackupBinding { account };
        let tags: Result<Vec<_>, Argon2Error> = (1..)
            .zip(&codes)
            .map(|(number, code)| Ok((number, binding.tag(code, &this.pepper, &salt)?)))
            .collect();
        let shown = codes
            .iter()
            .map(|code| SecretText::new(code.grouped().to_string()));
        tags.map(|tags| (BackupSet { salt, tags }, shown.collect()))
    });
    Ok(drawn.await?.map_err(|_| PasswordError::Busy)?)
}

/// Takes what was typed; the enrolment can be named once it was right. Counted first.
pub(crate) async fn try_it(
    service: &Shared,
    (asker, id): (Asker, EnrolmentId),
    typed: &str,
) -> Result<(), Failure> {
    let (row, set) = count_try(service, asker, id).await?;
    let used = compare(service, (&row, set), typed).await?;
    let rejected = Failure(Problem {
        tries_left: Some(service.config.limits.tries.saturating_sub(row.tries)),
        ..problem::Code::ProofRejected.into()
    });
    let used = match used {
        Used::Nothing => return Err(rejected),
        used @ (Used::Text | Used::Step(_) | Used::Backup(_)) => used,
    };
    if used == Used::Text && service.now() >= row.code_until {
        return Err(problem::Code::CodeExpired.into());
    }
    let mut tx = service.store.begin(asker.account).await?;
    let now = enrolment_of(&mut tx, (asker.account, asker.device), id).await?;
    // A code that was replaced meanwhile shows nothing.
    let now = now.filter(|now| now.code == row.code).ok_or(rejected)?;
    let tried = EnrolmentRow {
        stand: EnrolmentStand::Tried,
        code: None,
        step: match used {
            Used::Step(step) => step,
            Used::Nothing | Used::Text | Used::Backup(_) => now.step,
        },
        ..now
    };
    save_enrolment(&mut tx, &tried).await?;
    Ok(tx.commit().await?)
}

async fn count_try(
    service: &Service,
    asker: Asker,
    id: EnrolmentId,
) -> Result<(EnrolmentRow, Option<BackupSet>), Failure> {
    let mut tx = service.store.begin(asker.account).await?;
    let row = load(&mut tx, (asker, id), service.now()).await?;
    if row.tries >= service.config.limits.tries {
        return Err(problem::Code::Burnt.into());
    }
    let row = EnrolmentRow {
        tries: row.tries.saturating_add(1),
        ..row
    };
    save_enrolment(&mut tx, &row).await?;
    let set = backup_set(&mut tx, id.as_bytes()).await?;
    tx.commit().await?;
    Ok((row, set))
}

/// An enrolment of this device that still waits.
async fn load(
    tx: &mut Tx,
    (asker, id): (Asker, EnrolmentId),
    now: Seconds,
) -> Result<EnrolmentRow, Failure> {
    let row = enrolment_of(tx, (asker.account, asker.device), id).await?;
    row.filter(|row| row.until > now)
        .ok_or_else(|| problem::Code::NotFound.into())
}

async fn compare(
    service: &Shared,
    (row, set): (&EnrolmentRow, Option<BackupSet>),
    typed: &str,
) -> Result<Used, Failure> {
    let Ok(typed) = FactorCode::parse(typed) else {
        return Ok(Used::Nothing);
    };
    match (row.kind, typed) {
        (EnrolmentKind::Phone | EnrolmentKind::Email, FactorCode::TextMessage(code)) => {
            compare_code(service, row.clone(), code).await
        }
        (EnrolmentKind::Authenticator, FactorCode::Authenticator(typed)) => {
            let key = &service.secrets.factor;
            let stored = (row.account, row.value.as_str(), row.step);
            let step = authenticator::step(key, stored, (&typed, service.now()))?;
            Ok(step.map_or(Used::Nothing, Used::Step))
        }
        (EnrolmentKind::BackupCodes, FactorCode::Backup(code)) => match set {
            Some(set) => number_of(service, (row.account, set), code).await,
            None => Ok(Used::Nothing),
        },
        (
            EnrolmentKind::Phone
            | EnrolmentKind::Email
            | EnrolmentKind::Authenticator
            | EnrolmentKind::BackupCodes
            | EnrolmentKind::Identity,
            _,
        ) => Ok(Used::Nothing),
    }
}

async fn compare_code(service: &Shared, row: EnrolmentRow, typed: Code) -> Result<Used, Failure> {
    let Some((salt, stored)) = row.code.clone() else {
        return Ok(Used::Nothing);
    };
    let this = Shared::clone(service);
    let compared = service.hashing.run(move || {
        let binding = EnrolmentBinding {
            account: row.account,
            enrolment: row.id,
            to: &row.value,
        };
        let tag = binding.tag(&typed, &this.pepper, &salt);
        tag.map(|tag| stored.verdict(&tag))
    });
    Ok(match compared.await?.map_err(|_| PasswordError::Busy)? {
        Verdict::Right => Used::Text,
        Verdict::Wrong => Used::Nothing,
    })
}
