//! A device's key gets a session.

use sigill_core::account::{DeviceName, MailAddress};
use sigill_core::confirmation::code::{TextFor, Verdict};
use sigill_core::confirmation::policy::SecondFactor;
use sigill_core::wire::account::{Session, SignIn};
use sigill_core::wire::problem::Code;
use sigill_core::wire::{Seconds, SecretText};
use zeroize::Zeroizing;

use super::Stranger;
use super::second_step::{Shown, second_step};
use super::session::{begin_session, session};
use crate::dpop::token::REFRESH_LIFETIME;
use crate::failure::Failure;
use crate::limits::{HOUR, Limit, Shares};
use crate::random;
use crate::service::{Service, Shared};
use crate::store::Tx;
use crate::store::accounts::{AccountRow, account as account_in, set_language};
use crate::store::limits::{Counted, count};
use crate::store::sessions::{SessionRow, device};
use crate::store::sign_ups::sign_up_of;

/// Strangers' attempts on one address in an hour before each has to wait longer.
const PATIENCE: u32 = 5;

/// Signs a device in.
pub(crate) async fn sign_in(
    service: &Shared,
    stranger: Stranger,
    request: SignIn,
) -> Result<Session, Failure> {
    let email =
        MailAddress::parse(&request.email).map_err(|_| Failure::from(Code::MalformedEmail))?;
    let name = DeviceName::parse(&request.device_name)
        .map_err(|_| Failure::from(Code::MalformedDeviceName))?;
    let account = prove_password(service, stranger, (&email, &request.password)).await?;
    let whose = (account.id, stranger.device);
    let typed = request.second_factor.as_ref();
    let asked = (typed, TextFor::SignIn);
    let shown = prove_factor(service, stranger, (&account, asked)).await?;
    let begins = SessionRow {
        id: random::bytes()?,
        account: account.id,
        device: stranger.device,
        serial: 1,
        refresh_until: service.now().saturating_add(REFRESH_LIFETIME),
    };
    let mut tx = service.store.begin(account.id).await?;
    still_stands(&mut tx, &account).await?;
    if let Some(shown) = shown {
        shown.spend(service, &mut tx, whose).await?;
    }
    let named = (&begins, name.as_str());
    begin_session(service, &mut tx, named, Some(stranger.network)).await?;
    set_language(&mut tx, account.id, request.language).await?;
    tx.commit().await?;
    Ok(session(service, &begins))
}

/// The account that address and password open. Counted first.
pub(crate) async fn prove_password(
    service: &Service,
    stranger: Stranger,
    (email, password): (&MailAddress, &SecretText),
) -> Result<AccountRow, Failure> {
    let account = service.store.account_of_address(email).await?;
    count_attempt(service, stranger, (email, account.as_ref())).await?;
    let typed = Zeroizing::new(String::from(password.expose()));
    let stored = account
        .as_ref()
        .and_then(|account| account.password.clone());
    match (
        account,
        service.hashing.compare(typed.clone(), stored).await?,
    ) {
        (Some(account), Verdict::Right) => Ok(account),
        (Some(_) | None, Verdict::Right | Verdict::Wrong) => {
            Err(why_not(service, stranger, (email, typed)).await?)
        }
    }
}

/// The second factor, where the account has one.
pub(crate) async fn prove_factor(
    service: &Shared,
    stranger: Stranger,
    (account, asked): (&AccountRow, (Option<&SecretText>, TextFor)),
) -> Result<Option<Shown>, Failure> {
    if account.second_factor == SecondFactor::Off {
        return Ok(None);
    }
    let shares = Shares {
        device: service.device_share(stranger.device),
        account: service.account_share(account.id),
        network: stranger.network,
    };
    let whose = (account.id, stranger.device);
    second_step(service, (whose, shares), asked).await.map(Some)
}

/// What was compared outside the transaction is still the account's inside it: a
/// sign-in that waited does not outlive another password or a new factor.
pub(crate) async fn still_stands(tx: &mut Tx, compared: &AccountRow) -> Result<(), Failure> {
    let now = account_in(tx, compared.id).await?;
    let same = now.is_some_and(|now| {
        now.password == compared.password && now.second_factor == compared.second_factor
    });
    if same {
        Ok(())
    } else {
        Err(Code::SignInRejected.into())
    }
}

/// A device that signed up and did not verify yet hears so, whether the address
/// has an account or not: it knew the password that it had typed itself.
async fn why_not(
    service: &Service,
    stranger: Stranger,
    (email, typed): (&MailAddress, Zeroizing<String>),
) -> Result<Failure, Failure> {
    let waiting = sign_up_of(&service.store, email, stranger.device).await?;
    let Some(waiting) = waiting.filter(|row| row.expires_at > service.now()) else {
        return Ok(Code::SignInRejected.into());
    };
    Ok(
        match service
            .hashing
            .compare(typed, Some(waiting.password))
            .await?
        {
            Verdict::Right => Code::EmailNotVerified.into(),
            Verdict::Wrong => Code::SignInRejected.into(),
        },
    )
}

/// A key that the account knows has its own share; strangers share one an
/// address, with growing pauses. So strangers can't keep a known device out.
async fn count_attempt(
    service: &Service,
    stranger: Stranger,
    (email, account): (&MailAddress, Option<&AccountRow>),
) -> Result<(), Failure> {
    let known = match account {
        Some(account) => device(&service.store, account.id, stranger.device).await?,
        None => None,
    };
    let limits = &service.config.limits;
    let deed = match known {
        Some(_) => &limits.known_device,
        None => &limits.stranger,
    };
    let shares = Shares {
        device: service.device_share(stranger.device),
        account: service.address_share(email),
        network: stranger.network,
    };
    let now = service.now();
    let mut tx = service.store.begin_writing().await?;
    let mut counted = deed.count(&mut tx, &shares, now).await?;
    if known.is_none() && matches!(counted, Counted::Within { .. }) {
        counted = pause(&mut tx, &shares, now).await?;
    }
    tx.commit().await?;
    match counted {
        Counted::Within { .. } => Ok(()),
        Counted::Over { wait } => Err(Failure::wait(Code::TooManyRequests, wait)),
    }
}

/// After five attempts in an hour strangers have to leave 2, 4, 8 … 512
/// seconds between one and the next.
async fn pause(tx: &mut Tx, shares: &Shares, now: Seconds) -> Result<Counted, Failure> {
    let attempts = Limit {
        rule: "stranger/attempts",
        count: u32::MAX,
        window: HOUR,
    };
    let counted = count(tx, &attempts, &shares.account, now).await?;
    match counted {
        Counted::Within { count: attempts } if attempts > PATIENCE => {
            let pause = Limit {
                rule: "stranger/pause",
                count: 1,
                window: 1 << (attempts - PATIENCE).min(9),
            };
            Ok(count(tx, &pause, &shares.account, now).await?)
        }
        Counted::Within { .. } | Counted::Over { .. } => Ok(counted),
    }
}
