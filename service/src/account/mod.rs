//! Accounts, their devices and their sessions.
//!
//! | module | one idea |
//! |---|---|
//! | [`sign_up`] | an address becomes an account once its mail is read |
//! | [`sign_in`] | a device's key gets a session |
//! | [`provider_session`] | … or is signed in by a provider |
//! | [`session`] | tokens are swapped, sessions end |
//! | [`overview`] | the account as one of its devices sees it |

pub(crate) mod overview;
pub(crate) mod provider_session;
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
