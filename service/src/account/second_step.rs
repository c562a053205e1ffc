//! The second factor at sign-in, and at whatever else takes it beside an operation.
//! A text that leaves for it says what for, and its code is good for that only.

use sigill_core::confirmation::code::{SignInBinding, TextFor, Verdict};
use sigill_core::confirmation::factor::Way;
use sigill_core::confirmation::hold::Hold;
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::SecretText;
use sigill_core::wire::problem::Code;

use crate::factor::own::{Own, Used};
use crate::failure::Failure;
use crate::limits::Shares;
use crate::random;
use crate::service::{Service, Shared};
use crate::store::Tx;
use crate::store::limits::Counted;
use crate::store::outbox::{Kind, post};
use crate::store::sessions::device_in;
use crate::store::sign_in_texts::{Wanted, forget_sign_in_text, sign_in_text, want_sign_in_text};

/// Who signs in: an account whose password was right, and the device's key.
pub(crate) type Whose = (AccountId, DeviceId);

/// A second factor that was right, to be used up when the session begins.
pub(crate) struct Shown {
    own: Own,
    used: Used,
}

impl Shown {
    /// Whether it was enrolled before a hold began.
    pub(crate) fn was_before(&self, hold: Hold) -> bool {
        let mut since = self.own.factors.iter().map(|factor| factor.since);
        since.any(|since| hold.was_before(since, 1))
    }

    /// Uses it up, in the transaction that begins the session.
    pub(crate) async fn spend(
        self,
        service: &Service,
        tx: &mut Tx,
        whose: Whose,
    ) -> Result<(), Failure> {
        if Own::load(tx, whose.0).await? != self.own {
            return Err(Code::ProofRejected.into());
        }
        let forgotten = forget_sign_in_text(tx, whose).await?;
        // A text is good once: the first to take the row away has it.
        if self.used == Used::Text && forgotten == 0 {
            return Err(Code::ProofRejected.into());
        }
        self.used.spend(service, tx, whose).await
    }
}

/// Takes the second factor of an account that has one. Where none was typed, a
/// text leaves if there is a phone; at most one a minute.
pub(crate) async fn second_step(
    service: &Shared,
    (whose, shares): (Whose, Shares),
    (typed, purpose): (Option<&SecretText>, TextFor),
) -> Result<Shown, Failure> {
    let Some(typed) = typed else {
        send_text(service, (whose, purpose), shares).await?;
        return Err(Code::SecondFactorNeeded.into());
    };
    let now = service.now();
    let mut tx = service.store.begin(whose.0).await?;
    let limits = &service.config.limits;
    // A key that the account knows has its own share, so that strangers can't use it up.
    let deed = match device_in(&mut tx, whose.0, whose.1).await? {
        Some(_) => &limits.known_factor_try,
        None => &limits.factor_try,
    };
    let counted = deed.count(&mut tx, &shares, now).await?;
    let own = Own::load(&mut tx, whose.0).await?;
    let text = sign_in_text(&mut tx, whose).await?;
    tx.commit().await?;
    if let Counted::Over { wait } = counted {
        return Err(Failure::wait(Code::TooManyRequests, wait));
    }
    let (account, device) = whose;
    let binding = SignInBinding {
        account,
        device,
        purpose,
    };
    let live = text.filter(|text| now < text.until && text.purpose == purpose);
    let compare = move |code: &_, pepper: &_| match live {
        None => Ok(Verdict::Wrong),
        Some(live) => binding
            .tag(code, pepper, &live.salt)
            .map(|tag| live.tag.verdict(&tag)),
    };
    match own.compare(service, typed.expose(), compare).await? {
        Used::Nothing => Err(Code::ProofRejected.into()),
        used @ (Used::Text | Used::Step(_) | Used::Backup(_)) => Ok(Shown { own, used }),
    }
}

async fn send_text(
    service: &Service,
    (whose, purpose): (Whose, TextFor),
    shares: Shares,
) -> Result<(), Failure> {
    let now = service.now();
    let mut tx = service.store.begin(whose.0).await?;
    let own = Own::load(&mut tx, whose.0).await?;
    if own.factor(Way::TextMessage).is_none() || service.texts.are_there().is_err() {
        return Ok(());
    }
    if want_sign_in_text(&mut tx, (whose, purpose), now).await? == Wanted::Before {
        return Ok(());
    }
    let limits = &service.config.limits;
    // As with the tries: a key that the account knows has its own share.
    let deed = match device_in(&mut tx, whose.0, whose.1).await? {
        Some(_) => &limits.known_text,
        None => &limits.text,
    };
    if let Counted::Within { .. } = deed.count(&mut tx, &shares, now).await? {
        let DeviceId(subject) = whose.1;
        post(&mut tx, random::bytes()?, (Kind::SignInText, subject), now).await?;
    }
    tx.commit().await?;
    service.bell.notify_one();
    Ok(())
}
