//! Bitwarden: its JSON, plain ([`json`]) and sealed by a password ([`sealed`]), its
//! archive with attachments ([`archive`]), its table ([`csv`]).

pub(crate) mod archive;
pub(crate) mod csv;
mod item;
pub(crate) mod json;
pub(crate) mod members;
mod sealed;
