//! Accounts, their devices and their sessions.
//!
//! | module | one idea |
//! |---|---|
//! | [`sign_up`] | an address becomes an account once its mail is read |
//! | [`sign_in`] | a device's key gets a session |
//! | [`provider_session`] | … or is signed in by a provider |
//! | [`second_step`] | … with its second factor |
//! | [`session`] | tokens are swapped, sessions end |
//! | [`deletion`] | an account goes after seven days, unless somebody keeps it |
//! | [`hold`] | what waits after a reset by mail alone, and who may say no |
//! | [`connecting`] | … and the only device may take its vault out again |
//! | [`addresses`] | where a person reads mail about it |
//! | [`overview`] | the account as one of its devices sees it |

pub(crate) mod addresses;
pub(crate) mod connecting;
pub(crate) mod deletion;
pub(crate) mod hold;
pub(crate) mod overview;
pub(crate) mod provider_session;
pub(crate) mod second_step;
pub(crate) mod session;
pub(crate) mod sign_in;
pub(crate) mod sign_up;

use std::net::IpAddr;

use sigill_core::id::DeviceId;

use crate::store::limits::Subject;
use crate::store::sessions::SessionRow;

/// A device that is not signed in: it proved its key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stranger {
    pub(crate) device: DeviceId,
    pub(crate) network: Subject,
}

/// A device that is signed in.
pub(crate) struct Caller {
    pub(crate) session: SessionRow,
    pub(crate) network: Subject,
    /// For the mail that tells where a request came from.
    pub(crate) address: IpAddr,
}
