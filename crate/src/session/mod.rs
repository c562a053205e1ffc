//! What each call does: reads rows, lets `sigill_core` decide, writes rows.
//!
//! Nothing that matters is kept in memory: the browser may stop the worker at
//! any await, and the next session over the same store goes on.
//!
//! | module | one idea |
//! |---|---|
//! | [`rows`] | the rows of the device's store |
//! | [`vault`] | a generation: loaded, checked, changed |
//! | [`stored`] | how it lies in the store |
//! | [`packs`] | how its tables lie in the store |
//! | [`wholesale`] | one generation takes another's place |
//! | [`fresh`] | a new vault |
//! | [`open`] | the keys while the vault is open, and when it locks |
//! | [`items`] | list, look at, write entries |
//! | [`entries`] | the open vault's entries, in memory |
//! | [`content`] | entries, between the core's types and the border's |
//! | [`offers`] | what pages of sites are offered, and what they send |
//! | [`otp`] | one-time codes of entries |
//! | [`health`] | what is to mend among the logins |
//! | [`imports`] | take entries in |
//! | [`batches`] | what came or changed together, and goes back together |
//! | [`drawn`] | what the generator made and was used |
//! | [`backup`] | the vault as a file |
//! | [`export`](mod@export) | entries for other programs, for whoever knows the master password |
//! | [`files`] | files of items, sealed in chunks |
//! | [`service`] | talking to the account service |
//! | [`account`] | sign up, in and out; devices |
//! | [`portal`] | the way to the account portal; signing in by a provider |
//! | [`hold`] | what waits after a reset by mail alone: heard of, lifted, vetoed |
//! | [`connect`] | two sides become one |
//! | [`sync`] | keep them so |
//! | [`change`] | another master password, for whoever knows the old one |
//! | [`slots`] | other slots for the same keys: passkeys, and another derivation |
//! | [`passkeys`] | passkeys of this device: opening by one, their names |
//! | [`site_passkeys`] | passkeys of sites: which there are, one to sign by, a new one |
//! | [`epoch`] | new keys, and every record sealed anew |
//! | [`takeover`] | the cloud's vault, taken by the person's hand |
//! | [`silence`] | whether the service is gone |
//! | [`anchor`] | new keys for what was brought back from an older epoch |
//! | [`carry`] | changes that the cloud has not seen, carried into the next epoch |
//! | [`leave`] | out of the account of a service that is gone |
//! | [`danger`] | acts that need proofs |
//! | [`timeline`] | what happened in the account, verified |
//! | [`status`] | where the person stands |
//! | [`views`] | key derivations, between the core's types and the border's |

mod account;
mod anchor;
mod backup;
mod batches;
mod carry;
mod change;
mod connect;
mod content;
mod danger;
mod drawn;
mod entries;
mod epoch;
mod export;
mod files;
mod fresh;
mod health;
mod hold;
mod imports;
mod items;
mod leave;
mod offers;
mod open;
mod otp;
mod packs;
mod passkeys;
mod portal;
mod rows;
mod service;
mod silence;
mod site_passkeys;
mod slots;
mod status;
mod stored;
mod sync;
mod takeover;
mod timeline;
mod vault;
mod views;
mod wholesale;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use sigill_core::site::Suffixes;

use crate::rim::Rim;

pub(crate) use content::layouts;
pub use drawn::Drawing;
#[cfg(feature = "full")]
pub(crate) use open::root as root_of;
pub(crate) use otp::read_otp;

/// A device's session, over whatever rim.
pub struct Session<R: Rim> {
    rim: R,
    /// The rows of the active vault, as last read or written.
    loaded: RefCell<Option<Rc<vault::Vault>>>,
    /// Its entries, opened; dropped when it locks.
    entries: RefCell<Option<entries::Entries>>,
    /// Its index, while its rows were not read yet; dropped with them.
    early: RefCell<Option<entries::Early>>,
    /// How often both were dropped.
    forgotten: Cell<u32>,
    /// The service's last nonce; without one a request costs two.
    nonce: RefCell<Option<String>>,
    /// Whether what a killed worker left was cleared away.
    started: Cell<bool>,
    /// The public-suffix list, once it was needed.
    suffixes: RefCell<Option<Rc<Suffixes>>>,
}

impl<R: Rim> Session<R> {
    /// Begins a session.
    #[must_use]
    pub const fn new(rim: R) -> Self {
        Self {
            rim,
            loaded: RefCell::new(None),
            entries: RefCell::new(None),
            early: RefCell::new(None),
            forgotten: Cell::new(0),
            nonce: RefCell::new(None),
            started: Cell::new(false),
            suffixes: RefCell::new(None),
        }
    }
}
