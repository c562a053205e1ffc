//! The step of the second factor: what a page is told about it, and the text
//! message that it may take.

use sigill_core::confirmation::factor::{PhoneNumber, Way};
use sigill_core::confirmation::operation::{Operation, SendText};
use sigill_core::confirmation::policy::Proof;
use sigill_core::id::OperationId;
use sigill_core::wire::operation::{Asked, FactorStep};
use sigill_core::wire::problem::Code;

use super::ask::shares;
use crate::account::Caller;
use crate::factor::own::Own;
use crate::failure::Failure;
use crate::random;
use crate::service::Service;
use crate::store::Tx;
use crate::store::limits::Counted;
use crate::store::outbox::{Kind, post};

/// What a page is told, with the step where it is still to be taken.
pub(crate) async fn with_step(
    tx: &mut Tx,
    operation: &Operation,
    asked: Asked,
) -> Result<Asked, Failure> {
    if !operation.still_required().contains(Proof::TextMessageCode) {
        return Ok(asked);
    }
    let own = Own::load(tx, operation.account).await?;
    let phone = own.factor(Way::TextMessage);
    let number = phone.and_then(|phone| PhoneNumber::parse(&phone.value).ok());
    Ok(Asked {
        second_factor: Some(FactorStep {
            ways: own.ways(),
            phone_hint: number.map(|number| number.hint()),
            text: operation.text.stand,
            text_no: operation.text.code_no,
            text_resend_at: operation.text.resend_at(),
        }),
        ..asked
    })
}

/// Asks for a text message.
///
/// # Errors
/// Where there is no phone or no gateway, a limit is reached, or the core says no.
pub(crate) async fn ask_text(
    service: &Service,
    tx: &mut Tx,
    (caller, operation): (&Caller, Operation),
) -> Result<(Operation, Result<(), Failure>), Failure> {
    let own = Own::load(tx, operation.account).await?;
    if own.factor(Way::TextMessage).is_none() {
        return Ok((operation, Err(Code::NotOffered.into())));
    }
    if let Err(none) = service.texts.are_there() {
        return Ok((operation, Err(none)));
    }
    let now = service.now();
    match operation.clone().ask_text(caller.asker(), now) {
        (operation, Err(refused)) => return Ok((operation, Err(refused.into()))),
        (operation, Ok(SendText::UnderWay)) => return Ok((operation, Ok(()))),
        (_, Ok(SendText::Now)) => {}
    }
    let deed = &service.config.limits.known_text;
    if let Counted::Over { wait } = deed.count(tx, &shares(service, caller), now).await? {
        return Ok((operation, Err(Failure::wait(Code::TooManyRequests, wait))));
    }
    let (operation, asked) = operation.ask_text(caller.asker(), now);
    let OperationId(subject) = operation.id;
    post(tx, random::bytes()?, (Kind::OperationText, subject), now).await?;
    Ok((operation, asked.map(|_| ()).map_err(Failure::from)))
}
