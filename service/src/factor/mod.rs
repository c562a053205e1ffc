//! Second factors: enrolled, tried, compared, used.
//!
//! | module | one idea |
//! |---|---|
//! | [`own`] | what an account has, compared with what was typed |
//! | [`enrol`] | something waits to become a factor, and is tried |
//! | [`staged`] | what a weakening is about waits for its operation |
//! | [`authenticator`] | RFC 6238, its secret sealed |

pub(crate) mod authenticator;
pub(crate) mod enrol;
pub(crate) mod own;
pub(crate) mod staged;
