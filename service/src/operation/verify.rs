//! What a person typed is compared, in constant time, between the two
//! transactions: nothing is locked meanwhile.

use sigill_core::confirmation::code::{Code, Verdict};
use sigill_core::confirmation::operation::{Attempt, Verdicts};
use sigill_core::confirmation::policy::Proof;
use sigill_core::wire::SecretText;
use sigill_core::wire::operation::Proofs as Typed;
use zeroize::Zeroizing;

use crate::factor::own::{Own, Used};
use crate::failure::Failure;
use crate::password::PasswordError;
use crate::service::Shared;
use crate::store::Tx;
use crate::store::accounts::AccountRow;

/// What the proofs are compared with, as transaction A found it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Against {
    /// PHC string.
    password: Option<String>,
    own: Own,
}

/// What was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) verdicts: Verdicts,
    /// What is good once, and was right.
    pub(crate) used: Used,
}

impl Against {
    pub(crate) async fn load(tx: &mut Tx, account: &AccountRow) -> Result<Self, Failure> {
        Ok(Self {
            password: account.password.clone(),
            own: Own::load(tx, account.id).await?,
        })
    }

    /// What was found counts in transaction B only where nothing that it was
    /// compared with changed: a password that was changed meanwhile, or a code
    /// that was used, proves nothing.
    pub(crate) fn still_stands(&self, now: &Self, found: Found) -> Found {
        if self == now {
            found
        } else {
            Found {
                verdicts: Verdicts::NONE,
                used: Used::Nothing,
            }
        }
    }
}

/// Compares every proof that the attempt names, side by side; what it does not
/// name is not looked at.
pub(crate) async fn verify(
    service: &Shared,
    attempt: &Attempt,
    (against, typed): (&Against, &Typed),
) -> Result<Found, Failure> {
    let named = |proof, typed: &'_ Option<SecretText>| {
        let typed = typed.as_ref().filter(|_| attempt.due().contains(proof));
        typed.map(|typed| Zeroizing::new(String::from(typed.expose())))
    };
    let password = named(Proof::AccountPassword, &typed.account_password);
    let code = named(Proof::EmailCode, &typed.email_code);
    let factor = named(Proof::TextMessageCode, &typed.text_message_code);
    let (password, code, used) = tokio::try_join!(
        compare_password(service, password, against),
        compare_code(service, code, attempt),
        compare_factor(service, factor, (against, attempt)),
    )?;
    let verdicts = Verdicts::NONE
        .with(Proof::AccountPassword, password)
        .with(Proof::EmailCode, code)
        .with(Proof::TextMessageCode, used.verdict());
    Ok(Found { verdicts, used })
}

async fn compare_password(
    service: &Shared,
    typed: Option<Zeroizing<String>>,
    against: &Against,
) -> Result<Verdict, Failure> {
    let Some(typed) = typed else {
        return Ok(Verdict::Wrong);
    };
    let stored = against.password.clone();
    Ok(service.hashing.compare(typed, stored).await?)
}

async fn compare_code(
    service: &Shared,
    typed: Option<Zeroizing<String>>,
    attempt: &Attempt,
) -> Result<Verdict, Failure> {
    let typed = typed.and_then(|typed| Code::parse(&typed).ok());
    let (Some(typed), Some(live)) = (typed, attempt.live().cloned()) else {
        return Ok(Verdict::Wrong);
    };
    let binding = attempt.binding().clone();
    let this = Shared::clone(service);
    let compared = service.hashing.run(move || {
        let tag = binding.tag(&typed, &this.pepper, &live.salt);
        tag.map(|tag| live.tag.verdict(&tag))
    });
    Ok(compared.await?.map_err(|_| PasswordError::Busy)?)
}

async fn compare_factor(
    service: &Shared,
    typed: Option<Zeroizing<String>>,
    (against, attempt): (&Against, &Attempt),
) -> Result<Used, Failure> {
    let Some(typed) = typed else {
        return Ok(Used::Nothing);
    };
    let binding = attempt.text_binding().clone();
    let live = attempt.live_text().cloned();
    let text = move |code: &Code, pepper: &_| match live {
        None => Ok(Verdict::Wrong),
        Some(live) => binding
            .text_tag(code, pepper, &live.salt)
            .map(|tag| live.tag.verdict(&tag)),
    };
    against.own.compare(service, &typed, text).await
}
