//! A mailed code opens one form of one browser. It proves that mail to the
//! address is read, and nothing else.

use sigill_core::account::MailAddress;
use sigill_core::confirmation::code::{AddressBinding, Code, Verdict};
use sigill_core::id::{AccountId, Hash};
use sigill_core::wire::account::Language;
use sigill_core::wire::problem::{self, Problem};
use sigill_core::wire::{Seconds, SecretText};

use super::trouble::Trouble;
use crate::failure::Failure;
use crate::limits::Shares;
use crate::password::PasswordError;
use crate::random;
use crate::service::{Service, Shared};
use crate::store::Tx;
use crate::store::flows::Browser;
use crate::store::limits::{Counted, Subject, count};
use crate::store::outbox::{Kind, post};
use crate::store::portal_codes::{CodeFor, PortalCodeRow, prove_portal_code, replace_portal_code};

/// Seconds that the whole way may take: the mail, the code, the form.
const LIFETIME: Seconds = 1_800;

/// Where a code is to go, and for what.
pub(crate) struct Wanted<'a> {
    pub(crate) browser: Browser,
    pub(crate) purpose: CodeFor,
    pub(crate) network: Subject,
    /// None where nobody has the address: no mail goes there, and nobody is told.
    pub(crate) account: Option<AccountId>,
    /// What the account is, where more than the code was shown.
    pub(crate) base: Option<Hash>,
    pub(crate) email: &'a MailAddress,
    pub(crate) language: Language,
}

impl Wanted<'_> {
    /// Whether whoever asks has shown more than an address: signed in, typed the
    /// account password, or came from an established device.
    const fn is_proven(&self) -> bool {
        match self.purpose {
            CodeFor::Forgotten => false,
            CodeFor::Linking
            | CodeFor::Deleting
            | CodeFor::LostFactor
            | CodeFor::LostAddress
            | CodeFor::LostProvider => true,
        }
    }
}

/// Mails a code; what it replaces is dead.
pub(crate) async fn ask(service: &Service, wanted: Wanted<'_>) -> Result<(), Failure> {
    let row = PortalCodeRow {
        id: random::bytes()?,
        browser: wanted.browser,
        purpose: wanted.purpose,
        account: wanted.account,
        base: wanted.base,
        email: wanted.email.as_str().into(),
        language: wanted.language,
        tries: 0,
        code: None,
        code_until: 0,
        proven_at: 0,
        until: service.now().saturating_add(LIFETIME),
    };
    let mut tx = service.store.begin_writing().await?;
    let may = count_mail(service, &mut tx, &wanted).await?;
    if let MayMail::Yes = may {
        replace_portal_code(&mut tx, &row).await?;
        let subject = (Kind::PortalCode, row.id);
        post(&mut tx, random::bytes()?, subject, service.now()).await?;
    }
    tx.commit().await?;
    if let MayMail::Wait(wait) = may {
        return Err(Failure::wait(problem::Code::TooManyRequests, wait));
    }
    service.bell.notify_one();
    Ok(())
}

enum MayMail {
    Yes,
    /// The address had enough of them; nobody is told.
    Silently,
    Wait(Seconds),
}

async fn count_mail(
    service: &Service,
    tx: &mut Tx,
    wanted: &Wanted<'_>,
) -> Result<MayMail, Failure> {
    match wanted.account {
        Some(account) if wanted.is_proven() => count_proven(service, tx, (wanted, account)).await,
        Some(_) | None => count_stranger(service, tx, wanted).await,
    }
}

/// Whoever proved more has a share of the account's, and hears when it is used up.
async fn count_proven(
    service: &Service,
    tx: &mut Tx,
    (wanted, account): (&Wanted<'_>, AccountId),
) -> Result<MayMail, Failure> {
    let limits = &service.config.limits;
    let by_account = Shares {
        device: [0; 32],
        account: service.account_share(account),
        network: wanted.network,
    };
    let by_address = Shares {
        account: service.address_share(wanted.email),
        ..by_account
    };
    let now = service.now();
    for (deed, shares) in [
        (&limits.proven_mail, by_account),
        (&limits.proven_address, by_address),
    ] {
        if let Counted::Over { wait } = deed.count(tx, &shares, now).await? {
            return Ok(MayMail::Wait(wait));
        }
    }
    Ok(MayMail::Yes)
}

async fn count_stranger(
    service: &Service,
    tx: &mut Tx,
    wanted: &Wanted<'_>,
) -> Result<MayMail, Failure> {
    let deed = &service.config.limits.verify_mail;
    let now = service.now();
    for limit in &deed.network {
        if let Counted::Over { wait } = count(tx, limit, &wanted.network, now).await? {
            return Ok(MayMail::Wait(wait));
        }
    }
    let share = service.address_share(wanted.email);
    for limit in &deed.account {
        if let Counted::Over { .. } = count(tx, limit, &share, now).await? {
            return Ok(MayMail::Silently);
        }
    }
    Ok(MayMail::Yes)
}

/// Takes the code from the mail: counted, then compared.
pub(crate) async fn prove(
    service: &Shared,
    (browser, purpose): (Browser, CodeFor),
    typed: &SecretText,
) -> Result<PortalCodeRow, Trouble> {
    let code = Code::parse(typed.expose()).map_err(|_| problem::Code::ProofRejected)?;
    let tries = service.config.limits.tries;
    let now = service.now();
    let row = service
        .store
        .count_portal_try((browser, purpose), tries, now)
        .await?;
    let row = row.ok_or(problem::Code::ProofRejected)?;
    let left = tries.saturating_sub(row.tries);
    let (row, verdict) = compare(service, row, code).await?;
    if verdict == Verdict::Wrong {
        return Err(Failure(Problem {
            tries_left: Some(left),
            ..problem::Code::ProofRejected.into()
        })
        .into());
    }
    // Only whoever read the mail hears that its code is old.
    if now >= row.code_until {
        return Err(problem::Code::CodeExpired.into());
    }
    let mut tx = service.store.begin_writing().await?;
    if prove_portal_code(&mut tx, row.id, now).await? == 0 {
        return Err(problem::Code::ProofRejected.into());
    }
    tx.commit().await?;
    Ok(PortalCodeRow {
        proven_at: now,
        ..row
    })
}

/// What a code of `row` is bound to. Where there is no account, nothing was mailed.
pub(crate) fn binding(row: &PortalCodeRow) -> AddressBinding<'_> {
    AddressBinding {
        account: row.account.unwrap_or(AccountId([0; 16])),
        email: &row.email,
    }
}

/// Takes as long, and finds nothing, where no code was ever made.
async fn compare(
    service: &Shared,
    row: PortalCodeRow,
    code: Code,
) -> Result<(PortalCodeRow, Verdict), Trouble> {
    let this = Shared::clone(service);
    let compared = service.hashing.run(move || {
        let salt = row.code.as_ref().map_or([0; 16], |(salt, _)| *salt);
        let typed = binding(&row).tag(&code, &this.pepper, &salt);
        let verdict = match (&row.code, typed) {
            (Some((_, stored)), Ok(typed)) => Ok(stored.verdict(&typed)),
            (None, Ok(_)) => Ok(Verdict::Wrong),
            (_, Err(_)) => Err(PasswordError::Busy),
        };
        verdict.map(|verdict| (row, verdict))
    });
    Ok(compared.await??)
}
