//! A way that takes seven days begins.

use sigill_core::confirmation::policy::Proofs;
use sigill_core::confirmation::wait::{self, Asks, Lost, Mailbox, NoWait};
use sigill_core::id::DeviceId;
use sigill_core::wire::Seconds;

use super::facts::Facts;
use super::step::step;
use crate::failure::Failure;
use crate::random;
use crate::service::Service;
use crate::store::Tx;
use crate::store::accounts::HeldBy;
use crate::store::limits::Subject;
use crate::store::waits::{Brings, WaitRow, told_no, wait_of};

/// What somebody shows, and what is to take effect.
pub(crate) struct Asking {
    pub(crate) lost: Lost,
    /// What was shown; the caller spends it in the same transaction.
    pub(crate) proofs: Proofs,
    /// Where a mailed code among them went.
    pub(crate) mailbox: Mailbox,
    /// The established device that the person sits at.
    pub(crate) device: Option<DeviceId>,
    pub(crate) brings: Brings,
    pub(crate) network: Subject,
}

/// Why not.
#[derive(Debug)]
pub(crate) enum NotAsked {
    /// The rule, and what began the hold, where that is why.
    Rule(NoWait, HeldBy),
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for NotAsked {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Whether it could begin, so that no mail leaves for what is refused at its end.
pub(crate) async fn may_ask(
    tx: &mut Tx,
    (facts, asking): (&Facts, &Asking),
    now: Seconds,
) -> Result<wait::Wait, NotAsked> {
    let whose = (facts.account.id, asking.lost);
    let before = wait_of(tx, whose).await?;
    let told_no = told_no(tx, whose, asking.device).await?;
    let asks = Asks {
        lost: asking.lost,
        standing: facts.standing(),
        proofs: asking.proofs,
        mailbox: asking.mailbox,
        device: asking.device,
        told_no,
        hold: facts.account.hold,
        frozen_until: facts.account.frozen_until,
    };
    wait::ask(before.map(|row| row.wait), &asks, now)
        .map_err(|why| NotAsked::Rule(why, facts.account.held_by))
}

/// Begins it. When it takes effect.
pub(crate) async fn ask(
    service: &Service,
    tx: &mut Tx,
    (facts, asking): (&Facts, Asking),
) -> Result<Seconds, NotAsked> {
    let wait = may_ask(tx, (facts, &asking), service.now()).await?;
    let row = WaitRow {
        id: random::bytes()?,
        account: facts.account.id,
        wait,
        base: facts.base(),
        brings: asking.brings,
    };
    let by = (asking.device, Some(asking.network));
    step(service, tx, (facts, row, wait), by).await?;
    Ok(wait.until())
}
