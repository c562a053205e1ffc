//! Bitwarden: its JSON, plain and encrypted, its archive with attachments, its table.

pub(crate) mod csv;
