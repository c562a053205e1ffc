//! A grant, for each act one.

use core::fmt;

use crate::confirmation::action::{Action, ClearScope, RestoreReach, RestoreSource, Weakening};
use crate::confirmation::operation::{Operation, Request};
use crate::id::{Hash, VaultId};

mod sealed {
    pub trait Sealed {}
}

/// A dangerous act that a [`Grant`] can be for; a closed set.
pub trait Act: sealed::Sealed {
    /// What it is about, besides the vault.
    type About: fmt::Debug;
}

macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident($about:ty),)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub enum $act {}
            impl sealed::Sealed for $act {}
            impl Act for $act {
                type About = $about;
            }
        )*

        /// A grant for whichever act was asked for.
        #[derive(Debug)]
        #[must_use = "what was granted has not happened yet"]
        pub enum Granted {
            $($(#[$doc])* $act(Grant<$act>),)*
        }
    };
}

acts! {
    /// The database on this device goes.
    ClearThisDevice(()),
    /// The database on this device and the cloud's goes.
    ClearEverywhere(()),
    /// This device's content takes the cloud's place.
    ReplaceCloud(()),
    /// A displaced generation comes back.
    Restore(Restoring),
    /// A new vault takes the place of one whose master password is forgotten.
    ResetMasterPassword(()),
    /// The open vault gets another master password.
    RenewMasterPassword(()),
    /// A protection goes.
    Weaken(Weakened),
}

/// Which generation comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restoring {
    /// Where it lies.
    pub source: RestoreSource,
    /// Whether the keys change with it.
    pub reach: RestoreReach,
}

/// Which protection goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weakened {
    /// Which.
    pub what: Weakening,
    /// Hash of its parameters.
    pub parameters: Hash,
}

/// What an act was decided on. Whoever carries it out compares: another vault
/// or another head there means that it no longer applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The vault.
    pub vault: VaultId,
    /// Hash of the head that stood when it was asked for: the cloud's where the
    /// act reaches the cloud, else this device's.
    pub head_hash: Hash,
}

/// Allows one act on one target, once. See the [module](super).
#[must_use = "what was granted has not happened yet"]
pub struct Grant<A: Act> {
    target: Target,
    about: A::About,
}

impl<A: Act> fmt::Debug for Grant<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("target", &self.target)
            .field("about", &self.about)
            .finish()
    }
}

impl<A: Act> Grant<A> {
    pub(super) const fn new(target: Target, about: A::About) -> Self {
        Self { target, about }
    }

    /// What it was decided on.
    #[must_use]
    pub const fn target(&self) -> &Target {
        &self.target
    }

    /// What else it is about.
    #[must_use]
    pub const fn about(&self) -> &A::About {
        &self.about
    }
}

impl Granted {
    /// For the judge, and only at the end of its judging.
    pub(in crate::confirmation) fn to_the_judge(operation: &Operation) -> Self {
        Self::what_was_asked(&operation.request)
    }

    /// For the asker, and only on a receipt that it verified.
    pub(in crate::confirmation) fn what_was_asked(request: &Request) -> Self {
        let target = Target {
            vault: request.vault,
            head_hash: request.base_head_hash,
        };
        match request.action {
            Action::ResetMasterPassword => Self::ResetMasterPassword(Grant::new(target, ())),
            Action::RenewMasterPassword => Self::RenewMasterPassword(Grant::new(target, ())),
            Action::ReplaceCloud => Self::ReplaceCloud(Grant::new(target, ())),
            Action::ClearVault { scope } => match scope {
                ClearScope::ThisDevice => Self::ClearThisDevice(Grant::new(target, ())),
                ClearScope::Everywhere => Self::ClearEverywhere(Grant::new(target, ())),
            },
            Action::Restore { source, reach } => {
                Self::Restore(Grant::new(target, Restoring { source, reach }))
            }
            Action::Weaken { what, parameters } => {
                Self::Weaken(Grant::new(target, Weakened { what, parameters }))
            }
        }
    }
}
