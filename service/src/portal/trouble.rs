//! Why the portal does not do what was asked of it.

use sigill_core::confirmation::wait::NoWait;
use sigill_core::wire::Seconds;
use sigill_core::wire::problem::Code;

use crate::failure::Failure;
use crate::openid::flow::FlowError;
use crate::password::PasswordError;
use crate::random::NoRandomness;
use crate::store::StoreError;
use crate::store::accounts::HeldBy;
use crate::store::flows::Then;
use crate::wait::ask::NotAsked;

/// Why not; each has its text on a page.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// As the service answers a device.
    Failed(Failure),
    /// Somebody came back from the provider and proved nothing.
    Provider(FlowError),
    /// The identity opens no account; none is made here.
    NobodysIdentity,
    /// Another account waits.
    OtherAccount,
    /// Nobody is signed in here, or not any more.
    SignedOut,
    /// A form of another browser, or an old one.
    NotOurForm,
    /// Region and terms come first.
    NotAgreed,
    /// Who it is has to be proved anew first; then it goes on there.
    NotFresh(Then),
    /// The mailed code comes first.
    NoCode,
    /// Another account has the address.
    AddressTaken,
    /// The account has a password.
    HasPassword,
    /// The account password is another.
    WrongPassword,
    /// The password was typed in two ways.
    PasswordsDiffer,
    /// The identity is an account's.
    IdentityTaken,
    /// It waits for a hold to end, then.
    Held(HeldBy, Seconds),
    /// Too many wrong proofs; dangerous acts are frozen until then.
    Frozen(Seconds),
    /// It waits already, until then.
    Waits(Seconds),
    /// Somebody said no; not again before then.
    Vetoed(Seconds),
    /// No address is known that a code could go to.
    NoKnownAddress,
    /// It takes a device that the account has known for three days.
    NoEstablishedDevice,
}

impl From<NotAsked> for Trouble {
    fn from(why: NotAsked) -> Self {
        match why {
            NotAsked::Failed(failure) => failure.into(),
            NotAsked::Rule(NoWait::NotOffered, _) => Code::NotOffered.into(),
            NotAsked::Rule(NoWait::Unproven, _) => Self::NoCode,
            NotAsked::Rule(NoWait::NoKnownAddress, _) => Self::NoKnownAddress,
            NotAsked::Rule(NoWait::NoEstablishedDevice, _) => Self::NoEstablishedDevice,
            NotAsked::Rule(NoWait::Held { until }, by) => Self::Held(by, until),
            NotAsked::Rule(NoWait::Frozen { until }, _) => Self::Frozen(until),
            NotAsked::Rule(NoWait::Waits { until }, _) => Self::Waits(until),
            NotAsked::Rule(NoWait::Vetoed { until }, _) => Self::Vetoed(until),
        }
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Code> for Trouble {
    fn from(code: Code) -> Self {
        Self::Failed(code.into())
    }
}

impl From<FlowError> for Trouble {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::Store(error) => error.into(),
            FlowError::NoRandomness(error) => error.into(),
            error @ (FlowError::NoProvider
            | FlowError::Unreachable(_)
            | FlowError::NoFlow
            | FlowError::Denied
            | FlowError::OtherIssuer
            | FlowError::Code
            | FlowError::Token(_)) => Self::Provider(error),
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<NoRandomness> for Trouble {
    fn from(error: NoRandomness) -> Self {
        Self::Failed(error.into())
    }
}

impl From<PasswordError> for Trouble {
    fn from(error: PasswordError) -> Self {
        Self::Failed(error.into())
    }
}
