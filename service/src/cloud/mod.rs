//! The cloud's copy of a vault. The service holds no key: it checks structure,
//! and that a write follows the head that stands.
//!
//! | module | one idea |
//! |---|---|
//! | [`read`] | what the cloud holds, and what changed |
//! | [`push`] | a head and its records, by compare-and-swap |
//! | [`epoch`] | the same vault under a new key, signed for by the slot that stands |
//! | [`slots`] | who may change slots, and who hears of it |
//! | [`live`] | a device that waits hears that another one wrote |
//! | [`files`] | files of items, chunk by chunk |
//! | [`upload`] | records staged before they are part of anything |
//! | [`check`] | whether a head fits its records and its slots |

pub(crate) mod check;
pub(crate) mod epoch;
pub(crate) mod files;
pub(crate) mod live;
pub(crate) mod push;
pub(crate) mod read;
pub(crate) mod slots;
pub(crate) mod upload;
