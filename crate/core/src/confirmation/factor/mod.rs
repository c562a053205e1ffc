//! Second factors: what is enrolled beside the account password, and what a
//! person types to show it.
//!
//! ```text
//! text message    8 digits, as mailed codes are; the tag has a label of its own
//! authenticator   6 digits of RFC 6238 (SHA-1, 30 s); each time step is good once
//! backup code     80 random bits in Crockford's base32, shown in four groups; each is good once
//! ```
//! One field takes all three: their forms tell them apart ([`FactorCode`]).
//!
//! | module | one idea |
//! |---|---|
//! | [`phone`] | telephone numbers, parsed at the door |
//! | [`backup`] | backup codes: drawn, shown, read, tagged |
//! | [`typed`] | which of the three was typed |
//! | [`step`] | time steps of an authenticator, each used once |

pub mod backup;
pub mod phone;
pub mod step;
pub mod typed;

pub use backup::{BackupBinding, BackupCode};
pub use phone::{Countries, PhoneNumber, PhoneNumberError};
pub use step::{Step, candidates};
pub use typed::{AuthenticatorCode, FactorCode, Way};
