//! An address becomes an account once its mail is read.
//!
//! Everything here answers alike for addresses that have an account and for
//! those that have none; only the mail differs.

use sigill_core::account::{AccountPassword, AccountPasswordError, MailAddress};
use sigill_core::confirmation::code::{AddressBinding, Code, Verdict};
use sigill_core::confirmation::timeline::Change;
use sigill_core::id::AccountId;
use sigill_core::wire::Seconds;
use sigill_core::wire::account::{SignUp, Verification, Verify};
use sigill_core::wire::problem::{self, Problem};

use super::Stranger;
use crate::failure::Failure;
use crate::limits::{DAY, Shares};
use crate::password::{PasswordError, is_common};
use crate::random;
use crate::service::{Service, Shared};
use crate::store::Tx;
use crate::store::accounts::{Inserted, NewAccount, insert_account};
use crate::store::limits::{Counted, count};
use crate::store::outbox::{Kind, post};
use crate::store::sign_ups::{
    Address, SignUpRow, count_sign_up_try, delete_sign_up, replace_sign_up, sign_up_of,
};
use crate::timeline::{self, Note};

/// Seconds that an address waits to be verified.
const LIFETIME: Seconds = DAY;

fn address(text: &str) -> Result<MailAddress, Failure> {
    MailAddress::parse(text).map_err(|_| problem::Code::MalformedEmail.into())
}

/// Asks for a new account.
pub(crate) async fn sign_up(
    service: &Shared,
    stranger: Stranger,
    request: SignUp,
) -> Result<(), Failure> {
    let email = address(&request.email)?;
    let password = AccountPassword::parse(request.password).map_err(|error| match error {
        AccountPasswordError::TooShort | AccountPasswordError::TooLong => {
            Failure::from(problem::Code::PasswordTooShort)
        }
    })?;
    if is_common(&password) {
        return Err(problem::Code::PasswordTooCommon.into());
    }
    let password = service.hashing.hash(password).await?;
    let known = service.store.account_of_address(&email).await?;
    let new = SignUpRow {
        id: AccountId(random::bytes()?),
        email: email.as_str().into(),
        device: stranger.device,
        password,
        language: request.language,
        address: match known {
            None => Address::New,
            Some(_) => Address::HasAccount,
        },
        expires_at: service.now().saturating_add(LIFETIME),
        tries: 0,
        code: None,
        code_until: 0,
    };
    let mut tx = service.store.begin_writing().await?;
    if may_mail(service, &mut tx, (&email, stranger)).await? == MayMail::Yes {
        replace_sign_up(&mut tx, &new, service.now()).await?;
        post_mail(service, &mut tx, &new).await?;
    }
    tx.commit().await?;
    service.bell.notify_one();
    Ok(())
}

