//! 1Password: its archive ([`pux`]), its table ([`csv`]).

pub(crate) mod csv;
