//! Mailed codes: drawn, parsed, tagged, compared.
//!
//! ```text
//! code = 8 decimal digits, uniform; shown "4821 7730"
//! tag  = Argon2id(HMAC-SHA-256(pepper, encode("sigill/code/1", operation, account, device,
//!                 action, scope, digest, code_no, code)), salt)     19 MiB, t = 2, p = 1
//! ```
//! The pepper lives outside the database: who holds the database alone can't
//! try the hundred million codes. Everything else in the tag makes a code good
//! for one act only.

mod digits;
mod tag;

pub(super) use digits::decimal_digits;
pub use digits::{Code, NotACode};
pub(super) use tag::tag as tag_bound;
pub use tag::{
    AddressBinding, CodeBinding, CodeTag, EnrolmentBinding, Pepper, Salt, SignInBinding, TextFor,
    Verdict,
};
