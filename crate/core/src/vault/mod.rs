//! How a vault is sealed, opened and kept in step.
//!
//! | module | one idea |
//! |---|---|
//! | [`primitive`] | the algorithms of suite 1, one function each |
//! | [`kdf`] | what guessing a master password costs |
//! | [`key`] | from a master password to the keys of an epoch |
//! | [`recovery`] | 160 bits on paper, for a forgotten master password |
//! | [`slot`] | the vault key, wrapped for one way of opening |
//! | [`slots`] | all slots of a vault, and who may change them |
//! | [`item`] | one entry |
//! | [`record`] | its sealed record |
//! | [`file`] | the bytes of its files, sealed in chunks |
//! | [`head`] | what the vault is as a whole: root over all records, chained and tagged |
//! | [`backup`] | a whole vault as one file |
//! | [`generation`] | pins: which heads a device may follow, into another epoch too |
//! | [`merge`] | two versions of an entry become one |
//! | [`index`] | what lists and search need of all entries, one blob |
//! | [`search`] | finding entries as one types |
//! | [`intake`] | what entries that come from elsewhere are to those that are here |
//! | [`note`] | short texts that lie beside it |
//! | `padding` | plaintexts in steps of length |

pub mod backup;
pub mod file;
pub mod generation;
pub mod head;
pub mod index;
pub mod intake;
pub mod item;
pub mod kdf;
pub mod key;
pub mod merge;
pub mod note;
mod padding;
pub mod primitive;
pub mod record;
pub mod recovery;
pub mod search;
pub mod slot;
pub mod slots;

#[cfg(test)]
pub(crate) mod fixture;
