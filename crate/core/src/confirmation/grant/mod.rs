//! The only door to destruction.
//!
//! A [`Grant`] can be had in four ways, each at the end of a check:
//!
//! | who | after what |
//! |---|---|
//! | the judge | every required proof was right, in the transaction of the effect ([`super::operation::Judgement`]) |
//! | the asker | a receipt that verifies, for its own journal entry, in phase Proving ([`super::journal`]) |
//! | no account | the vault's name, typed ([`Grant::by_phrase`]) |
//! | no account | the master password that a displaced generation opens with ([`Grant::by_old_master_password`]) |
//!
//! Whatever destroys takes a grant for its own act, by value. No code outside
//! this crate can make one:
//!
//! ```compile_fail,E0451
//! use sigill_core::confirmation::grant::{ClearEverywhere, Grant, Target};
//! fn forge(target: Target) -> Grant<ClearEverywhere> {
//!     Grant { target, about: () }
//! }
//! ```
//! ```compile_fail,E0624
//! use sigill_core::confirmation::grant::{ClearEverywhere, Grant, Target};
//! fn forge(target: Target) -> Grant<ClearEverywhere> {
//!     Grant::new(target, ())
//! }
//! ```
//! An act of one's own does not help:
//! ```compile_fail,E0277
//! use sigill_core::confirmation::grant::Act;
//! struct Anything;
//! impl Act for Anything {
//!     type About = ();
//! }
//! ```
//! It can't be copied:
//! ```compile_fail,E0599
//! use sigill_core::confirmation::grant::{ClearEverywhere, Grant};
//! fn twice(grant: Grant<ClearEverywhere>) -> [Grant<ClearEverywhere>; 2] {
//!     [grant.clone(), grant]
//! }
//! ```
//! It is good for its own act only:
//! ```compile_fail,E0308
//! use sigill_core::confirmation::grant::{ClearEverywhere, ClearThisDevice, Grant};
//! fn clear_everywhere(grant: Grant<ClearEverywhere>) {}
//! fn misuse(grant: Grant<ClearThisDevice>) {
//!     clear_everywhere(grant);
//! }
//! ```
//! It is good once:
//! ```compile_fail,E0382
//! use sigill_core::confirmation::grant::{ClearEverywhere, Grant};
//! fn clear_everywhere(grant: Grant<ClearEverywhere>) {}
//! fn misuse(grant: Grant<ClearEverywhere>) {
//!     clear_everywhere(grant);
//!     clear_everywhere(grant);
//! }
//! ```
//! And this is how it is used:
//! ```
//! use sigill_core::confirmation::grant::{ClearEverywhere, Grant};
//! fn clear_everywhere(grant: Grant<ClearEverywhere>) {
//!     let _what_goes = grant.target();
//! }
//! fn use_it(grant: Grant<ClearEverywhere>) {
//!     clear_everywhere(grant);
//! }
//! ```

mod act;
mod permit;
mod unconnected;

pub use act::{
    Act, ClearEverywhere, ClearThisDevice, Grant, Granted, RenewMasterPassword, ReplaceCloud,
    ResetMasterPassword, Restore, Restoring, Target, Weaken, Weakened,
};
pub use permit::{Lapsed, PERMIT_LIFETIME};
pub use unconnected::{ByPhrase, Displaced, NotGranted, Phrase};
