//! Talking to the account service.
//!
//! | module | one idea |
//! |---|---|
//! | [`address`] | which addresses may be a service |
//! | [`proof`] | the DPoP proof that every request carries |
//! | [`exchange`] | a request and its answer; tokens are refreshed on the way |

pub(crate) mod address;
pub(crate) mod exchange;
pub(crate) mod proof;