/// Asks for the mail again.
pub(crate) async fn resend(
    service: &Shared,
    stranger: Stranger,
    request: Verification,
) -> Result<(), Failure> {
    let email = address(&request.email)?;
    let waiting = sign_up_of(&service.store, &email, stranger.device).await?;
    let mut tx = service.store.begin_writing().await?;
    let may = may_mail(service, &mut tx, (&email, stranger)).await?;
    let waiting = waiting.filter(|row| row.expires_at > service.now());
    if let (MayMail::Yes, Some(row)) = (may, waiting) {
        post_mail(service, &mut tx, &row).await?;
    }
    tx.commit().await?;
    service.bell.notify_one();
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MayMail {
    Yes,
    /// The address had enough of them; nobody is told, for that would tell
    /// that others asked.
    Silently,
}

async fn may_mail(
    service: &Service,
    tx: &mut Tx,
    (email, stranger): (&MailAddress, Stranger),
) -> Result<MayMail, Failure> {
    let deed = &service.config.limits.verify_mail;
    let now = service.now();
    for limit in &deed.network {
        if let Counted::Over { wait } = count(tx, limit, &stranger.network, now).await? {
            return Err(Failure::wait(problem::Code::TooManyRequests, wait));
        }
    }
    let share = service.address_share(email);
    for limit in &deed.account {
        if let Counted::Over { .. } = count(tx, limit, &share, now).await? {
            return Ok(MayMail::Silently);
        }
    }
    Ok(MayMail::Yes)
}

async fn post_mail(service: &Service, tx: &mut Tx, row: &SignUpRow) -> Result<(), Failure> {
    let kind = match row.address {
        Address::New => Kind::Verification,
        Address::HasAccount => Kind::HasAccount,
    };
    let AccountId(subject) = row.id;
    Ok(post(tx, random::bytes()?, (kind, subject), service.now()).await?)
}

/// Takes the code from the mail.
pub(crate) async fn verify(
    service: &Shared,
    stranger: Stranger,
    request: Verify,
) -> Result<(), Failure> {
    let email = address(&request.email)?;
    let code = Code::parse(request.code.expose())
        .map_err(|_| Failure::from(problem::Code::ProofRejected))?;
    count_verify(service, &email, stranger).await?;
    let tries = service.config.limits.tries;
    let now = service.now();
    let row = count_sign_up_try(&service.store, &email, stranger.device, tries, now).await?;
    let Some(row) = row else {
        return Err(problem::Code::ProofRejected.into());
    };
    let rejected = Failure(Problem {
        tries_left: Some(tries.saturating_sub(row.tries)),
        ..problem::Code::ProofRejected.into()
    });
    let row = match compare(service, row, code).await? {
        (row, Verdict::Right) => row,
        (_, Verdict::Wrong) => return Err(rejected),
    };
    // Only whoever read the mail hears that its code is old.
    if now >= row.code_until {
        return Err(problem::Code::CodeExpired.into());
    }
    become_account(service, &row, &email).await
}

async fn count_verify(
    service: &Service,
    email: &MailAddress,
    stranger: Stranger,
) -> Result<(), Failure> {
    let shares = Shares {
        device: service.device_share(stranger.device),
        account: service.address_share(email),
        network: stranger.network,
    };
    let mut tx = service.store.begin_writing().await?;
    let counted = service
        .config
        .limits
        .verify_try
        .count(&mut tx, &shares, service.now());
    let counted = counted.await?;
    tx.commit().await?;
    match counted {
        Counted::Within { .. } => Ok(()),
        Counted::Over { wait } => Err(Failure::wait(problem::Code::TooManyRequests, wait)),
    }
}

/// Takes as long, and finds nothing, where no code was ever made.
async fn compare(
    service: &Shared,
    row: SignUpRow,
    code: Code,
) -> Result<(SignUpRow, Verdict), Failure> {
    let this = Shared::clone(service);
    let compared = service.hashing.run(move || {
        let binding = AddressBinding {
            account: row.id,
            email: &row.email,
        };
        let salt = row.code.as_ref().map_or([0; 16], |(salt, _)| *salt);
        let typed = binding.tag(&code, &this.pepper, &salt);
        let verdict = match (&row.code, typed) {
            (Some((_, stored)), Ok(typed)) => Ok(stored.verdict(&typed)),
            (None, Ok(_)) => Ok(Verdict::Wrong),
            (_, Err(_)) => Err(PasswordError::Busy),
        };
        verdict.map(|verdict| (row, verdict))
    });
    Ok(compared.await??)
}

async fn become_account(
    service: &Service,
    row: &SignUpRow,
    email: &MailAddress,
) -> Result<(), Failure> {
    let new = NewAccount {
        id: row.id,
        email,
        password: &row.password,
        language: row.language,
    };
    let mut tx = service.store.begin_writing().await?;
    // The code is good once: the first to take the row away has it.
    if delete_sign_up(&mut tx, row.id).await? == 0 {
        return Err(problem::Code::ProofRejected.into());
    }
    match insert_account(&mut tx, &new, service.now()).await? {
        Inserted::Made => {
            let made = Note {
                account: row.id,
                device: Some(row.device),
                change: Change::AccountMade,
                network: None,
            };
            timeline::note(service, &mut tx, made).await?;
            Ok(tx.commit().await?)
        }
        Inserted::WasThere => Err(problem::Code::ProofRejected.into()),
    }
}
